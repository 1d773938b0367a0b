package moment

import (
	"testing"

	"github.com/truceline/truceline/truth"
)

func BenchmarkParse(b *testing.B) {
	kyiv := zone(b, "Europe/Kyiv")
	for _, text := range []string{"2025-03-12", "2025-04-19T18:00+03:00", "2025-04-19T18:00", "2025-03-18[Europe/Moscow]", "2024-08/.."} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(text, kyiv); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// yearOfWindows is a window of every second day of a year, with edges of an hour.
func yearOfWindows() Window {
	var certain, possible []Span
	for d := Instant(0); d < 366; d += 2 {
		from := 1735689600 + d*secondsPerDay
		certain = append(certain, Span{from, from + secondsPerDay})
		possible = append(possible, Span{from - secondsPerHour, from + secondsPerDay + secondsPerHour})
	}
	return Window{NewSet(certain...), NewSet(possible...)}
}

func BenchmarkWithin(b *testing.B) {
	w := yearOfWindows()
	t := parse(b, "2025-03-12T10:00Z", nil)
	b.ReportAllocs()
	for b.Loop() {
		Within(t, w)
	}
}

func BenchmarkLoadZone(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LoadZone("Europe/Kyiv"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestWithinAndBeforeAllocateNothing(t *testing.T) {
	w := yearOfWindows()
	a, b := parse(t, "2025-03", nil), parse(t, "2025-03-12T10:00Z", nil)
	var got truth.Value
	if n := testing.AllocsPerRun(100, func() { got = truth.And(Within(a, w), Within(b, w), Before(a, b)) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if got != truth.Maybe { // the month spreads beyond the windows, the minute lies within one
		t.Errorf("got %v", got)
	}
}
