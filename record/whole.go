package record

import (
	"fmt"
	"slices"
	"strings"

	"github.com/truceline/truceline/problem"
)

// whole checks what no line can know alone: references and their order,
// corrections and retractions, times of recording.
type whole struct {
	file     string
	lines    [][]byte
	envs     []Envelope
	problems *problem.List

	first map[Ref]int // the index of the first entry with a reference
	gaps  bool        // some line has no reference that could be read
	known []string    // all references, sorted; made when one is missing
}

func (w *whole) check() {
	w.first = make(map[Ref]int, len(w.envs))
	for i, env := range w.envs {
		ref := env.Entry.Ref
		if ref == "" {
			w.gaps = true
			continue
		}
		if at, twice := w.first[ref]; twice {
			w.bad(i, "duplicate-ref", "entry.ref", fmt.Sprintf("the reference %s stands already on line %d", ref, at+1), "give each entry a reference of its own; to change an entry add a correction")
			continue
		}
		w.first[ref] = i
	}
	recorded, unrecorded := "", 0
	for i := range w.envs {
		env := &w.envs[i]
		for _, m := range mentionsOf(&env.Entry) {
			w.mention(i, m)
		}
		w.change(i)
		switch {
		case env.Recorded == "":
			unrecorded = i + 1
		case unrecorded > 0:
			w.bad(i, "recorded-after-gap", "recorded", fmt.Sprintf("line %d has no time of recording and this one has", unrecorded), "give all lines before it their times, or take this one out")
		case env.Recorded < recorded:
			w.bad(i, "recorded-backwards", "recorded", fmt.Sprintf("%s lies before %s on a line above", env.Recorded, recorded), "times of recording never run backwards")
		default:
			recorded = env.Recorded
		}
	}
}

// bad adds a problem of a line at the place of a field.
func (w *whole) bad(i int, code, field, what, mend string) {
	w.problems.Add(problem.Problem{Code: code, File: w.file, Line: i + 1, Column: Locate(w.lines[i], field), Field: field, What: what, Mend: mend})
}

// mention holds one reference to what is there: an earlier entry of the right kind.
func (w *whole) mention(i int, m mention) {
	own := w.envs[i].Entry.Ref
	field := "entry." + m.field
	at, exists := w.first[m.ref]
	switch {
	case m.ref == own && (exists && at == i):
		if m.field != "body.corrects" { // told by the line itself
			w.bad(i, "self-reference", field, fmt.Sprintf("%s names itself", own), "name another entry, one before it")
		}
	case !exists && w.gaps: // it may be the one that could not be read
	case !exists:
		w.bad(i, "no-such-entry", field, fmt.Sprintf("%s is not in the record", m.ref), w.nearest(i, m.ref))
	case at > i && w.changes(at, i):
		w.bad(i, "circle", field, fmt.Sprintf("%s and %s change each other", own, m.ref), "an entry is changed by later ones only")
	case at > i:
		w.bad(i, "later-entry", field, fmt.Sprintf("%s stands later, on line %d", m.ref, at+1), "an entry names earlier ones only: move it after them")
	case w.envs[at].Entry.Body != nil:
		m.fits(&w.envs[at].Entry, func(code, field, what, mend string) { w.bad(i, code, "entry."+field, what, mend) })
	}
}

// fault takes one thing that is wrong with a field of an entry.
type fault = func(code, field, what, mend string)

// fits holds the entry that is named to the kinds that may be.
func (m *mention) fits(old *Entry, bad fault) {
	if m.kinds == nil || slices.Contains(m.kinds, old.Kind) {
		return
	}
	names := make([]string, len(m.kinds))
	for k, kind := range m.kinds {
		names[k] = string(kind)
	}
	bad("other-kind", m.field, fmt.Sprintf("%s is of kind %s", m.ref, old.Kind), "name an entry of kind "+strings.Join(names, " or "))
}

// changes tells whether a correction or retraction leads, over others, to entry i.
func (w *whole) changes(at, i int) bool {
	for range w.envs {
		next, ok := w.first[changed(w.envs[at].Entry.Body)]
		if !ok {
			return false
		}
		if next == i {
			return true
		}
		at = next
	}
	return false
}

// changed gives the entry that a correction or retraction changes, "" for others.
func changed(b Body) Ref {
	switch b := b.(type) {
	case *Correction:
		return b.Corrects
	case *Retraction:
		return b.Retracts
	}
	return ""
}

// nearest suggests a reference before line i in place of one that is missing.
func (w *whole) nearest(i int, ref Ref) string {
	const most = 20_000 // beyond it looking takes longer than the hint is worth
	if len(w.first) > most {
		return "name an entry of this record"
	}
	if w.known == nil {
		w.known = make([]string, 0, len(w.first))
		for r := range w.first {
			w.known = append(w.known, string(r))
		}
		slices.Sort(w.known)
	}
	before := slices.DeleteFunc(slices.Clone(w.known), func(r string) bool { return w.first[Ref(r)] >= i })
	if near := Nearest(string(ref), before); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "name an entry before this one"
}

// change checks a correction or retraction against what it changes.
func (w *whole) change(i int) {
	e := &w.envs[i].Entry
	at, ok := w.first[changed(e.Body)]
	if !ok || at >= i || w.envs[at].Entry.Body == nil {
		return
	}
	changes(e, &w.envs[at].Entry, func(code, field, what, mend string) { w.bad(i, code, "entry."+field, what, mend) })
}

// changes holds a correction or retraction to what it changes.
func changes(e, old *Entry, bad fault) {
	switch b := e.Body.(type) {
	case *Correction:
		switch {
		case old.Kind == KindKey || old.Kind == KindSheet:
			bad("not-correctable", "body.corrects", fmt.Sprintf("%s is of kind %s, which is not corrected", old.Ref, old.Kind), "rotate or revoke a key by an entry of its own")
		case slices.Contains([]Kind{KindCorrection, KindRetraction, KindUnlink}, old.Kind):
			bad("not-correctable", "body.corrects", fmt.Sprintf("%s is of kind %s, which is not corrected", old.Ref, old.Kind), "take it back with a retraction; to correct an entry once more name the entry itself")
		case b.Entry.Kind != old.Kind && b.Entry.Kind != "":
			bad("other-kind", "body.entry.kind", fmt.Sprintf("%s is of kind %s and is replaced by one of kind %s", old.Ref, old.Kind, b.Entry.Kind), "retract it and add the new entry")
		case old.Author != e.Author:
			bad("other-author", "author", fmt.Sprintf("%s was written by %s and is corrected by %s", old.Ref, old.Author, e.Author), "only its author corrects an entry; others add a dissent")
		case b.Entry.Author != old.Author:
			bad("other-author", "body.entry.author", fmt.Sprintf("%s was written by %s; the entry in its place names %s", old.Ref, old.Author, b.Entry.Author), "keep the author")
		case madeKnown(b.Entry.Body) != madeKnown(old.Body):
			bad("other-file", "body.entry.body", fmt.Sprintf("%s makes known %s and its correction %s", old.Ref, madeKnown(old.Body), madeKnown(b.Entry.Body)), "retract it and add the new entry: what a file is called and holds is not corrected")
		}
	case *Retraction:
		if old.Kind == KindKey || old.Kind == KindSheet {
			bad("not-retractable", "body.retracts", fmt.Sprintf("%s is of kind %s, which is not taken back", old.Ref, old.Kind), "rotate or revoke a key by an entry of its own")
		} else if old.Author != e.Author {
			bad("other-author", "author", fmt.Sprintf("%s was written by %s and is retracted by %s", old.Ref, old.Author, e.Author), "only its author takes an entry back; others add a dissent")
		}
	}
}

// madeKnown names the file that an agreement, reading or area entry makes known.
func madeKnown(b Body) string {
	switch b := b.(type) {
	case *Agreement:
		return fmt.Sprintf("%s %s in %s", b.Agreement, b.Version, b.Path)
	case *Reading:
		return fmt.Sprintf("the reading of %s by %s, %s in %s", b.Agreement, b.Holder, b.Hash, b.Path)
	case *Area:
		return fmt.Sprintf("%s, %s in %s", b.Area, b.Hash, b.Path)
	}
	return ""
}
