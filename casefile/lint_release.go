package casefile

import (
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Codes of findings about what a record tells of places against what its case releases.
const (
	codePlaceInClear = "place-in-clear"
	codePlaceInWords = "place-in-words"
)

// FindingCodes lists the codes of findings of [Case.LintRelease].
func FindingCodes() []agreement.FindingCode {
	return []agreement.FindingCode{{Code: codePlaceInClear, Level: agreement.LevelWarning}, {Code: codePlaceInWords, Level: agreement.LevelWarning}}
}

// LintRelease finds, in a case that does not release places as they were told, what a
// reader of its record learns all the same: places stated in clear and closer than an area,
// and summaries that name them. Each is told once, at the first report, with how many there
// are.
func (c *Case) LintRelease() []agreement.Finding {
	if c.Release == ReleaseFull && c.Delay == 0 {
		return nil
	}
	var open, words []int
	for i := range c.Entries {
		e := &c.Entries[i].Entry
		if k, ok := e.Body.(*record.Correction); ok {
			e = &k.Entry
		}
		r, ok := e.Body.(*record.Report)
		if !ok {
			continue
		}
		if closer(r.Place) || closer(r.Origin) {
			open = append(open, c.Entries[i].Position)
		}
		if named(e.Summary, r.Place) || named(e.Note, r.Place) {
			words = append(words, c.Entries[i].Position)
		}
	}
	var list []agreement.Finding
	for i, found := range [][]int{open, words} {
		if len(found) == 0 {
			continue
		}
		code := FindingCodes()[i]
		list = append(list, agreement.Finding{
			Code: code.Code, Level: code.Level, Pos: agreement.Pos{File: recordFile, Line: found[0], Column: 1},
			Args: truth.Args{"n": strconv.Itoa(len(found)), "entry": string(c.Entries[found[0]-1].Entry.Ref)},
		})
	}
	return list
}

// closer tells whether a place is stated more closely than by areas.
func closer(p *record.Place) bool {
	return p != nil && (p.Lon != "" || p.Lat != "" || len(p.Name) > 0)
}

// named tells whether a text holds the name of a place, in any language.
func named(text record.Text, p *record.Place) bool {
	if p == nil {
		return false
	}
	for _, name := range p.Name {
		if name = fold(name); name == "" {
			continue
		}
		for _, words := range text {
			if strings.Contains(fold(words), name) {
				return true
			}
		}
	}
	return false
}
