package record

import (
	"fmt"
	"slices"
	"strconv"
)

// body checks what the kind of an entry asks of its body.
func (c *checker) body(e *Entry) {
	switch b := e.Body.(type) {
	case *Agreement:
		c.hash("version", b.Version)
		oneOf(c, "change", b.Change, "first", "editorial", "substantive")
	case *Reading:
		c.hash("hash", b.Hash)
	case *Area:
		c.hash("hash", b.Hash)
	case *Source:
		oneOf(c, "form", b.Form, "article", "report", "heading", "joint-statement", "web-page", "dataset")
		c.address("body.address", b.Address)
		c.hash("hash", b.Hash)
		c.time("body.retrieved", b.Retrieved)
	case *Statement:
		c.statement(e, b)
	case *Translation:
		oneOf(c, "field", b.Field, "words", "summary")
		c.language("body.to", b.To)
	case *Act:
		c.act(b)
	case *Finding:
		c.finding(b)
	case *Ruling:
		oneOf(c, "classification", b.Classification, classifications...)
	case *Request:
		oneOf(c, "asks", b.Asks, "reply", "access", "document")
		c.time("body.due", b.Due)
	case *Message:
		oneOf(c, "step", b.Step, "sent", "received", "answered")
		c.time("body.due", b.Due)
		if b.Step == "answered" {
			c.need("answers", "name the message that this one answers")
		}
	case *Link:
		oneOf(c, "relation", b.Relation, RelDuplicateOf, RelSameEventAs, RelAnswerTo, RelSupports, RelContradicts, RelRepeats)
		if b.From == b.To && b.From != "" {
			c.bad("self-link", "body.to", fmt.Sprintf("%s is linked to itself", b.From), "name two entries")
		}
	case *Correction:
		c.correction(e, b)
	case *Publication:
		c.hash("hash", b.Hash)
		if b.Position < 1 {
			c.bad("bad-number", "body.position", "positions count from 1", "")
		}
		c.language("body.lang", b.Lang)
		if b.What == "report" {
			c.need("lang", "name the language of the report")
		}
	case *Key:
		c.key(b)
	case *Sheet:
		c.hash("root", b.Root)
		if b.Count < 1 || b.Count > MaxSheet {
			c.bad("bad-number", "body.count", fmt.Sprintf("a sheet has %d entries", b.Count), fmt.Sprintf("give 1 to %d; more go on further sheets", MaxSheet))
		}
	default:
		c.events(e.Body)
	}
}

// events checks the kinds that tell of incidents, contacts, exchanges, aid and
// ground.
func (c *checker) events(body Body) {
	switch b := body.(type) {
	case *Report:
		c.weapon(b)
		oneOf(c, "means", b.Means, "heard", "seen", "camera", "uav", "satellite", "interview", "document")
		c.place("place", b.Place)
		c.place("origin", b.Origin)
		c.counts("counts", b.Counts)
		if b.Grade != nil {
			oneOf(c, "grade.source", b.Grade.Source, "A", "B", "C", "D", "E", "F")
			oneOf(c, "grade.information", b.Grade.Information, "1", "2", "3", "4", "5", "6")
		}
		if b.Actor != nil && b.Actor.Proxy && b.Actor.Party == "" {
			c.bad("missing", "body.actor.party", "a proxy acts on behalf of a party", "name the party, or leave proxy out")
		}
	case *Tally:
		c.time("body.period", b.Period)
		c.counts("figures", b.Figures)
	case *Contact:
		oneOf(c, "state", b.State, ContactHeld, ContactPlanned, ContactPossible, ContactMissed)
		oneOf(c, "mode", b.Mode, "meeting", "telephone", "video", "hand-over")
		for i := range b.Between {
			c.voice(fmt.Sprintf("body.between[%d]", i), &b.Between[i])
		}
		c.place("place", b.Place)
	case *Exchange:
		oneOf(c, "state", b.State, "discussed", "planned", "carried-out")
		for i, m := range b.Moves {
			at := fmt.Sprintf("moves[%d].", i)
			oneOf(c, at+"category", m.Category, Categories...)
			if m.Count != nil {
				c.count(at+"count.", m.Count)
			}
		}
	case *Flow:
		oneOf(c, "stage", b.Stage, "paused", "held", "resumed", "on-its-way", "delivered", "flowing")
		c.counts("counts", b.Counts)
	case *Control:
		c.control(b)
	case *Coverage:
		c.time("body.period", b.Period)
	}
}

func (c *checker) statement(e *Entry, b *Statement) {
	for i := range b.About {
		c.bearing(fmt.Sprintf("about[%d].", i), &b.About[i])
	}
	for i, s := range b.Stances {
		at := fmt.Sprintf("stances[%d].", i)
		c.bearing(at, &b.Stances[i].Bearing)
		oneOf(c, at+"position", s.Position, PositionConsidering, PositionAccepts, PositionAcceptsOnConditions, PositionRejects, PositionWithdrew)
		c.strength(at, s.Strength)
		c.conditions(at, s.Conditions)
	}
	for i, k := range b.Claims {
		at := fmt.Sprintf("claims[%d].", i)
		c.bearing(at, &b.Claims[i].Bearing)
		oneOf(c, at+"what", k.What, ClaimStart, ClaimEnd, ClaimDocument, ClaimScope)
		if k.What == ClaimStart || k.What == ClaimEnd {
			c.time("body."+at+"value", k.Value)
		}
	}
	held := len(b.Stances) > 0 || len(b.Claims) > 0 || b.Promise != nil
	switch {
	case b.Unattributed && held:
		c.bad("unattributed-position", "body.unattributed", "a claim without a source carries no stance, claim or promise", "drop them: it is the document's claim and nothing more")
	case b.Unattributed && e.SaidBy != nil && e.SaidBy.Document == "":
		c.bad("unattributed-voice", "said_by", "a claim without a source belongs to the document that makes it", `say "said_by":{"document":REF}`)
	case b.Characterisation && len(b.Stances) > 0:
		c.bad("characterisation-position", "body.stances", "a characterisation is neither a position nor a condition", "drop one of the two")
	case b.Contested && !b.Unattributed:
		c.bad("contested", "body.contested", "only a claim without a source can be marked contested", `add "unattributed":true, or drop it`)
	case b.Asserts != nil && !b.Unattributed:
		c.bad("asserts", "body.asserts", "only a claim without a source is told by what it asserts", `add "unattributed":true, or drop it`)
	}
	if b.Asserts != nil {
		oneOf(c, "asserts.kind", b.Asserts.Kind, KindContact, KindAct, KindControl, KindExchange, KindFlow, KindStatement, KindReport, KindTally, KindCoverage, KindMessage)
		c.time("body.asserts.when", b.Asserts.When)
	}
	if b.NoneBetween != nil {
		c.time("body.none_between.from", b.NoneBetween.From)
		c.time("body.none_between.until", b.NoneBetween.Until)
	}
}

// bearing checks what a statement or act is about; at ends with a point or is
// empty.
func (c *checker) bearing(at string, b *Bearing) {
	c.hash(at+"version", b.Version)
	if b.Version != "" && b.AsDescribedBy != "" {
		c.bad("bad-bearing", "body."+at+"as_described_by", "a version and a description of the agreement are both named", "name the one that was meant")
	}
}

func (c *checker) strength(at string, s Strength) {
	oneOf(c, at+"strength", s, StrengthExpressedReadiness, StrengthDeclared, StrengthInitialled, StrengthSigned, StrengthRatified)
}

func (c *checker) conditions(at string, list []Condition) {
	for i, k := range list {
		field := fmt.Sprintf("body.%sconditions[%d].id", at, i)
		c.reference(field, k.ID)
		if slices.ContainsFunc(list[:i], func(o Condition) bool { return o.ID == k.ID }) {
			c.bad("duplicate", field, fmt.Sprintf("the condition %s stands twice", k.ID), "give each condition an id of its own")
		}
	}
}

// ActKinds lists the closed set of acts.
func ActKinds() []ActKind {
	return []ActKind{
		ActTabled, ActAmended, ActInitialled, ActSigned, ActAccepted, ActAcceptedOnConditions, ActRejected, ActWithdrew, ActConditionMet,
		ActConditionWaived, ActNotified, ActHandedOver, ActImplemented, ActExtensionProposed, ActConsented, ActSuspended, ActResumed,
		ActDenounced, ActSuperseded, ActLapsed, ActDeclared,
	}
}

func (c *checker) act(b *Act) {
	c.bearing("", &b.Bearing)
	oneOf(c, "act", b.Act, ActKinds()...)
	c.strength("", b.Strength)
	c.conditions("", b.Conditions)
	c.length("body.length", b.Length)
	c.time("body.effective", b.Effective)
	c.time("body.expires", b.Expires)
	c.counts("counts", b.Counts)
	if b.Act == ActExtensionProposed || b.Act == ActConsented {
		c.need("length", `an extension needs its length: "P30D"`)
	}
	if b.Act == ActConditionMet || b.Act == ActConditionWaived {
		c.need("condition", "name the condition by its id")
	}
}

// The values of the three axes.
var (
	occurrences     = []string{"reported", "confirmed", "probable", "inconclusive", "refuted", "duplicate", "withdrawn"}
	classifications = []string{"violation", "no-violation", "permitted", "not-in-force", "undetermined"}
	attributions    = []string{"party", "proxy", "both", "third", "unattributable", "contested", "unknown"}
)

func (c *checker) finding(b *Finding) {
	oneOf(c, "axis", b.Axis, AxisOccurrence, AxisClassification, AxisAttribution)
	switch b.Axis {
	case AxisOccurrence:
		oneOf(c, "value", b.Value, occurrences...)
	case AxisClassification:
		oneOf(c, "value", b.Value, classifications...)
		c.need("agreement", "a classification is one under a clause of an agreement")
		c.need("clause", "a classification is one under a clause of an agreement")
	case AxisAttribution:
		oneOf(c, "value", b.Value, attributions...)
		if b.Value == "party" || b.Value == "proxy" {
			c.need("party", "name the party")
		}
	}
}

// UnitSizes are the sizes of military units, smallest first.
var UnitSizes = []string{"squad", "platoon", "company", "battalion", "regiment", "brigade", "division"}

// Purposes are what an act may be for.
var Purposes = []string{
	"combat", "defence", "emergency", "humanitarian", "inspection", "law-enforcement", "medical",
	"military-transport", "repair", "resupply", "training",
}

// Steps are what may come before an act in a fixed ladder.
var Steps = []string{"contact", "warning", "warning-shot", "notice", "order"}

// weapon checks what a report says of weapon, unit, purpose and what came before.
func (c *checker) weapon(b *Report) {
	const widest = 10_000 // millimetres of a calibre, kilometres of a range
	c.within("calibre_mm", b.Calibre, widest)
	c.within("range_km", b.Range, widest)
	oneOf(c, "unit_size", b.UnitSize, UnitSizes...)
	oneOf(c, "purpose", b.Purpose, Purposes...)
	for i, s := range b.PrecededBy {
		oneOf(c, fmt.Sprintf("preceded_by[%d]", i), s, Steps...)
	}
	for i, n := range b.Near {
		if n.Nearest < 0 || n.Farthest < n.Nearest {
			c.bad("bad-number", fmt.Sprintf("body.near[%d]", i), "the nearest distance lies beyond the farthest", "metres, the nearest first")
		}
	}
}

// within checks a figure between two bounds.
func (c *checker) within(field string, r *Range, most float64) {
	if r == nil {
		return
	}
	c.decimal(field+".least", r.Least, 0, most)
	c.decimal(field+".most", r.Most, 0, most)
	least, err1 := strconv.ParseFloat(r.Least, 64)
	greatest, err2 := strconv.ParseFloat(r.Most, 64)
	if err1 == nil && err2 == nil && least > greatest {
		c.bad("bad-number", "body."+field, "the least lies above the most", "a figure that is exact has both alike")
	}
}

func (c *checker) place(field string, p *Place) {
	if p == nil {
		return
	}
	c.decimal(field+".lon", p.Lon, -180, 180)
	c.decimal(field+".lat", p.Lat, -90, 90)
	c.decimal(field+".bearing", p.Bearing, 0, 360)
	const reach = 1_000_000 // metres, of a disc and of a sector
	point := p.Lon != "" || p.Lat != ""
	sector := p.Bearing != "" || p.Nearest != 0 || p.Farthest != 0
	bad := func(what, mend string) { c.bad("bad-place", "body."+field, what, mend) }
	switch {
	case point && (p.Lon == "" || p.Lat == ""):
		bad("one of lon and lat stands without the other", "give both, as decimal degrees")
	case point && len(p.Within) > 0:
		bad("a place is a disc, a sector or somewhere within areas, not several of them", "keep the one that the report gives")
	case !point && (sector || p.Radius != 0):
		bad("a radius or a bearing stands without a point", "give lon and lat")
	case point && !sector && (p.Radius < 1 || p.Radius > reach):
		bad("a point needs the radius within which it is known", `add "radius_m", from 1 to 1000000: a place is never a bare point`)
	case sector && (p.Bearing == "" || p.Radius != 0 || p.Nearest < 0 || p.Farthest < 1 || p.Farthest > reach || p.Nearest > p.Farthest):
		bad("a sector needs bearing, nearest_m and farthest_m, the nearest not above the farthest, and no radius_m", "distances are metres up to 1000000")
	case !point && len(p.Within) == 0 && len(p.Name) == 0:
		bad("the place says nothing", "give lon, lat and radius_m, or within, or leave it out")
	}
}

func (c *checker) counts(field string, list []Count) {
	for i := range list {
		c.count(fmt.Sprintf("%s[%d].", field, i), &list[i])
	}
}

func (c *checker) count(at string, n *Count) {
	c.hedge(at+"hedge", n.Hedge)
	if n.N < 0 {
		c.bad("bad-number", "body."+at+"n", "a count is not below zero", "")
	}
}

func (c *checker) hedge(field string, h Hedge) {
	oneOf(c, field, h, HedgeExact, HedgeAbout, HedgeAtLeast, HedgeMoreThan, HedgeUnder)
}

func (c *checker) control(b *Control) {
	oneOf(c, "measure", b.Measure, "share", "area", "trend", "foothold")
	oneOf(c, "together", b.Together, "each", "together", "not-said")
	oneOf(c, "trend", b.Trend, "growing", "weakening", "steady")
	c.hedge("hedge", b.Hedge)
	c.decimal("share", b.Share, 0, 100)
	if b.Km2 < 0 {
		c.bad("bad-number", "body.km2", "an area is not below zero", "")
	}
	switch b.Measure {
	case "share":
		c.need("share", `give it in percent: "75"`)
		if len(b.Areas) > 1 {
			c.need("together", "of several areas: is it the share of each, of all together, or not said?")
		}
	case "area":
		c.need("km2", "give it in square kilometres")
	case "trend":
		c.need("trend", "growing, weakening or steady")
	}
}

func (c *checker) correction(e *Entry, b *Correction) {
	switch {
	case b.Corrects == e.Ref && e.Ref != "":
		c.bad("self-correction", "body.corrects", "a correction cannot correct itself", "name the entry that it replaces")
	case b.Entry.Kind == KindCorrection:
		c.bad("circle", "body.entry.kind", "a correction is not corrected by another one", "correct the entry itself again: the latest holds")
	case b.Entry.Kind == KindRetraction || b.Entry.Kind == KindUnlink:
		c.bad("not-correctable", "body.entry.kind", fmt.Sprintf("a %s is not corrected", b.Entry.Kind), "take it back with a retraction")
	case b.Entry.Body != nil && b.Entry.Ref != b.Corrects:
		c.bad("other-ref", "body.entry.ref", fmt.Sprintf("the entry that replaces %s carries another reference, %s", b.Corrects, b.Entry.Ref), "keep the reference")
	}
}
