package scenario

import "fmt"

// ruled gives, of a report, what a body ruled beside what is computed and whether
// the text empowers it, and of a violation whether it is established by the
// clause's own standard.
func (r *request) ruled() []string {
	in, ok := r.incident()
	if !ok {
		return []string{"no such report"}
	}
	var lines []string
	for _, x := range r.b.Judge(in, r.arg(1)) {
		if r.reading != "" && x.Reading != r.reading || r.arg(2) != "" && x.Clause != r.arg(2) || x.Ruled == "" && x.Established == nil {
			continue
		}
		line := fmt.Sprintf("%s %s by %s: %s", x.Agreement, x.Clause, x.Reading, x.Classification)
		if x.Ruled != "" {
			weight := "does not outrank"
			if x.Outranks {
				weight = "outranks"
			}
			line += fmt.Sprintf("; ruled %s%s, %s", x.Ruled, refs(x.RuledBy), weight)
		}
		if e := x.Established; e != nil {
			line += fmt.Sprintf("; established %s %s%s", e.Outcome, e.Detail, refs(e.Entries))
		}
		lines = append(lines, line)
	}
	return orNone(lines)
}
