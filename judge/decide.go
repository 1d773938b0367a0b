package judge

import (
	"github.com/truceline/truceline/truth"
)

// Verdict is a ruling in its short form: the classification and the codes of the
// reasons, without particulars, findings or attribution. [Bench.Judge] gives the
// whole.
type Verdict struct {
	Agreement, Clause, Reading string
	Classification             Classification
	Tests                      []Outcome // in the order of Ruling.Reasons; not to be changed
}

// Decision holds the verdicts on one incident. It may be used again for the next
// one, which then allocates nothing; it belongs to one goroutine and one bench.
type Decision struct {
	Verdicts []Verdict

	outcomes []Outcome
	places   []memo
	windows  []memo
}

// add keeps an outcome and gives its value.
func (d *Decision) add(o Outcome) truth.Value {
	d.outcomes = append(d.outcomes, o)
	return o.Value
}

// begin makes d ready for an incident.
func (d *Decision) begin(b *Bench) {
	d.Verdicts, d.outcomes = d.Verdicts[:0], d.outcomes[:0]
	if len(d.places) != len(b.regions) || len(d.windows) != b.windows {
		d.places, d.windows = make([]memo, len(b.regions)), make([]memo, b.windows)
		return
	}
	clear(d.places)
	clear(d.windows)
}

// Decide answers for one incident under every agreement, clause and reading, in
// that order, into d; what d held before is lost. Agreement "" means all of them.
func (b *Bench) Decide(d *Decision, in *Incident, agreementID string) {
	d.begin(b)
	for _, id := range b.ids {
		if agreementID != "" && agreementID != id {
			continue
		}
		for _, l := range b.lives[id] {
			for _, c := range l.clauses {
				mark := len(d.outcomes)
				class := c.decide(d, in)
				d.Verdicts = append(d.Verdicts, Verdict{id, c.label, l.by, class, d.outcomes[mark:len(d.outcomes):len(d.outcomes)]})
			}
		}
	}
}
