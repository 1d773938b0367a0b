package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// plain gives what encoding/json makes of a ruling.
func plain(t interface{ Fatal(...any) }, r *judge.Ruling) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// TestRulingsAreWrittenAsEncodingJSONWould holds the fast writer to the slow one, byte
// for byte, on rulings with every field in every state.
func TestRulingsAreWrittenAsEncodingJSONWould(t *testing.T) {
	word := rapid.OneOf(rapid.SampledFrom([]string{"", "a", "<&>", "\"\\/\n\t\x00\x7f", "停火", "\u2028\u2029", "\xff"}), rapid.String())
	refs := rapid.SliceOfN(rapid.Map(word, func(s string) record.Ref { return record.Ref(s) }), 0, 3)
	args := rapid.Map(rapid.MapOfN(word, word, 0, 3), func(m map[string]string) truth.Args { return m })
	rapid.Check(t, func(t *rapid.T) {
		r := judge.Ruling{
			Report: record.Ref(word.Draw(t, "report")), Agreement: word.Draw(t, "agreement"), Clause: word.Draw(t, "clause"), Reading: word.Draw(t, "reading"),
			Classification: judge.Classification(word.Draw(t, "classification")), Occurrence: judge.Occurrence(word.Draw(t, "occurrence")),
			Attribution: judge.Attribution{Value: word.Draw(t, "value")}, Reasons: []judge.Step{},
			Ruled: word.Draw(t, "ruled"), RuledBy: refs.Draw(t, "ruled by"), Depends: rapid.SliceOfN(word, 0, 2).Draw(t, "depends"),
		}
		for range rapid.IntRange(0, 2).Draw(t, "claims") {
			r.Attribution.Claims = append(r.Attribution.Claims, judge.Attributing{
				Party: word.Draw(t, "party"), Denies: word.Draw(t, "denies"), By: word.Draw(t, "by"), Found: rapid.Bool().Draw(t, "found"),
				Confidence: word.Draw(t, "confidence"), Entries: refs.Draw(t, "entries"),
			})
		}
		for range rapid.IntRange(0, 2).Draw(t, "steps") {
			s := judge.Step{
				Test: word.Draw(t, "test"), Outcome: rapid.SampledFrom([]truth.Value{truth.No, truth.Maybe, truth.Yes}).Draw(t, "outcome"),
				Detail: word.Draw(t, "detail"), Args: args.Draw(t, "args"), Entries: refs.Draw(t, "step entries"),
			}
			for range rapid.IntRange(0, 2).Draw(t, "gaps") {
				s.Settle = append(s.Settle, truth.Gap{Code: word.Draw(t, "code"), Args: args.Draw(t, "gap args")})
			}
			if rapid.Bool().Draw(t, "placed") {
				s.Position = &agreement.Pos{File: word.Draw(t, "file"), Line: rapid.Int().Draw(t, "line"), Column: rapid.Int().Draw(t, "column")}
			}
			r.Reasons = append(r.Reasons, s)
		}
		if d := cmp.Diff(plain(t, &r), string(appendRuling(nil, &r))); d != "" {
			t.Fatal(d)
		}
	})
}

// TestRulingsOfTheFoundingCaseAreWrittenTheSame does so on what the judge really answers.
func TestRulingsOfTheFoundingCaseAreWrittenTheSame(t *testing.T) {
	c, err := casefile.Load(os.DirFS("../../cases/ua-2025"))
	if err != nil {
		t.Fatal(err)
	}
	b := judge.New(c, judge.Question{At: c.World.Last(), KnownBy: moment.Future})
	n := 0
	for _, in := range b.Incidents() {
		for _, r := range b.Judge(in, "") {
			n++
			if d := cmp.Diff(plain(t, &r), string(appendRuling(nil, &r))); d != "" {
				t.Fatal(d)
			}
		}
	}
	if n == 0 {
		t.Fatal("no ruling")
	}
}

func BenchmarkAppendRuling(b *testing.B) {
	c, err := casefile.Load(os.DirFS("../../cases/ua-2025"))
	if err != nil {
		b.Fatal(err)
	}
	bench := judge.New(c, judge.Question{At: c.World.Last(), KnownBy: moment.Future})
	var rulings []judge.Ruling
	for _, in := range bench.Incidents() {
		rulings = append(rulings, bench.Judge(in, "")...)
	}
	b.ReportAllocs()
	var buf []byte
	size := 0
	for b.Loop() {
		for i := range rulings {
			buf = appendRuling(buf[:0], &rulings[i])
			size += len(buf)
		}
	}
	b.ReportMetric(float64(size)/1e6/b.Elapsed().Seconds(), "MB/s")
}
