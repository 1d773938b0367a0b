package casefile

import (
	"maps"
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// draftRef begins the references of the entries by which [Case.WithDraft] makes a
// draft known; no entry of a record may have them.
const draftRef = "~draft"

// WithDraft gives a copy of the case that holds a draft, known from the beginning of
// its world on, in place of what it has under the draft's id; and readings of it. The
// case itself is not changed. The draft is nobody's act: whether and when it binds is
// for the question to suppose.
func (c *Case) WithDraft(a *agreement.Agreement, readings ...*agreement.Reading) *Case {
	with := *c
	with.refs = nil
	with.Entries = slices.Clone(c.Entries)
	with.Parties = maps.Clone(c.Parties)
	with.Versions = slices.DeleteFunc(slices.Clone(c.Versions), func(v Version) bool { return v.ID == a.ID })
	with.Readings = slices.DeleteFunc(slices.Clone(c.Readings), func(r Reading) bool { return r.Agreement == a.ID })
	add := func(body record.Body, kind record.Kind) int {
		e := Entry{Public: moment.At(c.World.From)}
		e.Position = len(with.Entries) + 1
		e.Envelope.Entry = record.Entry{Kind: kind, Ref: record.Ref(draftRef), Author: "draft", Body: body}
		with.Entries = append(with.Entries, e)
		return e.Position
	}
	with.Versions = append(with.Versions, Version{a.InZone(c.Zone), add(&record.Agreement{Agreement: a.ID, Version: a.Version, Change: "first"}, record.KindAgreement)})
	for _, r := range readings {
		with.Readings = append(with.Readings, Reading{r, add(&record.Reading{Agreement: a.ID, Holder: r.Holder}, record.KindReading)})
	}
	return &with
}
