package judge_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// manyClauses is an invented case whose one agreement has n prohibitions, in force
// for all of 2030.
func manyClauses(tb testing.TB, n int) *casefile.Case {
	tb.Helper()
	var text strings.Builder
	text.WriteString("```hcl\nagreement \"many\" {\n  title   = { en = \"Many clauses\" }\n  parties = { KA = \"party\", LO = \"party\" }\n}\n```\n\n# 1 Clauses\n\nMany.\n\n```hcl\nentry_into_force \"s\" {\n  start = \"2030-01-01\"\n}\n")
	objects := []string{"energy", "energy/electricity", "transport", "civilian/housing", "military/depot"}
	areas := []string{"anywhere", "area:west", "area:province"}
	for i := range n {
		fmt.Fprintf(&text, "\nprohibition \"%d\" {\n  binds   = [\"KA\", \"LO\"]\n  acts    = [\"attack\"]\n  objects = [\"%s\"]\n  where   = [\"%s\"]\n}\n", i, objects[i%len(objects)], areas[i%len(areas)])
	}
	text.WriteString("```\n")
	return training(tb, map[string]string{"agreements/many/many.md": text.String()},
		`{"entry":{"kind":"agreement","ref":"many-text","author":"desk","public":"2030-01-01","body":{"agreement":"many","version":"@VERSION","path":"agreements/many","change":"first"}}}`)
}

// fataler is what tests, benchmarks and properties have in common.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

// training loads the invented case of the scenarios with more files and lines.
func training(tb fataler, more map[string]string, lines ...string) *casefile.Case {
	tb.Helper()
	archive := &txtar.Archive{}
	for _, name := range []string{"case.hcl", "record.jsonl", "areas/west.geojson", "areas/province.geojson", "agreements/truce/truce.md", "agreements/truce/MANIFEST"} {
		data, err := os.ReadFile("../scenario/testdata/case/" + name)
		if err != nil {
			tb.Fatal(err)
		}
		if name == "record.jsonl" {
			data = append(data, strings.Join(lines, "\n")...)
		}
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: data})
	}
	for name, text := range more {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(text)})
	}
	seal(tb, archive)
	fsys, err := txtar.FS(archive)
	if err != nil {
		tb.Fatal(err)
	}
	c, err := casefile.Load(fsys)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func seal(tb fataler, archive *txtar.Archive) {
	tb.Helper()
	fsys, err := txtar.FS(archive)
	if err != nil {
		tb.Fatal(err)
	}
	for _, f := range archive.Files {
		if f.Name == "agreements/many/many.md" {
			manifest, version, err := casefile.Manifest(fsys, "agreements/many")
			if err != nil {
				tb.Fatal(err)
			}
			archive.Files = append(archive.Files, txtar.File{Name: "agreements/many/MANIFEST", Data: manifest})
			for i := range archive.Files {
				if archive.Files[i].Name == "record.jsonl" {
					archive.Files[i].Data = []byte(strings.ReplaceAll(string(archive.Files[i].Data), "@VERSION", version))
				}
			}
		}
	}
}

func question(c *casefile.Case) judge.Question {
	return judge.Question{At: c.World.Until - 1, KnownBy: moment.Future}
}

func when(tb testing.TB, text string) moment.Time {
	tb.Helper()
	t, err := moment.Parse(text, moment.UTC())
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// TestUnknownActorIsNeverAViolation: whatever else a report tells.
func TestUnknownActorIsNeverAViolation(t *testing.T) {
	c := manyClauses(t, 20)
	b := judge.New(c, question(c))
	in := b.Incident("R", when(t, "2030-05-05T10:00Z"), nil, &record.Report{
		Act: "attack/uav", Objects: []string{"energy/oil/refinery", "transport/port", "civilian/housing", "military/depot"},
		Place: &record.Place{Lon: "10.5", Lat: "50.5", Radius: 100},
	})
	rulings := b.Judge(in, "many")
	if len(rulings) != 20 {
		t.Fatalf("%d rulings", len(rulings))
	}
	undecided := 0
	for _, r := range rulings {
		switch r.Classification {
		case judge.Violation, judge.Permitted:
			t.Errorf("clause %s: %s", r.Clause, r.Classification)
		case judge.NotDecided:
			undecided++
			i := slices.IndexFunc(r.Reasons, func(s judge.Step) bool { return s.Test == "actor" })
			if r.Reasons[i].Outcome != truth.Maybe || len(r.Reasons[i].Settle) == 0 {
				t.Errorf("clause %s: the actor's step is %+v", r.Clause, r.Reasons[i])
			}
		}
	}
	if undecided == 0 {
		t.Error("no clause was left undecided")
	}
}

// TestRulingsFollowFromTheirSteps: the classification is what the steps make of it,
// every test is tried, and every maybe says what would settle it.
func TestRulingsFollowFromTheirSteps(t *testing.T) {
	c := manyClauses(t, 15)
	b := judge.New(c, question(c))
	rapid.Check(t, func(t *rapid.T) {
		r := &record.Report{
			Act:     rapid.SampledFrom([]string{"", "attack", "attack/uav", "movement"}).Draw(t, "act"),
			Objects: rapid.SampledFrom([][]string{nil, {"energy"}, {"energy/electricity/substation"}, {"civilian"}, {"vessel"}}).Draw(t, "objects"),
		}
		if p := rapid.SampledFrom([]string{"", "KA", "MED"}).Draw(t, "actor"); p != "" {
			r.Actor = &record.Actor{Party: p}
		}
		switch rapid.IntRange(0, 2).Draw(t, "place") {
		case 1:
			r.Place = &record.Place{Lon: fmt.Sprintf("%.3f", rapid.Float64Range(9.8, 12.2).Draw(t, "lon")), Lat: "50.5", Radius: rapid.IntRange(1, 40000).Draw(t, "radius")}
		case 2:
			r.Place = &record.Place{Within: []string{"province"}}
		}
		times := []string{"2029-12-31", "2030-05-05", "2029-12/2030-01", "2029-12-31T12:00Z/2030-01-01T12:00Z"}
		happened, err := moment.Parse(rapid.SampledFrom(times).Draw(t, "when"), moment.UTC())
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range b.Judge(b.Incident("R", happened, nil, r), "many") {
			time, rest := truth.Yes, truth.Yes
			for _, s := range x.Reasons {
				if s.Test == "time" {
					time = s.Outcome
				} else {
					rest = truth.And(rest, s.Outcome)
				}
				if (s.Outcome == truth.Maybe) != (len(s.Settle) > 0) {
					t.Fatalf("clause %s, %s is %s and would be settled by %v", x.Clause, s.Test, s.Outcome, s.Settle)
				}
				if s.Detail == "" || s.Position == nil {
					t.Fatalf("clause %s: a step without reason or place: %+v", x.Clause, s)
				}
			}
			want := judge.NotDecided
			switch {
			case time == truth.No:
				want = judge.NotInForce
			case rest == truth.No:
				want = judge.NoViolation
			case time == truth.Yes && rest == truth.Yes:
				want = judge.Violation
			}
			if x.Classification != want || len(x.Reasons) != 5 {
				t.Fatalf("clause %s: %s by %d steps, want %s by 5", x.Clause, x.Classification, len(x.Reasons), want)
			}
		}
	})
}

// TestSameQuestionSameAnswer: the same question to the same record gives the same bytes.
func TestSameQuestionSameAnswer(t *testing.T) {
	c := manyClauses(t, 5)
	bytes := func() string {
		out, err := json.Marshal(judge.New(c, question(c)).Status())
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	first := bytes()
	for range 5 {
		if again := bytes(); again != first {
			t.Fatalf("%s\n%s", first, again)
		}
	}
}

func TestAskReadsThreeTimes(t *testing.T) {
	c := training(t, nil)
	now := c.World.Until - 1
	q, err := judge.Ask(c, now, "2030-03-12", "2030-03-12T12:00Z", "before:tabled")
	if err != nil {
		t.Fatal(err)
	}
	if q.At.String() != "2030-03-12T23:59:59Z" || q.KnownBy.String() != "2030-03-12T12:00:00Z" || q.AsOf != 3 {
		t.Errorf("got %+v", q)
	}
	for _, bad := range [][3]string{{"2030-13-01", "", ""}, {"1999", "", ""}, {"2031-02-01", "", ""}, {"", "yesterday", ""}, {"", "", "99"}, {"", "", "nobody"}, {"", "", "before:area-west"}} {
		if _, err := judge.Ask(c, now, bad[0], bad[1], bad[2]); err == nil {
			t.Errorf("%v was understood", bad)
		}
	}
}

// twenty gives a bench of twenty clauses and one incident.
func twenty(b *testing.B) (*judge.Bench, judge.Incident) {
	b.Helper()
	c := manyClauses(b, 20)
	bench := judge.New(c, question(c))
	return bench, bench.Incident("R", when(b, "2030-05-05T10:00Z"), nil, &record.Report{
		Act: "attack/uav", Objects: []string{"energy/electricity/substation"}, Actor: &record.Actor{Party: "KA"},
		Place: &record.Place{Lon: "10.5", Lat: "50.5", Radius: 2000},
	})
}

// BenchmarkJudge20 judges one report against twenty clauses, with all reasons.
func BenchmarkJudge20(b *testing.B) {
	bench, in := twenty(b)
	b.ReportAllocs()
	for b.Loop() {
		if got := bench.Judge(in, "many"); len(got) != 20 {
			b.Fatal(len(got))
		}
	}
}

// BenchmarkNew prepares a question.
func BenchmarkNew(b *testing.B) {
	c := manyClauses(b, 20)
	q := question(c)
	b.ReportAllocs()
	for b.Loop() {
		judge.New(c, q)
	}
}
