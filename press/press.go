// Package press reads a news article and proposes what an attentive reader would note:
// who said what, through whom and when; what is claimed without a source; what happened
// or is planned. It proposes; a person confirms. Text and date of publication go in,
// proposals come out: no network, no clock. What counts as a statement, how far its text
// reaches and how its speaker, outlet and date are told is laid down in docs/press.md.
package press

import (
	"encoding/json"
	"errors"
)

// Article is what is read.
type Article struct {
	Text      string // as published, with its furniture; lines end in "\n"
	Lang      string // "en", "ru", "uk" or "zh"; "" is found out
	Published string // EDTF of the day, "2025-03-12"; "" leaves relative dates unresolved
	Outlet    string // who publishes it; "" is unknown
}

// Proposals is what is proposed for an article. Order is the article's; no list is nil.
type Proposals struct {
	Lang         string         `json:"lang"`
	Published    string         `json:"published"`
	Statements   []Statement    `json:"statements"`
	Unattributed []Unattributed `json:"unattributed"`
	Events       []Event        `json:"events"`
	People       []Person       `json:"people"`
}

// Span is a stretch of the article in Unicode code points, the end excluded.
type Span [2]int

// Words are words of the article exactly as they stand there: one part, or several where
// a quotation is split. In JSON a string or a list of strings.
type Words []string

// MarshalJSON writes one part as a string and several as a list.
func (w Words) MarshalJSON() ([]byte, error) {
	if len(w) == 1 {
		return json.Marshal(w[0])
	}
	return json.Marshal([]string(w))
}

// UnmarshalJSON reads a string or a list of strings.
func (w *Words) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*w = Words{one}
		return nil
	}
	var list []string
	if err := json.Unmarshal(data, &list); err != nil || len(list) == 0 {
		return errors.New("words are a string, or a list of strings with at least one")
	}
	*w = list
	return nil
}

// Statement is content that the article gives to somebody.
type Statement struct {
	Speaker      string  `json:"speaker"`       // the first full name in the text, or the description of an anonymous source
	SpeakerLatin string  `json:"speaker_latin"` // the name in Latin letters, where the article gives it
	Office       string  `json:"office"`
	Anonymous    bool    `json:"anonymous"`
	Outlet       string  `json:"outlet"`         // that carried the words; "" where none is named
	Direct       bool    `json:"direct"`         // all of it stands in quotation marks
	Text         Words   `json:"text"`           // exactly as it stands
	Said         *string `json:"said"`           // EDTF, or null where no date is given
	Cue          string  `json:"cue"`            // the words that attribute it
	Span         Span    `json:"span"`           // from the first part's start to the last part's end
	Parts        []Span  `json:"parts"`          // of each part of Text; never empty
	Confidence   float64 `json:"confidence"`     // 0 to 1, of all of it together
	Rule         string  `json:"rule,omitempty"` // the rule that proposed it, for whoever mends the rules
}

// Unattributed is a claim for which nobody answers.
type Unattributed struct {
	Text string `json:"text"`
	Span Span   `json:"span"`
	Why  string `json:"why"` // "hearsay": said to be said, by nobody; "own-voice": contested, in the article's own voice
}

// Event is something that happened or is to happen.
type Event struct {
	Kind    string  `json:"kind"` // "contact", "exchange", "aid", "control", "incident" or "act"
	Text    string  `json:"text"`
	When    *string `json:"when"`    // EDTF, or null
	Planned bool    `json:"planned"` // still to come at publication
	Span    Span    `json:"span"`
}

// Person is somebody whom the article names.
type Person struct {
	Name     string   `json:"name"`  // the first full name, as spelt there
	Latin    string   `json:"latin"` // in Latin letters, where given
	Offices  []string `json:"offices"`
	Mentions []Span   `json:"mentions"`
}
