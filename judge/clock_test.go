package judge

import (
	"testing"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/truth"
)

func lifeIn(t *testing.T, zone string) *life {
	t.Helper()
	z, err := moment.LoadZone(zone)
	if err != nil {
		t.Fatal(err)
	}
	return &life{zone: z, terms: &agreement.Terms{}}
}

func first(t *testing.T, text string) moment.Instant {
	t.Helper()
	x, err := moment.Parse(text, moment.UTC())
	if err != nil {
		t.Fatal(err)
	}
	return x.Earliest()
}

// TestHoursOfTheDayFollowTheClock, on the days on which it is changed too: in Kyiv it
// goes from 03:00 to 04:00 on 30 March 2025, and from 04:00 back to 03:00 on 26
// October.
func TestHoursOfTheDayFollowTheClock(t *testing.T) {
	l := lifeIn(t, "Europe/Kyiv")
	day := []agreement.Hours{{From: 7 * 3600, Until: 17 * 3600}}
	night := []agreement.Hours{{From: 22 * 3600, Until: 6 * 3600}}
	tests := []struct {
		name  string
		hours []agreement.Hours
		at    string
		want  truth.Value
		code  code
	}{
		{"inside", day, "2025-03-10T05:00Z", truth.Yes, codeInForce}, // 07:00
		{"before", day, "2025-03-10T04:59Z", truth.No, codeOutsideHours},
		{"the end is out", day, "2025-03-10T15:00Z", truth.No, codeOutsideHours},                  // 17:00
		{"first day of summer time", day, "2025-03-30T04:00Z", truth.Yes, codeInForce},            // 07:00 by then
		{"first hour too early", day, "2025-03-30T03:59Z", truth.No, codeOutsideHours},            // 06:59
		{"first day of winter time", day, "2025-10-26T05:00Z", truth.Yes, codeInForce},            // 07:00
		{"an hour before it", day, "2025-10-26T04:00Z", truth.No, codeOutsideHours},               // 06:00
		{"over midnight", night, "2025-03-10T21:00Z", truth.Yes, codeInForce},                     // 23:00
		{"after midnight", night, "2025-03-11T03:59Z", truth.Yes, codeInForce},                    // 05:59
		{"morning", night, "2025-03-11T04:00Z", truth.No, codeOutsideHours},                       // 06:00
		{"a day", day, "2025-03-10", truth.Maybe, codeHoursOpen},                                  // some of it
		{"a month", day, "2025-03", truth.Maybe, codeHoursOpen},                                   // all hours are in it
		{"two stretches", append(day, night...), "2025-03-10T16:00Z", truth.No, codeOutsideHours}, // 18:00
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at, err := moment.Parse(tt.at, moment.UTC())
			if err != nil {
				t.Fatal(err)
			}
			if got, why := l.hours(&agreement.Binding{Hours: tt.hours}, at); got != tt.want || why != tt.code {
				t.Errorf("%v %s, want %v %s", got, codeNames[why], tt.want, codeNames[tt.code])
			}
		})
	}
}

func TestGoingBackKeepsTheClock(t *testing.T) {
	l := lifeIn(t, "Europe/Kyiv")
	tests := []struct{ from, length, want string }{
		{"2025-03-10T10:00Z", "P5D", "2025-03-05T10:00Z"},
		{"2025-03-31T09:00Z", "P3D", "2025-03-28T10:00Z"}, // 12:00 by both clocks
		{"2025-03-10T10:00Z", "PT48H", "2025-03-08T10:00Z"},
		{"2025-03-01T10:00Z", "P56D", "2025-01-04T10:00Z"},
		{"2025-01-15T10:00Z", "P1M", "2024-12-15T10:00Z"},
		{"2025-03-10T10:00Z", "P2W", "2025-02-24T10:00Z"},
	}
	for _, tt := range tests {
		d, err := moment.ParseDuration(tt.length)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := l.back(first(t, tt.from), d), first(t, tt.want); got != want {
			t.Errorf("%s - %s: %s, want %s", tt.from, tt.length, got, want)
		}
	}
}

// TestComparisonsKeepTheirSigns: at exactly 100 mm three texts say three things.
func TestComparisonsKeepTheirSigns(t *testing.T) {
	exact, rough := figure{100_000, 100_000, true}, figure{82_000, 120_000, true}
	for _, tt := range []struct {
		sign         agreement.Sign
		exact, rough truth.Value
	}{
		{agreement.MoreThan, truth.No, truth.Maybe},
		{agreement.AtLeast, truth.Yes, truth.Maybe},
		{agreement.LessThan, truth.No, truth.Maybe},
		{agreement.AtMost, truth.Yes, truth.Maybe},
		{agreement.Equals, truth.Yes, truth.Maybe},
	} {
		c := &agreement.Comparison{Sign: tt.sign, Value: 100_000}
		if a, b := compareOne(c, exact), compareOne(c, rough); a != tt.exact || b != tt.rough {
			t.Errorf("%s: %v and %v", tt.sign, a, b)
		}
	}
	if o := compareAll(testCalibre, nil, figure{}); o.Value != truth.Maybe || o.code != codeUnknown {
		t.Errorf("an unknown figure: %+v", o)
	}
}
