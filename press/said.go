package press

import (
	"strings"

	"github.com/truceline/truceline/press/dates"
)

// dated is a date that the article names, in tokens' bytes.
type dated struct {
	start, end int32
	edtf       string
	ahead      bool
}

// dates finds the dates of the report once, in order.
func (d *doc) findDates() {
	for _, p := range d.paras {
		if p.kind == furniture {
			continue
		}
		base := d.tok[p.from].start
		for _, f := range dates.Find(d.lex.lang, d.text[base:d.tok[p.to-1].end], d.published) {
			if f.EDTF != "" {
				d.dated = append(d.dated, dated{base + int32(f.Start), base + int32(f.End), f.EDTF, f.Ahead})
			}
		}
	}
}

// datesIn gives the dates that begin within bytes [from, to).
func (d *doc) datesIn(from, to int32) []dated {
	lo, hi := 0, len(d.dated)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.dated[mid].start < from {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	for hi = lo; hi < len(d.dated) && d.dated[hi].start < to; hi++ {
	}
	return d.dated[lo:hi]
}

// days gives findings the day on which they were said, and events theirs.
func (d *doc) days() {
	d.findDates()
	var before *finding
	for k := range d.found {
		f := &d.found[k]
		f.said = d.saidIn(f)
		if f.said == nil && f.outer < 0 {
			f.said = d.afterwards(f)
		}
		if f.said == nil && before != nil && f.depth == 0 && before.speaker == f.speaker && f.speaker != "" && f.outer < 0 &&
			f.para-before.para <= 1 && (f.outletName == "" || f.outletName == before.outletName) {
			f.said = before.said
		}
		if f.outer < 0 && f.depth == 0 {
			before = f
		}
	}
	for k := range d.found {
		f := &d.found[k]
		if f.inHeading && f.said == nil && f.body >= 0 {
			f.said = d.found[f.body].said
		}
	}
	for k := range d.events {
		e := &d.events[k]
		from, to := d.tok[e.sent[0]].start, d.tok[e.sent[1]-1].end
		for _, x := range d.datesIn(from, to) {
			when := x.edtf
			e.when = &when
			e.planned = e.planned || x.ahead
			break
		}
	}
}

// afterwards gives the date named last before in the paragraph where a cue says "after
// the meeting", "on that occasion".
func (d *doc) afterwards(f *finding) *string {
	for i := f.sent[0]; i < f.sent[1]; i++ {
		if !d.is(i, clsTime) || !d.has(i, frKnown) || i >= f.parts[0][0] && i < f.parts[len(f.parts)-1][1] {
			continue
		}
		list := d.datesIn(d.tok[d.paras[f.para].from].start, d.tok[i].start)
		for n := len(list) - 1; n >= 0; n-- {
			if !list[n].ahead && (d.published == "" || list[n].edtf <= d.published) {
				edtf := list[n].edtf
				return &edtf
			}
		}
	}
	return nil
}

// saidIn looks for the date beside the words of a cue: in its sentence, outside of what
// was said.
func (d *doc) saidIn(f *finding) *string {
	from, to := d.tok[f.sent[0]].start, d.tok[f.sent[1]-1].end
	var best *dated
	distance := int32(1 << 30)
	cue := d.tok[f.cue[0]].start
	for _, x := range d.datesIn(from, to) {
		inside := false
		for _, p := range f.parts {
			if x.start >= d.tok[p[0]].start && x.start < d.tok[p[1]-1].end {
				inside = true
			}
		}
		if inside || x.edtf > d.published && d.published != "" && !strings.HasPrefix(x.edtf, d.published) && !strings.Contains(x.edtf, "/") {
			continue
		}
		away := x.start - cue
		if away < 0 {
			away = 3 * (cue - x.end)
		}
		if away < distance {
			x := x
			best, distance = &x, away
		}
	}
	if best == nil {
		return nil
	}
	edtf := best.edtf
	return &edtf
}
