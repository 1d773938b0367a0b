package explain

import (
	"strconv"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// Contact tells how long before a contact the earlier ones lie: a range a source,
// never one figure; and which entries say that there was none in between.
func (s *Speaker) Contact(lang string, c judge.Contact) []string {
	var lines []string
	for _, g := range c.Gaps {
		unit, least, most := "months", g.MonthsLeast, g.MonthsMost
		if g.Least.Months == 0 && g.Most.Months == 0 {
			unit, least, most = "days", g.Least.Days, g.Most.Days
		}
		code := "contact." + unit
		switch {
		case least != most:
			code += "-range"
		case unit == "months" && g.Least == g.Most && g.Least.Days != 0:
			code = "contact.exact"
		}
		lines = append(lines, s.tell(lang, code, "least", strconv.Itoa(least), "most", strconv.Itoa(most), "days", strconv.Itoa(g.Least.Days),
			"when", g.When, "ref", string(g.Since), "who", s.Voice(lang, g.SaidBy, nil)))
	}
	if len(c.NoneBetween) > 0 {
		lines = append(lines, s.tell(lang, "contact.none", "refs", joinRefs(c.NoneBetween)))
	}
	return lines
}

func joinRefs(refs []record.Ref) string {
	list := make([]string, len(refs))
	for i, ref := range refs {
		list[i] = string(ref)
	}
	return strings.Join(list, ",")
}
