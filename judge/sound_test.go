package judge_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// event is one act of a generated history, known only to an interval of hours.
type event struct {
	act, party, more string
	from, until      int // hours since 2030-03-01
}

func (e event) line(i, from, until int) string {
	at := func(h int) string {
		return time.Date(2030, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(h) * time.Hour).Format("2006-01-02T15:04Z")
	}
	happened := at(from)
	if until > from {
		happened += "/" + at(until)
	}
	return fmt.Sprintf(`{"entry":{"kind":"act","ref":"e%d","author":"desk","happened":"%s","public":"2030-12-01","body":{"agreement":"truce","act":"%s","party":"%s"%s}}}`, i, happened, e.act, e.party, e.more)
}

// TestImpreciseStatesHoldThePreciseOnes: whatever the exact times inside the
// intervals were, the state that they give is among the possible ones of the
// imprecise record, and the start lies within its bounds. So a maybe is never
// rounded away.
func TestImpreciseStatesHoldThePreciseOnes(t *testing.T) {
	kinds := []event{
		{act: "accepted", party: "KA"},
		{act: "accepted", party: "LO"},
		{act: "implemented", party: "KA"},
		{act: "implemented", party: "LO"},
		{act: "rejected", party: "LO"},
		{act: "withdrew", party: "KA"},
		{act: "suspended", party: "MED"},
		{act: "resumed", party: "MED"},
		{act: "consented", party: "KA", more: `,"length":"P10D"`},
		{act: "consented", party: "LO", more: `,"length":"P10D"`},
		{act: "superseded", party: "MED"},
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 7).Draw(t, "n")
		var vague, exact []string
		for i := range n {
			e := kinds[i%4] // acceptances and implementing first, so that histories get somewhere
			if i >= 4 {
				e = rapid.SampledFrom(kinds).Draw(t, "kind")
			}
			e.from = rapid.IntRange(24, 24*20).Draw(t, "from")
			if e.act == "implemented" {
				e.from = 24 * rapid.IntRange(5, 6).Draw(t, "day")
			}
			e.until = e.from + rapid.SampledFrom([]int{0, 0, 6, 48, 240}).Draw(t, "span")
			h := rapid.IntRange(e.from, e.until).Draw(t, "really")
			vague = append(vague, e.line(i, e.from, e.until))
			exact = append(exact, e.line(i, h, h))
		}
		at := moment.FromTime(time.Date(2030, 3, 1, rapid.IntRange(0, 24*40).Draw(t, "at"), 30, 0, 0, time.UTC))
		q := judge.Question{At: at, KnownBy: moment.Future}
		wide := judge.New(training(t, nil, vague...), q).Status().Agreements[0].Readings[0]
		one := judge.New(training(t, nil, exact...), q).Status().Agreements[0].Readings[0]
		possible := wide.Possible
		if len(possible) == 0 {
			possible = []judge.State{wide.State}
		}
		got := one.Possible
		if len(got) == 0 {
			got = []judge.State{one.State}
		}
		for _, s := range got {
			if !slices.Contains(possible, s) {
				t.Fatalf("exact times give %v, the imprecise record only %v\n%v\n%v", got, possible, exact, vague)
			}
		}
	})
}
