package judge

import (
	"cmp"
	"slices"

	"github.com/truceline/truceline/truth"
)

// Settling is a smallest set of open facts that, once known, can settle a ruling,
// and what it would then be.
type Settling struct {
	Facts []string       `json:"facts"` // tests by name; an exception as "exception:LABEL"
	Gives Classification `json:"gives"`
}

// maxOpen bounds the open facts that are looked at; those listed first count.
const maxOpen = 8

// Settlings lists the smallest sets of open facts among the reasons of a ruling on
// a clause that can settle it, smallest first; none for what is settled, and none
// where no text answers. No set contains another one that gives the same.
func Settlings(label string, reasons []Step) []Settling {
	if len(reasons) < 2 {
		return nil
	}
	var f formula
	for i := range reasons {
		f.take(label, &reasons[i])
	}
	if classify(f.value()) != NotDecided || len(f.open) == 0 {
		return nil
	}
	type found struct {
		set   uint
		gives Classification
	}
	var all []found
	f.vary(0, 0, func(set uint, gives Classification) {
		all = append(all, found{set, gives})
	})
	size := func(set uint) (n int) {
		for ; set > 0; set &= set - 1 {
			n++
		}
		return n
	}
	slices.SortStableFunc(all, func(x, y found) int {
		return cmp.Or(size(x.set)-size(y.set), cmp.Compare(x.set, y.set), cmp.Compare(slices.Index(gravity, x.gives), slices.Index(gravity, y.gives)))
	})
	var kept []found
	for _, x := range all {
		if !slices.ContainsFunc(kept, func(k found) bool { return k.gives == x.gives && k.set&x.set == k.set }) {
			kept = append(kept, x)
		}
	}
	list := make([]Settling, len(kept))
	for i, k := range kept {
		list[i].Gives = k.gives
		for n, name := range f.open {
			if k.set&(1<<n) != 0 {
				list[i].Facts = append(list[i].Facts, name)
			}
		}
	}
	return list
}

// formula is a ruling as its reasons make it up: what is settled of time, tests and
// exceptions, and the open facts of each.
type formula struct {
	time, tests, excused truth.Value
	begun                bool
	open                 []string
	of                   [maxOpen]testKind // of each open fact: testTime, testException, or any other
	assigned             [maxOpen]truth.Value
}

func (f *formula) take(label string, s *Step) {
	if !f.begun {
		f.begun, f.time, f.tests, f.excused = true, truth.Maybe, truth.Yes, truth.No
	}
	name, of := s.Test, testActor
	switch s.Test {
	case testNames[testTime]:
		of, f.time = testTime, truth.Yes
	case testNames[testException]:
		if s.Args["defeats"] != label {
			return
		}
		of, name = testException, s.Test+":"+s.Args["exception"]
	}
	if s.Outcome == truth.Maybe && len(f.open) < maxOpen {
		f.of[len(f.open)] = of
		f.open = append(f.open, name)
		return
	}
	switch of {
	case testTime:
		f.time = s.Outcome
	case testException:
		f.excused = truth.Or(f.excused, s.Outcome)
	default:
		f.tests = truth.And(f.tests, s.Outcome)
	}
}

// value composes what is settled with what the open facts are taken to be.
func (f *formula) value() (time, tests, excused truth.Value) {
	time, tests, excused = f.time, f.tests, f.excused
	for i := range f.open {
		switch f.of[i] {
		case testTime:
			time = truth.And(time, f.assigned[i])
		case testException:
			excused = truth.Or(excused, f.assigned[i])
		default:
			tests = truth.And(tests, f.assigned[i])
		}
	}
	return time, tests, excused
}

// vary tries every way in which open facts from i on may come out, and tells those
// that settle the ruling.
func (f *formula) vary(i int, set uint, found func(set uint, gives Classification)) {
	if gives := classify(f.value()); gives != NotDecided {
		found(set, gives)
		return // more facts would change nothing, or are a set of their own
	}
	for ; i < len(f.open); i++ {
		for _, v := range []truth.Value{truth.Yes, truth.No} {
			f.assigned[i] = v
			f.vary(i+1, set|1<<i, found)
		}
		f.assigned[i] = truth.Maybe
	}
}
