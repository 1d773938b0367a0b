package judge

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Ask reads the three times of a question as people write them. at and knownBy
// are EDTF or RFC 3339; an imprecise one means its last moment, so a bare date
// means the end of that day in the case's zone. asOf is a position, an entry's
// reference (that entry included) or "before:REF". Empty strings mean now, which
// the caller gives, no limit, and the newest.
//
// The error is a problem.List that names the field and how to mend it.
func Ask(c *casefile.Case, now moment.Instant, at, knownBy, asOf string) (Question, error) {
	var problems problem.List
	q := Question{At: now, KnownBy: moment.Future}
	if at != "" {
		q.At = instant(c, "at", at, &problems)
	}
	if knownBy != "" {
		q.KnownBy = instant(c, "known-by", knownBy, &problems)
	}
	if asOf != "" {
		n, err := position(c, asOf)
		if err != nil {
			problems.Take(err)
		}
		q.AsOf = n
	}
	return q, problems.Err()
}

func instant(c *casefile.Case, field, text string, problems *problem.List) moment.Instant {
	t, err := moment.Parse(text, c.Zone)
	if err != nil {
		problems.Add(problem.Problem{
			Code: "bad-time", Field: field, What: err.Error(),
			Mend: "write 2025-03-12, 2025-03-12T12:00Z or 2025-03-12T15:00[Europe/Moscow]",
		})
		return 0
	}
	last := t.Latest()
	if last < c.World.From || t.Earliest() >= c.World.Until {
		problems.Add(problem.Problem{
			Code: "outside-world", Field: field,
			What: fmt.Sprintf("%s lies outside the time that this case covers", text),
			Mend: fmt.Sprintf("the case begins %s and ends before %s", c.World.From, c.World.Until),
		})
	}
	return last
}

func position(c *casefile.Case, text string) (int, error) {
	ref, before := strings.CutPrefix(text, "before:")
	if n, err := strconv.Atoi(text); err == nil {
		if n < 1 || n > len(c.Entries) {
			return 0, problem.Problem{
				Code: "no-such-position", Field: "as-of", What: fmt.Sprintf("position %d is not in the record", n),
				Mend: fmt.Sprintf("positions run from 1 to %d", len(c.Entries)),
			}
		}
		return n, nil
	}
	e := c.Entry(record.Ref(ref))
	switch {
	case e == nil:
		return 0, problem.Problem{
			Code: "no-such-entry", Field: "as-of", What: fmt.Sprintf("no entry has the reference %q", ref),
			Mend: "give a position, a reference of the record or before:REF",
		}
	case before && e.Position == 1:
		return 0, problem.Problem{Code: "no-such-position", Field: "as-of", What: fmt.Sprintf("nothing stands before %s", ref), Mend: "give a later entry"}
	case before:
		return e.Position - 1, nil
	}
	return e.Position, nil
}
