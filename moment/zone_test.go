package moment

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestZoneRulesAreThoseOfTheNamedRelease(t *testing.T) {
	// The hash of zones/zoneinfo.zip for the release that ZoneRules names.
	const release, want = "2025c", "8f55634d05f8bca1f7bc7c69c5933428c69357e0bdf565e5ba224e3f88ff12e8"
	sum := sha256.Sum256(zoneArchive)
	if got := hex.EncodeToString(sum[:]); got != want || ZoneRules != release {
		t.Errorf("rules %s with hash %s; want %s with %s", ZoneRules, got, release, want)
	}
}

func TestOffsetsOfZones(t *testing.T) {
	tests := []struct {
		zone, at string
		want     int // minutes
	}{
		{"Europe/Moscow", "2014-10-25T21:59:59Z", 240},
		{"Europe/Moscow", "2014-10-25T22:00:00Z", 180},
		{"Europe/Moscow", "2025-07-01T00:00:00Z", 180},
		{"Europe/Kyiv", "2025-03-30T00:59:59Z", 120},
		{"Europe/Kyiv", "2025-03-30T01:00:00Z", 180},
		{"Europe/Kiev", "2025-07-01T00:00:00Z", 180},
		{"Europe/Kyiv", "2060-12-31T12:00:00Z", 120},
		{"Asia/Shanghai", "2025-03-12T00:00:00Z", 480},
		{"Asia/Riyadh", "2025-03-11T00:00:00Z", 180},
		{"America/New_York", "2025-03-11T00:00:00Z", -240},
		{"UTC", "2025-03-11T00:00:00Z", 0},
		{"+05:30", "2025-03-11T00:00:00Z", 330},
		{"-03", "2025-03-11T00:00:00Z", -180},
	}
	for _, test := range tests {
		at := parse(t, test.at, nil).Earliest()
		if got := zone(t, test.zone).Offset(at) / 60; got != test.want {
			t.Errorf("%s at %s: %d min, want %d", test.zone, test.at, got, test.want)
		}
	}
}

func TestNamesOfZones(t *testing.T) {
	for given, want := range map[string]string{
		"UTC": "UTC", "Europe/Kyiv": "Europe/Kyiv", "+03": "+03:00", "-0330": "-03:30", "+00:00": "UTC",
	} {
		if got := zone(t, given).String(); got != want {
			t.Errorf("%q is named %q, want %q", given, got, want)
		}
	}
	for given, mend := range map[string]string{
		"": "write an IANA name", "europe/kyiv": "write Europe/Kyiv", "utc": "write UTC",
		"Local": "write an IANA name", "../etc/passwd": "write an IANA name", "-00:00": "write Z or +00:00", "+3": "write the hour as 09",
	} {
		_, err := LoadZone(given)
		var e *Error
		if !errors.As(err, &e) || !strings.HasPrefix(e.Mend, mend) {
			t.Errorf("%q: got %v, want the mend %q", given, err, mend)
		}
	}
	var none *Zone
	if none.Name() != "" || none.Offset(0) != 0 {
		t.Errorf("the nil zone is %q, offset %d", none.Name(), none.Offset(0))
	}
}

func TestEveryEmbeddedZoneLoadsOnce(t *testing.T) {
	table, err := zoneTable()
	if err != nil {
		t.Fatal(err)
	}
	if len(table) < 500 {
		t.Fatalf("only %d zones", len(table))
	}
	for name := range table {
		if a, b := zone(t, name), zone(t, name); a != b {
			t.Errorf("%s is loaded twice", name)
		}
	}
}

func TestZonesLoadFromManyGoroutines(t *testing.T) {
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if z, err := LoadZone("Europe/Helsinki"); err != nil || z.Offset(0) != 2*secondsPerHour {
				t.Errorf("got %v, %v", z, err)
			}
		})
	}
	wait.Wait()
}

func TestDaysOfAZone(t *testing.T) {
	tests := []struct {
		zone             string
		year, month, day int
		want             string
	}{
		{"Europe/Kyiv", 2025, 3, 30, "[2025-03-29T22:00:00Z, 2025-03-30T21:00:00Z)"},
		{"Europe/Kyiv", 2025, 2, 29, "[2025-02-28T22:00:00Z, 2025-03-01T22:00:00Z)"},
		{"Europe/Kyiv", 2025, 13, 1, "[2025-12-31T22:00:00Z, 2026-01-01T22:00:00Z)"},
		{"Asia/Beirut", 2022, 3, 27, "[2022-03-26T22:00:00Z, 2022-03-27T21:00:00Z)"}, // midnight did not exist
		{"Pacific/Apia", 2011, 12, 30, "[2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z)"},
		{"+03:00", 2025, 1, 1, "[2024-12-31T21:00:00Z, 2025-01-01T21:00:00Z)"},
	}
	for _, test := range tests {
		if got := zone(t, test.zone).Day(test.year, test.month, test.day).String(); got != test.want {
			t.Errorf("%s %d-%d-%d: got %s, want %s", test.zone, test.year, test.month, test.day, got, test.want)
		}
	}
}

// The calendar agrees with package time on every day of eight centuries, and with itself far away.
func TestCalendarAgreesWithPackageTime(t *testing.T) {
	for n := int64(-300000); n < 100000; n++ {
		y, m, d := civil(n)
		at := time.Unix(n*secondsPerDay, 0).UTC()
		if y != at.Year() || m != int(at.Month()) || d != at.Day() || dayNumber(y, m, d) != n {
			t.Fatalf("day %d is %d-%d-%d, want %v", n, y, m, d, at)
		}
	}
	for _, y := range []int{-maxYear, -170000000, -4, 0, 9999, 170000002, maxYear} {
		n := dayNumber(y, 12, 31)
		if gy, m, d := civil(n); gy != y || m != 12 || d != 31 || dayNumber(y+1, 1, 1) != n+1 {
			t.Errorf("the last day of %d is read as %d-%d-%d", y, gy, m, d)
		}
	}
}

// The set of instants that local gives is the one found by asking the clock at every quarter hour.
func TestLocalClockIsFoundBackInEveryRegime(t *testing.T) {
	for _, name := range []string{"Europe/Kyiv", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Australia/Lord_Howe"} {
		z := zone(t, name)
		for _, around := range []string{"2010-11-07", "2011-12-30", "2024-12-31", "2025-03-30", "2025-10-26", "2040-12-31"} {
			day := UTC().Day(2000, 1, int(parse(t, around, nil).Earliest()-946684800)/secondsPerDay+1).From
			from, until := day, day+5*secondsPerHour
			set := z.local(from, until)
			for i := day - farthest; i < day+2*farthest; i += 900 {
				shown := i + Instant(z.Offset(i))
				if want := from <= shown && shown < until; set.Contains(i) != want {
					t.Fatalf("%s around %s: at %v the clock shows %v, contained %v", name, around, i, shown, !want)
				}
			}
		}
	}
}

func FuzzLoadZone(f *testing.F) {
	for _, name := range []string{"UTC", "Europe/Kyiv", "+03:00", "-12", "+1400", "", "+", "europe/kyiv", "/", "\x00"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		z, err := LoadZone(name)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Text != name || e.Offset > len(name) {
				t.Fatalf("%q: bad error %#v", name, err)
			}
			return
		}
		if again, err := LoadZone(z.Name()); err != nil || again.Name() != z.Name() || again.Offset(1741780800) != z.Offset(1741780800) {
			t.Fatalf("%q loads as %q, which loads as %v (%v)", name, z.Name(), again, err)
		}
	})
}
