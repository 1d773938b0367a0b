package judge_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// owing loads an invented case whose agreement binds from 1 April 2030 for forty
// days, with clauses and lines of its own. Lines are entries without an author.
func owing(tb fataler, clauses string, lines ...string) *judge.Bench {
	tb.Helper()
	return owingAt(tb, "2030-05-01", clauses, lines...)
}

func owingAt(tb fataler, at, clauses string, lines ...string) *judge.Bench {
	tb.Helper()
	text := "```hcl\nagreement \"many\" {\n  title   = { en = \"Many clauses\" }\n  parties = { KA = \"party\", LO = \"party\", MED = \"mediator\" }\n}\n```\n\n# 1 Clauses\n\nMany.\n\n```hcl\n" +
		"entry_into_force \"s\" {\n  start = \"2030-04-01\"\n}\n\nduration \"t\" {\n  length   = \"P40D\"\n  counting = \"the day of the start is day one\"\n  zone     = \"UTC\"\n}\n\n" + clauses + "\n```\n"
	all := []string{`{"entry":{"kind":"agreement","ref":"many-text","author":"desk","public":"2030-03-01","body":{"agreement":"many","version":"@VERSION","path":"agreements/many","change":"first"}}}`}
	for _, line := range lines {
		all = append(all, `{"entry":`+strings.Replace(line, `{`, `{"author":"desk",`, 1)+`}`)
	}
	c := training(tb, map[string]string{"agreements/many/many.md": text}, all...)
	q, err := judge.Ask(c, c.World.Until-1, at, "", "")
	if err != nil {
		tb.Fatal(err)
	}
	return judge.New(c, q)
}

// release is an exchange by which KA gives so many to LO, as somebody tells it.
func release(ref, by, when string, n int, hedge record.Hedge) string {
	return fmt.Sprintf(`{"kind":"exchange","ref":%q,"happened":%q,"said_by":{"party":%q,"institution":{"en":"Government"}},"summary":{"en":"A release."},"body":{"state":"carried-out","moves":[{"from":"KA","to":"LO","category":"prisoners","count":{"n":%d,"hedge":%q,"unit":"person"}}]}}`,
		ref, when, by, n, hedge)
}

// did is an act on a clause; more is what its body says besides.
func did(ref, act, party, clause, when, more string) string {
	return fmt.Sprintf(`{"kind":"act","ref":%q,"happened":%q,"body":{"agreement":"many","act":%q,"party":%q,"clause":%q%s}}`, ref, when, act, party, clause, more)
}

func found(ref, of, by, value, when string) string {
	return fmt.Sprintf(`{"kind":"finding","ref":%q,"happened":%q,"said_by":{"party":%q,"institution":{"en":"Office"}},"body":{"of":%q,"axis":"occurrence","value":%q}}`, ref, when, by, of, value)
}

func linked(ref, from, relation, to string) string {
	return fmt.Sprintf(`{"kind":"link","ref":%q,"body":{"from":%q,"relation":%q,"to":%q}}`, ref, from, relation, to)
}

const (
	owes = `duty "d" {
  binds   = ["KA"]
  to      = ["LO"]
  does    = "release"
  what    = ["prisoners"]
  measure = "at least 300"
  due     = "start + P10D"
}`
	owesAll    = "duty \"d\" {\n  binds = [\"KA\"]\n  does = \"release\"\n  measure = \"all\"\n  due = \"start + P10D\"\n}"
	owesNoDate = "duty \"d\" {\n  binds = [\"KA\"]\n  does = \"release\"\n  measure = \"at least 300\"\n}"
	owesNone   = "duty \"d\" {\n  binds = [\"KA\"]\n  does = \"release\"\n  due = \"start + P10D\"\n}"
	certified  = "duty \"d\" {\n  binds = [\"KA\"]\n  does = \"vacate\"\n  due = \"start + P10D\"\n  certified_by = [\"MED\"]\n}"
	publishes  = "duty \"d\" {\n  binds = [\"KA\"]\n  does = \"publish\"\n  due = \"2030-04-05\"\n}"
	pullsBack  = "withdrawal \"d\" {\n  binds = [\"KA\"]\n  weapons = [\"artillery\"]\n  where = [\"area:west\"]\n  due = \"start + P10D\"\n}"
	watched    = owes + "\n\nverification \"v\" {\n  body = [\"MED\"]\n  standard = \"probable\"\n}"
)

// state gives the state of the one duty of the text, with the possible ones.
func state(b *judge.Bench) string {
	d := b.Duties("many")[0]
	s := string(d.State)
	for _, p := range d.Possible {
		s += " " + string(p)
	}
	return s
}

func TestDutyStates(t *testing.T) {
	exact, about, least := record.HedgeExact, record.HedgeAbout, record.HedgeAtLeast
	for _, test := range []struct {
		rule, clause, at, want string
		lines                  []string
	}{
		{"before the start nothing is owed", owes, "2030-03-31", "not-started", nil},
		{"nothing done, still time", owes, "2030-04-10", "running", nil},
		{"nothing done, no time left", owes, "2030-04-11", "overdue", nil},
		{"a part done, still time", owes, "2030-04-10", "running", []string{release("a", "KA", "2030-04-02", 200, exact)}},
		{"a part done, no time left", owes, "2030-04-11", "partly-met", []string{release("a", "KA", "2030-04-02", 200, exact)}},
		{"events add up", owes, "2030-04-11", "met", []string{release("a", "KA", "2030-04-02", 200, exact), release("b", "KA", "2030-04-03", 100, exact)}},
		{"after the last day it is late", owes, "2030-04-20", "met-late", []string{release("a", "KA", "2030-04-11T00:00Z", 300, exact)}},
		{"a time on both sides of the deadline", owes, "2030-04-20", "undetermined met met-late", []string{release("a", "KA", "2030-04-10/2030-04-12", 300, exact)}},
		{"about 300 may be fewer", owes, "2030-04-20", "undetermined met partly-met", []string{release("a", "KA", "2030-04-02", 300, about)}},
		{"about 600 are at least 300", owes, "2030-04-20", "met", []string{release("a", "KA", "2030-04-02", 600, about)}},
		{"at least 300 suffice", owes, "2030-04-20", "met", []string{release("a", "KA", "2030-04-02", 300, least)}},
		{"fewer than 300 do not", owes, "2030-04-20", "partly-met", []string{release("a", "KA", "2030-04-02", 300, record.HedgeUnder)}},
		{"before the agreement bound is not counted", owes, "2030-04-20", "overdue", []string{release("a", "KA", "2030-03-02", 300, exact)}},
		{"one event told twice by one source counts once", owes, "2030-04-20", "partly-met", []string{
			release("a", "KA", "2030-04-02", 200, exact), release("b", "KA", "2030-04-02", 200, exact), linked("l", "b", "duplicate-of", "a"),
		}},
		{"one event told by two sources counts once", owes, "2030-04-20", "partly-met", []string{
			release("a", "KA", "2030-04-02", 200, exact), release("b", "LO", "2030-04-02", 200, exact), linked("l", "b", "same-event-as", "a"),
		}},
		{"an undone link counts twice", owes, "2030-04-20", "met", []string{
			release("a", "KA", "2030-04-02", 200, exact), release("b", "LO", "2030-04-02", 200, exact), linked("l", "b", "same-event-as", "a"),
			`{"kind":"unlink","ref":"u","body":{"link":"l"}}`,
		}},
		{"two sources differ so that it matters", owes, "2030-04-20", "disputed met partly-met", []string{
			release("a", "KA", "2030-04-02", 300, exact), release("b", "LO", "2030-04-02", 200, exact), linked("l", "b", "same-event-as", "a"),
		}},
		{"two sources differ and it does not matter", owes, "2030-04-20", "met", []string{
			release("a", "KA", "2030-04-02", 400, exact), release("b", "LO", "2030-04-02", 300, exact), linked("l", "b", "same-event-as", "a"),
		}},
		{"an act says it is done", owes, "2030-04-20", "met", []string{did("a", "implemented", "KA", "d", "2030-04-02", "")}},
		{"an act of another party is none", owes, "2030-04-20", "overdue", []string{did("a", "implemented", "LO", "d", "2030-04-02", "")}},
		{"an act with a count of what is owed", owes, "2030-04-20", "partly-met", []string{did("a", "handed-over", "KA", "d", "2030-04-02", `,"counts":[{"n":100,"hedge":"exact","unit":"prisoners"}]`)}},
		{"an act with a count of something else", owes, "2030-04-20", "overdue", []string{did("a", "handed-over", "KA", "d", "2030-04-02", `,"counts":[{"n":400,"hedge":"exact","unit":"truck"}]`)}},
		{"how many all are is not known", owesAll, "2030-04-20", "undetermined met partly-met", []string{release("a", "KA", "2030-04-02", 400, exact)}},
		{"who says all says all", owesAll, "2030-04-20", "met", []string{did("a", "implemented", "KA", "d", "2030-04-02", "")}},
		{"without a date it may be overdue", owesNoDate, "2030-04-20", "undetermined running overdue", nil},
		{"without a date it may still be met", owesNoDate, "2030-04-20", "met", []string{release("a", "KA", "2030-04-02", 300, exact)}},
		{"without a measure it may be enough", owesNone, "2030-04-20", "undetermined met partly-met", []string{release("a", "KA", "2030-04-02", 1, exact)}},
		{"without a measure nothing is not enough", owesNone, "2030-04-20", "overdue", nil},
		{"a claim alone, still time", certified, "2030-04-08", "running", []string{did("a", "implemented", "KA", "d", "2030-04-02", "")}},
		{"a claim alone, no time left", certified, "2030-04-20", "overdue", []string{did("a", "implemented", "KA", "d", "2030-04-02", "")}},
		{"certified afterwards, done in time", certified, "2030-04-20", "met", []string{did("a", "implemented", "KA", "d", "2030-04-02", ""), found("f", "a", "MED", "confirmed", "2030-04-15")}},
		{"certified by somebody else", certified, "2030-04-20", "overdue", []string{did("a", "implemented", "KA", "d", "2030-04-02", ""), found("f", "a", "LO", "confirmed", "2030-04-15")}},
		{"the later finding stands", certified, "2030-04-20", "overdue", []string{
			did("a", "implemented", "KA", "d", "2030-04-02", ""), found("f", "a", "MED", "confirmed", "2030-04-15"), found("g", "a", "MED", "refuted", "2030-04-16"),
		}},
		{"findings of one moment that disagree", certified, "2030-04-20", "disputed met overdue", []string{
			did("a", "implemented", "KA", "d", "2030-04-02", ""), found("f", "a", "MED", "confirmed", "2030-04-15T12:00Z"), found("g", "a", "MED", "refuted", "2030-04-15T12:00Z"),
		}},
		{"refuted by the body that verifies", watched, "2030-04-20", "overdue", []string{release("a", "KA", "2030-04-02", 300, exact), found("f", "a", "MED", "refuted", "2030-04-15")}},
		{"refuted by somebody without a say", owes, "2030-04-20", "disputed met overdue", []string{release("a", "KA", "2030-04-02", 300, exact), found("f", "a", "MED", "refuted", "2030-04-15")}},
		{"left open by the body that verifies", watched, "2030-04-20", "undetermined met partly-met overdue", []string{release("a", "KA", "2030-04-02", 300, exact), found("f", "a", "MED", "inconclusive", "2030-04-15")}},
		{"waived by whom it is owed to", owes, "2030-04-20", "waived", []string{did("w", "condition-waived", "LO", "d", "2030-04-05", `,"condition":"d"`)}},
		{"not waived by somebody else", owes, "2030-04-20", "overdue", []string{did("w", "condition-waived", "MED", "d", "2030-04-05", `,"condition":"d"`)}},
		{"met before it was waived", owes, "2030-04-20", "met", []string{release("a", "KA", "2030-04-02", 300, exact), did("w", "condition-waived", "LO", "d", "2030-04-05", `,"condition":"d"`)}},
		{"perhaps waived by now", owes, "2030-04-20", "undetermined overdue waived", []string{did("w", "condition-waived", "LO", "d", "2030-04-19/2030-04-25", `,"condition":"d"`)}},
		{"a date means to its end", publishes, "2030-04-20", "met", []string{did("a", "declared", "KA", "d", "2030-04-05T23:59Z", "")}},
		{"the day after is late", publishes, "2030-04-20", "met-late", []string{did("a", "declared", "KA", "d", "2030-04-06T00:00Z", "")}},
		{"a withdrawal is a duty", pullsBack, "2030-04-20", "overdue", nil},
		{"a withdrawal is met by an act", pullsBack, "2030-04-20", "met", []string{did("a", "implemented", "KA", "d", "2030-04-05", "")}},
		{"the agreement ended and no date was set", owesNoDate, "2030-05-20", "undetermined", nil},
	} {
		t.Run(test.rule, func(t *testing.T) {
			b := owingAt(t, test.at, test.clause, test.lines...)
			if got := state(b); got != test.want {
				t.Errorf("%s, want %s\n%s", got, test.want, marshal(t, b.Duties("many")))
			}
			for _, d := range b.Duties("many") {
				for _, s := range d.Reasons {
					if s.Entries == nil || s.Detail == "" || (s.Position == nil) != (s.Test == "text") {
						t.Errorf("a step without entries, reason or place: %+v", s)
					}
				}
			}
		})
	}
}

func marshal(tb fataler, v any) string {
	tb.Helper()
	out, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		tb.Fatal(err)
	}
	return string(out)
}

func TestQuotaPeriods(t *testing.T) {
	quota := func(counted string) string {
		return "duty \"d\" {\n  binds = [\"KA\"]\n  does = \"deliver\"\n  what = [\"truck\"]\n  measure = \"at least 50\"\n  every = \"P1D\"\n  counted = \"" + counted + "\"\n}"
	}
	trucks := func(ref, when string, n int) string {
		return fmt.Sprintf(`{"kind":"flow","ref":%q,"happened":%q,"said_by":{"party":"KA","institution":{"en":"Government"}},"summary":{"en":"Trucks."},"body":{"provider":"KA","receiver":"LO","what":"truck","stage":"delivered","counts":[{"n":%d,"hedge":"exact","unit":"truck"}]}}`, ref, when, n)
	}
	three := []string{trucks("a", "2030-04-01T09:00Z", 70), trucks("b", "2030-04-02T09:00Z", 30), trucks("c", "2030-04-03T09:00Z", 50)}
	for _, test := range []struct {
		rule, counted, at, want string
		lines                   []string
		all, met, failed        int
	}{
		{"the first day runs", "each", "2030-04-01T12:00Z", "running", nil, 1, 0, 0},
		{"each day counts by itself", "each", "2030-04-03T12:00Z", "partly-met", three, 3, 2, 1},
		{"on the average it suffices", "average", "2030-04-03T12:00Z", "running", three, 3, 2, 1},
		{"on the average it does not suffice", "average", "2030-04-04T12:00Z", "running", three, 4, 2, 1},
		{"no delivery on two days", "average", "2030-04-06T12:00Z", "partly-met", three, 6, 2, 3},
		{"a delivery of one of two days", "each", "2030-04-02T12:00Z", "undetermined running partly-met overdue", []string{trucks("a", "2030-04-01/2030-04-02", 50)}, 2, 0, 0},
	} {
		t.Run(test.rule, func(t *testing.T) {
			b := owingAt(t, test.at, quota(test.counted), test.lines...)
			o := b.Duties("many")[0].Occasions
			if got := state(b); got != test.want || o.All != test.all || o.Met != test.met || o.Failed != test.failed {
				t.Errorf("%s, want %s\n%s", got, test.want, marshal(t, b.Duties("many")))
			}
		})
	}
}

func TestRequestsAnsweredInTime(t *testing.T) {
	ask := func(due string) string {
		return `{"kind":"request","ref":"q","happened":"2030-04-08T12:00Z","body":{"of":"LO","asks":"document"` + due + `}}`
	}
	message := `{"kind":"message","ref":"q","happened":"2030-04-08T12:00Z","body":{"channel":"line","from":"KA","to":"LO","step":"sent","due":"2030-04-10"}}`
	reply := func(when string) string {
		return `{"kind":"reply","ref":"r","happened":"` + when + `","body":{"to":"q","party":"LO"}}`
	}
	for _, test := range []struct {
		rule, at, want string
		lines          []string
	}{
		{"waiting", "2030-04-09", "open", []string{ask(`,"due":"2030-04-10"`)}},
		{"waiting without a date is never overdue", "2030-05-09", "open", []string{ask("")}},
		{"the day is over", "2030-04-11T00:00Z", "overdue", []string{ask(`,"due":"2030-04-10"`)}},
		{"on the last day", "2030-04-11", "answered", []string{ask(`,"due":"2030-04-10"`), reply("2030-04-10")}},
		{"on the day after", "2030-04-12", "answered-late", []string{ask(`,"due":"2030-04-10"`), reply("2030-04-11")}},
		{"on one of two days", "2030-04-12", "undetermined", []string{ask(`,"due":"2030-04-10"`), reply("2030-04-10/2030-04-11")}},
		{"a message is answered by a message", "2030-04-12", "answered", []string{message, `{"kind":"message","ref":"r","happened":"2030-04-09","body":{"channel":"line","from":"LO","to":"KA","step":"answered","answers":"q"}}`}},
		{"received is not answered", "2030-04-12", "overdue", []string{message, `{"kind":"message","ref":"r","happened":"2030-04-09","body":{"channel":"line","from":"LO","to":"KA","step":"received","answers":"q"}}`}},
		{"an entry linked as the answer", "2030-04-12", "answered", []string{ask(`,"due":"2030-04-10"`), did("a", "handed-over", "LO", "", "2030-04-09", ""), linked("l", "a", "answer-to", "q")}},
		{"an entry of somebody else linked as the answer", "2030-04-12", "overdue", []string{ask(`,"due":"2030-04-10"`), did("a", "handed-over", "KA", "", "2030-04-09", ""), linked("l", "a", "answer-to", "q")}},
	} {
		t.Run(test.rule, func(t *testing.T) {
			for i := range test.lines {
				test.lines[i] = strings.Replace(test.lines[i], `,"clause":""`, "", 1)
			}
			if got := owingAt(t, test.at, owes, test.lines...).Requests(); len(got) != 1 || got[0].State != test.want {
				t.Errorf("want %s\n%s", test.want, marshal(t, got))
			}
		})
	}
}

// TestAMetDutyStaysMet: one more exchange, by whomever, lowers nothing; and the order
// of entries of one moment does not matter.
func TestAMetDutyStaysMet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []string
		for i := range rapid.IntRange(0, 4).Draw(t, "n") {
			lines = append(lines, anyRelease(t, fmt.Sprintf("x%d", i)))
			if i > 0 && rapid.Bool().Draw(t, "linked") {
				lines = append(lines, linked(fmt.Sprintf("l%d", i), fmt.Sprintf("x%d", i), "same-event-as", fmt.Sprintf("x%d", i-1)))
			}
		}
		before := owing(t, owes, lines...)
		more := owing(t, owes, append(slices.Clone(lines), anyRelease(t, "more"))...)
		if s := before.Duties("many")[0].State; s == judge.DutyMet && more.Duties("many")[0].State != s {
			t.Fatalf("%s was %s and is %s with one more", lines, s, state(more))
		}
		plain := slices.DeleteFunc(slices.Clone(lines), func(s string) bool { return strings.Contains(s, `"link"`) })
		turned := slices.Clone(plain)
		slices.Reverse(turned)
		if x, y := marshal(t, owing(t, owes, plain...).Duties("many")), marshal(t, owing(t, owes, turned...).Duties("many")); x != y {
			t.Fatalf("the order of the record matters:\n%s\n%s", x, y)
		}
	})
}

func anyRelease(t *rapid.T, ref string) string {
	when := rapid.SampledFrom([]string{"2030-04-02", "2030-04-05", "2030-04-09/2030-04-12", "2030-04-20", "2030-04"}).Draw(t, "when")
	hedge := rapid.SampledFrom([]record.Hedge{record.HedgeExact, record.HedgeAbout, record.HedgeAtLeast, record.HedgeUnder}).Draw(t, "hedge")
	return release(ref, rapid.SampledFrom([]string{"KA", "LO", "MED"}).Draw(t, "by"), when, 100*rapid.IntRange(1, 7).Draw(t, "count"), hedge)
}

// TestANarrowedDateOnlySettles: where a date is known more exactly, the state is one
// of those that were possible before; met never becomes overdue, nor overdue met.
func TestANarrowedDateOnlySettles(t *testing.T) {
	days := func(from, until int) string { return fmt.Sprintf("2030-04-%02d/2030-04-%02d", from, until) }
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(1, 25).Draw(t, "from")
		until := rapid.IntRange(from, 28).Draw(t, "until")
		inner := rapid.IntRange(from, until).Draw(t, "inner from")
		innerEnd := rapid.IntRange(inner, until).Draw(t, "inner until")
		n := 100 * rapid.IntRange(1, 4).Draw(t, "count")
		at := fmt.Sprintf("2030-04-%02d", rapid.IntRange(1, 30).Draw(t, "at"))
		clause := rapid.SampledFrom([]string{owes, owesAll, owesNone, certified}).Draw(t, "clause")
		line := func(when string) []string {
			if clause == certified {
				return []string{did("a", "implemented", "KA", "d", when, ""), found("f", "a", "MED", "confirmed", "2030-04-01")}
			}
			return []string{release("a", "KA", when, n, record.HedgeExact), release("b", "KA", "2030-04-05", 100, record.HedgeExact)}
		}
		wide := owingAt(t, at, clause, line(days(from, until))...).Duties("many")[0]
		exact := owingAt(t, at, clause, line(days(inner, innerEnd))...).Duties("many")[0]
		possible := func(d judge.DutyStatus) []judge.DutyState {
			if len(d.Possible) > 0 {
				return d.Possible
			}
			return []judge.DutyState{d.State}
		}
		for _, s := range possible(exact) {
			if !slices.Contains(possible(wide), s) {
				t.Fatalf("%s: %s gives %v, %s gives %v", at, days(from, until), possible(wide), days(inner, innerEnd), possible(exact))
			}
		}
	})
}
