package agreement

import (
	"fmt"
	"slices"
	"strings"
)

// link is one clause's word of another.
type link struct {
	r     *reader
	pos   Pos
	field string
	label string
	kinds []ClauseKind // that it may be; nil: any
}

// refer notes that a clause speaks of another one, to be looked up once all are there.
func (a *assembly) refer(r *reader, p Pos, field, label string, kinds ...ClauseKind) {
	a.links = append(a.links, link{r, p, field, label, kinds})
}

// resolve holds every word of another clause to the clauses that there are. What a
// reading omits need not be there any more.
func (a *assembly) resolve() {
	kinds := map[string]ClauseKind{}
	for _, c := range a.clauses {
		kinds[c.label] = ClauseKind(c.kind)
	}
	for _, l := range a.links {
		kind, there := kinds[l.label]
		if there && (l.kinds == nil || slices.Contains(l.kinds, kind)) || slices.Contains(a.omitted, l.label) {
			continue
		}
		var known []string
		for _, c := range a.clauses {
			if l.kinds == nil || slices.Contains(l.kinds, ClauseKind(c.kind)) {
				known = append(known, c.label)
			}
		}
		names := make([]string, len(l.kinds))
		for i, k := range l.kinds {
			names[i] = string(k)
		}
		what := fmt.Sprintf("there is no clause %q", l.label)
		if len(names) > 0 {
			what = fmt.Sprintf("there is no %s %q", strings.Join(names, " or "), l.label)
		}
		l.r.bad(l.pos, "unknown-rule", l.field, what, suggest(l.label, known))
	}
	a.circles()
}

// circles tells clauses that lead back to themselves: exceptions that defeat one
// another, special rules, definitions, and moments that wait for each other.
func (a *assembly) circles() {
	graph := map[string][]string{}
	where := map[string]link{}
	for _, l := range a.links {
		switch l.field {
		case "defeats", "special_to", "means", "from", "until", "due", "requires":
			graph[l.r.label] = append(graph[l.r.label], l.label)
			if _, told := where[l.r.label]; !told {
				where[l.r.label] = l
			}
		}
	}
	const (
		visiting = 1
		done     = 2
	)
	state := map[string]int{}
	var walk func(label string) bool
	walk = func(label string) bool {
		switch state[label] {
		case visiting:
			return true
		case done:
			return false
		}
		state[label] = visiting
		for _, next := range graph[label] {
			if walk(next) {
				state[label] = done
				l := where[label]
				l.r.bad(l.pos, "circle", l.field, fmt.Sprintf("%q leads back to itself", label), "take one step of the circle out")
				return false
			}
		}
		state[label] = done
		return false
	}
	for _, c := range a.clauses {
		walk(c.label)
	}
}
