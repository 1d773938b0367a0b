package main

import (
	"slices"
	"testing"

	"github.com/truceline/truceline/judge"
)

// TestPeersAnswerAsWeDo: by every clause, for incidents that differ in who, what,
// with what, to what, where and when.
func TestPeersAnswerAsWeDo(t *testing.T) {
	w, err := newWorld()
	if err != nil {
		t.Fatal(err)
	}
	met := map[judge.Classification]int{}
	stories := append(varied(), known, vague)
	for _, s := range stories {
		for _, c := range w.same(t, s) {
			met[c]++
		}
	}
	t.Logf("%d incidents: %v", len(stories), met)
	for _, c := range []judge.Classification{judge.Violation, judge.NoViolation, judge.Permitted, judge.NotInForce, judge.NotDecided} {
		if met[c] == 0 {
			t.Errorf("nothing came out as %s", c)
		}
	}
}

// TestWhatChangesAnAnswer: from one violation, one fact after the other is changed.
func TestWhatChangesAnAnswer(t *testing.T) {
	w, err := newWorld()
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(*story)) story {
		s := known
		change(&s)
		return s
	}
	for _, c := range []struct {
		name   string
		clause string
		story  story
		want   judge.Classification
	}{
		{"as told", "2", known, judge.Violation},
		{"another actor", "2", with(func(s *story) { s.actor = "MED" }), judge.NoViolation},
		{"another act", "2", with(func(s *story) { s.act = "movement" }), judge.NoViolation},
		{"another object", "2", with(func(s *story) { s.objects = []string{"military/depot"} }), judge.NoViolation},
		{"another area", "2", with(func(s *story) { s.lon, s.lat = "30", "10" }), judge.NoViolation},
		{"before the start", "2", with(func(s *story) { s.happened = "2030-02-01" }), judge.NotInForce},
		{"after the end", "2", with(func(s *story) { s.happened = "2030-09-01" }), judge.NotInForce},
		{"after the clause's own end", "15", with(func(s *story) { s.happened = "2030-06-01" }), judge.NotInForce},
		{"unknown actor", "2", with(func(s *story) { s.actor = "" }), judge.NotDecided},
		{"unknown act", "2", with(func(s *story) { s.act = "" }), judge.NotDecided},
		{"unknown object", "2", with(func(s *story) { s.objects = nil }), judge.NotDecided},
		{"broader object", "2", with(func(s *story) { s.objects = []string{"energy"} }), judge.NotDecided},
		{"unknown place", "2", with(func(s *story) { s.lon = "" }), judge.NotDecided},
		{"imprecise place", "2", with(func(s *story) { s.radius = 90000 }), judge.NotDecided},
		{"imprecise time", "2", with(func(s *story) { s.happened = "2030-02/2030-03" }), judge.NotDecided},
		{"unknown time", "2", with(func(s *story) { s.happened = "" }), judge.NotDecided},
		{"excused", "12", with(func(s *story) { s.objects = []string{"transport/railway/track"} }), judge.Permitted},
		{"the excuse is defeated", "12", with(func(s *story) { s.act, s.objects = "attack/missile", []string{"transport/railway/track"} }), judge.Violation},
		{"perhaps excused", "12", with(func(s *story) { s.objects = []string{"transport"} }), judge.NotDecided},
		{"calibre above", "19", with(func(s *story) { s.act, s.weapon = "attack/artillery/gun", "artillery/gun/152mm" }), judge.Violation},
		{"calibre not above", "19", with(func(s *story) { s.act, s.weapon = "attack/artillery/mortar", "artillery/mortar/82mm" }), judge.NoViolation},
		{"calibre open", "19", with(func(s *story) { s.act, s.weapon = "attack/artillery/mortar", "artillery/mortar" }), judge.NotDecided},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := slices.IndexFunc(clauses, func(r rule) bool { return r.label == c.clause })
			if got := w.same(t, c.story)[i]; got != c.want {
				t.Errorf("clause %s: %s, want %s", c.clause, got, c.want)
			}
		})
	}
}

// same gives our answers and holds each peer, in each of its forms, to them.
func (w *world) same(t *testing.T, s story) []judge.Classification {
	t.Helper()
	f, err := w.compiled.tell(w.bench, s)
	if err != nil {
		t.Fatal(err)
	}
	var d judge.Decision
	ours := decideOurs(w.bench, &d, f.in)
	hold := func(who string, theirs []judge.Classification, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %+v: %v", who, s, err)
		}
		for i, c := range clauses {
			if ours[i] != theirs[i] {
				t.Fatalf("%+v, clause %s: ours %s, %s %s", s, c.label, ours[i], who, theirs[i])
			}
		}
	}
	for _, r := range w.bench.Judge(*f.in, "twenty") {
		i := slices.IndexFunc(clauses, func(c rule) bool { return c.label == r.Clause })
		if ours[i] != r.Classification {
			t.Fatalf("%+v, clause %s: %s decided, %s judged", s, r.Clause, ours[i], r.Classification)
		}
	}
	for _, e := range []struct {
		name string
		*celEngine
	}{{"CEL", w.cel}, {"CEL with its state", w.celState}, {"CEL in full", w.celWhole}} {
		vars, err := e.activation(f)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := e.decide(vars)
		hold(e.name, theirs, err)
	}
	for name, e := range map[string]*opaEngine{"OPA": w.opa, "OPA to the first no": w.opaFirst, "OPA evaluated in part": w.opaPartial} {
		in, err := e.input(f, w.compiled)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := e.decide(in, false)
		hold(name, theirs, err)
	}
	return ours
}

// varied are stories that differ in everything.
func varied() []story {
	var list []story
	for _, actor := range []string{"", "KA", "LO", "MED"} {
		for i, act := range []string{"", "attack", "attack/uav", "attack/missile", "attack/artillery/gun", "movement", "flight", "presence"} {
			for j, weapon := range []string{"", "uav/fpv", "artillery/gun/152mm", "artillery", "small-arms"} {
				for k, objects := range [][]string{nil, {"energy"}, {"energy/electricity/substation", "military/depot"}, {"transport/railway"}, {"civilian/water"}} {
					at := []string{"2030-05-05T10:00Z", "2030-02/2030-03", "2030-03-15", "2030-08-31", "2030-09-01", "2030-04/2030-07", ""}
					where := []story{{}, {lon: "20.35", lat: "51.25", radius: 2000}, {lon: "22.5", lat: "50.5", radius: 10}, {lon: "20.7", lat: "51.2", radius: 9000}, {lon: "20", lat: "50.7", radius: 50000}, {lon: "30", lat: "10", radius: 100}}
					s := where[(i+2*j+3*k)%len(where)]
					s.actor, s.act, s.weapon, s.objects = actor, act, weapon, objects
					s.happened = at[(i+j+k)%len(at)]
					s.purpose = []string{"", "medical", "combat"}[(i+k)%3]
					list = append(list, s)
				}
			}
		}
	}
	return list
}
