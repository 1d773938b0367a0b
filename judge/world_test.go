package judge_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// A world is a random agreement with readings and a random record about it. The
// text of its terms is drawn clause by clause; entries are drawn one by one.

var invented = sync.OnceValues(func() (*casefile.Case, error) {
	return casefile.Load(os.DirFS("../scenario/testdata/case"))
})

func pick[T any](t *rapid.T, label string, list ...T) T {
	return rapid.SampledFrom(list).Draw(t, label)
}

func chance(t *rapid.T, label string, percent int) bool {
	return rapid.IntRange(0, 99).Draw(t, label) < percent
}

// scopeText draws what a rule speaks of.
func scopeText(t *rapid.T, exception bool) string {
	var b strings.Builder
	if !exception || chance(t, "binds", 30) {
		fmt.Fprintf(&b, "  binds = %s\n", pick(t, "who", `["KA"]`, `["LO"]`, `["KA", "LO"]`))
	}
	if !exception || chance(t, "acts?", 40) {
		fmt.Fprintf(&b, "  acts = %s\n", pick(t, "acts", `["attack"]`, `["attack/artillery"]`, `["attack/uav", "presence"]`, `["def:hostile"]`))
	}
	if exception && chance(t, "nothing else", 60) {
		return b.String() + "  where = [\"anywhere\"]\n"
	}
	if chance(t, "weapons?", 20) {
		fmt.Fprintf(&b, "  weapons = %s\n", pick(t, "weapons", `["artillery"]`, `["artillery/gun", "rocket"]`, `["uav"]`))
	}
	if chance(t, "calibre?", 15) {
		fmt.Fprintf(&b, "  calibre = %s\n", pick(t, "calibre", `["> 100 mm"]`, `[">= 100 mm"]`, `["< 100 mm"]`, `["> 100 mm", "<= 152 mm"]`))
	}
	if chance(t, "objects?", 20) {
		fmt.Fprintf(&b, "  objects = %s\n", pick(t, "objects", `["energy"]`, `["energy/gas", "transport"]`))
	}
	if chance(t, "purposes?", 10) {
		b.WriteString("  purposes = [\"training\"]\n")
	}
	if !exception || chance(t, "where?", 30) {
		fmt.Fprintf(&b, "  where = %s\n", pick(t, "where", `["anywhere"]`, `["anywhere"]`, `["area:west"]`, `["area:province"]`, `["zone:z"]`, `["line:front"]`))
	}
	if chance(t, "doubt?", 10) {
		b.WriteString("  doubt \"energy/gas\" {\n    question = { en = \"Is it?\" }\n  }\n")
	}
	switch pick(t, "binding", 0, 0, 0, 0, 1, 2, 3, 4, 5) {
	case 1:
		b.WriteString("  from = \"start + P2D\"\n")
	case 2:
		b.WriteString("  hours = [\"06:00/18:00\"]\n")
	case 3:
		b.WriteString("  phases = [\"one\"]\n")
	case 4:
		b.WriteString("  requires = [met(\"relief\")]\n")
	case 5:
		b.WriteString("  survives = true\n")
	}
	return b.String()
}

const fence = "```"

// agreementText draws the text of an agreement.
func agreementText(t *rapid.T) string {
	var b strings.Builder
	b.WriteString(fence + "hcl\nagreement \"drawn\" {\n  title = { en = \"Drawn\" }\n  parties = { KA = \"party\", LO = \"party\", MED = \"monitor\" }\n  undrawn = { \"line:front\" = { en = \"Not drawn.\" } }\n}\n" + fence + "\n\n# 1 Terms\n\nWords.\n\n" + fence + "hcl\n")
	fmt.Fprintf(&b, "entry_into_force \"s\" {\n  requires = [accepted(\"KA\", \"declared\"), accepted(\"LO\", \"declared\")%s]\n}\n", pick(t, "together", "", `, implemented_together("KA", "LO")`))
	fmt.Fprintf(&b, "duration \"d\" {\n  length = \"P10D\"\n  zone = \"UTC\"\n  counting = %s\n}\n", pick(t, "counting", `"from the hour of the start"`, `"not stated"`))
	b.WriteString("phase \"one\" {\n  length = \"P3D\"\n  counting = \"from the hour of the start\"\n}\n")
	fmt.Fprintf(&b, "definition \"hostile\" {\n  means = [\"attack/artillery\", \"assault\"]\n  closed = %s\n}\n", pick(t, "closed", "true", "false"))
	b.WriteString("zone \"z\" {\n  area = [\"area:west\"]\n}\n")
	b.WriteString("power \"p\" {\n  holder = [\"KA\", \"LO\"]\n  effect = \"denounce\"\n  notice = \"P2D\"\n}\n")
	fmt.Fprintf(&b, "power \"free\" {\n  holder = [\"KA\"]\n  effect = \"release\"\n}\n")
	b.WriteString("verification \"v\" {\n  body = [\"MED\"]\n  standard = \"probable\"\n}\n")
	n := rapid.IntRange(1, 3).Draw(t, "rules")
	for i := range n {
		fmt.Fprintf(&b, "prohibition \"%d\" {\n%s", i, scopeText(t, false))
		if i > 0 && chance(t, "special", 20) {
			b.WriteString("  special_to = [\"0\"]\n")
		}
		b.WriteString("}\n")
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "exceptions") {
		defeats := `"0"`
		if i == 1 && chance(t, "nested", 50) {
			defeats = `"x0"`
		}
		fmt.Fprintf(&b, "exception \"x%d\" {\n  defeats = [%s]\n%s", i, defeats, scopeText(t, true))
		if chance(t, "proof", 40) {
			b.WriteString("  proof = [\"notice\"]\n  notice = \"PT24H\"\n")
		}
		b.WriteString("}\n")
	}
	b.WriteString(fence + "\n")
	return b.String()
}

func readingText(t *rapid.T, holder string) string {
	return fmt.Sprintf("%shcl\nreading \"drawn\" {\n  holder = \"%s\"\n}\nprohibition \"0\" {\n%s}\n%s\n", fence, holder, scopeText(t, false), fence)
}

// hourText writes an hour of March 2030, or a stretch of them.
func hourText(from, until int) string {
	at := func(h int) string {
		return time.Date(2030, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(h) * time.Hour).Format("2006-01-02T15:04Z")
	}
	if until > from {
		return at(from) + "/" + at(until)
	}
	return at(from)
}

// reportOf draws a report.
func reportOf(t *rapid.T) *record.Report {
	r := &record.Report{
		Act:     pick(t, "act", "", "attack", "attack/artillery", "attack/artillery", "attack/artillery/gun", "attack/uav", "presence", "movement"),
		Weapon:  pick(t, "weapon", "", "", "artillery", "artillery/gun", "artillery/gun/122mm", "uav", "rocket/grad"),
		Purpose: pick(t, "purpose", "", "training", "combat"),
		Place: pick(t, "place", nil, &record.Place{Lon: "10.4", Lat: "50.4", Radius: 1000},
			&record.Place{Lon: "10.5", Lat: "50.5", Radius: 2000}, &record.Place{Lon: "11.5", Lat: "50.5", Radius: 2000},
			&record.Place{Lon: "10.99", Lat: "50.5", Radius: 9000}, &record.Place{Within: []string{"province"}}),
	}
	if p := pick(t, "actor", "", "KA", "KA", "LO", "LO", "MED"); p != "" {
		r.Actor = &record.Actor{Party: p}
	}
	if o := pick(t, "object", "", "energy", "energy/gas", "transport", "civilian"); o != "" {
		r.Objects = []string{o}
	}
	if chance(t, "calibred", 20) {
		r.Calibre = pick(t, "calibre of it", &record.Range{Least: "100", Most: "100"}, &record.Range{Least: "82", Most: "120"}, &record.Range{Least: "122", Most: "122"})
	}
	return r
}

// world is a case under construction.
type world struct {
	c        *casefile.Case
	reports  []record.Ref
	links    []record.Ref
	original []record.Ref
}

// newWorld draws a case with an agreement and up to two readings, and n entries.
func newWorld(t *rapid.T, n int) *world {
	base, err := invented()
	if err != nil {
		t.Fatal(err)
	}
	c := casefile.Case{ID: base.ID, Zone: base.Zone, World: base.World, Parties: base.Parties, Areas: base.Areas, Lines: base.Lines}
	for _, e := range base.Entries {
		if e.Envelope.Entry.Kind == record.KindArea {
			c.Entries = append(c.Entries, e)
		}
	}
	w := &world{c: &c}
	text := agreementText(t)
	a, err := agreement.ParseText("drawn.md", []byte(text), nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	a.Version = "v1"
	w.add(t, record.Entry{Kind: record.KindAgreement, Body: &record.Agreement{Agreement: "drawn", Version: "v1", Change: "first"}}, "2030-03-01")
	c.Versions = append(c.Versions, casefile.Version{Agreement: a, Entry: len(c.Entries)})
	for _, holder := range []string{"KA", "LO"} {
		if chance(t, "reading", 50) {
			w.reading(t, holder)
		}
	}
	if chance(t, "begins", 85) {
		h := rapid.IntRange(0, 30).Draw(t, "start")
		for _, act := range []record.ActKind{record.ActAccepted, record.ActImplemented} {
			for _, party := range []string{"KA", "LO"} {
				a := &record.Act{Act: act, Party: party}
				a.Agreement = "drawn"
				w.add(t, record.Entry{Kind: record.KindAct, Body: a}, hourText(h, h))
			}
		}
	}
	for range n {
		w.entry(t)
	}
	return w
}

func (w *world) reading(t *rapid.T, holder string) {
	text := readingText(t, holder)
	r, err := agreement.ParseReading("reading-"+holder+".md", []byte(text))
	if err == nil {
		_, err = w.c.Versions[0].Under(r)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	w.add(t, record.Entry{Kind: record.KindReading, Body: &record.Reading{Agreement: "drawn", Holder: holder}}, "2030-03-01")
	w.c.Readings = append(w.c.Readings, casefile.Reading{Reading: r, Entry: len(w.c.Entries)})
}

// add appends an entry that happened, and became public, at times.
func (w *world) add(t *rapid.T, e record.Entry, happened string) {
	x := casefile.Entry{}
	parsed, err := moment.Parse(happened, w.c.Zone)
	if err != nil {
		t.Fatal(err)
	}
	x.Happened, x.Public = parsed, parsed
	x.Position = len(w.c.Entries) + 1
	if e.Ref == "" {
		e.Ref = record.Ref(fmt.Sprintf("e%d", x.Position))
	}
	e.Author, e.Happened = "desk", happened
	x.Envelope.Entry = e
	w.c.Entries = append(w.c.Entries, x)
	w.original = append(w.original, e.Ref)
}

// entry draws one more entry.
func (w *world) entry(t *rapid.T) {
	from := rapid.IntRange(0, 24*25).Draw(t, "hour")
	happened := hourText(from, from+pick(t, "span", 0, 0, 0, 12, 72))
	kind := rapid.IntRange(0, 99).Draw(t, "kind")
	var body record.Body
	e := record.Entry{}
	party := pick(t, "party", "KA", "LO")
	of := record.Ref("")
	if len(w.reports) > 0 {
		of = rapid.SampledFrom(w.reports).Draw(t, "of")
	}
	switch {
	case kind < 35 || of == "" && kind < 60:
		if chance(t, "early", 70) {
			happened = hourText(from%48, from%48)
		}
		a := &record.Act{Act: pick(t, "what", record.ActAccepted, record.ActAccepted, record.ActImplemented, record.ActSuspended, record.ActResumed, record.ActDenounced, record.ActNotified, record.ActConditionMet, record.ActRejected, record.ActDeclared), Party: party}
		a.Agreement = "drawn"
		switch a.Act {
		case record.ActConditionMet:
			a.Condition = "relief"
		case record.ActNotified:
			a.Clause = pick(t, "clause", "x0", "x1", "free")
		case record.ActDenounced:
			a.Clause = "p"
		case record.ActSuspended:
			if chance(t, "part", 50) {
				a.Clauses = []string{"0"}
			}
		}
		e.Kind, body = record.KindAct, a
	case kind < 70:
		if chance(t, "within the term", 70) {
			h := 31 + from%200
			happened = hourText(h, h+pick(t, "span of it", 0, 0, 12))
		}
		e.Kind, body = record.KindReport, reportOf(t)
		e.SaidBy = &record.Voice{Party: party}
		w.reports = append(w.reports, record.Ref(fmt.Sprintf("e%d", len(w.c.Entries)+1)))
	case kind < 78:
		f := &record.Finding{Of: of, Axis: record.AxisOccurrence, Value: pick(t, "value", "confirmed", "probable", "refuted")}
		if chance(t, "attribution", 50) {
			f.Axis, f.Value, f.Party = record.AxisAttribution, "party", party
		}
		if chance(t, "on exception", 20) {
			f.Axis, f.Value, f.Agreement, f.Clause = record.AxisClassification, pick(t, "class", "permitted", "violation"), "drawn", "x0"
		}
		e.Kind, body, e.SaidBy = record.KindFinding, f, &record.Voice{Party: "MED"}
	case kind < 83:
		e.Kind, body = record.KindRuling, &record.Ruling{Of: of, Agreement: "drawn", Clause: "0", Classification: pick(t, "ruled", "violation", "no-violation")}
	case kind < 88:
		e.Kind, body = record.KindReply, &record.Reply{To: of, Party: party, Denies: chance(t, "denies", 50)}
	case kind < 94:
		to := rapid.SampledFrom(append([]record.Ref{of}, w.reports...)).Draw(t, "to")
		e.Kind, body = record.KindLink, &record.Link{From: of, To: to, Relation: pick(t, "relation", record.RelSameEventAs, record.RelDuplicateOf, record.RelRepeats)}
		w.links = append(w.links, record.Ref(fmt.Sprintf("e%d", len(w.c.Entries)+1)))
	case kind < 96 && len(w.links) > 0:
		e.Kind, body = record.KindUnlink, &record.Unlink{Link: rapid.SampledFrom(w.links).Draw(t, "link")}
	default:
		e.Kind, body = record.KindRetraction, &record.Retraction{Retracts: rapid.SampledFrom(w.original).Draw(t, "retracts")}
	}
	e.Body = body
	w.add(t, e, happened)
}

// ask asks what the newest record, or the one as of a position, says in the end.
func (w *world) ask(asOf int) judge.Question {
	return judge.Question{At: w.c.World.Until - 1, KnownBy: moment.Future, AsOf: asOf}
}

// rulings judges every report, by report, clause and reading.
func rulings(b *judge.Bench) map[string]judge.Ruling {
	out := map[string]judge.Ruling{}
	for _, in := range b.Incidents() {
		for _, r := range b.Judge(in, "") {
			out[fmt.Sprintf("%s %s %s", r.Report, r.Clause, r.Reading)] = r
		}
	}
	return out
}

// entry is short for an entry of a case.
type entry = casefile.Entry

// point makes versions and readings point to their entries again, after some went.
func (w *world) point(t *rapid.T) {
	readings := w.c.Readings
	w.c.Readings = nil
	for i := range w.c.Entries {
		switch b := w.c.Entries[i].Envelope.Entry.Body.(type) {
		case *record.Agreement:
			w.c.Versions[0].Entry = i + 1
		case *record.Reading:
			for _, r := range readings {
				if r.Holder == b.Holder {
					r.Entry = i + 1
					w.c.Readings = append(w.c.Readings, r)
				}
			}
		}
	}
	if len(w.c.Entries) == 0 {
		t.Fatal("no entry is left")
	}
}
