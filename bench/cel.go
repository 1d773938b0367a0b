package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/truth"
)

// celEngine holds the clauses as CEL programs. CEL's and, or and exists are Kleene's
// where operands are unknown, so a fact that is not told is an unknown value and
// "maybe" is a variable that is always unknown.
type celEngine struct {
	times   []cel.Program // one a stretch of time, shared as our windows are
	tests   []cel.Program // one a clause
	excused []cel.Program // nil where a clause has no exceptions
	spans   []int
	whole   bool // evaluates everything, as we do, and not only what decides
}

// newCEL compiles the clauses. With whole, nothing is passed over.
func newCEL(p *compiled, whole bool, options ...cel.EvalOption) (*celEngine, error) {
	vars := []cel.EnvOption{
		cel.Variable("actor", cel.StringType), cel.Variable("act", cel.StringType), cel.Variable("weapon", cel.StringType),
		cel.Variable("purpose", cel.StringType), cel.Variable("objects", cel.ListType(cel.StringType)),
		cel.Variable("calibre_least", cel.IntType), cel.Variable("calibre_most", cel.IntType),
		cel.Variable("earliest", cel.IntType), cel.Variable("latest", cel.IntType), cel.Variable("maybe", cel.BoolType),
	}
	for i := range p.regions {
		vars = append(vars, cel.Variable(fmt.Sprintf("region%d", i), cel.BoolType))
	}
	env, err := cel.NewEnv(vars...)
	if err != nil {
		return nil, err
	}
	e := &celEngine{whole: whole}
	program := func(text string) (cel.Program, error) {
		ast, issues := env.Compile(text)
		if issues.Err() != nil {
			return nil, fmt.Errorf("%s: %w", text, issues.Err())
		}
		return env.Program(ast, cel.EvalOptions(append(slices.Clone(options), cel.OptOptimize)...))
	}
	for _, s := range p.spans {
		prg, err := program(fmt.Sprintf("earliest >= %d && latest < %d ? true : (latest < %d || earliest >= %d ? false : maybe)", s.from, s.until, s.from, s.until))
		if err != nil {
			return nil, err
		}
		e.times = append(e.times, prg)
	}
	for _, t := range p.clauses {
		prg, err := program(celTests(t))
		if err != nil {
			return nil, err
		}
		var excused cel.Program
		if len(t.except) > 0 {
			if excused, err = program(celExcused(t.except)); err != nil {
				return nil, err
			}
		}
		e.tests, e.excused, e.spans = append(e.tests, prg), append(e.excused, excused), append(e.spans, t.span)
	}
	return e, nil
}

// celTests writes what a rule speaks of.
func celTests(t test) string {
	var all []string
	if len(t.binds) > 0 {
		all = append(all, "actor in "+quoted(t.binds))
	}
	if t.acts != nil {
		all = append(all, celBranch("act", t.acts))
	}
	if t.weapons != nil {
		all = append(all, celBranch("weapon", t.weapons))
	}
	if t.calibre > 0 {
		n := t.calibre * 1000
		all = append(all, fmt.Sprintf("(calibre_least > %d ? true : (calibre_most <= %d ? false : maybe))", n, n))
	}
	if len(t.purposes) > 0 {
		all = append(all, "purpose in "+quoted(t.purposes))
	}
	if t.things != nil {
		all = append(all, "objects.exists(o, "+celBranch("o", t.things)+")")
	}
	return strings.Join(append(all, fmt.Sprintf("region%d", t.region)), " && ")
}

func celBranch(name string, b branches) string {
	text := name + " in " + quoted(b.with(truth.Yes))
	if broader := b.with(truth.Maybe); len(broader) > 0 {
		text += " || " + name + " in " + quoted(broader) + " && maybe"
	}
	return "(" + text + ")"
}

func celExcused(exceptions []test) string {
	var list []string
	for _, x := range exceptions {
		text := celTests(x)
		if len(x.except) > 0 {
			text += " && !(" + celExcused(x.except) + ")"
		}
		list = append(list, "("+text+")")
	}
	return strings.Join(list, " || ")
}

// activation gives the facts as values of CEL, made once as our incident is.
func (e *celEngine) activation(f *facts) (cel.Activation, error) {
	unknown := func(name string) ref.Val { return types.NewUnknown(1, types.NewAttributeTrail(name)) }
	vars := map[string]any{"maybe": unknown("maybe")}
	for name, s := range map[string]string{"actor": f.actor, "act": f.act, "weapon": f.weapon, "purpose": f.purpose} {
		vars[name] = types.String(s)
		if s == "" {
			vars[name] = unknown(name)
		}
	}
	vars["objects"] = unknown("objects")
	if len(f.objects) > 0 {
		list := make([]ref.Val, len(f.objects))
		for i, o := range f.objects {
			list[i] = types.String(o)
		}
		vars["objects"] = types.NewRefValList(types.DefaultTypeAdapter, list)
	}
	number := func(name string, known bool, n int64) {
		vars[name] = types.Int(n)
		if !known {
			vars[name] = unknown(name)
		}
	}
	number("calibre_least", f.calibreKnown, f.calibreLeast)
	number("calibre_most", f.calibreKnown, f.calibreMost)
	number("earliest", f.happenedTold, f.earliest)
	number("latest", f.happenedTold, f.latest)
	for i, v := range f.regions {
		name := fmt.Sprintf("region%d", i)
		vars[name] = types.Bool(v == truth.Yes)
		if v == truth.Maybe {
			vars[name] = unknown(name)
		}
	}
	return cel.NewActivation(vars)
}

// decide gives the classification by each clause.
func (e *celEngine) decide(facts cel.Activation) ([]judge.Classification, error) {
	var held [8]truth.Value
	times := held[:len(e.times)]
	for i, prg := range e.times {
		v, err := celValue(prg, facts)
		if err != nil {
			return nil, err
		}
		times[i] = v
	}
	list := make([]judge.Classification, len(e.tests))
	for i, prg := range e.tests {
		time, tests, excused := times[e.spans[i]], truth.No, truth.No
		var err error
		if e.whole || time != truth.No {
			if tests, err = celValue(prg, facts); err != nil {
				return nil, err
			}
		}
		if e.excused[i] != nil && (e.whole || tests != truth.No) {
			if excused, err = celValue(e.excused[i], facts); err != nil {
				return nil, err
			}
		}
		list[i] = classify(time, tests, excused)
	}
	return list, nil
}

func celValue(prg cel.Program, facts cel.Activation) (truth.Value, error) {
	v, _, err := prg.Eval(facts)
	switch {
	case err != nil:
		return truth.Maybe, err
	case types.IsUnknown(v):
		return truth.Maybe, nil
	}
	return truth.Of(v == types.True), nil
}
