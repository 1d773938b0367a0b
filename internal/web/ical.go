package web

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/truceline/truceline/moment"
)

// ical writes iCalendar (RFC 5545): lines that end with CRLF and are folded at 75 bytes,
// never within a character.
type ical struct{ out bytes.Buffer }

// line writes a property whose value stands as it is.
func (c *ical) line(name, value string) {
	text := name + ":" + value
	for room := 75; len(text) > room; room = 74 { // a folded line begins with a space
		cut := room
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		c.out.WriteString(text[:cut] + "\r\n ")
		text = text[cut:]
	}
	c.out.WriteString(text + "\r\n")
}

// text writes a property whose value is text.
func (c *ical) text(name, value string) {
	if value != "" {
		c.line(name, icalText(value))
	}
}

var icalEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// icalText escapes a text; what no calendar can show is left out.
func icalText(value string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, value)
	return icalEscapes.Replace(clean)
}

// icalStamp writes an instant in UTC.
func icalStamp(i moment.Instant) string {
	return i.Time().Format("20060102T150405Z")
}

// icalEvent is one event of a calendar. It stands on days, [First, Last], at one instant, or
// where no day can be told on none: then it is a note without a time.
type icalEvent struct {
	UID, Summary, Description, URL string
	Categories                     string
	First, Last                    string // days, 20250312; empty: no days
	At                             moment.Instant
	Exact                          bool // At holds
	Tentative                      bool
}

func (c *ical) event(e *icalEvent, stamp string) {
	sort := "VEVENT"
	if !e.Exact && e.First == "" {
		sort = "VTODO"
	}
	c.line("BEGIN", sort)
	c.line("UID", e.UID)
	c.line("DTSTAMP", stamp)
	switch {
	case e.Exact:
		c.line("DTSTART", icalStamp(e.At))
	case e.First != "":
		c.line("DTSTART;VALUE=DATE", e.First)
		c.line("DTEND;VALUE=DATE", nextDay(e.Last))
	}
	c.text("SUMMARY", e.Summary)
	c.text("DESCRIPTION", e.Description)
	c.text("CATEGORIES", e.Categories)
	if e.URL != "" {
		c.line("URL", e.URL)
	}
	if e.Tentative && sort == "VEVENT" {
		c.line("STATUS", "TENTATIVE")
	}
	if sort == "VEVENT" {
		c.line("TRANSP", "TRANSPARENT")
	}
	c.line("END", sort)
}
