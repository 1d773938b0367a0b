package record

import (
	"fmt"
	"slices"

	"github.com/truceline/truceline/moment"
)

// body checks what the kind of an entry asks of its body.
func (c *checker) body(e *Entry) {
	switch b := e.Body.(type) {
	case *Agreement:
		c.need("agreement", b.Agreement)
		c.need("path", b.Path)
		c.hash("version", b.Version)
		oneOf(c, "change", b.Change, true, "first", "editorial", "substantive")
	case *Reading:
		c.need("agreement", b.Agreement)
		c.need("holder", b.Holder)
		c.need("path", b.Path)
		c.hash("hash", b.Hash)
	case *Area:
		c.need("area", b.Area)
		c.need("path", b.Path)
		c.hash("hash", b.Hash)
	case *Source:
		oneOf(c, "form", b.Form, true, "article", "report", "heading", "joint-statement", "web-page", "dataset")
		c.time("body.retrieved", b.Retrieved)
	case *Statement:
		c.statement(e, b)
	case *Translation:
		c.need("of", string(b.Of))
		oneOf(c, "field", b.Field, true, "words", "summary")
		c.need("to", b.To)
		c.need("words", b.Words)
		c.need("by", b.By)
	case *Act:
		c.act(e, b)
	case *Report:
		c.report(b)
	case *Finding:
		c.need("of", string(b.Of))
		oneOf(c, "axis", b.Axis, true, AxisOccurrence, AxisClassification, AxisAttribution)
		c.need("value", b.Value)
	case *Ruling:
		c.need("of", string(b.Of))
		c.need("agreement", b.Agreement)
		c.need("clause", b.Clause)
		oneOf(c, "classification", b.Classification, true, "violation", "no-violation", "permitted", "not-in-force", "undetermined")
	case *Request:
		c.need("of", b.Of)
		oneOf(c, "asks", b.Asks, true, "reply", "access", "document")
		c.time("body.due", b.Due)
	case *Reply:
		c.need("to", string(b.To))
		c.need("party", b.Party)
	case *Message:
		c.need("channel", b.Channel)
		c.need("from", b.From)
		c.need("to", b.To)
		oneOf(c, "step", b.Step, true, "sent", "received", "answered")
		c.time("body.due", b.Due)
	default:
		c.body2(e)
	}
}

func (c *checker) body2(e *Entry) {
	switch b := e.Body.(type) {
	case *Tally:
		c.need("period", b.Period)
		c.time("body.period", b.Period)
		if len(b.Figures) == 0 {
			c.need("figures", "")
		}
		c.counts("figures", b.Figures)
	case *Contact:
		oneOf(c, "state", b.State, true, ContactHeld, ContactPlanned, ContactPossible, ContactMissed)
		oneOf(c, "mode", b.Mode, false, "meeting", "telephone", "video", "hand-over")
		if len(b.Between) == 0 {
			c.need("between", "")
		}
		for i := range b.Between {
			c.voice(fmt.Sprintf("body.between[%d]", i), &b.Between[i])
		}
		c.place(b.Place)
	case *Exchange:
		oneOf(c, "state", b.State, true, "discussed", "planned", "carried-out")
		for i, m := range b.Moves {
			oneOf(c, fmt.Sprintf("moves[%d].category", i), m.Category, true, "prisoners-of-war", "wounded-prisoners", "civilians", "children", "remains")
			if m.Count != nil {
				c.counts(fmt.Sprintf("moves[%d].count", i), []Count{*m.Count})
			}
		}
	case *Flow:
		c.need("provider", b.Provider)
		c.need("receiver", b.Receiver)
		c.need("what", b.What)
		oneOf(c, "stage", b.Stage, true, "paused", "held", "resumed", "on-its-way", "delivered", "flowing")
	case *Control:
		c.control(b)
	case *Coverage:
		c.need("period", b.Period)
		c.time("body.period", b.Period)
	case *Link:
		c.need("from", string(b.From))
		c.need("to", string(b.To))
		oneOf(c, "relation", b.Relation, true, RelDuplicateOf, RelSameEventAs, RelAnswerTo, RelSupports, RelContradicts, RelRepeats)
	case *Unlink:
		c.need("link", string(b.Link))
	case *Correction:
		c.correction(e, b)
	case *Retraction:
		c.need("retracts", string(b.Retracts))
		c.why(len(b.Why))
	case *Dissent:
		c.need("about", string(b.About))
		c.need("party", b.Party)
	case *Publication:
		c.need("what", b.What)
		c.hash("hash", b.Hash)
	case *Key:
		c.need("name", b.Name)
		oneOf(c, "event", b.Event, true, "admitted", "rotated", "revoked")
		c.need("holder", b.Holder)
	case *Erasure:
		c.need("of", string(b.Of))
		c.need("field", b.Field)
		c.why(len(b.Why))
	case *Handover:
		c.need("from", b.From)
		c.need("to", b.To)
	}
}

func (c *checker) why(n int) {
	if n == 0 {
		c.bad("missing", "body.why", "the reason is missing", "say why, in at least one language")
	}
}

func (c *checker) hash(field, s string) {
	ok := len(s) == 64
	for _, r := range s {
		ok = ok && (r >= '0' && r <= '9' || r >= 'a' && r <= 'f')
	}
	if !ok {
		c.bad("bad-hash", "body."+field, fmt.Sprintf("%q is not a SHA-256", s), "write 64 lower-case hexadecimal digits; `truceline seal` prints them")
	}
}

func (c *checker) statement(e *Entry, b *Statement) {
	for i, s := range b.Stances {
		at := fmt.Sprintf("stances[%d].", i)
		c.need(at+"agreement", s.Agreement)
		c.need(at+"party", s.Party)
		c.need(at+"read_by", s.ReadBy)
		oneOf(c, at+"position", s.Position, true, PositionConsidering, PositionAccepts, PositionAcceptsOnConditions, PositionRejects, PositionWithdrew)
		c.strength(at, s.Strength)
	}
	for i, k := range b.Claims {
		at := fmt.Sprintf("claims[%d].", i)
		c.need(at+"agreement", k.Agreement)
		oneOf(c, at+"what", k.What, true, ClaimStart, ClaimEnd, ClaimDocument, ClaimScope)
		if k.What == ClaimStart || k.What == ClaimEnd {
			c.time("body."+at+"value", k.Value)
		}
		c.need(at+"value", k.Value)
	}
	held := len(b.Stances) > 0 || len(b.Claims) > 0 || b.Promise != nil
	switch {
	case b.Unattributed && held:
		c.bad("unattributed-position", "body", "a claim without a source carries no stance, claim or promise", "drop them: it is the document's claim and nothing more")
	case b.Unattributed && (e.SaidBy == nil || e.SaidBy.Document == ""):
		c.bad("unattributed-voice", "said_by", "a claim without a source belongs to the document that makes it", `say "said_by":{"document":REF}`)
	case b.Characterisation && len(b.Stances) > 0:
		c.bad("characterisation-position", "body.stances", "a characterisation is neither a position nor a condition", "drop one of the two")
	case b.Contested && !b.Unattributed:
		c.bad("contested", "body.contested", "only a claim without a source can be marked contested", "")
	}
	if b.Asserts != nil {
		oneOf(c, "asserts.kind", b.Asserts.Kind, true, Kinds()...)
		c.time("body.asserts.when", b.Asserts.When)
	}
	if b.Promise != nil {
		c.need("promise.id", b.Promise.ID)
		c.need("promise.does", b.Promise.Does)
	}
	if n := b.NoneBetween; n != nil {
		c.need("none_between.series", n.Series)
		c.time("body.none_between.from", n.From)
		c.time("body.none_between.until", n.Until)
	}
}

func (c *checker) strength(at string, s Strength) {
	oneOf(c, at+"strength", s, false, StrengthExpressedReadiness, StrengthDeclared, StrengthInitialled, StrengthSigned, StrengthRatified)
}

// ActKinds lists the closed set of acts.
func ActKinds() []ActKind {
	return []ActKind{
		ActTabled, ActAmended, ActInitialled, ActSigned, ActAccepted, ActAcceptedOnConditions, ActRejected, ActWithdrew, ActConditionMet,
		ActConditionWaived, ActNotified, ActHandedOver, ActImplemented, ActExtensionProposed, ActConsented, ActSuspended, ActResumed,
		ActDenounced, ActSuperseded, ActLapsed, ActDeclared,
	}
}

func (c *checker) act(e *Entry, b *Act) {
	c.need("agreement", b.Agreement)
	c.need("party", b.Party)
	oneOf(c, "act", b.Act, true, ActKinds()...)
	c.strength("", b.Strength)
	c.time("body.effective", b.Effective)
	if e.Happened == "" {
		c.bad("missing", "happened", "an act needs its time", "an imprecise one will do: 2025-03")
	}
	if (b.Act == ActExtensionProposed || b.Act == ActConsented) && b.Length == "" {
		c.bad("missing", "body.length", "an extension needs its length", `write "P30D"`)
	}
	if b.Length != "" {
		if _, err := moment.ParseDuration(b.Length); err != nil {
			c.bad("bad-length", "body.length", err.Error(), "lengths are ISO 8601: P30D")
		}
	}
	if (b.Act == ActConditionMet || b.Act == ActConditionWaived) && b.Condition == "" {
		c.need("condition", "")
	}
}

func (c *checker) report(b *Report) {
	oneOf(c, "domain", b.Domain, false, "land", "air", "sea", "cyber", "space")
	oneOf(c, "means", b.Means, false, "heard", "seen", "camera", "uav", "satellite", "interview", "document")
	c.place(b.Place)
	c.counts("counts", b.Counts)
	if g := b.Grade; g != nil {
		oneOf(c, "grade.source", g.Source, true, "A", "B", "C", "D", "E", "F")
		oneOf(c, "grade.information", g.Information, true, "1", "2", "3", "4", "5", "6")
	}
}

func (c *checker) place(p *Place) {
	if p == nil {
		return
	}
	c.decimal("place.lon", p.Lon, -180, 180)
	c.decimal("place.lat", p.Lat, -90, 90)
	c.decimal("place.bearing", p.Bearing, 0, 360)
	point := p.Lon != "" || p.Lat != ""
	switch {
	case point && (p.Lon == "" || p.Lat == ""):
		c.bad("bad-place", "body.place", "lon and lat stand together", "")
	case point && len(p.Within) > 0:
		c.bad("bad-place", "body.place", "a place is a disc, a sector or within areas, not several", "")
	case point && p.Bearing == "" && (p.Radius < 1 || p.Radius > 1_000_000):
		c.bad("bad-place", "body.place", "a point needs the radius within which it is known", `add "radius_m", from 1 to 1000000: a place is never a bare point`)
	case point && p.Bearing != "" && (p.Radius != 0 || p.Nearest < 0 || p.Farthest < 1 || p.Nearest > p.Farthest):
		c.bad("bad-place", "body.place", "a sector needs nearest_m and farthest_m, in that order, and no radius_m", "")
	case !point && len(p.Within) == 0 && len(p.Name) == 0:
		c.bad("bad-place", "body.place", "the place says nothing", "give lon, lat and radius_m, or within, or leave it out")
	}
}

func (c *checker) counts(field string, list []Count) {
	for i, n := range list {
		at := fmt.Sprintf("%s[%d].", field, i)
		oneOf(c, at+"hedge", n.Hedge, true, HedgeExact, HedgeAbout, HedgeAtLeast, HedgeMoreThan, HedgeUnder)
		c.need(at+"unit", n.Unit)
		if n.N < 0 {
			c.bad("bad-number", "body."+at+"n", "a count is not below zero", "")
		}
	}
}

func (c *checker) control(b *Control) {
	c.need("holder", b.Holder)
	oneOf(c, "measure", b.Measure, true, "share", "area", "trend", "foothold")
	oneOf(c, "hedge", b.Hedge, false, HedgeExact, HedgeAbout, HedgeAtLeast, HedgeMoreThan, HedgeUnder)
	oneOf(c, "together", b.Together, b.Measure == "share" && len(b.Areas) > 1, "each", "together", "not-said")
	oneOf(c, "trend", b.Trend, b.Measure == "trend", "growing", "weakening", "steady")
	c.decimal("share", b.Share, 0, 100)
	if b.Measure == "share" {
		c.need("share", b.Share)
	}
}

func (c *checker) correction(e *Entry, b *Correction) {
	c.need("corrects", string(b.Corrects))
	c.why(len(b.Why))
	switch {
	case b.Corrects == e.Ref:
		c.bad("self-correction", "body.corrects", "a correction cannot correct itself", "name the entry that it replaces")
	case b.Entry.Kind == KindCorrection && len(b.Corrects) > 0:
		c.bad("circle", "body.entry", "a correction is not corrected by another one", "correct the entry itself again: the latest holds")
	case b.Entry.Body != nil && b.Entry.Ref != b.Corrects:
		c.bad("other-ref", "body.entry.ref", fmt.Sprintf("the entry that replaces %s carries another reference, %s", b.Corrects, b.Entry.Ref), "keep the reference")
	}
	if slices.Contains([]Kind{KindRetraction, KindUnlink}, b.Entry.Kind) {
		c.bad("not-correctable", "body.entry.kind", fmt.Sprintf("a %s is not corrected", b.Entry.Kind), "take it back with a retraction")
	}
}
