package verify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Each calls work for every i from 0 to n-1 and returns when all are done, in turn or
// on several goroutines of the caller's. A nil Each works in turn.
type Each func(n int, work func(i int))

func (e Each) do(n int, work func(i int)) {
	if e != nil {
		e(n, work)
		return
	}
	for i := range n {
		work(i)
	}
}

// Rulings gives the outcomes for every report that is known at a question: of the
// record up to position asOf, at a moment and with what was known by it. The bytes are
// those that a publication of rulings commits to (spec/record.md §8).
func Rulings(c *casefile.Case, asOf int, at moment.Instant) ([]byte, error) {
	var out bytes.Buffer
	err := WriteRulings(&out, c, asOf, at, nil)
	return out.Bytes(), err
}

// WriteRulings is Rulings into w, for records whose rulings are better not held in
// memory. An error is a problem of the question, or that of w.
func WriteRulings(w io.Writer, c *casefile.Case, asOf int, at moment.Instant, each Each) error {
	if asOf < 1 || asOf > len(c.Entries) {
		return problem.Problem{Code: "no-such-position", Field: "as-of", What: fmt.Sprintf("position %d is not in the record", asOf), Mend: fmt.Sprintf("positions run from 1 to %d", len(c.Entries))}
	}
	if !at.Finite() {
		return problem.Problem{Code: "open-moment", Field: "at", What: "the moment has no end", Mend: "rulings are published for a moment: 2031-03-12T18:00Z"}
	}
	head, err := line(struct {
		AsOf  int    `json:"as_of"`
		At    string `json:"at"`
		Case  string `json:"case"`
		Rules string `json:"rules"`
	}{asOf, at.String(), c.ID, judge.Rules})
	if err != nil {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	bench := judge.New(c, judge.Question{At: at, KnownBy: at, AsOf: asOf})
	const together = 1024 // reports whose lines are held at a time
	incidents := bench.Incidents()
	lines, errs := make([][]byte, together), make([]error, together)
	for from := 0; from < len(incidents); from += together {
		some := incidents[from:min(from+together, len(incidents))]
		each.do(len(some), func(i int) { lines[i], errs[i] = rulingLines(lines[i][:0], bench.Judge(some[i], "")) })
		for i := range some {
			if errs[i] != nil {
				return errs[i]
			}
			if _, err := w.Write(lines[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// The form of a line: members in the order of their names, which is canonical.
type (
	rulingLine struct {
		Agreement      string          `json:"agreement"`
		Attribution    attributionLine `json:"attribution"`
		Classification string          `json:"classification"`
		Clause         string          `json:"clause"`
		Established    string          `json:"established,omitempty"`
		Occurrence     string          `json:"occurrence"`
		Outranks       bool            `json:"outranks,omitempty"`
		Reading        string          `json:"reading"`
		Reasons        []string        `json:"reasons"`
		Report         record.Ref      `json:"report"`
		Ruled          string          `json:"ruled,omitempty"`
	}
	attributionLine struct {
		Claims []claimLine `json:"claims,omitempty"`
		Value  string      `json:"value"`
	}
	claimLine struct {
		By         string `json:"by"`
		Confidence string `json:"confidence,omitempty"`
		Denies     string `json:"denies,omitempty"`
		Found      bool   `json:"found,omitempty"`
		Party      string `json:"party,omitempty"`
	}
)

func rulingLines(out []byte, rulings []judge.Ruling) ([]byte, error) {
	for i := range rulings {
		r := &rulings[i]
		l := rulingLine{
			Agreement: r.Agreement, Clause: r.Clause, Reading: r.Reading, Report: r.Report,
			Classification: string(r.Classification), Occurrence: string(r.Occurrence), Attribution: attributionLine{Value: r.Attribution.Value},
			Reasons: make([]string, len(r.Reasons)), Ruled: r.Ruled, Outranks: r.Outranks,
		}
		for _, c := range r.Attribution.Claims {
			l.Attribution.Claims = append(l.Attribution.Claims, claimLine{By: c.By, Confidence: c.Confidence, Denies: c.Denies, Found: c.Found, Party: c.Party})
		}
		for k := range r.Reasons {
			l.Reasons[k] = step(&r.Reasons[k])
		}
		if r.Established != nil {
			l.Established = step(r.Established)
		}
		text, err := line(l)
		if err != nil {
			return out, err
		}
		out = append(out, text...)
	}
	return out, nil
}

// step writes how a test came out, and why: "yes area.inside".
func step(s *judge.Step) string { return s.Outcome.String() + " " + s.Detail }

// line gives a value as one line of canonical JSON. Members are sorted by the types;
// only escapes may differ from RFC 8785.
func line(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if bytes.IndexByte(data, '\\') >= 0 {
		if data, err = record.CanonicalJSON(data); err != nil {
			return nil, err
		}
	}
	return append(data, '\n'), nil
}
