package casefile

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// knows is every name that the case gives a meaning to.
type knows struct {
	agreements map[string]bool
	versions   map[string][]string        // of each agreement
	clauses    map[string]map[string]bool // labels and articles of each agreement, over all versions and readings
	conditions map[string]map[string]bool // ids of each agreement
	areas      map[string]bool            // those whose entry is there, even if the file is not right
	lines      map[string]bool            // those that are drawn as lines
	taxonomies *agreement.Set
}

// gather collects what is known, once all files were read.
func (l *loader) gather() {
	k := knows{
		agreements: map[string]bool{}, versions: map[string][]string{},
		clauses: map[string]map[string]bool{}, conditions: map[string]map[string]bool{}, areas: map[string]bool{}, lines: map[string]bool{},
		taxonomies: agreement.Taxonomies(),
	}
	put := func(m map[string]map[string]bool, id, value string) {
		if m[id] == nil {
			m[id] = map[string]bool{}
		}
		m[id][value] = true
	}
	for i := range l.c.Entries {
		e := &l.c.Entries[i].Entry
		switch b := e.Body.(type) {
		case *record.Agreement:
			k.agreements[b.Agreement] = true
			k.versions[b.Agreement] = append(k.versions[b.Agreement], b.Version)
		case *record.Area:
			k.areas[b.Area] = true
			if l.c.Lines[b.Area] != nil {
				delete(k.areas, b.Area)
				k.lines[b.Area] = true
			}
		}
		conditionsOf(e, func(id string, c record.Condition) { put(k.conditions, id, c.ID) })
	}
	for _, v := range l.c.Versions {
		for _, article := range v.Articles {
			put(k.clauses, v.ID, article.Number)
		}
		terms := []*agreement.Terms{&v.Terms}
		for _, r := range l.c.Readings {
			if r.Agreement == v.ID {
				if t, err := v.Under(r.Reading); err == nil {
					terms = append(terms, t)
				}
			}
		}
		for _, t := range terms {
			for _, c := range t.Clauses() {
				put(k.clauses, v.ID, c.Label)
			}
			for _, id := range t.Conditions() {
				put(k.conditions, v.ID, id)
			}
		}
	}
	l.knows = k
}

// names holds every name in every entry to what the case knows.
func (l *loader) names() {
	changes := map[string]bool{}
	for i := range l.c.Entries {
		e := &l.c.Entries[i]
		if e.Entry.Body == nil {
			continue
		}
		for _, n := range namesOf(&e.Entry) {
			l.name(e.Position, n)
		}
		if b, ok := e.Entry.Body.(*record.Agreement); ok && b.Agreement != "" && b.Change != "" {
			if first := b.Change == "first"; first == changes[b.Agreement] {
				what, mend := "the first version of an agreement changes nothing", `write "change":"first"`
				if first {
					what, mend = "a version of this agreement stands before it", `write "editorial" (acts carry over) or "substantive" (they do not)`
				}
				l.at(e.Position, "bad-change", "body.change", what, mend)
			}
			changes[b.Agreement] = true
		}
	}
}

// name tells what is wrong with one name, if anything is.
func (l *loader) name(position int, n name) {
	k := &l.knows
	var known []string
	switch n.sort {
	case aParty:
		if _, ok := l.c.Parties[n.value]; ok || !l.tables {
			return
		}
		known = sorted(l.c.Parties)
	case aPerson:
		if _, ok := l.c.People[n.value]; ok || !l.tables {
			return
		}
		if p, ok := l.c.PersonBySpelling(n.value); ok {
			l.at(position, "unknown-person", n.field, fmt.Sprintf("%q is a spelling, not an id", n.value), fmt.Sprintf("write %q", p.ID))
			return
		}
		known = sorted(l.c.People)
	case aSeries:
		if _, ok := l.c.Series[n.value]; ok || !l.tables {
			return
		}
		known = sorted(l.c.Series)
	case anArea:
		if k.areas[n.value] {
			return
		}
		known = sorted(k.areas)
	case anAccord:
		if k.agreements[n.value] {
			return
		}
		known = sorted(k.agreements)
	case aVersion:
		if !k.agreements[n.of] || slices.Contains(k.versions[n.of], n.value) {
			return
		}
		l.at(position, "unknown-version", n.field, fmt.Sprintf("the case has no version %s of %s", short(n.value), n.of), "its versions are "+strings.Join(k.versions[n.of], ", "))
		return
	case aClause:
		if k.clauses[n.of] == nil || k.clauses[n.of][n.value] {
			return
		}
		known = sorted(k.clauses[n.of])
	case aCondition:
		if !k.agreements[n.of] || k.conditions[n.of][n.value] {
			return
		}
		known = sorted(k.conditions[n.of])
	default:
		l.branch(position, n)
		return
	}
	code, _, _ := strings.Cut("unknown-"+string(n.sort), " ")
	l.at(position, code, n.field, fmt.Sprintf("there is no %s %q in this case", n.sort, n.value), suggest(n.value, known))
}

// branch holds a name to its taxonomy.
func (l *loader) branch(position int, n name) {
	tree := map[sort]*agreement.Taxonomy{
		anAct: l.knows.taxonomies.Acts, aWeapon: l.knows.taxonomies.Weapons, anObject: l.knows.taxonomies.Objects, aDomain: l.knows.taxonomies.Domains,
	}[n.sort]
	if tree.Known(n.value) {
		return
	}
	l.at(position, "unknown-branch", n.field, fmt.Sprintf("%q is no branch of the tree of %ss", n.value, n.sort), tree.Mend(n.value))
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// terms holds agreements and readings to the case: participants, sources, areas.
func (l *loader) terms() {
	for _, v := range l.c.Versions {
		l.parties(v.Pos, "parties", sorted(v.Roles))
		l.sources(v.Pos, "sources", v.Sources)
		l.where(&v.Terms, v.Undrawn)
	}
	for _, r := range l.c.Readings {
		l.sources(r.Pos, "source", r.Source)
		l.readingTerms(r)
	}
}

// readingTerms checks a reading under every version of its agreement; what is
// wrong under several is told once.
func (l *loader) readingTerms(r Reading) {
	var list problem.List
	for _, v := range l.c.Versions {
		if v.ID != r.Agreement {
			continue
		}
		for _, label := range r.Omits {
			if !slices.ContainsFunc(v.Terms.Clauses(), func(c agreement.Clause) bool { return c.Label == label }) {
				list.Add(problem.Problem{
					Code: "unknown-clause", File: r.Pos.File, Line: r.Pos.Line, Column: r.Pos.Column, Field: "omits",
					What: fmt.Sprintf("the text has no clause %q to omit", label), Mend: suggest(label, labels(&v.Terms)),
				})
			}
		}
		t, err := v.Under(r.Reading)
		if err != nil {
			list.Take(err)
			continue
		}
		undrawn := maps.Clone(v.Undrawn)
		if undrawn == nil {
			undrawn = map[string]record.Text{}
		}
		maps.Copy(undrawn, r.Undrawn)
		sub := &loader{c: l.c, knows: l.knows}
		sub.where(t, undrawn)
		for _, p := range sub.problems {
			if p.File == r.Pos.File { // those of the text were told with it
				list.Add(p)
			}
		}
	}
	for _, p := range list {
		told := func(q problem.Problem) bool {
			return q == p || q.Code == "unknown-area" && q.Field == p.Field && q.What == p.What // of the text, and inherited
		}
		if !slices.ContainsFunc(l.problems, told) {
			l.problems.Add(p)
		}
	}
}

func (l *loader) parties(at agreement.Pos, field string, codes []string) {
	if !l.tables {
		return
	}
	for _, code := range codes {
		if _, ok := l.c.Parties[code]; !ok {
			l.problems.Add(problem.Problem{
				Code: "unknown-party", File: at.File, Line: at.Line, Column: at.Column, Field: field,
				What: fmt.Sprintf("there is no party %q in this case", code), Mend: suggest(code, sorted(l.c.Parties)),
			})
		}
	}
}

func (l *loader) sources(at agreement.Pos, field string, refs []record.Ref) {
	for _, ref := range refs {
		if _, ok := l.c.refs[ref]; ok {
			continue
		}
		known := make([]string, 0, len(l.c.refs))
		for r := range l.c.refs {
			known = append(known, string(r))
		}
		slices.Sort(known)
		l.problems.Add(problem.Problem{
			Code: "no-such-entry", File: at.File, Line: at.Line, Column: at.Column, Field: field,
			What: fmt.Sprintf("%s is not in the record", ref), Mend: suggest(string(ref), known),
		})
	}
}

// where holds the places that clauses name to the areas and lines of the case and
// to what the agreement says that nobody has drawn.
func (l *loader) where(t *agreement.Terms, undrawn map[string]record.Text) {
	for _, c := range t.Clauses() {
		if c.Scope == nil {
			continue
		}
		for _, w := range c.Scope.Where {
			if w != "anywhere" && !strings.HasPrefix(w, "zone:") {
				l.drawn(w, c.Pos, string(c.Kind)+" "+c.Label+".where", undrawn)
			}
		}
	}
	for _, z := range t.Zones {
		places := slices.Concat(z.Area, slices.Sorted(maps.Values(z.Lines)), slices.Sorted(maps.Values(z.Sides)))
		if z.Line != "" {
			places = append(places, z.Line)
		}
		for _, w := range places {
			l.drawn(w, z.Pos, "zone "+z.Label, undrawn)
		}
	}
}

// drawn tells when a place that terms name is neither in the case nor undrawn.
func (l *loader) drawn(w string, at agreement.Pos, field string, undrawn map[string]record.Text) {
	sort, id, _ := strings.Cut(w, ":")
	known := l.knows.areas
	if sort == "line" {
		known = l.knows.lines
	}
	if _, told := undrawn[w]; told || known[id] {
		return
	}
	mend := fmt.Sprintf("say in the header's undrawn that nobody has drawn it: %q = { en = \"…\" }", w)
	if near := record.Nearest(id, sorted(known)); near != "" {
		mend = fmt.Sprintf("did you mean %q?", sort+":"+near)
	}
	l.problems.Add(problem.Problem{
		Code: "unknown-area", File: at.File, Line: at.Line, Column: at.Column, Field: field,
		What: fmt.Sprintf("the case has no %s", w), Mend: mend,
	})
}

func labels(t *agreement.Terms) []string {
	var list []string
	for _, c := range t.Clauses() {
		list = append(list, c.Label)
	}
	slices.Sort(list)
	return list
}

// unknownFiles warns of agreements, readings and areas that lie in the case and
// that no entry makes known.
func (l *loader) unknownFiles() problem.List {
	var list problem.List
	for dir, ends := range map[string]string{"agreements": "", "readings": ".md", "areas": ".geojson", "map": ".geojson"} {
		files, err := fs.ReadDir(l.fsys, dir)
		if err != nil {
			continue // a case need not have any
		}
		for _, f := range files {
			name := path.Join(dir, f.Name())
			if l.used[name] || strings.HasPrefix(f.Name(), ".") || f.IsDir() != (ends == "") || !strings.HasSuffix(f.Name(), ends) {
				continue
			}
			if dir == "map" {
				list.Add(problem.Problem{Code: "not-drawn", File: name, What: "no layer draws it, so nothing uses it", Mend: "add a block layer to " + headerFile + ", or take it away"})
				continue
			}
			list.Add(problem.Problem{
				Code: "not-made-known", File: name, What: "no entry makes it known, so nothing uses it",
				Mend: fmt.Sprintf("add an entry of kind %s with what 'truceline seal' prints, or take it away", strings.TrimSuffix(dir, "s")),
			})
		}
	}
	var out problem.List
	out.Take(list.Err())
	return out
}
