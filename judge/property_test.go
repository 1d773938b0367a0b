package judge_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// outcomes gives how every test of every ruling came out.
func outcomes(rulings []judge.Ruling) map[string]truth.Value {
	out := map[string]truth.Value{}
	for _, r := range rulings {
		for _, s := range r.Reasons {
			out[fmt.Sprintf("%s %s %s %s%s", r.Clause, r.Reading, s.Test, s.Args["exception"], s.Args["special"])] = s.Outcome
		}
		out[r.Clause+" "+r.Reading+" violation"] = map[judge.Classification]truth.Value{judge.Violation: truth.Yes, judge.NotDecided: truth.Maybe}[r.Classification]
		if _, open := map[judge.Classification]bool{judge.Violation: true, judge.NotDecided: true}[r.Classification]; !open {
			out[r.Clause+" "+r.Reading+" violation"] = truth.No
		}
	}
	return out
}

// never turned tells where a yes became a no or a no a yes.
func turned(before, after map[string]truth.Value) []string {
	var list []string
	for key, v := range before {
		if v != truth.Maybe && after[key] == v.Not() {
			list = append(list, fmt.Sprintf("%s: %v became %v", key, v, after[key]))
		}
	}
	slices.Sort(list)
	return list
}

// TestNarrowingNeverTurnsYesIntoNo: a value told more exactly settles a maybe or
// leaves things as they are.
func TestNarrowingNeverTurnsYesIntoNo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, 8)
		b := judge.New(w.c, w.ask(0))
		from := rapid.IntRange(0, 24*20).Draw(t, "from")
		until := from + pick(t, "long", 0, 6, 30, 100)
		exact := rapid.IntRange(from, until).Draw(t, "exactly")
		wide := reportOf(t)
		narrow := *wide
		happened, exactly := hourText(from, until), hourText(exact, exact)
		switch rapid.IntRange(0, 6).Draw(t, "what is narrowed") {
		case 0:
			exactly = happened
			narrow.Actor, wide.Actor = &record.Actor{Party: pick(t, "who", "KA", "LO", "MED")}, nil
		case 1:
			exactly = happened
			wide.Place = pick(t, "roughly", nil, &record.Place{Lon: "10.99", Lat: "50.5", Radius: 9000})
			narrow.Place = &record.Place{Lon: pick(t, "where", "10.9", "10.99", "11.1"), Lat: "50.5", Radius: 100}
			if narrow.Place.Lon == "11.1" {
				narrow.Place.Lon = "11.05"
			}
		case 2:
			exactly = happened
			wide.Calibre, narrow.Calibre = &record.Range{Least: "82", Most: "152"}, &record.Range{Least: "100", Most: pick(t, "most", "100", "120", "152")}
		case 3:
			exactly = happened
			wide.Weapon, narrow.Weapon = pick(t, "told", "", "artillery"), pick(t, "weapon told", "artillery/gun", "artillery/gun/122mm", "artillery/mortar")
			wide.Calibre, narrow.Calibre = nil, nil
		case 4:
			exactly = happened
			wide.Act, narrow.Act = pick(t, "act told", "", "attack"), pick(t, "which", "attack/artillery", "attack/uav")
		case 5:
			exactly = happened
			wide.Objects, narrow.Objects = pick(t, "thing told", nil, []string{"energy"}), []string{pick(t, "thing", "energy/gas", "energy/oil")}
		}
		in := b.Incident("wide", parsed(t, happened), nil, wide)
		in2 := b.Incident("wide", parsed(t, exactly), nil, &narrow)
		if list := turned(outcomes(b.Judge(in, "")), outcomes(b.Judge(in2, ""))); len(list) > 0 {
			t.Fatalf("%v\n%+v %s\n%+v %s", list, *wide, happened, narrow, exactly)
		}
	})
}

func parsed(t *rapid.T, text string) moment.Time {
	x, err := moment.Parse(text, moment.UTC())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestRemovingAFactNeverFlips: what a report does not tell is open, never the
// opposite of what it told.
func TestRemovingAFactNeverFlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, 8)
		b := judge.New(w.c, w.ask(0))
		from := rapid.IntRange(0, 24*20).Draw(t, "from")
		happened := parsed(t, hourText(from, from+pick(t, "long", 0, 30)))
		whole := reportOf(t)
		less := *whole
		switch rapid.IntRange(0, 6).Draw(t, "what goes") {
		case 0:
			less.Act = ""
		case 1:
			less.Weapon, less.Calibre = "", nil
		case 2:
			less.Objects = nil
		case 3:
			less.Actor = nil
		case 4:
			less.Place = nil
		case 5:
			less.Purpose = ""
		}
		in, in2 := b.Incident("r", happened, nil, whole), b.Incident("r", happened, nil, &less)
		if list := turned(outcomes(b.Judge(in, "")), outcomes(b.Judge(in2, ""))); len(list) > 0 {
			t.Fatalf("%v\n%+v\n%+v", list, *whole, less)
		}
	})
}

// TestOnlyWhatAnEntryTouchesChanges: judging anew only the rulings whose keys a new
// entry touches gives the same as judging everything.
func TestOnlyWhatAnEntryTouchesChanges(t *testing.T) {
	kept := 0
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, rapid.IntRange(4, 14).Draw(t, "entries"))
		before := rulings(judge.New(w.c, w.ask(0)))
		w.entry(t)
		if chance(t, "a reading", 10) && len(w.c.Readings) == 0 {
			w.c.Entries = w.c.Entries[:len(w.c.Entries)-1]
			w.reading(t, "KA")
		}
		b := judge.New(w.c, w.ask(0))
		touched := b.Touches(len(w.c.Entries))
		after := rulings(b)
		for key, was := range before {
			if slices.ContainsFunc(was.Depends, func(k string) bool { return slices.Contains(touched, k) }) {
				continue
			}
			kept++
			if diff := cmp.Diff(was, after[key]); diff != "" {
				t.Fatalf("%s depends on %v; the entry %+v touches %v\n%s", key, was.Depends, w.c.Entries[len(w.c.Entries)-1].Envelope.Entry.Body, touched, diff)
			}
		}
		for key, is := range after {
			if _, old := before[key]; !old && !slices.ContainsFunc(is.Depends, func(k string) bool { return slices.Contains(touched, k) }) {
				t.Fatalf("%s is new and depends on nothing that the entry touches: %v, %v", key, is.Depends, touched)
			}
		}
	})
	if kept == 0 {
		t.Error("no ruling was ever kept")
	}
}

// TestAnOldPositionGivesTheOldAnswer, whatever was recorded since.
func TestAnOldPositionGivesTheOldAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, 6)
		then := len(w.c.Entries)
		b := judge.New(w.c, w.ask(0))
		status, old := b.Status(), rulings(b)
		for range 5 {
			w.entry(t)
		}
		b = judge.New(w.c, w.ask(then))
		if diff := cmp.Diff(status, b.Status()); diff != "" {
			t.Fatalf("-then +now:\n%s", diff)
		}
		if diff := cmp.Diff(old, rulings(b)); diff != "" {
			t.Fatalf("-then +now:\n%s", diff)
		}
	})
}

// TestTheOrderOfTheSameMomentDoesNotMatter: acts and reports of one moment may be
// recorded in any order.
func TestTheOrderOfTheSameMomentDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, 4)
		at := hourText(rapid.IntRange(0, 100).Draw(t, "moment"), 0)
		from := len(w.c.Entries)
		for i, party := range []string{"KA", "LO", "KA"} {
			a := &record.Act{Act: pick(t, "act", record.ActAccepted, record.ActRejected, record.ActImplemented, record.ActSuspended, record.ActResumed), Party: party}
			a.Agreement = "drawn"
			w.add(t, record.Entry{Kind: record.KindAct, Ref: record.Ref(fmt.Sprintf("same%d", i)), Body: a}, at)
		}
		w.add(t, record.Entry{Kind: record.KindReport, Ref: "after", SaidBy: &record.Voice{Party: "KA"}, Body: reportOf(t)}, hourText(200, 0))
		answer := func() string {
			b := judge.New(w.c, w.ask(0))
			s := ""
			for _, a := range b.Status().Agreements {
				for _, r := range a.Readings {
					s += fmt.Sprintf("%s %s %v %s %s\n", r.By, r.State, r.Possible, r.InForceFrom, r.InForceUntil)
					for _, p := range []string{"KA", "LO"} {
						possible := slices.Clone(r.Positions[p].Possible)
						slices.Sort(possible)
						s += fmt.Sprintf("%s %s %v\n", p, r.Positions[p].Position, possible)
					}
				}
			}
			all := rulings(b)
			keys := make([]string, 0, len(all))
			for k := range all {
				keys = append(keys, k)
			}
			slices.Sort(keys)
			for _, k := range keys {
				s += fmt.Sprintf("%s %s %v\n", k, all[k].Classification, all[k].Settles)
			}
			return s
		}
		first := answer()
		moved := w.c.Entries[from : from+3]
		i, j := rapid.IntRange(0, 2).Draw(t, "i"), rapid.IntRange(0, 2).Draw(t, "j")
		moved[i], moved[j] = moved[j], moved[i]
		for k := range moved {
			moved[k].Position = from + k + 1
		}
		if diff := cmp.Diff(first, answer()); diff != "" {
			t.Fatalf("-first +otherwise:\n%s", diff)
		}
	})
}

// TestReadingsNeverLeak: one more reading changes nothing by the others.
func TestReadingsNeverLeak(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, 10)
		w.c.Readings = nil
		before := rulings(judge.New(w.c, w.ask(0)))
		w.reading(t, "LO")
		after := rulings(judge.New(w.c, w.ask(0)))
		for key, was := range before {
			if diff := cmp.Diff(was, after[key]); diff != "" {
				t.Fatalf("%s: -before +with one more reading:\n%s", key, diff)
			}
		}
	})
}

// TestNothingPublicLaterIsUsed: knowing by a moment gives what a record without
// the later entries gives, but for their place in it.
func TestNothingPublicLaterIsUsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, 10)
		known := parsed(t, hourText(rapid.IntRange(24, 24*25).Draw(t, "known by"), 0)).Earliest()
		// What may only have become public later is a matter of its own.
		w.c.Entries = slices.DeleteFunc(w.c.Entries, func(e entry) bool { return e.Public.Earliest() <= known && e.Public.Latest() > known })
		for i := range w.c.Entries {
			w.c.Entries[i].Position = i + 1
		}
		w.point(t)
		q := w.ask(0)
		q.KnownBy = known
		limited := rulings(judge.New(w.c, q))
		w.c.Entries = slices.DeleteFunc(w.c.Entries, func(e entry) bool { return e.Public.Earliest() > known })
		for i := range w.c.Entries {
			w.c.Entries[i].Position = i + 1
		}
		w.point(t)
		if diff := cmp.Diff(rulings(judge.New(w.c, q)), limited); diff != "" {
			t.Fatalf("-without the later +known by:\n%s", diff)
		}
	})
}

// TestEveryViolationFollowsFromItsReasons, and every reason names the entries, or the
// absence, that it rests on.
func TestEveryViolationFollowsFromItsReasons(t *testing.T) {
	seen := map[judge.Classification]int{}
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, 12)
		b := judge.New(w.c, w.ask(0))
		all := rulings(b)
		for i := range 12 { // reports that tell everything, so that every classification comes about
			full := reportOf(t)
			full.Act, full.Actor = pick(t, "full act", "attack/artillery/gun", "attack/uav"), &record.Actor{Party: pick(t, "full actor", "KA", "LO")}
			full.Weapon, full.Calibre, full.Objects, full.Purpose = "artillery/gun/122mm", nil, []string{"energy/oil"}, "training"
			full.Place = &record.Place{Lon: "10.4", Lat: "50.4", Radius: 1000}
			h := 31 + rapid.IntRange(0, 200).Draw(t, "full hour")
			for _, r := range b.Judge(b.Incident("full", parsed(t, hourText(h, h)), nil, full), "") {
				all[fmt.Sprintf("full %d %s %s", i, r.Clause, r.Reading)] = r
			}
		}
		for key, r := range all {
			seen[r.Classification]++
			if got := judge.Derive(r.Clause, r.Reasons); got != r.Classification {
				t.Fatalf("%s: %s follows from the reasons, the ruling says %s", key, got, r.Classification)
			}
			for _, s := range r.Reasons {
				if s.Entries == nil || s.Detail == "" || s.Outcome == truth.Maybe && len(s.Settle) == 0 && !(s.Test == "time" && len(r.Reasons) == 1) {
					t.Fatalf("%s: a reason lacks its entries, its code or what would settle it: %+v", key, s)
				}
			}
		}
	})
	for _, c := range []judge.Classification{judge.Violation, judge.NoViolation, judge.NotInForce, judge.NotDecided} {
		if seen[c] == 0 {
			t.Errorf("no world gave %s: %v", c, seen)
		}
	}
}
