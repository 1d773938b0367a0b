package press

import (
	"slices"
	"strings"
	"time"

	"github.com/truceline/truceline/press/dates"
)

// dated is a date that the article names, in tokens' bytes.
type dated struct {
	start, end int32
	edtf       string
	ahead      bool
	told       int // the finding within whose words it stands, counted from 1; 0: none
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
				d.dated = append(d.dated, dated{base + int32(f.Start), base + int32(f.End), f.EDTF, f.Ahead, 0})
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
	for k := range d.found {
		for _, p := range d.found[k].parts {
			list := d.datesIn(d.tok[p[0]].start, d.tok[p[1]-1].end)
			for i := range list {
				if d.found[k].outer < 0 && !d.found[k].inHeading {
					list[i].told = k + 1
				}
			}
		}
	}
	sitting, chief := d.sitting(), d.chief()
	if chief != nil {
		chief.said = d.spokeOn(chief)
	}
	var before *finding
	for k := range d.found {
		f := &d.found[k]
		if f != chief {
			f.said = d.saidIn(f)
		}
		if f.said == nil && f.outer < 0 {
			if f.said = d.afterwards(f); f.said != nil && sitting != nil && !d.justBefore(*f.said) {
				f.said = sitting
			}
		}
		if f.said == nil && f.rule == "transcript" {
			f.said = d.dayBefore(f, 0)
			if before != nil && before.rule == f.rule {
				f.said = before.said
			}
		}
		if f.said == nil && f.outer < 0 && f.depth == 0 {
			f.said = d.occasion(f)
		}
		if f.said == nil && chief != nil && f.outer < 0 && f.depth == 0 && f.speaker == chief.speaker && f.cue[0] > chief.cue[0] && (f.outletName == "" || f.outletName == chief.outletName) {
			f.said, f.outletName = chief.said, chief.outletName
		}
		if f.said == nil && before != nil && f.depth == 0 && before.speaker == f.speaker && f.speaker != "" && f.outer < 0 &&
			f.para-before.para <= 1 && (f.outletName == "" || f.outletName == before.outletName) {
			f.said = before.said
		}
		if f.said == nil && before != nil && f.outer < 0 && f.sent == before.sent {
			f.said = before.said
		}
		if f.said == nil && sitting != nil && f.outer < 0 && f.depth == 0 && !f.inHeading && !f.anonymous && f.outletName == "" && f.subject >= 0 && d.ment[f.subject].kind != bodyOf {
			f.said = sitting
		}
		if f.said == nil && before != nil && f.outer < 0 && !f.inHeading && !before.inHeading && f.para-before.para <= 1 && d.sameReport(f, before) {
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
		list := d.datesIn(d.tok[e.span[0]].start, d.tok[e.span[1]-1].end)
		if len(list) == 0 {
			list = d.datesIn(d.tok[e.sent[0]].start, d.tok[e.sent[1]-1].end)
		}
		if len(list) > 0 {
			when := list[0].edtf
			e.when = &when
			e.planned = e.planned || list[0].ahead
		}
	}
}

// sitting gives the day of what an article reports on, where its first two paragraphs name
// a sitting of a parliament or a court and a day at most three before the article's.
func (d *doc) sitting() *string {
	seen, last := 0, -1
	for _, s := range d.sents {
		if s.depth > 0 || d.paras[s.para].kind != body {
			continue
		}
		if s.para != last {
			if last, seen = s.para, seen+1; seen > 2 {
				break
			}
		}
		sits := false
		for i := s.from; i < s.to && !sits; i++ {
			sits = d.is(i, clsSitting) && d.tok[i].depth == 0
		}
		if !sits {
			continue
		}
		for _, x := range d.datesIn(d.tok[s.from].start, d.tok[s.to-1].end) {
			if x.told == 0 && !x.ahead && d.justBefore(x.edtf) {
				edtf := x.edtf
				return &edtf
			}
		}
	}
	return nil
}

// justBefore tells whether a day is the article's or one of the three before.
func (d *doc) justBefore(day string) bool {
	then, err := time.Parse(time.DateOnly, day)
	now, wrong := time.Parse(time.DateOnly, d.published)
	return err == nil && wrong == nil && !then.After(now) && now.Sub(then) <= 3*24*time.Hour
}

// chief gives the first dated statement of whoever an article is an interview with: the
// words are told of an interview, and at least four, and a third of all, are this person's.
func (d *doc) chief() *finding {
	count, all := map[string]int{}, 0
	for k := range d.found {
		if f := &d.found[k]; f.outer < 0 && !f.inHeading {
			all++
			if !f.anonymous && f.speaker != "" {
				count[f.speaker]++
			}
		}
	}
	for k := range d.found {
		f := &d.found[k]
		if n := count[f.speaker]; f.outer >= 0 || f.inHeading || n < 4 || 3*n < all {
			continue
		}
		if f.outletName != "" && d.spokeOn(f) != nil {
			return f
		}
	}
	return nil
}

// spokeOn gives the day of words told to an outlet: the one in their sentence, or the one
// beside the outlet's name in the paragraph before.
func (d *doc) spokeOn(f *finding) *string {
	if day := d.saidIn(f); day != nil {
		return day
	}
	for _, s := range d.sents {
		if s.para < f.para-1 || s.depth > 0 {
			continue
		}
		if s.from >= f.sent[0] {
			break
		}
		named := false
		for i := s.from; i < s.to && !named; i++ {
			k := int(d.at[i])
			named = k >= 0 && d.ment[k].kind == outlet && d.nameText(&d.ment[k]) == f.outletName
		}
		if !named {
			continue
		}
		for _, x := range d.datesIn(d.tok[s.from].start, d.tok[s.to-1].end) {
			if x.told == 0 && !x.ahead && d.justBefore(x.edtf) {
				edtf := x.edtf
				return &edtf
			}
		}
	}
	return nil
}

// sameReport tells whether two statements in a row come by one report, or on one day: of
// unnamed people through one outlet, of "another", with "also".
func (d *doc) sameReport(f, before *finding) bool {
	if f.anonymous && f.outletName != "" && f.outletName == before.outletName {
		return true
	}
	if f.subject >= 0 && d.ment[f.subject].kind == outlet && before.anonymous && before.subject >= 0 && d.ment[before.subject].frame&frMany != 0 && before.rule == "source" {
		return true // a round-up of media, and one of them
	}
	for i := f.group[0]; i < f.group[1]; i++ {
		if d.has(i, frOther) && d.is(i, clsAdverb|clsModifier) {
			return true
		}
	}
	return false
}

// afterwards gives the date named last before, in the paragraph or the two before it, where
// a cue says "after the meeting", "on that occasion".
func (d *doc) afterwards(f *finding) *string {
	for i := f.sent[0]; i < f.sent[1]; i++ {
		if !d.is(i, clsTime) || !d.has(i, frKnown) || i >= f.parts[0][0] && i < f.parts[len(f.parts)-1][1] {
			continue
		}
		first := f.para
		for n := 0; n < 2 && first > 0 && d.paras[first-1].kind == body; n++ {
			first--
		}
		if day := d.dayBefore(f, first); day != nil {
			return day
		}
	}
	return nil
}

// dayBefore gives the date named last before a finding, from paragraph first on.
func (d *doc) dayBefore(f *finding, first int) *string {
	list := d.datesIn(d.tok[d.paras[first].from].start, d.tok[f.cue[0]].start)
	for n := len(list) - 1; n >= 0; n-- {
		if !list[n].ahead && list[n].told == 0 && (d.published == "" || list[n].edtf <= d.published) {
			edtf := list[n].edtf
			return &edtf
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
		if f.outer < 0 && x.told > 0 && x.told-1 < len(d.found) && &d.found[x.told-1] != f && d.found[x.told-1].sent == f.sent {
			continue // another's words have it
		}
		if a := f.around; a[1] > a[0] && (x.start < d.tok[a[0]].start || x.start >= d.tok[a[1]-1].end) {
			continue // it is the outer speaker's
		}
		if x.end <= d.tok[f.group[0]].start && d.turns(x.end, f.group[0]) {
			continue // of another clause
		}
		if x.start >= d.tok[f.cue[0]].end && d.relative(f.cue[1], x.start) {
			continue // of "who arrived on Thursday"
		}
		inside := false
		for _, p := range f.parts {
			if x.start >= d.tok[p[0]].start && x.start < d.tok[p[1]-1].end {
				inside = true
			}
		}
		if d.lex.setting("comma-opens") && x.start >= d.tok[f.parts[len(f.parts)-1][1]-1].end && f.parts[0][0] >= f.group[1] {
			continue // what follows the content is of another clause
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

// turns tells whether between a date and the words that attribute stands what sets their
// clauses apart: "but", or "since" right after the date.
func (d *doc) turns(date int32, group int) bool {
	for i := group - 1; i >= 0 && d.tok[i].start >= date; i-- {
		if d.tok[i].depth == 0 && (d.is(i, clsContrast) && (!d.is(i, clsAdverb) || d.mark(i-1, commas)) || d.is(i, clsTime) && d.has(i, frAfter)) {
			return true
		}
	}
	return false
}

// occasion gives the date of the sentence before, where that names the speaker and the
// occasion on which the words fell: "On Monday X gave an interview. …, he said."
func (d *doc) occasion(f *finding) *string {
	if f.subject < 0 || f.sent[0] <= d.paras[f.para].from {
		return nil
	}
	n, _ := slices.BinarySearchFunc(d.sents, f.sent[0], func(s sentence, at int) int { return s.to - at })
	for ; n >= 0 && n < len(d.sents) && d.sents[n].to == f.sent[0]; n++ {
		s := d.sents[n]
		if s.depth > 0 {
			continue
		}
		named, setting := false, false
		for i := s.from; i < s.to; i++ {
			setting = setting || d.is(i, clsSetting)
			if k := int(d.at[i]); k >= 0 && d.ment[k].kind == person && d.ment[k].entity >= 0 && d.people[d.ment[k].entity].name == f.speaker {
				named = true
			}
		}
		list := slices.DeleteFunc(slices.Clone(d.datesIn(d.tok[s.from].start, d.tok[s.to-1].end)), func(x dated) bool { return d.tok[d.tokenAt(x.start)].depth > 0 })
		if !named || !setting || len(list) == 0 || list[0].ahead || d.published != "" && list[0].edtf > d.published {
			return nil
		}
		edtf := list[0].edtf
		return &edtf
	}
	return nil
}

// tokenAt gives the token at a byte.
func (d *doc) tokenAt(at int32) int {
	n, _ := slices.BinarySearchFunc(d.tok, at, func(t token, at int32) int { return int(t.end - at - 1) })
	return min(n, len(d.tok)-1)
}

// relative tells whether a clause about somebody opens between the words of a cue and a date.
func (d *doc) relative(from int, date int32) bool {
	for i := from; i < len(d.tok) && d.tok[i].start < date; i++ {
		if d.tok[i].depth == 0 && d.mark(i, commas) && d.is(i+1, clsAdverb) && d.has(i+1, frAfter) {
			return true
		}
	}
	return false
}
