package moment

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func zone(t testing.TB, name string) *Zone {
	t.Helper()
	z, err := LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func parse(t testing.TB, text string, z *Zone) Time {
	t.Helper()
	tm, err := Parse(text, z)
	if err != nil {
		t.Fatal(err)
	}
	return tm
}

func TestWhatATextStandsFor(t *testing.T) {
	kyiv := zone(t, "Europe/Kyiv")
	tests := []struct{ text, want string }{
		// Dates are read in the zone of the case, of the suffix, or on the stated clock.
		{"2025-03", "{[2025-02-28T22:00:00Z, 2025-03-31T21:00:00Z)}"},
		{"2025-03-18", "{[2025-03-17T22:00:00Z, 2025-03-18T22:00:00Z)}"},
		{"2025-03-18[Europe/Moscow]", "{[2025-03-17T21:00:00Z, 2025-03-18T21:00:00Z)}"},
		{"2025-03-18[!Europe/Moscow]", "{[2025-03-17T21:00:00Z, 2025-03-18T21:00:00Z)}"},
		{"2025-03-18[+05:30]", "{[2025-03-17T18:30:00Z, 2025-03-18T18:30:00Z)}"},
		{"2025-03-18[UTC]", "{[2025-03-18T00:00:00Z, 2025-03-19T00:00:00Z)}"},
		{"2024-08/..[Europe/Moscow]", "{[2024-07-31T21:00:00Z, +inf)}"},
		// Clock times: the second, the second :00 of a minute, the whole hour.
		{"2025-04-19T18:00:30+03:00", "{[2025-04-19T15:00:30Z, 2025-04-19T15:00:31Z)}"},
		{"2025-04-19T18:00:30.999Z", "{[2025-04-19T18:00:30Z, 2025-04-19T18:00:31Z)}"},
		{"2025-04-19T18:00+03:00", "{[2025-04-19T15:00:00Z, 2025-04-19T15:00:01Z)}"},
		{"2025-04-19T18:00+0300", "{[2025-04-19T15:00:00Z, 2025-04-19T15:00:01Z)}"},
		{"2025-04-19T18+03", "{[2025-04-19T15:00:00Z, 2025-04-19T16:00:00Z)}"},
		{"2025-04-19T24:00", "{[2025-04-19T21:00:00Z, 2025-04-19T21:00:01Z)}"},
		{"2025-04-19T18:00Z[Europe/Moscow]", "{[2025-04-19T18:00:00Z, 2025-04-19T18:00:01Z)}"},
		{"2025-04-19T18:00+03:00[Europe/Moscow]", "{[2025-04-19T15:00:00Z, 2025-04-19T15:00:01Z)}"},
		{"2025-04-19T18:00-04:00", "{[2025-04-19T22:00:00Z, 2025-04-19T22:00:01Z)}"},
		// A time shown twice is both; the day of the change has 25 hours or 23.
		{"2025-10-26T03:30", "{[2025-10-26T00:30:00Z, 2025-10-26T00:30:01Z), [2025-10-26T01:30:00Z, 2025-10-26T01:30:01Z)}"},
		{"2025-10-26T03", "{[2025-10-26T00:00:00Z, 2025-10-26T02:00:00Z)}"},
		{"2025-10-26", "{[2025-10-25T21:00:00Z, 2025-10-26T22:00:00Z)}"},
		{"2025-03-30", "{[2025-03-29T22:00:00Z, 2025-03-30T21:00:00Z)}"},
		{"2010-11-07[America/St_Johns]", "{[2010-11-07T02:30:00Z, 2010-11-07T02:31:00Z), [2010-11-07T03:30:00Z, 2010-11-08T03:30:00Z)}"},
		// About and uncertain.
		{"2022-11~", "{[2022-09-30T21:00:00Z, 2022-12-31T22:00:00Z)}"},
		{"2022-11?", "{[2022-10-31T22:00:00Z, 2022-11-30T22:00:00Z)}"},
		{"2025-03-12~[UTC]", "{[2025-03-11T00:00:00Z, 2025-03-14T00:00:00Z)}"},
		{"2025-03-12T18:00~[UTC]", "{[2025-03-12T17:59:00Z, 2025-03-12T18:01:01Z)}"},
		{"2025-03-12T18~[UTC]", "{[2025-03-12T17:00:00Z, 2025-03-12T20:00:00Z)}"},
		{"2025-03-12T18:00:00Z%", "{[2025-03-12T17:59:59Z, 2025-03-12T18:00:02Z)}"},
		{"2023-22~[UTC]", "{[2023-03-01T00:00:00Z, 2023-12-01T00:00:00Z)}"},
		{"2023-34~[UTC]", "{[2023-01-01T00:00:00Z, 2023-10-01T00:00:00Z)}"},
		{"199X~[UTC]", "{[1980-01-01T00:00:00Z, 2010-01-01T00:00:00Z)}"},
		{"2025-~01-31[UTC]", "{[2024-12-31T00:00:00Z, 2025-03-01T00:00:00Z)}"},
		{"2024-~02-29[UTC]", "{[2024-01-29T00:00:00Z, 2024-03-30T00:00:00Z)}"},
		// Parts of a year.
		{"2023-24[UTC]", "{[2023-12-01T00:00:00Z, 2024-03-01T00:00:00Z)}"},
		{"2023-30[UTC]", "{[2023-12-01T00:00:00Z, 2024-03-01T00:00:00Z)}"},
		{"2023-31[UTC]", "{[2023-03-01T00:00:00Z, 2023-06-01T00:00:00Z)}"},
		{"2023-32[UTC]", "{[2023-06-01T00:00:00Z, 2023-09-01T00:00:00Z)}"},
		{"2023-36[UTC]", "{[2023-10-01T00:00:00Z, 2024-01-01T00:00:00Z)}"},
		{"2023-39[UTC]", "{[2023-09-01T00:00:00Z, 2024-01-01T00:00:00Z)}"},
		{"2023-41[UTC]", "{[2023-07-01T00:00:00Z, 2024-01-01T00:00:00Z)}"},
		// Intervals.
		{"2025-03-12/2025-03[UTC]", "{[2025-03-12T00:00:00Z, 2025-04-01T00:00:00Z)}"},
		{"/2025[UTC]", "{[-inf, 2026-01-01T00:00:00Z)}"},
		{"../..", "{[-inf, +inf)}"},
		{"2025-04-19T18:00+03:00/2025-04-21T00:00+03:00", "{[2025-04-19T15:00:00Z, 2025-04-20T21:00:01Z)}"},
		// Sets, masks.
		{"[1667,1668, 1670..1672][UTC]", "{[1667-01-01T00:00:00Z, 1669-01-01T00:00:00Z), [1670-01-01T00:00:00Z, 1673-01-01T00:00:00Z)}"},
		{"{2025-03-12T10:00:00Z,2025-03-13..}[UTC]", "{[2025-03-12T10:00:00Z, 2025-03-12T10:00:01Z), [2025-03-13T00:00:00Z, +inf)}"},
		{"[2025-03-12T10:00:00Z..2025-03-12T10:00:05Z]", "{[2025-03-12T10:00:00Z, 2025-03-12T10:00:06Z)}"},
		{"2025-0X-31[UTC]", "{[2025-01-31T00:00:00Z, 2025-02-01T00:00:00Z), [2025-03-31T00:00:00Z, 2025-04-01T00:00:00Z), " +
			"[2025-05-31T00:00:00Z, 2025-06-01T00:00:00Z), [2025-07-31T00:00:00Z, 2025-08-01T00:00:00Z), [2025-08-31T00:00:00Z, 2025-09-01T00:00:00Z)}"},
		{"202X-02-29[UTC]", "{[2020-02-29T00:00:00Z, 2020-03-01T00:00:00Z), [2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z), [2028-02-29T00:00:00Z, 2028-03-01T00:00:00Z)}"},
		{"-000X[UTC]", "{[-0009-01-01T00:00:00Z, 0000-01-01T00:00:00Z)}"},
		{"XXXX-XX-XX[UTC]", "{[0000-01-01T00:00:00Z, +10000-01-01T00:00:00Z)}"},
	}
	for _, test := range tests {
		if got := parse(t, test.text, kyiv).Set().String(); got != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestBadTextsAreRefusedWithPlaceAndMend(t *testing.T) {
	kyiv := zone(t, "Europe/Kyiv")
	tests := []struct {
		text    string
		offset  int
		problem string
	}{
		{"", 0, "the text is empty"},
		{"..", 0, "an open end stands alone"},
		{"2025-13", 5, "there is no month 13"},
		{"2025-00", 5, "there is no month 00"},
		{"2025-42", 5, "there is no month 42"},
		{"2025-3-1", 5, "a month has two digits"},
		{"2025-2X", 5, "no month has these digits"},
		{"2025-04-31", 8, "there is no day 31 in April 2025"},
		{"2025-02-29", 8, "there is no day 29 in February 2025"},
		{"2025-03-1", 8, "a day has two digits"},
		{"20XX-02-30", 8, "no date has these digits"},
		{"XXXX-XX-32", 8, "no month has this day"},
		{"2023-22-05", 7, "a day cannot follow a season"},
		{"-0000", 0, "the year 0000 has no sign"},
		{"20", 0, "a year has four digits"},
		{"202", 0, "a year has four digits"},
		{"20250312", 0, "a year has four digits"},
		{"yesterday", 0, `a year is expected, not "yesterday"`},
		{"2025-03-12 18:00", 10, `unexpected " 18:00"`},
		{"2025-03-12 ", 10, `unexpected " "`},
		{"2025-03-12t18:00", 10, `unexpected "t18:00"`},
		{"2025-03-12T18:00z", 16, `unexpected "z"`},
		{"2025-03-12, a Wednesday", 10, `unexpected ", a Wednesda…"`},
		{"2025-03T18:00", 7, "a clock needs a full date before it"},
		{"2025-03-1XT18:00", 0, "a date with masked digits cannot have a clock"},
		{"2025-03-~12T18:00", 0, "a qualifier inside a date-time"},
		{"2025-03-12T25:00", 11, "there is no hour 25"},
		{"2025-03-12T24:01", 11, "hour 24 is the end of the day only"},
		{"2025-03-12T24", 11, "hour 24 is the end of the day only"},
		{"2025-03-12T18:60", 14, "there is no minute 60"},
		{"2025-03-12T18:00:60", 17, "there is no second 60"},
		{"2025-03-12T18:00:00.", 20, "digits are missing after the decimal mark"},
		{"2025-03-12T8:00", 11, "two digits of the hour are expected"},
		{"2025-03-12T18:00+15:00", 16, "the offset +15:00 is out of range"},
		{"2025-03-12T18:00-12:01", 16, "the offset -12:01 is out of range"},
		{"2025-03-12T18:00-00:00", 16, "there is no offset -00:00"},
		{"2025-03-12T18:00+02:00[Europe/Moscow]", 16, "the offset +02:00 is not that of Europe/Moscow at this moment"},
		{"2025-03-30T03:30", 16, "the clocks of Europe/Kyiv left this time out"},
		{"2011-12-30[Pacific/Apia]", 0, "the zone Pacific/Apia left this day out"},
		{"2025-03-12[Europe/Kijv]", 11, "no zone of this name is in the IANA rules " + ZoneRules},
		{"2025-03-12[]", 11, "no zone is named"},
		{"2025-03-12[+25:00]", 12, "there is no hour 25"},
		{"2025-03-12[+03:00x]", 17, "text after the offset"},
		{"2025-03-12[u-ca=hebrew]", 11, "only a zone may stand in brackets"},
		{"2025-03-12[UTC", 10, `unexpected "[UTC"`},
		{"2025-03-12/2025-03-10", 11, "the end lies before the start"},
		{"2024/2025/2026", 9, `unexpected "/2026"`},
		{"2025-03-12/x", 11, `a year is expected, not "x"`},
		{"2025-03-12x/2026", 10, `unexpected "x"`},
		{"[2025", 5, "the set is not closed"},
		{"[2025}", 5, `unexpected "}"`},
		{"[2025]x", 6, `unexpected "x"`},
		{"[]", 1, `a year is expected, not "]"`},
		{"[2025,]", 6, `a year is expected, not "]"`},
		{"[2025..,2026]", 5, "only the last member of a set can have an open end"},
		{"[2025,..2026]", 6, "only the first member of a set can have an open start"},
		{"[2026..2025]", 7, "the end lies before the start"},
		{"Y2025", 0, "Y stands before a year of more than four digits only"},
		{"Y", 1, "digits of a year are missing after Y"},
		{"Y17E", 4, "the exponent is missing after E"},
		{"Y17E99", 0, "the year is farther away than 200,000,000,000"},
		{"Y99999999999999999999", 0, "the year is farther away than 200,000,000,000"},
		{"Y017000", 0, "a year after Y does not begin with 0"},
		{"Y17E7-12", 5, "a month cannot follow this form of year"},
		{"1950S5", 4, "this year has from 1 to 4 significant digits"},
		{"1950S", 4, "this year has from 1 to 4 significant digits"},
		{"195XS2", 4, "masked digits and significant digits together"},
		{"XXXX-XX-05", 0, "the text stands for more than 12,000 separate stretches of time"},
		{"2025" + strings.Repeat("?", maxText), maxText, "the text is longer than 4096 bytes"},
		{"[" + strings.Repeat("156X-12-25,", 300) + "XXXX-12-25]", 3301, "the text stands for more than 12,000 separate stretches of time"},
	}
	for _, test := range tests {
		tm, err := Parse(test.text, kyiv)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.40q: got %v (%v), want an *Error", test.text, tm.Set(), err)
			continue
		}
		if e.Text != test.text || e.Offset != test.offset || e.Problem != test.problem {
			t.Errorf("%.40q:\n got %d %q\nwant %d %q", test.text, e.Offset, e.Problem, test.offset, test.problem)
		}
		if e.Mend == "" {
			t.Errorf("%.40q: %q says not how to mend it", test.text, e.Problem)
		}
	}
}

func TestErrorIsOneSentence(t *testing.T) {
	_, err := Parse("2025-13", nil)
	want := `"2025-13", at byte 6: there is no month 13; write from 01 to 12, or from 21 to 41 for a season or another part of the year`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestZoneOfATime(t *testing.T) {
	kyiv := zone(t, "Europe/Kyiv")
	for text, want := range map[string]string{
		"2025-03-18":                                    "Europe/Kyiv",
		"2025-03-18[Europe/Moscow]":                     "Europe/Moscow",
		"2025-04-19T18:00+03:00":                        "+03:00",
		"2025-04-19T18:00Z":                             "UTC",
		"2025-04-19T18:00Z[Europe/Moscow]":              "Europe/Moscow",
		"2025-04-19/2025-04-19T18:00-04:00":             "-04:00",
		"{2025-04-19T18:00+03:00,2025-04-20T18:00Z}":    "+03:00",
		"[2025-04-18,2025-04-19T18:00Z][Asia/Shanghai]": "Asia/Shanghai",
	} {
		if got := parse(t, text, kyiv).Zone().Name(); got != want {
			t.Errorf("%q: zone %s, want %s", text, got, want)
		}
	}
}

func TestPartsTellEnoughToWriteATimeInAnyLanguage(t *testing.T) {
	kyiv := zone(t, "Europe/Kyiv")
	ignoreZone := cmp.Comparer(func(a, b *Zone) bool { return a.Name() == b.Name() })
	tests := []struct {
		text string
		want Parts
	}{
		{"2025-03-12", Parts{Form: FormDate, Text: "2025-03-12", Precision: Day, Year: 2025, Month: 3, Day: 12, Zone: kyiv}},
		{"2025-03", Parts{Form: FormDate, Text: "2025-03", Precision: Month, Year: 2025, Month: 3, Zone: kyiv}},
		{"2022-11~", Parts{Form: FormDate, Text: "2022-11~", Precision: Month, Year: 2022, Month: 11, Approximate: YearComponent | MonthComponent, Zone: kyiv}},
		{"2004-?06-11", Parts{Form: FormDate, Text: "2004-?06-11", Precision: Day, Year: 2004, Month: 6, Day: 11, Uncertain: MonthComponent, Zone: kyiv}},
		{"2023-22", Parts{Form: FormDate, Text: "2023-22", Precision: Season, Year: 2023, Season: 22, Zone: kyiv}},
		{"2004-XX", Parts{Form: FormDate, Text: "2004-XX", Precision: Year, Year: 2004, Masked: MonthComponent, Zone: kyiv}},
		{"1985-04-XX", Parts{Form: FormDate, Text: "1985-04-XX", Precision: Month, Year: 1985, Month: 4, Masked: DayComponent, Zone: kyiv}},
		{"199X", Parts{Form: FormDate, Text: "199X", Precision: Decade, Year: 1990, Masked: YearComponent, Zone: kyiv}},
		{"19XX", Parts{Form: FormDate, Text: "19XX", Precision: Century, Year: 1900, Masked: YearComponent, Zone: kyiv}},
		{"-01XX", Parts{Form: FormDate, Text: "-01XX", Precision: Century, Year: -100, Masked: YearComponent, Zone: kyiv}},
		{"1XXX", Parts{Form: FormDate, Text: "1XXX", Precision: Millennium, Year: 1000, Masked: YearComponent, Zone: kyiv}},
		{"2025-04-19T18:05+03:00[Europe/Kyiv]", Parts{
			Form: FormDate, Text: "2025-04-19T18:05+03:00", Precision: Minute,
			Year: 2025, Month: 4, Day: 19, Hour: 18, Minute: 5, Zone: kyiv, Offset: true,
		}},
		{"2024-08/..", Parts{Form: FormInterval, Text: "2024-08/..", Precision: Interval, Zone: kyiv, Members: []Parts{
			{Form: FormDate, Text: "2024-08", Precision: Month, Year: 2024, Month: 8, Zone: kyiv},
			{Form: FormOpen, Text: ".."},
		}}},
		{"/2024", Parts{Form: FormInterval, Text: "/2024", Precision: Interval, Zone: kyiv, Members: []Parts{
			{Form: FormUnknown},
			{Form: FormDate, Text: "2024", Precision: Year, Year: 2024, Zone: kyiv},
		}}},
		{"{2023,2024..2025}", Parts{Form: FormAllOf, Text: "{2023,2024..2025}", Precision: Several, Zone: kyiv, Members: []Parts{
			{Form: FormDate, Text: "2023", Precision: Year, Year: 2023, Zone: kyiv},
			{Form: FormRange, Text: "2024..2025", Precision: Interval, Zone: kyiv, Members: []Parts{
				{Form: FormDate, Text: "2024", Precision: Year, Year: 2024, Zone: kyiv},
				{Form: FormDate, Text: "2025", Precision: Year, Year: 2025, Zone: kyiv},
			}},
		}}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, parse(t, test.text, kyiv).Parts(), ignoreZone); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"2025-03-12", "2022-11~", "2024-08/..[Europe/Kyiv]", "2025-04-19T18:00+03:00", "2025-04-19T18[Asia/Shanghai]",
		"[1667,1668, 1670..1672]", "{..1984,2025-03-12T10:00:00.5Z}", "156X-12-25", "Y-17E7", "1950S2", "2001-34", "2004?-06-~11",
		"-01XX~", "/", "../..", "2025-10-26T03:30[Europe/Kyiv]", "XXXX-X2-3X", "2025-02-30", "2025[", "]", "[", "[]", "[!]", "-", "T", "%", "2025-03-12T24:00",
	} {
		f.Add(text, "Europe/Kyiv")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		z, err := LoadZone(name)
		if err != nil {
			z = UTC()
		}
		tm, err := Parse(text, z)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Text != text || e.Offset < 0 || e.Offset > len(text) || e.Problem == "" {
				t.Fatalf("%q: bad error %#v", text, err)
			}
			return
		}
		if tm.IsZero() || tm.Impossible() || !tm.Set().Equal(NewSet(tm.Set()...)) {
			t.Fatalf("%q is read as %v", text, tm.Set())
		}
		again, err := Parse(tm.String(), z)
		if err != nil || !again.Equal(tm) {
			t.Fatalf("%q read again is %v (%v), was %v", text, again.Set(), err, tm.Set())
		}
		if h := tm.Hull(); tm.Earliest() != h.From || tm.Latest() != h.Last() {
			t.Fatalf("%q: hull %v, earliest %v, latest %v", text, h, tm.Earliest(), tm.Latest())
		}
	})
}

// What a set is written as is read back as the same set.
func TestOfWritesWhatParseReads(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	zones := []*Zone{UTC(), zone(t, "Europe/Kyiv"), zone(t, "+03:00"), zone(t, "America/St_Johns"), zone(t, "Pacific/Apia")}
	for range 2000 {
		z := zones[random.IntN(len(zones))]
		var spans []Span
		for range 1 + random.IntN(3) {
			from := Instant(random.Int64N(6e9) - 3e9)
			switch random.IntN(4) {
			case 0:
				spans = append(spans, z.Day(z.Clock(from).Year, z.Clock(from).Month, z.Clock(from).Day))
			case 1:
				spans = append(spans, Span{from, from + 1})
			case 2:
				spans = append(spans, Span{from, from.Add(random.Int64N(1e6))})
			case 3:
				spans = append(spans, [...]Span{{Past, from}, {from, Future}}[random.IntN(2)])
			}
		}
		want := NewSet(spans...)
		if want.Empty() {
			continue
		}
		text := Of(want, "", z).String()
		got, err := Parse(text, UTC())
		if err != nil || !got.Set().Equal(want) {
			t.Fatalf("%v in %s is written %q and read as %v (%v)", want, z, text, got.Set(), err)
		}
	}
}

func TestHowASetIsWritten(t *testing.T) {
	kyiv := zone(t, "Europe/Kyiv")
	for _, text := range []string{
		"2025-03-12[Europe/Kyiv]", "2025-03[Europe/Kyiv]", "2025[UTC]", "2025-03-12/2025-03-14[+02:00]",
		"2025-04-19T18:00:00+03:00[Europe/Kyiv]", "2025-04-19T18:00:00Z", "2025-04-19T18:00:00+05:30",
		"2025-04-19T18:00:00Z/..", "../2025-04-19T18:00:00Z", "../..[Europe/Kyiv]", "[2023,2025][UTC]",
		"[..2023-01-01T00:00:00Z,2025-01-01T00:00:00Z..]",
	} {
		tm := parse(t, text, kyiv)
		if got := Of(tm.Set(), "", tm.Zone()).String(); got != text && text != "../..[Europe/Kyiv]" {
			t.Errorf("%q is written %q", text, got)
		}
	}
}
