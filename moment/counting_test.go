package moment

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestLengthsAreReadAndWritten(t *testing.T) {
	tests := []struct {
		text, canonical string
		want            Duration
	}{
		{"P30D", "P30D", Duration{Days: 30}},
		{"PT720H", "PT720H", Duration{Hours: 720}},
		{"P1Y2M3W4DT5H6M7S", "P1Y2M3W4DT5H6M7S", Duration{1, 2, 3, 4, 5, 6, 7}},
		{"P1M", "P1M", Duration{Months: 1}},
		{"PT1M", "PT1M", Duration{Minutes: 1}},
		{"P0030D", "P30D", Duration{Days: 30}},
		{"P0D", "P0D", Duration{}},
		{"PT0S", "P0D", Duration{}},
		{"P0DT36H", "PT36H", Duration{Hours: 36}},
	}
	for _, test := range tests {
		got, err := ParseDuration(test.text)
		if err != nil || got != test.want || got.String() != test.canonical {
			t.Errorf("%q: got %+v, %q (%v)", test.text, got, got, err)
		}
	}
}

func TestBadLengthsAreRefused(t *testing.T) {
	tests := []struct {
		text    string
		offset  int
		problem string
	}{
		{"", 0, "a length of time begins with P"},
		{"30 days", 0, "a length of time begins with P"},
		{"-P30D", 0, "a length of time begins with P"},
		{"P", 1, "no unit is named"},
		{"PT", 2, "hours, minutes or seconds are missing after T"},
		{"P30", 3, "the unit is missing after the number"},
		{"P30d", 3, `no unit is written "d"`},
		{"PD", 1, `a number is expected, not "D"`},
		{"P-3D", 1, `a number is expected, not "-3D"`},
		{"P3D2M", 4, "the unit M is out of order, repeated, or on the wrong side of T"},
		{"P3D3D", 4, "the unit D is out of order, repeated, or on the wrong side of T"},
		{"P3H", 2, "hours and seconds stand after T"},
		{"PT3D", 3, "the unit D is out of order, repeated, or on the wrong side of T"},
		{"P1.5D", 2, "a length has no fractions"},
		{"P9999999999D", 1, "the number is above 999,999,999"},
		{"P1DT1HT1M", 6, `a number is expected, not "T1M"`},
	}
	for _, test := range tests {
		_, err := ParseDuration(test.text)
		var e *Error
		if !errors.As(err, &e) || e.Offset != test.offset || e.Problem != test.problem || e.Mend == "" {
			t.Errorf("%q: got %v", test.text, err)
		}
	}
}

func TestALengthWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d Duration
		for _, u := range d.units() {
			*u.value = rapid.IntRange(0, 999_999_999).Draw(t, "unit") * rapid.IntRange(0, 1).Draw(t, "present")
		}
		if got, err := ParseDuration(d.String()); err != nil || got != d {
			t.Fatalf("%+v is written %q and read %+v (%v)", d, d, got, err)
		}
	})
}

func FuzzParseDuration(f *testing.F) {
	for _, text := range []string{"P30D", "PT720H", "P1Y2M3W4DT5H6M7S", "P", "PT", "P1.5D", "P99999999999999999999D", "P3D3D"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDuration(text)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Text != text || e.Offset > len(text) || d != (Duration{}) {
				t.Fatalf("%q: bad error %#v", text, err)
			}
			return
		}
		if again, err := ParseDuration(d.String()); err != nil || again != d {
			t.Fatalf("%q is read %+v, written %q and read %+v (%v)", text, d, d, again, err)
		}
	})
}

func TestEndsUnderEachRuleOfCounting(t *testing.T) {
	moscow, kyiv := zone(t, "Europe/Moscow"), zone(t, "Europe/Kyiv")
	tests := []struct {
		start, length string
		counting      Counting
		zone          *Zone
		want          string
	}{
		// Thirty days from 18 March: the last moment is the end of the 16th, on the 17th, the end
		// of the 17th, the end of the 18th of April.
		{"2025-03-18", "P30D", CountDayOne, moscow, "2025-04-17T00:00:00+03:00[Europe/Moscow]"},
		{"2025-03-18", "P30D", CountHours, moscow, "2025-04-17[Europe/Moscow]"},
		{"2025-03-18", "P30D", CountDayZero, moscow, "2025-04-18T00:00:00+03:00[Europe/Moscow]"},
		{"2025-03-18", "P30D", CountMonth, moscow, "2025-04-19T00:00:00+03:00[Europe/Moscow]"},
		{"2025-03-18T10:00", "P30D", CountHours, moscow, "2025-04-17T10:00:00+03:00[Europe/Moscow]"},
		// 720 hours over the change of clocks end an hour later by the clock; days do not.
		{"2025-03-18T10:00", "P30D", CountHours, kyiv, "2025-04-17T11:00:00+03:00[Europe/Kyiv]"},
		{"2025-03-18T10:00", "PT720H", CountHours, kyiv, "2025-04-17T11:00:00+03:00[Europe/Kyiv]"},
		{"2025-03-18T10:00", "P30D", CountDayOne, kyiv, "2025-04-17T00:00:00+03:00[Europe/Kyiv]"},
		{"2025-03-18T10:00", "P1M", CountHours, kyiv, "2025-04-18T10:00:00+03:00[Europe/Kyiv]"},
		{"2025-01-31T10:00", "P1M", CountHours, kyiv, "2025-02-28T10:00:00+02:00[Europe/Kyiv]"},
		// Months at the end of a month.
		{"2025-01-31", "P1M", CountDayOne, kyiv, "2025-03-01T00:00:00+02:00[Europe/Kyiv]"},
		{"2025-01-28", "P1M", CountDayOne, kyiv, "2025-02-28T00:00:00+02:00[Europe/Kyiv]"},
		{"2025-01-31", "P1M", CountDayZero, kyiv, "2025-03-01T00:00:00+02:00[Europe/Kyiv]"},
		{"2025-01-31", "P30D", CountMonth, kyiv, "2025-03-01T00:00:00+02:00[Europe/Kyiv]"},
		{"2025-01-15", "P65D", CountMonth, kyiv, "2025-03-21T00:00:00+02:00[Europe/Kyiv]"},
		{"2024-02-29", "P1Y", CountDayZero, kyiv, "2025-03-01T00:00:00+02:00[Europe/Kyiv]"},
		{"2025-03-18", "P2W", CountDayOne, kyiv, "2025-04-01T00:00:00+03:00[Europe/Kyiv]"},
		// An imprecise start gives an imprecise end, an open one an unbounded end.
		{"2025-03-18/2025-03-19", "P30D", CountDayOne, moscow, "2025-04-17T00:00:00+03:00/2025-04-18T00:00:00+03:00[Europe/Moscow]"},
		{"2025-03-18/..", "P30D", CountDayOne, moscow, "2025-04-17T00:00:00+03:00/..[Europe/Moscow]"},
		{"2025-01-30/2025-01-31", "P1M", CountHours, kyiv, "2025-02-28[Europe/Kyiv]"},
	}
	for _, test := range tests {
		d, err := ParseDuration(test.length)
		if err != nil {
			t.Fatal(err)
		}
		got, err := End(parse(t, test.start, test.zone), d, test.counting, nil)
		if err != nil || got.String() != test.want {
			t.Errorf("%s %s from %s: got %v (%v), want %s", test.length, test.counting, test.start, got, err, test.want)
		}
	}
}

func TestEndsThatCannotBeCounted(t *testing.T) {
	start := parse(t, "2025-03-18", nil)
	far := parse(t, "Y199E9", nil)
	tests := []struct {
		start    Time
		length   Duration
		counting Counting
		problem  string
	}{
		{start, Duration{}, CountHours, "the length is zero"},
		{start, Duration{Hours: 12}, CountDayOne, "a length with hours, minutes or seconds cannot be counted by whole days"},
		{start, Duration{Days: 30}, "as it pleases", "there is no such rule of counting"},
		{start, Duration{Days: -1}, CountHours, "a unit of the length is negative or above 999,999,999"},
		{far, Duration{Years: 999_999_999}, CountDayOne, "the end lies farther away than the year 200,000,000,000"},
		{far, Duration{Years: 999_999_999, Months: 999_999_999, Weeks: 999_999_999}, CountHours, "the end lies farther away than the year 200,000,000,000"},
	}
	for _, test := range tests {
		got, err := End(test.start, test.length, test.counting, nil)
		var e *Error
		if !errors.As(err, &e) || e.Problem != test.problem || e.Mend == "" {
			t.Errorf("%+v %s: got %v (%v)", test.length, test.counting, got, err)
		}
	}
	if end, err := End(Time{}, Duration{Days: 1}, CountHours, nil); err != nil || !end.IsZero() {
		t.Errorf("the end of an absent start is %v (%v)", end, err)
	}
	if end, err := End(start.Clip(Span{0, 1}), Duration{Days: 1}, CountHours, nil); err != nil || !end.Impossible() {
		t.Errorf("the end of an impossible start is %v (%v)", end, err)
	}
}

func TestCountingsAreFourAndAllCount(t *testing.T) {
	start := parse(t, "2025-03-18", nil)
	if n := len(Countings()); n != 4 {
		t.Fatalf("%d rules", n)
	}
	for _, c := range Countings() {
		if _, err := End(start, Duration{Days: 30}, c, nil); err != nil {
			t.Errorf("%s: %v", c, err)
		}
	}
}

func TestDifferences(t *testing.T) {
	kyiv := zone(t, "Europe/Kyiv")
	tests := []struct {
		from, to string
		want     Range
	}{
		{"2022-11", "2025-03-11", Range{Least: Period{27, 11}, Most: Period{28, 10}, LeastDays: 832, MostDays: 861}},
		{"2022-11-14", "2025-03-11", Range{Least: Period{27, 25}, Most: Period{27, 25}, LeastDays: 848, MostDays: 848}},
		{"2022-11-14T23:00", "2025-03-11T01:00", Range{Least: Period{27, 25}, Most: Period{27, 25}, LeastDays: 848, MostDays: 848}},
		{"2023-22", "2025-03-11", Range{Least: Period{18, 11}, Most: Period{21, 10}, LeastDays: 558, MostDays: 649}},
		{"2025-03-11", "2022-11-14", Range{Least: Period{-27, -25}, Most: Period{-27, -25}, LeastDays: -848, MostDays: -848}},
		{"2025-03-10/2025-03-12", "2025-03-11", Range{Least: Period{0, -1}, Most: Period{0, 1}, LeastDays: -1, MostDays: 1}},
		{"2025-01-31", "2025-03-01", Range{Least: Period{1, 1}, Most: Period{1, 1}, LeastDays: 29, MostDays: 29}},
		{"2024-02-29", "2025-02-28", Range{Least: Period{12, 0}, Most: Period{12, 0}, LeastDays: 365, MostDays: 365}},
		{"2025-03-11", "2025-03-11", Range{}},
		{"../2024-08-31", "2025-03-11", Range{Least: Period{6, 11}, LeastDays: 192, OpenAbove: true}},
		{"2025-03-11", "2025-03-12/..", Range{Least: Period{0, 1}, LeastDays: 1, OpenAbove: true}},
		{"2024-08/..", "2025-03-11", Range{Most: Period{7, 10}, MostDays: 222, OpenBelow: true}},
	}
	for _, test := range tests {
		got := Difference(parse(t, test.from, kyiv), parse(t, test.to, kyiv), nil)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("from %s to %s (-want +got):\n%s", test.from, test.to, diff)
		}
	}
	open := Range{OpenBelow: true, OpenAbove: true}
	if got := Difference(Time{}, parse(t, "2025", kyiv), nil); got != open {
		t.Errorf("from an absent time: %+v", got)
	}
}

func TestMonthsAreARangeWhereTimesAreImprecise(t *testing.T) {
	for from, want := range map[string][2]int{"2022-11": {27, 28}, "2022-11-14": {27, 27}, "2023-22": {18, 21}} {
		least, most := Difference(parse(t, from, nil), parse(t, "2025-03-11", nil), nil).MonthsRange()
		if least != want[0] || most != want[1] {
			t.Errorf("from %s: %d to %d months, want %v", from, least, most, want)
		}
	}
}
