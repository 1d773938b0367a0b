package main

import (
	"github.com/google/cel-go/cel"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
)

// world is the twenty clauses made ready for everybody.
type world struct {
	c        *casefile.Case
	bench    *judge.Bench
	bare     *judge.Bench // the same clauses, as if each held anywhere
	compiled *compiled

	cel, celState, celWhole   *celEngine
	opa, opaFirst, opaPartial *opaEngine
}

func newWorld() (*world, error) {
	w := &world{}
	var err error
	if w.c, err = newCase(clauses); err != nil {
		return nil, err
	}
	bare, err := newCase(withoutAreas(clauses))
	if err != nil {
		return nil, err
	}
	w.bench, w.bare = newBench(w.c), newBench(bare)
	if w.compiled, err = compile(w.bench, clauses); err != nil {
		return nil, err
	}
	if w.cel, err = newCEL(w.compiled, false); err != nil {
		return nil, err
	}
	if w.celState, err = newCEL(w.compiled, false, cel.OptTrackState); err != nil {
		return nil, err
	}
	if w.celWhole, err = newCEL(w.compiled, true, cel.OptExhaustiveEval); err != nil {
		return nil, err
	}
	if w.opa, err = newOPA(w.compiled, false, false); err != nil {
		return nil, err
	}
	if w.opaFirst, err = newOPA(w.compiled, true, false); err != nil {
		return nil, err
	}
	w.opaPartial, err = newOPA(w.compiled, true, true)
	return w, err
}
