package report

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Digest is what counting and judging a day's reports comes to, without the reports: some
// kilobytes, however many they are. It holds for the options it was made with, and for no
// others. It is read-only.
type Digest struct {
	all    Tally
	areas  []Tally
	acts   []Tally
	class  []Classes
	counts digestCounts
	first  []brief // those that are told one by one, in order
	harm   []brief
	hinder []brief
}

// digestCounts are how many reports of the day there are of a sort.
type digestCounts struct{ incidents, harmful, hindering, waiting int }

// brief leads back to a report of the day.
type brief struct {
	ref           record.Ref
	certain, late bool
}

// Digest gives what the figures were counted to, to be given to [Make] again.
func (f *Figures) Digest() *Digest { return f.digest }

// digested keeps what was counted, and sorts out what is told one by one.
func (f *Figures) digested() {
	d := &Digest{all: f.All, areas: f.Areas, acts: f.Acts, class: f.Classes}
	d.counts.incidents = len(f.Incidents)
	acts := agreement.Taxonomies().Acts
	add := func(briefs *[]brief, list *[]Incident, n *int, x *Incident) {
		if *n++; *n <= f.most {
			*briefs = append(*briefs, brief{x.Item.Ref, x.Certain, x.Late})
			if list != nil {
				*list = append(*list, *x)
			}
		}
	}
	first := 0
	for i := range f.Incidents {
		x := &f.Incidents[i]
		report := x.Item.Body.(*record.Report) //nolint:forcetypeassert // incidents are reports
		add(&d.first, nil, &first, x)
		if x.shown.Waits() {
			d.counts.waiting++
		}
		if slices.ContainsFunc(report.Counts, harmful) {
			add(&d.harm, &f.harmful, &d.counts.harmful, x)
		}
		if acts.Falls(report.Act, []string{"obstruction"}) == truth.Yes {
			add(&d.hinder, &f.hindering, &d.counts.hindering, x)
		}
	}
	f.digest = d
}

// fromDigest takes the counts of a digest and looks up what is told one by one.
func (f *Figures) fromDigest() {
	d := f.digest
	f.All, f.Areas, f.Acts, f.Classes = d.all, d.areas, d.acts, d.class
	var sketch []judge.Ruling
	look := func(briefs []brief, judged bool) (list []Incident) {
		for _, b := range briefs[:min(f.most, len(briefs))] {
			it, ok := f.bench.Item(b.ref)
			if !ok {
				continue
			}
			x := f.incident(it, b.certain, b.late)
			if judged {
				sketch = f.judged(&x, sketch)
			}
			list = append(list, x)
		}
		return list
	}
	f.Incidents, f.harmful, f.hindering = look(d.first, true), look(d.harm, false), look(d.hinder, false)
}

// harmful tells whether a count is one of harm or damage.
func harmful(c record.Count) bool { return slices.Contains(harms, c.Unit) }
