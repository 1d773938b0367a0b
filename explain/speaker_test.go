package explain_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// invented is a case made by hand: one agreement on everything, one that protects
// power plants only, parties NO and SE.
func invented(tb testing.TB) *explain.Speaker {
	tb.Helper()
	accord := func(id, title string, objects ...string) casefile.Version {
		return casefile.Version{Agreement: &agreement.Agreement{
			ID: id, Title: record.Text{"en": title}, CommonText: true,
			Undrawn: map[string]record.Text{"line:front": {"en": "No line was published."}},
			Terms: agreement.Terms{
				Start: &agreement.EntryIntoForce{Requires: []agreement.Precondition{
					{Kind: agreement.RequiresAccepted, Parties: []string{"NO"}, Strength: record.StrengthSigned},
				}},
				Prohibitions: []*agreement.Prohibition{{Label: "1", Scope: agreement.Scope{
					Binds: []string{"NO", "SE"}, Acts: []string{"attack"}, Objects: objects,
					Doubts: []agreement.Doubt{{Branch: "energy/gas", Field: "objects", Question: record.Text{"en": "Is gas meant?"}, Pos: agreement.Pos{File: id + ".md", Line: 7}}},
				}}},
			},
			Pos: agreement.Pos{File: id + ".md", Line: 1},
		}}
	}
	c := &casefile.Case{
		ID: "invented", Zone: moment.UTC(),
		Parties: map[string]casefile.Party{
			"NO": {Code: "NO", Short: record.Text{"en": "Norland", "ru": "Яландия"}},
			"SE": {Code: "SE", Short: record.Text{"en": "Seland", "ru": "Аландия"}},
		},
		People:   map[string]casefile.Person{"doe": {ID: "doe", Name: record.Text{"en": "Jane Doe", "zh": "简·多伊"}}},
		Versions: []casefile.Version{accord("whole", "Whole truce"), accord("plants", "Plants accord", "energy/electricity")},
	}
	s, err := explain.New(c)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func under(by string, state judge.State, possible ...judge.State) judge.ReadingStatus {
	return judge.ReadingStatus{By: by, State: state, Possible: possible}
}

func noText() judge.ReadingStatus {
	return judge.ReadingStatus{By: judge.Text, State: judge.Undetermined, Reasons: []judge.Step{{Detail: "text.no-common-text"}}}
}

func TestAnswerIsOfEachAgreementByItsOwnReadings(t *testing.T) {
	s := invented(t)
	one := func(id string, readings ...judge.ReadingStatus) judge.AgreementStatus {
		states := map[judge.State]bool{}
		for _, r := range readings {
			states[r.State] = true
		}
		return judge.AgreementStatus{ID: id, Readings: readings, DependsOnReading: len(states) > 1}
	}
	tests := []struct {
		name       string
		agreements []judge.AgreementStatus
		first      string
		rest       []string
	}{
		{"nothing known", nil, "No. No text of a ceasefire was known on 12 March 2025.", nil},
		{"one waits", []judge.AgreementStatus{one("whole", under("text", judge.Tabled))}, "No. By no reading", []string{"Whole truce: tabled."}},
		{"in force by all", []judge.AgreementStatus{one("whole", under("text", judge.InForce), under("NO", judge.InForce))}, "Yes, in the texts.", []string{"Whole truce: in force."}},
		{"certain objects only", []judge.AgreementStatus{one("plants", under("text", judge.InForce))}, "In part, in the texts.", []string{"Plants accord: in force."}},
		{
			"one binds, another waits: no dependence on a reading",
			[]judge.AgreementStatus{one("whole", under("text", judge.InForce)), one("plants", under("text", judge.Pending))},
			"Yes, in the texts.",
			[]string{"Whole truce: in force.", "Plants accord: pending."},
		},
		{
			"readings differ",
			[]judge.AgreementStatus{one("whole", under("text", judge.Pending), under("SE", judge.InForce), under("NO", judge.Pending))},
			"It depends on the reading.",
			[]string{"Whole truce: the text itself: pending; reading of Norland: pending; reading of Seland: in force."},
		},
		{
			"no common text: the readings answer",
			[]judge.AgreementStatus{{ID: "whole", Readings: []judge.ReadingStatus{noText(), under("NO", judge.InForce), under("SE", judge.InForce)}}},
			"Yes, in the texts.",
			[]string{"Whole truce: in force."},
		},
		{"no common text and no reading", []judge.AgreementStatus{{ID: "whole", Readings: []judge.ReadingStatus{noText()}}}, "It cannot be determined", []string{"Whole truce: cannot be determined."}},
		{
			"may have begun",
			[]judge.AgreementStatus{one("whole", under("text", judge.Undetermined, judge.Pending, judge.InForce))},
			"It cannot be determined",
			[]string{"Whole truce: cannot be determined (possible: pending, in force)."},
		},
		{
			"undetermined between states of which none binds",
			[]judge.AgreementStatus{one("whole", under("text", judge.Undetermined, judge.Draft, judge.Tabled))},
			"No. By no reading",
			[]string{"Whole truce: cannot be determined (possible: draft, tabled)."},
		},
		{"suspended is not in force", []judge.AgreementStatus{one("whole", under("text", judge.Suspended))}, "No. By no reading", []string{"Whole truce: suspended."}},
		{"over: not told again", []judge.AgreementStatus{one("whole", under("text", judge.Expired))}, "No. By no reading", nil},
		{"known only later: left out", []judge.AgreementStatus{{ID: "whole", Upcoming: true, Readings: []judge.ReadingStatus{under("text", judge.InForce)}}}, "No. No text", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := s.Answer("en", judge.Status{At: "2025-03-12T23:59:59Z", Agreements: tt.agreements})
			if !strings.HasPrefix(got[0], tt.first) {
				t.Errorf("answer %q, want %q …", got[0], tt.first)
			}
			if diff := cmp.Diff(tt.rest, slices.Clip(append([]string(nil), got[1:]...))); diff != "" {
				t.Errorf("the agreements (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnswerTellsWhoStandsWhereWhileItWaits(t *testing.T) {
	s := invented(t)
	r := under("text", judge.Pending)
	r.Positions = map[string]judge.PositionStatus{
		"SE": {Position: record.PositionAccepts, Strength: record.StrengthSigned}, "NO": {Position: record.PositionConsidering},
	}
	r.Preconditions = []judge.PreconditionStatus{{ID: "accepted:NO", State: judge.ConditionOpen}, {ID: "accepted:SE", State: judge.ConditionMet}}
	st := judge.Status{At: "2025-03-12T23:59:59Z", Agreements: []judge.AgreementStatus{{ID: "whole", Readings: []judge.ReadingStatus{r}}}}
	for lang, want := range map[string]string{
		"en": "Whole truce: pending. Norland: considering; Seland: accepts (signed). Open conditions for the start: 1 of 2.",
		"ru": "Whole truce: ожидает вступления в силу. Аландия: принимает (подписано); Яландия: рассматривает. Не выполнено условий начала: 1 из 2.",
	} {
		if got := s.Answer(lang, st)[1]; got != want {
			t.Errorf("%s:\n got %q\nwant %q", lang, got, want)
		}
	}
}

func TestReasonsAskTheOpenQuestionAndSayWhyNothingIsDrawn(t *testing.T) {
	s := invented(t)
	disputed := judge.Step{Test: "object", Detail: "object.disputed", Args: truth.Args{"named": "energy/gas/storage", "doubt": "energy/gas"}, Position: &agreement.Pos{File: "whole.md", Line: 7}}
	if got, want := s.Step("en", disputed), "It is not settled whether the clause covers what was hit or aimed at: gas storage. The open question: Is gas meant?"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	disputed.Position = nil
	if got := s.Step("en", disputed); strings.Contains(got, "question") {
		t.Errorf("a question from nowhere: %q", got)
	}
	if disputed.Args["question"] != "" {
		t.Error("the step was written to")
	}
	undrawn := judge.Step{Test: "area", Detail: "area.undrawn", Args: truth.Args{"undrawn": "line:front,line:river"}}
	if got, want := s.Step("en", undrawn), "The clause names what has not been drawn on a map: the front line, line “river”. No line was published."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestStartAndEndAreToldByTheClockOfTheTerms: a term that begins at midnight in
// Moscow begins at midnight.
func TestStartAndEndAreToldByTheClockOfTheTerms(t *testing.T) {
	s := invented(t)
	st := judge.Step{Detail: "start.begun", Args: truth.Args{"from": "2025-03-17T21:00:00Z", "zone": "Europe/Moscow"}}
	if got, want := s.Step("en", st), "It has begun to bind. Start: 18 March 2025, 00:00 Moscow time (UTC+3)."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	st.Args = truth.Args{"from": "2025-03-24T22:00:00Z/2025-03-25T21:59:59Z", "zone": "Europe/Kyiv"}
	if got, want := s.Step("en", st), "It has begun to bind. Start: 25 March 2025, exact moment not known."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	st.Args = truth.Args{"from": "2025-03-24T22:00:00Z/..", "zone": "Europe/Kyiv"}
	if got, want := s.Step("en", st), "It has begun to bind. Start: not before 25 March 2025, 00:00 Kyiv time (UTC+2), perhaps never."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPreconditionsByName(t *testing.T) {
	s := invented(t)
	for id, want := range map[string]string{
		"accepted:NO":                "Norland accepts (at least: signed)",
		"accepted:SE":                "Seland accepts",
		"implemented-together:SE,NO": "Carried out at the same time: Norland, Seland",
		"met:relief":                 "Condition: relief",
		"unheard-of:NO":              "[unheard-of:NO]",
		"":                           "[]",
	} {
		if got := s.Precondition("en", id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

func TestContactsAreToldAsRanges(t *testing.T) {
	s := invented(t)
	months := func(ref string, least, most moment.Period) judge.Gap {
		return judge.Gap{Since: record.Ref(ref), When: "2022-11", Least: least, Most: most, MonthsLeast: least.Months, MonthsMost: most.Months}
	}
	c := judge.Contact{
		Gaps: []judge.Gap{
			months("A51", moment.Period{Months: 27, Days: 11}, moment.Period{Months: 28, Days: 10}),
			months("B1", moment.Period{Months: 27, Days: 25}, moment.Period{Months: 27, Days: 25}),
			months("B2", moment.Period{Months: 3, Days: 1}, moment.Period{Months: 3, Days: 9}),
			months("B3", moment.Period{Days: 1}, moment.Period{Days: 21}),
		},
		NoneBetween: []record.Ref{"A52", "A53"},
	}
	want := []string{
		"27 to 28 months after the previous known contact, according to A51 (November 2022).",
		"27 months and 25 days after the previous known contact, according to B1 (November 2022).",
		"3 months after the previous known contact, according to B2 (November 2022).",
		"1 to 21 days after the previous known contact, according to B3 (November 2022).",
		"No contact in between, according to: A52, A53.",
	}
	if diff := cmp.Diff(want, s.Contact("en", c)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := s.Contact("uk", c)[3]; !strings.HasPrefix(got, "1–21 день після ") {
		t.Errorf("uk: %q", got)
	}
}

func TestVoices(t *testing.T) {
	s := invented(t)
	tests := []struct {
		name    string
		voice   *record.Voice
		through *record.Channel
		en, zh  string
	}{
		{"person", &record.Voice{Person: "doe", Office: record.Text{"en": "spokeswoman", "zh": "发言人"}, Party: "NO"}, nil, "Jane Doe, spokeswoman, Norland", "简·多伊，发言人，Norland"},
		{"anonymous", &record.Voice{Anonymous: record.Text{"en": "a senior source"}}, &record.Channel{Outlet: "Agency"}, "a senior source (anonymous), via Agency", "a senior source（匿名），经由Agency"},
		{"institution on an occasion", &record.Voice{Institution: record.Text{"en": "Staff"}, Party: "SE"}, &record.Channel{Occasion: record.Text{"en": "briefing"}}, "Staff, Seland, briefing", "Staff，Seland，briefing"},
		{"citing", &record.Voice{Name: record.Text{"en": "A. Roe"}, Citing: &record.Voice{Party: "SE"}}, nil, "A. Roe, citing: Seland", "A. Roe，援引：Seland"},
		{"document", &record.Voice{Document: "S9"}, nil, "the document itself (S9)", "文件本身（S9）"},
		{"outlet alone", nil, &record.Channel{Outlet: "Agency"}, "via Agency", "经由Agency"},
		{"nobody", nil, nil, "", ""},
	}
	for _, tt := range tests {
		if got := s.Voice("en", tt.voice, tt.through); got != tt.en {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.en)
		}
		if got := s.Voice("zh", tt.voice, tt.through); got != tt.zh {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.zh)
		}
	}
}

func TestRulingKeepsTheAxesApartAndShowsTheDecisionBesideTheComputation(t *testing.T) {
	s := invented(t)
	r := judge.Ruling{
		Agreement: "whole", Clause: "1", Reading: "NO", Classification: judge.Violation, Occurrence: judge.Admissible,
		Attribution: judge.Attribution{Value: "contested", Claims: []judge.Attributing{
			{Party: "NO", By: "SE"}, {Party: "SE", By: "NO", Denies: "NO"}, {Party: "NO", By: "", Found: true, Confidence: "high"}, {By: "SE"},
		}},
		Ruled: "no-violation", Outranks: true,
		Established: &judge.Step{Test: "established", Detail: "established.no-clause"},
		Reasons:     []judge.Step{{Detail: "actor.unknown", Settle: []truth.Gap{{Code: "gap.actor"}}}},
	}
	want := []string{
		"Whole truce, clause 1, reading of Norland: alleged violation. Occurrence: reported, not verified. Attribution: contested (Seland names: Norland; Norland denies it and names: Seland; finding (a source of no side): Norland, confidence: high).",
		"The body that the text empowers ruled: no violation. Computed from the record: alleged violation. The ruling outranks the computation.",
		"Alleged, not established: no clause says who finds breaches and by what standard.",
		"The report does not say who did it. Still to be found out: who did it.",
	}
	if diff := cmp.Diff(want, s.Ruling("en", r)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	r.Outranks = false
	if got, want := s.Ruling("en", r)[1], "A body that the text does not empower said: no violation. Computed from the record: alleged violation."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSummaryNamesEachReadingWhereTheyDiffer(t *testing.T) {
	s := invented(t)
	sm := judge.Summary{Agreement: "whole", Overall: judge.DependsOnReading, ByReading: map[string][]judge.Classification{"SE": {judge.NotInForce}, "NO": {judge.NotDecided, judge.NoViolation}}}
	if got, want := s.Summary("en", sm), "Whole truce: depends on the reading (reading of Norland: undetermined; reading of Seland: not in force)."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestWhatIsNotKnownComesOutInBrackets: nothing panics and nothing is dropped.
func TestWhatIsNotKnownComesOutInBrackets(t *testing.T) {
	s := invented(t)
	for got, want := range map[string]string{
		s.Step("en", judge.Step{Detail: "no.such"}):             "[no.such]",
		s.Gap("en", truth.Gap{Code: "gap.no-such"}):             "[gap.no-such]",
		s.State("zh", "strange"):                                "[strange]",
		s.Counting("en", "by the moon"):                         "[by-the-moon]",
		s.Branch("en", "colours", "red"):                        "red",
		s.Party("en", "XX"):                                     "XX",
		s.Area("en", "area:nowhere"):                            "nowhere",
		s.Step("en", judge.Step{Detail: "actor.bound"}):         "The report names a side that the clause binds: [party].",
		s.Step("xx", judge.Step{Detail: "actor.unknown"}):       "The report does not say who did it.",
		s.Step("zh-Hant-TW", judge.Step{Detail: "gap.unheard"}): "[gap.unheard]",
		s.State("zh-Hant", "draft"):                             "草案",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	what, why, mend := s.Finding("en", agreement.Finding{Code: "strange"})
	if what != "[lint.strange]" || why != "[lint.strange.why]" || mend != "[lint.strange.mend]" {
		t.Errorf("finding: %q %q %q", what, why, mend)
	}
	if _, err := explain.New(nil); err == nil {
		t.Error("no case, no error")
	}
}

func TestNumbersAndDistancesByLanguage(t *testing.T) {
	s := invented(t)
	for _, tt := range []struct{ metres, en, ru, zh string }{
		{"0", "0 m", "0 м", "0米"},
		{"850", "850 m", "850 м", "850米"},
		{"4000", "4 km", "4 км", "4公里"},
		{"2534", "2.53 km", "2,53 км", "2.53公里"},
		{"25340", "25.3 km", "25,3 км", "25.3公里"},
		{"1234567", "1,235 km", "1235 км", "1,235公里"},
		{"far", "far", "far", "far"},
	} {
		for lang, want := range map[string]string{"en": tt.en, "ru": tt.ru, "zh": tt.zh} {
			if got := s.Format(lang, "distance", tt.metres); got != want {
				t.Errorf("%s in %s: %q, want %q", tt.metres, lang, got, want)
			}
		}
	}
}

func TestSortingLeavesTheGivenListAlone(t *testing.T) {
	s := invented(t)
	codes := []string{"ZZ", "SE", "NO", "AA"}
	if got := strings.Join(s.SortParties("en", codes), " "); got != "NO SE AA ZZ" {
		t.Errorf("en: %s", got)
	}
	if got := strings.Join(s.SortParties("ru", codes), " "); got != "SE NO AA ZZ" {
		t.Errorf("ru: %s", got)
	}
	if codes[0] != "ZZ" {
		t.Error("the list given was sorted")
	}
}

func TestASpeakerMayBeUsedByMany(t *testing.T) {
	s := invented(t)
	st := judge.Step{Detail: "start.begun", Args: truth.Args{"from": "2025-03-17T21:00:00Z", "zone": "Europe/Moscow"}}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, lang := range explain.Languages() {
				s.Step(lang, st)
				s.SortParties(lang, []string{"SE", "NO"})
			}
		})
	}
	group.Wait()
}
