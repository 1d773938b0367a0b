package judge_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/truth"
)

func step(test string, v truth.Value) judge.Step {
	s := judge.Step{Test: test, Outcome: v, Args: truth.Args{}}
	if label, ok := strings.CutPrefix(test, "exception:"); ok {
		s.Test, s.Args = "exception", truth.Args{"exception": label, "defeats": "1"}
	}
	return s
}

func TestSmallestSetsOfFactsThatSettle(t *testing.T) {
	tests := []struct {
		name  string
		steps []judge.Step
		want  string
	}{
		{"settled", []judge.Step{step("time", truth.Yes), step("actor", truth.Yes), step("area", truth.No)}, ""},
		{"one open", []judge.Step{step("time", truth.Yes), step("actor", truth.Maybe)}, "actor: violation; actor: no-violation"},
		{"two open", []judge.Step{step("time", truth.Yes), step("actor", truth.Maybe), step("area", truth.Maybe)}, "actor: no-violation; area: no-violation; actor+area: violation"},
		{"time open", []judge.Step{step("time", truth.Maybe), step("actor", truth.Maybe)}, "time: not-in-force; actor: no-violation; time+actor: violation"},
		{"exception open", []judge.Step{step("time", truth.Yes), step("actor", truth.Yes), step("exception:x", truth.Maybe)}, "exception:x: violation; exception:x: permitted"},
		{"another clause's exception", []judge.Step{step("time", truth.Yes), step("actor", truth.Maybe), {Test: "exception", Outcome: truth.Maybe, Args: truth.Args{"exception": "y", "defeats": "x"}}}, "actor: violation; actor: no-violation"},
		{"text that is not there", []judge.Step{step("time", truth.Maybe)}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var parts []string
			for _, s := range judge.Settlings("1", tt.steps) {
				parts = append(parts, strings.Join(s.Facts, "+")+": "+string(s.Gives))
			}
			if got := strings.Join(parts, "; "); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestSettlingSetsSettle: whatever the other open facts are, some way in which the
// facts of a set come out gives what the set says; a set without one of its facts
// does not.
func TestSettlingSetsSettle(t *testing.T) {
	values := []truth.Value{truth.No, truth.Maybe, truth.Yes}
	names := []string{"time", "actor", "act", "area", "object", "exception:x", "exception:y", "weapon", "domain", "special"}
	rapid.Check(t, func(t *rapid.T) {
		var steps []judge.Step
		for _, n := range names[:rapid.IntRange(2, len(names)).Draw(t, "steps")] {
			steps = append(steps, step(n, rapid.SampledFrom(values).Draw(t, n)))
		}
		can := func(facts []string, gives judge.Classification) bool {
			for way := range 1 << len(facts) {
				changed := append([]judge.Step{}, steps...)
				for i, s := range changed {
					id := s.Test
					if id == "exception" {
						id += ":" + s.Args["exception"]
					}
					for n, f := range facts {
						if f == id {
							changed[i].Outcome = truth.Of(way&(1<<n) != 0)
						}
					}
				}
				if judge.Derive("1", changed) == gives {
					return true
				}
			}
			return false
		}
		list := judge.Settlings("1", steps)
		if len(list) == 0 && judge.Derive("1", steps) == judge.NotDecided {
			t.Fatal("nothing would settle an open ruling")
		}
		for i, s := range list {
			if i > 0 && len(list[i-1].Facts) > len(s.Facts) {
				t.Fatalf("a smaller set comes later: %v", list)
			}
			if len(s.Facts) <= 8 && !can(s.Facts, s.Gives) {
				t.Fatalf("%v does not give %s", s.Facts, s.Gives)
			}
			for n := range s.Facts {
				fewer := append(append([]string{}, s.Facts[:n]...), s.Facts[n+1:]...)
				if can(fewer, s.Gives) {
					t.Fatalf("%v gives %s without %s", s.Facts, s.Gives, s.Facts[n])
				}
			}
		}
	})
}
