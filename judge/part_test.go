package judge_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// TestPartOfTheWholeIsTheGroundMadeAlone: what a part shares with its whole changes no
// answer.
func TestPartOfTheWholeIsTheGroundMadeAlone(t *testing.T) {
	shared := 0
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, rapid.IntRange(4, 24).Draw(t, "entries"))
		for i := range w.c.Entries { // some become public later, at a time known to hours, or never
			e := &w.c.Entries[i]
			hour := rapid.IntRange(0, 700).Draw(t, "hour of publication")
			switch rapid.IntRange(0, 5).Draw(t, "publication") {
			case 0:
				e.Never, e.Public = true, moment.Time{}
			case 1:
				e.Public = hours(t, hourText(hour, hour))
			case 2:
				e.Public = hours(t, hourText(hour, hour+30))
			case 3:
				e.Happened, e.Public = moment.Time{}, moment.Time{}
			}
		}
		whole := judge.Know(w.c, moment.Future, 0)
		for range 4 {
			by := hours(t, hourText(rapid.IntRange(0, 500).Draw(t, "known by"), 0)).Earliest()
			position := rapid.IntRange(0, len(w.c.Entries)).Draw(t, "position")
			at := hours(t, hourText(rapid.IntRange(0, 500).Draw(t, "at"), 0)).Earliest()
			q := judge.Question{At: at}
			alone, part := judge.Know(w.c, by, position).Ask(q), whole.Know(by, position).Ask(q)
			if diff := cmp.Diff(told(t, alone), told(t, part)); diff != "" {
				t.Fatalf("known by %s at position %d: alone, then as a part:\n%s", by, position, diff)
			}
			shared += len(part.Timeline())
		}
	})
	if shared == 0 {
		t.Error("no part lists an entry: nothing is proved")
	}
}

func hours(t *rapid.T, text string) moment.Time {
	x, err := moment.Parse(text, moment.UTC())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// told is all that a bench lists, with its times.
func told(t *rapid.T, b *judge.Bench) string {
	times := func(list []judge.Item) (out []string) {
		for _, it := range list {
			out = append(out, fmt.Sprint(it.Ref, it.When().Set(), it.Published().Set()))
		}
		return out
	}
	day := moment.Span{From: b.Question.At - 3*24*3600, Until: b.Question.At - 24*3600}
	out := map[string]any{
		"status": b.Status(), "timeline": b.Timeline(), "times": times(b.Timeline()), "kinds": b.Kinds(), "unhoured": b.HourUnknown,
		"words": slices.Collect(b.Words()), "changes": b.Changes(), "planned": b.Planned(), "positions": b.Positions(""),
		"calendar": b.Calendar(""), "rulings": rulings(b), "requests": b.Requests(),
	}
	for _, kind := range append(b.Kinds(), "") {
		out["of "+string(kind)] = times(b.Slice(kind, 0, b.Count(kind)))
		out["order of "+string(kind)] = b.Order(kind)
		out["during "+string(kind)] = times(slices.Collect(b.During(kind, day)))
		out["published "+string(kind)] = times(slices.Collect(b.Published(kind, day)))
	}
	for _, it := range b.Timeline() {
		if it.Kind == record.KindReport {
			out["on "+string(it.Ref)] = b.Referring(it.Ref)
		}
	}
	data, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
