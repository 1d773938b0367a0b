package cli

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// appendRuling appends the JSON of a ruling: the bytes that encoding/json gives
// without escapes for HTML, several times faster, since a run may write a hundred
// thousand of them. A test holds it to encoding/json.
func appendRuling(b []byte, r *judge.Ruling) []byte {
	b = append(b, `{"report":`...)
	b = str(b, string(r.Report))
	b = append(b, `,"agreement":`...)
	b = str(b, r.Agreement)
	b = append(b, `,"clause":`...)
	b = str(b, r.Clause)
	b = append(b, `,"reading":`...)
	b = str(b, r.Reading)
	b = append(b, `,"classification":`...)
	b = str(b, string(r.Classification))
	b = append(b, `,"occurrence":`...)
	b = str(b, string(r.Occurrence))
	b = append(b, `,"attribution":{"value":`...)
	b = str(b, r.Attribution.Value)
	if len(r.Attribution.Claims) > 0 {
		b = append(b, `,"claims":[`...)
		for i, c := range r.Attribution.Claims {
			b = comma(b, i)
			b = claim(b, &c)
		}
		b = append(b, ']')
	}
	b = append(b, `},"reasons":[`...)
	for i := range r.Reasons {
		b = comma(b, i)
		b = step(b, &r.Reasons[i])
	}
	b = append(b, ']')
	if len(r.Settles) > 0 {
		b = append(b, `,"settles":[`...)
		for i, x := range r.Settles {
			b = comma(b, i)
			b = append(b, `{"facts":[`...)
			for j, fact := range x.Facts {
				b = comma(b, j)
				b = str(b, fact)
			}
			b = append(b, `],"gives":`...)
			b = str(b, string(x.Gives))
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	if r.Established != nil {
		b = append(b, `,"established":`...)
		b = step(b, r.Established)
	}
	if r.Ruled != "" {
		b = append(b, `,"ruled":`...)
		b = str(b, r.Ruled)
	}
	b = refs(b, `,"ruled_by":`, r.RuledBy)
	if r.Outranks {
		b = append(b, `,"outranks":true`...)
	}
	if len(r.Depends) > 0 {
		b = append(b, `,"depends":[`...)
		for i, d := range r.Depends {
			b = comma(b, i)
			b = str(b, d)
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

func claim(b []byte, c *judge.Attributing) []byte {
	b = append(b, '{')
	if c.Party != "" {
		b = append(b, `"party":`...)
		b = str(b, c.Party)
		b = append(b, ',')
	}
	if c.Denies != "" {
		b = append(b, `"denies":`...)
		b = str(b, c.Denies)
		b = append(b, ',')
	}
	b = append(b, `"by":`...)
	b = str(b, c.By)
	if c.Found {
		b = append(b, `,"found":true`...)
	}
	if c.Confidence != "" {
		b = append(b, `,"confidence":`...)
		b = str(b, c.Confidence)
	}
	b = append(b, `,"entries":[`...)
	for i, r := range c.Entries {
		b = comma(b, i)
		b = str(b, string(r))
	}
	return append(b, "]}"...)
}

func step(b []byte, s *judge.Step) []byte {
	b = append(b, `{"test":`...)
	b = str(b, s.Test)
	b = append(b, `,"outcome":`...)
	b = str(b, s.Outcome.String())
	b = append(b, `,"detail":`...)
	b = str(b, s.Detail)
	b = args(b, s.Args)
	if len(s.Settle) > 0 {
		b = append(b, `,"settle":[`...)
		for i, g := range s.Settle {
			b = comma(b, i)
			b = append(b, `{"code":`...)
			b = str(b, g.Code)
			b = args(b, g.Args)
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	b = append(b, `,"entries":[`...)
	for i, r := range s.Entries {
		b = comma(b, i)
		b = str(b, string(r))
	}
	b = append(b, `],"position":`...)
	if p := s.Position; p != nil {
		b = append(b, `{"file":`...)
		b = str(b, p.File)
		b = append(b, `,"line":`...)
		b = strconv.AppendInt(b, int64(p.Line), 10)
		b = append(b, `,"column":`...)
		b = strconv.AppendInt(b, int64(p.Column), 10)
		return append(b, "}}"...)
	}
	return append(b, "null}"...)
}

func args(b []byte, a truth.Args) []byte {
	if len(a) == 0 {
		return b
	}
	b = append(b, `,"args":{`...)
	for i, k := range slices.Sorted(maps.Keys(a)) {
		b = comma(b, i)
		b = str(b, k)
		b = append(b, ':')
		b = str(b, a[k])
	}
	return append(b, '}')
}

func refs(b []byte, name string, list []record.Ref) []byte {
	if len(list) == 0 {
		return b
	}
	b = append(b, name...)
	b = append(b, '[')
	for i, r := range list {
		b = comma(b, i)
		b = str(b, string(r))
	}
	return append(b, ']')
}

func comma(b []byte, i int) []byte {
	if i > 0 {
		return append(b, ',')
	}
	return b
}

// str appends a JSON string; anything but plain ASCII goes through encoding/json.
func str(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c >= 0x7f || c == '"' || c == '\\' {
			var q bytes.Buffer
			e := json.NewEncoder(&q)
			e.SetEscapeHTML(false)
			if err := e.Encode(s); err != nil {
				return append(b, `""`...) // not reached: a string can be encoded
			}
			return append(b, bytes.TrimSuffix(q.Bytes(), []byte("\n"))...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
