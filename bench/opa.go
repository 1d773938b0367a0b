package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/truth"
)

// opaEngine holds the clauses as one Rego policy. Rego has no third value, so no,
// maybe and yes are 0, 1 and 2; "and" is the least, "or" the greatest. What a node
// means to a clause stands in tables in the store.
type opaEngine struct {
	query  rego.PreparedEvalQuery
	labels []string
}

// untold is the key under which tables hold what an untold fact comes to.
const untold = "?"

func number(v truth.Value) int {
	switch v {
	case truth.No:
		return 0
	case truth.Yes:
		return 2
	}
	return 1
}

// newOPA compiles the clauses. With first, a clause ends at the first test that says
// no; with partial, the policy is evaluated beforehand as far as it goes without the
// incident.
func newOPA(p *compiled, first, partial bool) (*opaEngine, error) {
	data := map[string]any{}
	policy := opaPolicy(p, data, first)
	e := &opaEngine{}
	for _, t := range p.clauses {
		e.labels = append(e.labels, t.label)
	}
	var options []rego.PrepareOption
	if partial {
		options = append(options, rego.WithPartialEval())
	}
	var err error
	e.query, err = rego.New(
		rego.Query("data.truce.verdict"),
		rego.Module("truce.rego", policy),
		rego.Store(inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true))),
	).PrepareForEval(context.Background(), options...)
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, policy)
	}
	return e, nil
}

// opaPolicy writes the policy and fills the tables that it reads.
func opaPolicy(p *compiled, data map[string]any, first bool) string {
	var b strings.Builder
	b.WriteString("package truce\n")
	for i, s := range p.spans {
		fmt.Fprintf(&b, `
time%d := 2 if {
	input.earliest >= %d
	input.latest < %d
} else := 0 if {
	input.latest < %d
} else := 0 if {
	input.earliest >= %d
} else := 1
`, i, s.from, s.until, s.from, s.until)
	}
	tables := map[string]any{}
	data["tables"] = tables
	classes := [3][3][3]string{}
	values := [3]truth.Value{truth.No, truth.Maybe, truth.Yes}
	for i, time := range values {
		for j, tests := range values {
			for k, excused := range values {
				classes[i][j][k] = string(classify(time, tests, excused))
			}
		}
	}
	data["classes"] = anyOf(classes)
	var verdict []string
	for i, t := range p.clauses {
		w := opaWriter{tables: tables}
		tests, excused := w.tests(t), "0"
		if len(t.except) > 0 {
			excused = w.excused(t.except)
		}
		fmt.Fprintf(&b, "\nclause%d := ", i)
		if first {
			fmt.Fprintf(&b, "\"%s\" if time%d == 0\nelse := ", judge.NotInForce, t.span)
			for _, one := range tests {
				fmt.Fprintf(&b, "\"%s\" if %s\nelse := ", judge.NoViolation, one.fails)
			}
		}
		fmt.Fprintf(&b, "data.classes[time%d][%s][%s]\n", t.span, least(tests), excused)
		verdict = append(verdict, fmt.Sprintf("%q: clause%d", t.label, i))
	}
	fmt.Fprintf(&b, "\nverdict := {%s}\n", strings.Join(verdict, ", "))
	return b.String()
}

// least writes "and".
func least(tests []opaTest) string {
	values := make([]string, len(tests))
	for i, t := range tests {
		values[i] = t.value
	}
	return "min([" + strings.Join(values, ", ") + "])"
}

// opaTest is one test: an expression for its value, and one that holds where it is no.
type opaTest struct{ value, fails string }

// looked is a test that looks a fact up in a table; where it is no is written out.
func looked(table string, b map[string]any, fact string) opaTest {
	var others []string
	for name, v := range b {
		if v != 0 {
			others = append(others, strconv.Quote(name))
		}
	}
	slices.Sort(others)
	return opaTest{table + "[" + fact + "]", "not " + fact + " in {" + strings.Join(others, ", ") + "}"}
}

// computed is a test by an expression.
func computed(value string) opaTest { return opaTest{value, value + " == 0"} }

func anyOf(classes [3][3][3]string) []any {
	var out []any
	for _, a := range classes {
		var mid []any
		for _, b := range a {
			mid = append(mid, []any{b[0], b[1], b[2]})
		}
		out = append(out, mid)
	}
	return out
}

type opaWriter struct{ tables map[string]any }

// table keeps what each name comes to; an untold one is a maybe.
func (w *opaWriter) table(t test, what string, b map[string]any) string {
	b[untold] = 1
	of, ok := w.tables[t.label].(map[string]any)
	if !ok {
		of = map[string]any{}
		w.tables[t.label] = of
	}
	of[what] = b
	return fmt.Sprintf("data.tables[%q].%s", t.label, what)
}

// of and among give a table of what each name comes to.
func of(b branches) map[string]any {
	out := map[string]any{}
	for node, v := range b {
		out[node] = number(v)
	}
	return out
}

func among(all, named []string) map[string]any {
	out := map[string]any{}
	for _, n := range all {
		out[n] = 0
	}
	for _, n := range named {
		out[n] = 2
	}
	return out
}

// tests writes what a rule speaks of, test by test.
func (w *opaWriter) tests(t test) []opaTest {
	var all []opaTest
	look := func(what string, b map[string]any, fact string) {
		all = append(all, looked(w.table(t, what, b), b, fact))
	}
	if len(t.binds) > 0 {
		look("actors", among([]string{"KA", "LO", "MED"}, t.binds), "input.actor")
	}
	if t.acts != nil {
		look("acts", of(t.acts), "input.act")
	}
	if t.weapons != nil {
		look("weapons", of(t.weapons), "input.weapon")
	}
	if t.calibre > 0 {
		all = append(all, computed(fmt.Sprintf("input.above[\"%d\"]", t.calibre)))
	}
	if len(t.purposes) > 0 {
		look("purposes", among(purposes, t.purposes), "input.purpose")
	}
	if t.things != nil {
		all = append(all, computed("max([v | some o in input.objects; v := "+w.table(t, "objects", of(t.things))+"[o]])"))
	}
	return append(all, computed(fmt.Sprintf("input.regions[%d]", t.region)))
}

// excused writes "or" over exceptions, each without those that defeat it.
func (w *opaWriter) excused(exceptions []test) string {
	var list []string
	for _, x := range exceptions {
		all := w.tests(x)
		if len(x.except) > 0 {
			all = append(all, computed("2 - "+w.excused(x.except)))
		}
		list = append(list, least(all))
	}
	return "max([" + strings.Join(list, ", ") + "])"
}

var purposes = []string{"training", "combat", "defence", "emergency", "humanitarian", "inspection", "law-enforcement", "medical", "military-transport", "repair", "resupply"}

// input gives the facts as a value of Rego, made once as our incident is. Whether a
// calibre is above a clause's is told as a ready answer.
func (e *opaEngine) input(f *facts, p *compiled) (ast.Value, error) {
	told := func(s string) string {
		if s == "" {
			return untold
		}
		return s
	}
	objects := []any{untold}
	if len(f.objects) > 0 {
		objects = nil
		for _, o := range f.objects {
			objects = append(objects, o)
		}
	}
	var regions []any
	for _, v := range f.regions {
		regions = append(regions, number(v))
	}
	above := map[string]any{}
	for _, t := range p.clauses {
		if t.calibre == 0 {
			continue
		}
		n, v := int64(t.calibre)*1000, 1
		switch {
		case !f.calibreKnown:
		case f.calibreLeast > n:
			v = 2
		case f.calibreMost <= n:
			v = 0
		}
		above[fmt.Sprint(t.calibre)] = v
	}
	in := map[string]any{"actor": told(f.actor), "act": told(f.act), "weapon": told(f.weapon), "purpose": told(f.purpose), "objects": objects, "regions": regions, "above": above}
	if f.happenedTold {
		in["earliest"], in["latest"] = f.earliest, f.latest
	}
	return ast.InterfaceToValue(in)
}

// decide gives the classification by each clause; with explain, every event of the
// evaluation is kept.
func (e *opaEngine) decide(in ast.Value, explain bool) ([]judge.Classification, error) {
	options := []rego.EvalOption{rego.EvalParsedInput(in)}
	if explain {
		options = append(options, rego.EvalQueryTracer(topdown.NewBufferTracer()))
	}
	rs, err := e.query.Eval(context.Background(), options...)
	if err != nil {
		return nil, err
	}
	if len(rs) != 1 {
		return nil, fmt.Errorf("%d results", len(rs))
	}
	verdict, ok := rs[0].Expressions[0].Value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("the result is %T", rs[0].Expressions[0].Value)
	}
	list := make([]judge.Classification, len(e.labels))
	for i, l := range e.labels {
		class, _ := verdict[l].(string)
		list[i] = judge.Classification(class)
	}
	return list, nil
}
