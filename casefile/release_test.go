package casefile_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/truceline/truceline/casefile"
)

func TestReleaseAndDelay(t *testing.T) {
	for _, tt := range []struct {
		lines   string
		release casefile.Release
		delay   int64
		fault   string
	}{
		{"", casefile.ReleaseArea, 72 * 3600, ""},
		{`release = "area"`, casefile.ReleaseArea, 72 * 3600, ""},
		{`release = "full"`, casefile.ReleaseFull, 0, ""},
		{"release = \"full\"\n delay = \"24h\"", casefile.ReleaseFull, 24 * 3600, ""},
		{`delay = "0h"`, casefile.ReleaseArea, 0, ""},
		{`delay = "8760h"`, casefile.ReleaseArea, 8760 * 3600, ""},
		{`delay = "3d"`, "", 0, "is no delay"},
		{`delay = "-1h"`, "", 0, "is no delay"},
		{`delay = "072h"`, "", 0, "is no delay"},
		{`delay = "100001h"`, "", 0, "is no delay"},
		{`delay = 72`, "", 0, "cannot stand here"},
		{`release = "point"`, "", 0, "release"},
	} {
		header := "case \"own\" {\n title = { en = \"Own\" }\n zone = \"UTC\"\n begins = \"2040-01-01\"\n ends = \"2040-12-31\"\n " + tt.lines + "\n}\nparty \"A\" {\n name = { en = \"A\" }\n short = { en = \"A\" }\n}\n"
		c, err := casefile.Load(fstest.MapFS{"case.hcl": {Data: []byte(header)}, "record.jsonl": {}})
		if tt.fault != "" {
			if err == nil || !strings.Contains(err.Error(), tt.fault) {
				t.Errorf("%s: %v, want a fault with %q", tt.lines, err, tt.fault)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.lines, err)
			continue
		}
		if c.Release != tt.release || c.Delay != tt.delay {
			t.Errorf("%s: %s %d, want %s %d", tt.lines, c.Release, c.Delay, tt.release, tt.delay)
		}
	}
}
