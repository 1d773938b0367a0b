package proposals

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/truceline/truceline/internal/people"
	"github.com/truceline/truceline/press"
	"github.com/truceline/truceline/record"
)

// Article is what was read, as its source entry tells it.
type Article struct {
	Title, Outlet, Address string
	Published              string // EDTF of the day; empty when nobody tells it
	Hash                   string // SHA-256 of the bytes as they came
	Retrieved              string // RFC 3339
	Original               string // the file with the bytes, beside the proposals; empty when a case keeps them
	Custody                string // how the bytes came, in English
}

// Ref gives the reference of the article's source entry: the same for the same bytes.
func (a Article) Ref() string {
	day := a.Published
	if len(day) != len("2006-01-02") {
		day = "undated"
	}
	return "press-" + day + "-" + a.Hash[:min(len(a.Hash), 10)]
}

// Draft gives the blocks that are proposed for an article, its source first. Speakers are
// looked up among the people of a case; nil knows nobody.
func Draft(a Article, p *press.Proposals, who *people.Table) []*Block {
	ref, lang := a.Ref(), p.Lang
	body := map[string]any{
		"form": "article", "title": text(lang, a.Title), "address": a.Address, "publisher": text(lang, a.Outlet),
		"hash": a.Hash, "retrieved": a.Retrieved, "custody": text("en", a.Custody),
	}
	list := []*Block{{
		Kind: record.KindSource, Ref: ref, Original: a.Original,
		Fields: map[string]any{"public": a.Published, "summary": text("en", ""), "body": body},
		Notes:  []string{"The article. It is recorded with the first row that is confirmed."},
		Hints:  map[string]string{"public": hintIf(a.Published == "", "the day of publication: the article tells none")},
	}}
	d := &drafter{a: a, p: p, ref: ref, who: who, named: map[string]bool{}}
	for _, person := range p.People {
		d.named[person.Name] = true
	}
	for i, s := range p.Statements {
		list = append(list, d.statement(i, s))
	}
	for i, u := range p.Unattributed {
		list = append(list, d.unattributed(i, u))
	}
	for i, e := range p.Events {
		list = append(list, d.event(i, e))
	}
	return list
}

func hintIf(yes bool, hint string) string {
	if yes {
		return hint
	}
	return ""
}

func text(lang, words string) map[string]any { return map[string]any{lang: words} }

type drafter struct {
	a     Article
	p     *press.Proposals
	ref   string
	who   *people.Table
	named map[string]bool // whom the article names
}

func (d *drafter) common(words string) map[string]any {
	return map[string]any{
		"sources": []any{d.ref}, "language": d.p.Lang, "words": phrase(words), "summary": text("en", ""),
	}
}

func (d *drafter) statement(i int, s press.Statement) *Block {
	f := d.common(strings.Join(s.Text, " … "))
	b := &Block{Kind: record.KindStatement, Ref: fmt.Sprintf("%s-s%d", d.ref, i+1), Fields: f, Hints: map[string]string{}}
	b.Notes = []string{fmt.Sprintf("%d-%d, said: sure %.2f%s", s.Span[0], s.Span[1], s.Confidence, after(", rule ", s.Rule))}
	for _, part := range s.Text {
		b.Notes = append(b.Notes, "| "+part)
	}
	told := "Cue: " + s.Cue + ".  Speaker: " + s.Speaker
	if s.SpeakerLatin != "" {
		told += " (" + s.SpeakerLatin + ")"
	}
	b.Notes = append(b.Notes, told+".")
	f["said_by"] = d.voice(b, s)
	if s.Outlet != "" {
		f["through"] = map[string]any{"outlet": s.Outlet}
	}
	if s.Said != nil {
		f["happened"] = *s.Said
		if *s.Said != d.a.Published {
			f["public"] = d.a.Published
		}
	} else {
		f["public"] = d.a.Published
		b.Hints["public"] = "the article gives no day of speaking: it was public on this one"
	}
	f["body"] = map[string]any{"direct": s.Direct}
	return b
}

// voice gives who speaks: somebody of the case's table only where one alone matches.
func (d *drafter) voice(b *Block, s press.Statement) map[string]any {
	v := map[string]any{"party": ""}
	b.Hints["said_by.party"] = "the party that is spoken for, by its code; empty for none"
	lang := d.p.Lang
	if s.Office != "" {
		v["office"] = text(lang, s.Office)
	}
	switch {
	case s.Anonymous:
		v["anonymous"] = text(lang, s.Speaker)
		return v
	case !d.named[s.Speaker]:
		v["institution"] = text(lang, s.Speaker)
		b.Hints["said_by.institution"] = "a body, or name = { … } for somebody"
	default:
		v["name"] = text(lang, s.Speaker)
	}
	if d.who == nil {
		return v
	}
	if _, body := v["institution"]; body {
		v["party"] = d.who.Party(s.Speaker)
	}
	found := d.who.Find(s.Speaker)
	if len(found) != 1 && s.SpeakerLatin != "" {
		if latin := d.who.Find(s.SpeakerLatin); len(latin) == 1 || len(found) == 0 {
			found = latin
		}
	}
	if len(found) == 1 && found[0].Sure {
		p, _ := d.who.Get(found[0].ID)
		delete(v, "name")
		delete(v, "institution")
		delete(b.Hints, "said_by.institution")
		v["person"], v["party"] = p.ID, party(p)
		name, _ := p.Name.In("en")
		b.Hints["said_by.person"] = name
		return v
	}
	if len(found) > 0 {
		may := make([]string, len(found))
		for i, m := range found {
			p, _ := d.who.Get(m.ID)
			name, _ := p.Name.In("en")
			may[i] = m.ID + " (" + name + ")"
		}
		b.Notes = append(b.Notes, `May be: `+strings.Join(may, ", ")+`. Write person = "…" in place of the name.`)
	}
	return v
}

// party is whom a person spoke for, where the record tells of one party alone.
func party(p people.Person) string {
	if len(p.Parties) == 1 {
		return p.Parties[0]
	}
	return ""
}

func (d *drafter) unattributed(i int, u press.Unattributed) *Block {
	f := d.common(u.Text)
	f["said_by"] = map[string]any{"document": d.ref}
	f["happened"] = d.a.Published
	f["body"] = map[string]any{"unattributed": true, "asserts": map[string]any{"kind": "", "when": ""}}
	why := "nobody answers for it: hearsay"
	if u.Why == "own-voice" {
		why = "nobody answers for it: the article says it in its own voice"
	}
	return &Block{
		Kind: record.KindStatement, Ref: fmt.Sprintf("%s-u%d", d.ref, i+1), Fields: f,
		Notes: []string{fmt.Sprintf("%d-%d, %s", u.Span[0], u.Span[1], why), "| " + u.Text},
		Hints: map[string]string{"body.asserts.kind": "contact, act, control, exchange, flow or statement; empty where it fits none"},
	}
}

// bodies are what an event's text does not fill, by the kind that the desk proposes.
var bodies = map[string]struct {
	kind  record.Kind
	hints map[string]string
	body  func(planned bool) map[string]any
}{
	"contact": {record.KindContact, map[string]string{
		"body.between": "each with party, and person or name or institution", "body.state": "held, planned, possible or missed", "body.mode": "meeting, telephone, video or hand-over", "body.series": "a series of the case",
	}, func(planned bool) map[string]any {
		side := map[string]any{"party": "", "person": ""}
		return map[string]any{"state": state(planned, "planned", "held"), "between": []any{side, side}, "mode": "", "series": ""}
	}},
	"exchange": {record.KindExchange, map[string]string{
		"body.state": "discussed, planned or carried-out", "body.moves": "each way: from, to, category, count = { n, hedge, unit }",
	}, func(planned bool) map[string]any {
		return map[string]any{"state": state(planned, "planned", "carried-out"), "moves": []any{map[string]any{"from": "", "to": "", "category": ""}}, "mediators": []any{}}
	}},
	"aid": {record.KindFlow, map[string]string{
		"body.provider": "a party", "body.receiver": "a party", "body.what": "weapons, intelligence, military-aid …", "body.stage": "paused, held, resumed, on-its-way, delivered or flowing",
	}, func(bool) map[string]any {
		return map[string]any{"provider": "", "receiver": "", "what": "", "stage": ""}
	}},
	"control": {record.KindControl, map[string]string{
		"body.holder": "a party", "body.areas": "areas of the case", "body.measure": "share, area, trend or foothold", "body.share": `percent, "35.5"; with more areas also together = "each", "together" or "not-said"`, "body.trend": "growing, weakening or steady",
	}, func(bool) map[string]any {
		return map[string]any{"holder": "", "areas": []any{}, "measure": "", "hedge": "", "share": "", "trend": ""}
	}},
	"incident": {record.KindReport, map[string]string{
		"body.act": "branches of the taxonomies; what is empty is not known", "body.actor": "the party that the report names as having done it", "body.place": "an area of the case, or lon, lat and radius_m",
	}, func(bool) map[string]any {
		return map[string]any{"act": "", "weapon": "", "objects": []any{}, "domain": "", "actor": map[string]any{"party": ""}, "place": map[string]any{"within": []any{}}}
	}},
	"act": {record.KindAct, map[string]string{
		"body.agreement": "of the case", "body.act": "tabled, amended, initialled, signed, accepted, rejected, withdrew, handed-over, suspended, resumed …", "body.party": "whose act it is",
	}, func(bool) map[string]any {
		return map[string]any{"agreement": "", "act": "", "party": ""}
	}},
}

func state(planned bool, yes, no string) string {
	if planned {
		return yes
	}
	return no
}

func (d *drafter) event(i int, e press.Event) *Block {
	shape, ok := bodies[e.Kind]
	if !ok {
		shape = bodies["act"]
	}
	f := d.common(e.Text)
	b := &Block{Kind: shape.kind, Ref: fmt.Sprintf("%s-e%d", d.ref, i+1), Fields: f, Hints: map[string]string{}}
	for k, h := range shape.hints {
		b.Hints[k] = h
	}
	b.Notes = []string{fmt.Sprintf("%d-%d, %s%s", e.Span[0], e.Span[1], e.Kind, after(": ", map[bool]string{true: "planned"}[e.Planned])), "| " + e.Text}
	if shape.kind != record.KindAct {
		f["said_by"] = map[string]any{"document": d.ref}
	}
	f["happened"] = ""
	if e.When != nil {
		f["happened"] = *e.When
	}
	f["public"] = d.a.Published
	f["body"] = shape.body(e.Planned)
	return b
}

func after(mark, s string) string {
	if s == "" {
		return ""
	}
	return mark + s
}

// phrase gives the first words of a text: at most 80 characters, 40 of Chinese, cut at a
// mark or a space.
func phrase(words string) string {
	in := []rune(strings.Join(strings.Fields(words), " "))
	most := 80
	for _, r := range in[:min(len(in), most)] {
		if unicode.Is(unicode.Han, r) {
			most = 40
			break
		}
	}
	if len(in) <= most {
		return string(in)
	}
	cut := most
	for i := most; i > most/2; i-- {
		if strings.ContainsRune(" ,;:.!?，。；：！？、—", in[i]) {
			cut = i
			break
		}
	}
	return strings.TrimRight(string(in[:cut]), " ,;:，；：、—-–")
}
