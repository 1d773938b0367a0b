// Package record owns what is written down: the closed set of kinds of entry,
// their canonical bytes, their identity and the form of a record as a file of
// lines. It reads bytes and answers with entries or with every problem it found;
// it judges nothing.
package record

// Text is one text in several languages, by BCP 47 tag ("en", "ru", "uk", "zh").
type Text map[string]string

// Ref is an author's own reference of an entry, such as "B10". Within one record
// it is unique.
type Ref string

// Entry is one thing that was said or done or reported, as its author wrote it.
// Its canonical JSON (RFC 8785) is what is hashed and signed; see spec/entry.md.
type Entry struct {
	Kind   Kind   `json:"kind"`
	Ref    Ref    `json:"ref"`
	Author string `json:"author"` // whose key signs it, by the key's name in the case

	// Happened is when it happened, Public when it became public: EDTF with an
	// optional zone in brackets ("2025-03-18[Europe/Moscow]"); without one the
	// case's zone holds. An empty Public means "when it happened" for words said
	// in public; what never became public says "never".
	Happened string `json:"happened,omitempty"`
	Public   string `json:"public,omitempty"`

	SaidBy  *Voice   `json:"said_by,omitempty"` // whose word it is
	Through *Channel `json:"through,omitempty"` // by whom the word came
	Sources []string `json:"sources,omitempty"` // refs of source entries, or addresses

	Language string `json:"language,omitempty"` // of Words
	Words    string `json:"words,omitempty"`    // a short phrase of the original, where words matter
	Summary  Text   `json:"summary,omitempty"`  // one sentence, our wording, in one or more languages
	Note     Text   `json:"note,omitempty"`     // what the author adds; never someone's word

	Sealed []Sealed `json:"sealed,omitempty"` // what the author knows more, by field

	Body Body `json:"body"`
}

// Voice is who says something. Exactly one of Person, Name, Institution and
// Anonymous is set, or Document for a text that speaks in its own voice.
type Voice struct {
	Party       string `json:"party,omitempty"`       // the party spoken for, by its code
	Person      string `json:"person,omitempty"`      // a person of the case's table
	Name        Text   `json:"name,omitempty"`        // a person that the table does not list
	Office      Text   `json:"office,omitempty"`      // at the time of speaking
	Institution Text   `json:"institution,omitempty"` // an office or body that speaks as such
	Anonymous   Text   `json:"anonymous,omitempty"`   // as the outlet describes the source
	Document    Ref    `json:"document,omitempty"`    // a source entry that speaks in its own voice
	Citing      *Voice `json:"citing,omitempty"`      // whom the speaker relies on
}

// Channel is the way a word came: the outlet that carried it and the occasion.
type Channel struct {
	Outlet   string `json:"outlet,omitempty"`
	Occasion Text   `json:"occasion,omitempty"` // "press conference", "evening video address"
}

// Body is what an entry of its kind says beyond the common fields. The set of
// implementations is closed: one for each Kind.
type Body interface{ kind() Kind }

// Sealed is a commitment to a value that is kept in the protected store; the entry is
// complete without it (spec/record.md §5).
type Sealed struct {
	Field      string `json:"field"`      // a path within the entry: "said_by.name"
	Commitment string `json:"commitment"` // 64 hexadecimal digits
}

// Envelope is an entry in its record: with its time of recording and what vouches for
// its author, a signature of its own or the sheet that it stands under (spec/record.md
// §2). In file form all three may be left out.
type Envelope struct {
	Entry     Entry  `json:"entry"`
	Recorded  string `json:"recorded,omitempty"`  // RFC 3339, UTC, whole seconds; set by the recorder
	Signature string `json:"signature,omitempty"` // base64 of 64 bytes
	Sheet     int    `json:"sheet,omitempty"`     // the position of the sheet

	Position int `json:"-"` // 1 for the first; the line of record.jsonl in file form
}
