package judge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// TestBenchesOfOneMarkDecideAlike: what was decided at one moment holds at another
// where the marks are the same.
func TestBenchesOfOneMarkDecideAlike(t *testing.T) {
	same, other := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, rapid.IntRange(4, 20).Draw(t, "entries"))
		g := judge.Know(w.c, moment.Future, 0)
		hour := func(label string) moment.Instant {
			at, err := moment.Parse(hourText(rapid.IntRange(0, 400).Draw(t, label), 0), w.c.Zone)
			if err != nil {
				t.Fatal(err)
			}
			return at.Earliest()
		}
		x, y := g.Ask(judge.Question{At: hour("one moment")}), g.Ask(judge.Question{At: hour("another")})
		if x.Mark() != y.Mark() {
			other++
			return
		}
		same++
		var dx, dy judge.Decision
		for _, in := range g.Ask(judge.Question{At: w.c.World.Until - 1}).Incidents() {
			inX := x.Incident(in.Ref, in.Happened, in.SaidBy, in.Report)
			x.Decide(&dx, &inX, "")
			y.Decide(&dy, &inX, "")
			if diff := cmp.Diff(dx.Verdicts, dy.Verdicts, cmpopts.EquateComparable(judge.Outcome{})); diff != "" {
				t.Fatalf("%s by moment:\n%s", in.Ref, diff)
			}
		}
	})
	if same == 0 || other == 0 {
		t.Errorf("%d worlds with the same mark, %d with another: one of them proves nothing", same, other)
	}
}
