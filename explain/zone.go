package explain

import (
	"fmt"
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/truth"
)

// local writes an instant or interval in UTC, as the judge gives it, by the clock of
// a zone, so that a term that begins at midnight is told so. Other texts come back
// as they are.
func local(text, zone string) string {
	if zone == "" {
		return text
	}
	z, err := moment.LoadZone(zone)
	if err != nil {
		return text
	}
	ends := strings.Split(text, "/")
	for i, end := range ends {
		if end == ".." {
			continue
		}
		t, err := moment.Parse(end, moment.UTC())
		if err != nil || !strings.HasSuffix(end, "Z") || !t.Exact() {
			return text
		}
		c := z.Clock(t.Earliest())
		ends[i] = fmt.Sprintf("%04d-%02d-%02dT%02d:%02d", c.Year, c.Month, c.Day, c.Hour, c.Minute)
		if c.Second > 0 {
			ends[i] += fmt.Sprintf(":%02d", c.Second)
		}
	}
	return strings.Join(ends, "/") + "[" + zone + "]"
}

// localArgs tells the times of a step by the clock that its terms count by.
// The arguments given are left as they are.
func localArgs(args truth.Args) truth.Args {
	if args["zone"] == "" {
		return args
	}
	for _, key := range []string{"from", "until", "due", "when", "takes"} {
		if v, ok := args[key]; ok {
			args = with(args, key, local(v, args["zone"]))
		}
	}
	return args
}
