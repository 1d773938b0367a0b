package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/google/cel-go/cel"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/intake"
	"github.com/truceline/truceline/judge"
)

// group is a part of the table.
type group struct {
	title, unit string
	rows        []*row
}

// sink keeps what is computed from being thought useless.
var sink int

func groups() ([]group, error) {
	w, err := newWorld()
	if err != nil {
		return nil, err
	}
	first, err := w.known()
	if err != nil {
		return nil, err
	}
	second, err := w.vague()
	if err != nil {
		return nil, err
	}
	third, err := replayed()
	if err != nil {
		return nil, err
	}
	return []group{first, second, third}, nil
}

// told is one incident as each takes it.
type told struct {
	*facts
	cel cel.Activation
	opa ast.Value
}

func (w *world) told(s story) (t told, err error) {
	if t.facts, err = w.compiled.tell(w.bench, s); err != nil {
		return t, err
	}
	if t.cel, err = w.cel.activation(t.facts); err != nil {
		return t, err
	}
	t.opa, err = w.opa.input(t.facts, w.compiled)
	return t, err
}

// decide is our short form: classification and the codes of all reasons; the codes
// are read too.
func decide(b *judge.Bench, d *judge.Decision, in *judge.Incident, codes bool) {
	b.Decide(d, in, "twenty")
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		sink += len(v.Classification)
		if !codes {
			continue
		}
		for _, o := range v.Tests {
			sink += len(o.Code())
		}
	}
}

func (w *world) celRow(e *celEngine, t told) func() error {
	return func() error {
		list, err := e.decide(t.cel)
		sink += len(list)
		return err
	}
}

func (w *world) opaRow(e *opaEngine, t told, explain bool) func() error {
	return func() error {
		list, err := e.decide(t.opa, explain)
		sink += len(list)
		return err
	}
}

func (w *world) known() (group, error) {
	t, err := w.told(known)
	if err != nil {
		return group{}, err
	}
	speaker, err := explain.New(w.c)
	if err != nil {
		return group{}, err
	}
	in, d := t.in, &judge.Decision{}
	bare, e := w.bare.Incident(in.Ref, in.Happened, nil, in.Report), &judge.Decision{}
	return group{"One incident of which all is told, 20 clauses", "ns/op", []*row{
		{mark: "a", name: "ours, decide", do: func() error { decide(w.bench, d, in, false); return nil }},
		{mark: "b", name: "ours, decide, codes of all reasons read", beside: "a", do: func() error { decide(w.bench, d, in, true); return nil }},
		{mark: "c", name: "ours, decide, no area to test", beside: "a", do: func() error { decide(w.bare, e, &bare, false); return nil }},
		{mark: "d", name: "ours, judge: reasons with particulars", beside: "a", do: func() error { sink += len(w.bench.Judge(*in, "twenty")); return nil }},
		{mark: "e", name: "ours, judge and explain: sentences (en)", beside: "a", do: func() error {
			for _, r := range w.bench.Judge(*in, "twenty") {
				sink += len(speaker.Ruling("en", r))
			}
			return nil
		}},
		{mark: "f", name: "CEL, decide", beside: "a", do: w.celRow(w.cel, t)},
		{mark: "g", name: "CEL, decide, state tracked", beside: "b", do: w.celRow(w.celState, t)},
		{mark: "h", name: "CEL, everything evaluated, state tracked", beside: "b", do: w.celRow(w.celWhole, t)},
		{mark: "i", name: "OPA, decide, every test", beside: "a", do: w.opaRow(w.opa, t, false)},
		{mark: "j", name: "OPA, decide, to the first no", beside: "a", do: w.opaRow(w.opaFirst, t, false)},
		{mark: "k", name: "OPA, the same, evaluated in part beforehand", beside: "a", do: w.opaRow(w.opaPartial, t, false)},
		{mark: "l", name: "OPA, explain: trace in full", beside: "e", do: w.opaRow(w.opa, t, true)},
	}}, nil
}

func (w *world) vague() (group, error) {
	t, err := w.told(vague)
	if err != nil {
		return group{}, err
	}
	d := &judge.Decision{}
	return group{"One incident, actor unknown, time and place at an edge, 20 clauses", "ns/op", []*row{
		{mark: "m", name: "ours, decide", do: func() error { decide(w.bench, d, t.in, false); return nil }},
		{mark: "n", name: "CEL, decide", beside: "m", do: w.celRow(w.cel, t)},
		{mark: "o", name: "OPA, decide, to the first no", beside: "m", do: w.opaRow(w.opaFirst, t, false)},
	}}, nil
}

// replayed judges every row of the volume data under all agreements and readings of
// the founding case.
func replayed() (group, error) {
	b, incidents, err := volume("../testdata/viina/reports.csv")
	if err != nil {
		return group{}, err
	}
	speaker, err := explain.New(b.Case)
	if err != nil {
		return group{}, err
	}
	d := &judge.Decision{}
	n := len(incidents)
	b.Decide(d, &incidents[0], "")
	title := fmt.Sprintf("Replay of %s rows, each under all agreements and readings (%d verdicts a row)", grouped(float64(n)), len(d.Verdicts))
	return group{title, "ns/row", []*row{
		{mark: "p", name: "ours, decide with codes", per: n, rate: true, do: func() error {
			for i := range incidents {
				b.Decide(d, &incidents[i], "")
				sink += len(d.Verdicts)
			}
			return nil
		}},
		{mark: "q", name: "ours, judge: reasons with particulars", per: n, rate: true, do: func() error {
			for i := range incidents {
				sink += len(b.Judge(incidents[i], ""))
			}
			return nil
		}},
		{mark: "r", name: "ours, judge and explain: sentences (en)", per: n, rate: true, do: func() error {
			for i := range incidents {
				for _, r := range b.Judge(incidents[i], "") {
					sink += len(speaker.Ruling("en", r))
				}
			}
			return nil
		}},
	}}, nil
}

// volume loads the founding case and makes the rows of a file ready.
func volume(name string) (*judge.Bench, []judge.Incident, error) {
	fsys, err := cases.UA2025()
	if err != nil {
		return nil, nil, err
	}
	c, err := casefile.Load(fsys)
	if err != nil {
		return nil, nil, err
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, fmt.Errorf("%w (the command runs in its own folder: go -C bench run .)", err)
	}
	rows, err := intake.Reports(name, data, intake.Names{Parties: c.PartyCodes(), Areas: slices.Sorted(maps.Keys(c.Areas)), Zone: c.Zone})
	if err != nil {
		return nil, nil, err
	}
	if len(rows) == 0 {
		return nil, nil, errors.New(name + " has no rows")
	}
	b := newBench(c)
	list := make([]judge.Incident, len(rows))
	for i, r := range rows {
		list[i] = b.Incident(r.Ref, r.Happened, r.Entry().SaidBy, r.Body)
	}
	return b, list, nil
}
