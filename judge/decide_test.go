package judge_test

import (
	"testing"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// TestShortFormSaysWhatTheWholeSays: the verdict on every report of the invented
// case has the classification and the codes of the ruling with all its reasons, the
// ruling's classification follows from its reasons alone, and every code has a
// place in the list of codes.
func TestShortFormSaysWhatTheWholeSays(t *testing.T) {
	listed := map[string]bool{}
	for _, code := range judge.ReasonCodes() {
		listed[code] = true
	}
	c := manyClauses(t, 20)
	b := judge.New(c, question(c))
	var d judge.Decision
	n := 0
	for _, in := range variedIncidents(t, b) {
		b.Decide(&d, &in, "")
		verdicts := append([]judge.Verdict{}, d.Verdicts...)
		rulings := b.Judge(in, "")
		if len(rulings) != len(verdicts) {
			t.Fatalf("%s: %d verdicts, %d rulings", in.Ref, len(verdicts), len(rulings))
		}
		for i, r := range rulings {
			v := verdicts[i]
			if v.Agreement != r.Agreement || v.Clause != r.Clause || v.Reading != r.Reading || v.Classification != r.Classification || len(v.Tests) != len(r.Reasons) {
				t.Fatalf("%s: %+v and %+v", in.Ref, v, r)
			}
			for j, o := range v.Tests {
				if s := r.Reasons[j]; o.Code() != s.Detail || o.Test() != s.Test || o.Value != s.Outcome {
					t.Errorf("%s %s: %s %s %v and %s %s %v", in.Ref, r.Clause, o.Test(), o.Code(), o.Value, s.Test, s.Detail, s.Outcome)
				}
				if !listed[o.Code()] {
					t.Errorf("the code %s is not listed", o.Code())
				}
			}
			if got := judge.Derive(r.Clause, r.Reasons); got != r.Classification {
				t.Errorf("%s %s: %s follows from the reasons, the ruling says %s", in.Ref, r.Clause, got, r.Classification)
			}
			n++
		}
	}
	if n < 100 {
		t.Fatalf("only %d rulings", n)
	}
}

// variedIncidents are reports that differ in who, what, when and where.
func variedIncidents(tb testing.TB, b *judge.Bench) []judge.Incident {
	tb.Helper()
	var list []judge.Incident
	for _, actor := range []*record.Actor{nil, {Party: "KA"}, {Party: "MED"}} {
		for _, object := range []string{"", "energy", "energy/electricity/substation", "transport", "civilian"} {
			for _, happened := range []string{"2029-12-31", "2030-05-05T10:00Z", "2029-12/2030-01"} {
				for _, at := range []*record.Place{nil, {Lon: "10.5", Lat: "50.5", Radius: 2000}, {Lon: "30", Lat: "10", Radius: 10}, {Within: []string{"west"}}} {
					r := &record.Report{Act: "attack/uav", Actor: actor, Place: at}
					if object != "" {
						r.Objects = []string{object, "transport"}
					}
					list = append(list, b.Incident("R", when(tb, happened), nil, r))
				}
			}
		}
	}
	return list
}

// BenchmarkDecide20 decides one report under 20 clauses with the codes of all
// reasons.
func BenchmarkDecide20(b *testing.B) {
	bench, in := twenty(b)
	var d judge.Decision
	b.ReportAllocs()
	for b.Loop() {
		bench.Decide(&d, &in, "many")
	}
}
