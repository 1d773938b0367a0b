package moment

import (
	"testing"
	"time"

	"github.com/truceline/truceline/truth"
)

func TestInstants(t *testing.T) {
	at := time.Date(2025, 3, 12, 15, 0, 0, 999, time.FixedZone("", 3*secondsPerHour))
	i := FromTime(at)
	for got, want := range map[string]string{
		i.String():                                    "2025-03-12T12:00:00Z",
		Past.String():                                 "-inf",
		Future.String():                               "+inf",
		FromTime(time.Unix(-1, 5)).String():           "1969-12-31T23:59:59Z",
		UTC().Day(12000, 1, 1).From.String():          "+12000-01-01T00:00:00Z",
		UTC().Day(-44, 3, 15).From.String():           "-0044-03-15T00:00:00Z",
		Future.Add(-5).String():                       "+inf",
		Instant(1).Add(int64(Future)).String():        "+inf",
		Instant(-2).Add(int64(Past)).String():         "-inf",
		zone(t, "Europe/Kyiv").Clock(i).String():      "2025-03-12T14:00:00",
		(Span{0, Future}).String():                    "[1970-01-01T00:00:00Z, +inf)",
		(Span{0, 10}).Intersect(Span{5, 20}).String(): "[1970-01-01T00:00:05Z, 1970-01-01T00:00:10Z)",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if !i.Time().Equal(at.Truncate(time.Second)) || !Past.Time().IsZero() || !Future.Time().IsZero() {
		t.Errorf("as time.Time: %v, %v, %v", i.Time(), Past.Time(), Future.Time())
	}
}

func TestSpans(t *testing.T) {
	s := Span{10, 20}
	if !s.Contains(10) || s.Contains(20) || s.Empty() || !(Span{20, 10}).Empty() || s.Last() != 19 || (Span{1, Future}).Last() != Future {
		t.Error("a span holds its start and not its end")
	}
	if s.Overlaps(Span{20, 30}) || !s.Overlaps(Span{19, 30}) || !s.Covers(Span{10, 20}) || s.Covers(Span{9, 20}) || !s.Covers(Span{5, 5}) {
		t.Error("spans that touch do not overlap; a span covers itself and the empty one")
	}
}

func TestAbsentExactAndImpossibleTimes(t *testing.T) {
	var absent Time
	day := parse(t, "2025-03-12", nil)
	minute := parse(t, "2025-03-12T10:00Z", nil)
	impossible := minute.Clip(day.Clip(Span{0, 1}).Hull())
	if !absent.IsZero() || absent.Exact() || absent.Impossible() || absent.String() != "" || absent.Zone() != nil ||
		absent.Precision() != Unstated || absent.Hull() != Always() || !absent.Set().Equal(Set{Always()}) || absent.Approximate() {
		t.Error("an absent time may be any instant and has no words")
	}
	if !minute.Exact() || day.Exact() || minute.IsZero() || At(5).Earliest() != 5 || !At(5).Exact() || At(5).String() != "1970-01-01T00:00:05Z" {
		t.Error("a minute is one second, a day is not")
	}
	if !impossible.Impossible() || impossible.IsZero() || impossible.String() != "2025-03-12T10:00Z" || !At(Future).Impossible() {
		t.Error("a time clipped to where it does not lie is impossible and keeps its words")
	}
	if got := absent.Clip(Span{5, 9}); got.IsZero() || got.Earliest() != 5 || got.Latest() != 8 {
		t.Errorf("an absent time clipped is %v", got.Set())
	}
	if !parse(t, "2024/..", nil).Unbounded() || day.Unbounded() || !absent.Unbounded() {
		t.Error("an open end is unbounded, a day is not")
	}
	if day.Equal(minute) || !day.Equal(parse(t, "2025-03-12", UTC())) || absent.Equal(day) || !absent.Equal(Time{}) ||
		day.Equal(parse(t, "2025-03-12", zone(t, "Europe/Kyiv"))) {
		t.Error("times are equal if instants, words and zone are")
	}
}

func TestPrecisionIsTheFinestUnitStated(t *testing.T) {
	for text, want := range map[string]string{
		"2025-03-12T10:00:00Z": "second", "2025-03-12T10:00Z": "minute", "2025-03-12T10Z": "hour", "2025-03-12": "day",
		"2025-03": "month", "2025-03-XX": "month", "2025-22": "season", "2025": "year", "2025-XX-XX": "year", "202X": "decade",
		"20XX": "century", "2XXX": "millennium", "2024/2025": "interval", "[2024,2025]": "several", "1950S2": "century", "156X-12-25": "day",
	} {
		if got := parse(t, text, nil).Precision().String(); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if got := Precision(99).String(); got != "precision?" {
		t.Errorf("got %q", got)
	}
}

func TestBefore(t *testing.T) {
	tests := []struct {
		a, b string
		want truth.Value
	}{
		{"2025-03-11", "2025-03-12", truth.Yes},
		{"2025-03-12", "2025-03-11", truth.No},
		{"2025-03-12", "2025-03-12", truth.Maybe},
		{"2025-03", "2025-03-12", truth.Maybe},
		{"2025-03-12T10:00Z", "2025-03-12T10:00Z", truth.No},
		{"2025-03-12T10:00Z", "2025-03-12T10:01Z", truth.Yes},
		{"2025-03-12~", "2025-03-13", truth.Maybe},
		{"2025-03-11T21:30Z", "2025-03-12[Europe/Moscow]", truth.Maybe},
		{"../2024", "2025", truth.Yes},
		{"2024/..", "2025", truth.Maybe},
		{"2025/..", "../2024", truth.No},
		{"[2024,2026]", "2025", truth.Maybe},
	}
	for _, test := range tests {
		if got := Before(parse(t, test.a, nil), parse(t, test.b, nil)); got != test.want {
			t.Errorf("%s before %s: %v, want %v", test.a, test.b, got, test.want)
		}
	}
	day := parse(t, "2025-03-12", nil)
	if Before(Time{}, day) != truth.Maybe || Before(day, Time{}) != truth.Maybe || Before(At(Past), day) != truth.No || Before(day, At(Future)) != truth.No {
		t.Error("an absent time is maybe before, an impossible one is not")
	}
}

func TestWindowsAreUnitedBeforeATimeIsTested(t *testing.T) {
	day := func(d string) Set { return parse(t, d, nil).Set() }
	time := parse(t, "2025-03-12/2025-03-13", nil)
	a, b := Exactly(day("2025-03-12")), Exactly(day("2025-03-13"))
	if got := truth.Or(Within(time, a), Within(time, b)); got != truth.Maybe {
		t.Errorf("tested one by one: %v", got)
	}
	if got := Within(time, Unite(a, b)); got != truth.Yes {
		t.Errorf("united: %v", got)
	}
	edge := Window{Certain: day("2025-03-12"), Possible: day("2025-03-11/2025-03-14")}
	for text, want := range map[string]truth.Value{
		"2025-03-12": truth.Yes, "2025-03-14": truth.Maybe, "2025-03": truth.Maybe, "2025-03-15": truth.No, "[2025-03-12,2025-03-15]": truth.Maybe,
	} {
		if got := Within(parse(t, text, nil), edge); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	if Within(Time{}, edge) != truth.Maybe || Within(At(Past), edge) != truth.No || Within(time, Unite()) != truth.No {
		t.Error("an absent time is maybe within, an impossible one is not, and nothing is within the empty window")
	}
}

func TestSinceAndUntil(t *testing.T) {
	day := parse(t, "2025-03-12", nil)
	c := Since(day)
	for at, want := range map[Instant]truth.Value{
		Past: truth.No, day.Earliest() - 1: truth.No, day.Earliest(): truth.Maybe,
		day.Latest() - 1: truth.Maybe, day.Latest(): truth.Yes, Future: truth.Yes,
	} {
		if got := c.At(at); got != want {
			t.Errorf("since %v at %v: %v, want %v", day, at, got, want)
		}
		if got := Until(day).At(at); got != want.Not() {
			t.Errorf("until %v at %v: %v, want %v", day, at, got, want.Not())
		}
	}
	exact := Since(At(100))
	if exact.At(99) != truth.No || exact.At(100) != truth.Yes || len(exact.Changes()) != 1 {
		t.Errorf("since an exact time: %v", exact.Changes())
	}
	if first, ok := Since(parse(t, "2024/..", nil)).FirstCertain(); ok {
		t.Errorf("what may begin at any time is certain from %v", first)
	}
	if !Since(Time{}).Equal(Course{}) || !Since(At(Past)).Equal(Constant(truth.No)) || !Since(parse(t, "../..", nil)).Equal(Course{}) {
		t.Error("since an absent time is maybe, since an impossible one no")
	}
	if c.During(Span{day.Latest(), Future}) != truth.Yes || c.During(Always()) != truth.Maybe || c.During(Span{}) != truth.Maybe ||
		c.During(Span{Past, day.Earliest()}) != truth.No || c.Over(day) != truth.Maybe {
		t.Error("a course holds during a span if it holds at every instant of it")
	}
}
