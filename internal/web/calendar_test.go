package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/truceline/truceline/explain"
)

// unfold joins the folded lines of a calendar.
func unfold(text string) string { return strings.ReplaceAll(text, "\r\n ", "") }

// events reads a calendar into its parts, each by name of property; it demands the rules of
// RFC 5545 that a reader relies on.
func events(t testing.TB, text string) []map[string]string {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	var list []map[string]string
	var open []string
	for line := range strings.SplitSeq(strings.TrimSuffix(unfold(text), "\r\n"), "\r\n") {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("no property: %q", line)
		}
		switch name {
		case "BEGIN":
			open = append(open, value)
			list = append(list, map[string]string{"": value})
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("%s ends within %v", value, open)
			}
			open = open[:len(open)-1]
		default:
			last := list[len(list)-1]
			if _, twice := last[name]; twice {
				t.Errorf("%s stands twice", name)
			}
			last[name] = value
		}
	}
	if len(open) > 0 || list[0][""] != "VCALENDAR" || list[0]["VERSION"] != "2.0" || list[0]["PRODID"] == "" {
		t.Fatalf("open %v, head %v", open, list[0])
	}
	return list[1:]
}

func TestTheCalendarIsSoundInEveryLanguage(t *testing.T) {
	h := addressed(t, "https://record.example")
	var uids []string
	for _, lang := range explain.Languages() {
		for _, query := range []string{"", "?at=2025-03-12", "?at=2025-04-17&known_by=2025-04-17", "?at=2022-02-02"} {
			w := get(t, h, "/"+lang+"/calendar.ics"+query)
			if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/calendar") {
				t.Fatalf("%s: %d", lang, w.Code)
			}
			seen := map[string]bool{}
			var here []string
			for _, e := range events(t, w.Body.String()) {
				if e["UID"] == "" || seen[e["UID"]] || e["DTSTAMP"] == "" || e["SUMMARY"] == "" {
					t.Errorf("%s%s: %v", lang, query, e)
				}
				seen[e["UID"]] = true
				here = append(here, e["UID"])
				day, allDay := e["DTSTART;VALUE=DATE"]
				moment, exact := e["DTSTART"]
				switch {
				case e[""] == "VTODO" && !allDay && !exact:
				case e[""] == "VEVENT" && exact != allDay:
				default:
					t.Errorf("%s%s: %v", lang, query, e)
				}
				if allDay {
					first, err := time.Parse("20060102", day)
					after, err2 := time.Parse("20060102", e["DTEND;VALUE=DATE"])
					if err != nil || err2 != nil || !after.After(first) {
						t.Errorf("from %s until %s", day, e["DTEND;VALUE=DATE"])
					}
				} else if exact {
					if _, err := time.Parse("20060102T150405Z", moment); err != nil {
						t.Errorf("at %s", moment)
					}
				}
				for _, name := range []string{"SUMMARY", "DESCRIPTION", "CATEGORIES"} {
					rest := strings.NewReplacer(`\\`, "", `\;`, "", `\,`, "", `\n`, "").Replace(e[name])
					if strings.ContainsAny(rest, ";,\\") || strings.Contains(rest, "[calendar") {
						t.Errorf("%s is not escaped: %s", name, e[name])
					}
				}
			}
			if query == "" {
				if len(here) < 20 {
					t.Errorf("%s: %d events", lang, len(here))
				}
				if uids == nil {
					uids = here
				}
				if strings.Join(here, " ") != strings.Join(uids, " ") {
					t.Errorf("%s: the events have other names than in English", lang)
				}
			}
		}
	}
}

func TestTheCalendarStatesNoFalsePrecision(t *testing.T) {
	text := get(t, site(t), "/en/calendar.ics?at=2025-04-17").Body.String()
	found := map[string]map[string]string{}
	for _, e := range events(t, text) {
		for _, start := range []string{"Start that the terms and acts give\\; reading of ", "Start stated by "} {
			if _, rest, ok := strings.Cut(e["DESCRIPTION"], start); ok && strings.Contains(e["SUMMARY"], "energy facilities") {
				who, _, _ := strings.Cut(rest, `\n`)
				found[start[:8]+who+" "+strings.TrimSpace(e["SUMMARY"][strings.Index(e["SUMMARY"], ":")+1:])] = e
			}
		}
	}
	for key, want := range map[string]string{
		"Start thRussia begins to bind":                                    "20250317T210000Z", // the hour follows from the terms
		"Start thUkraine begins to bind":                                   "20250325",         // the moment is not known: whole days
		"Start thRussia ends\\, the day of the start is not counted":       "20250417",
		"Start thUkraine ends\\, 24-hour units from the hour of the start": "20250424",
	} {
		e := found[key]
		if e["DTSTART"] != want && e["DTSTART;VALUE=DATE"] != want {
			t.Errorf("%s: %v, want %s", key, e, want)
		}
	}
	for key, e := range found {
		if strings.Contains(key, "United States begins") && e[""] != "VTODO" {
			t.Errorf("what cannot be computed stands on a day: %v", e)
		}
	}
}
