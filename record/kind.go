package record

// Kind is the sort of an entry. The set is closed: a new kind comes with a new
// version of spec/entry.md. The strings stand in the record and never change.
type Kind string

// The kinds of entry, in the order of spec/entry.md.
const (
	KindAgreement   Kind = "agreement"
	KindReading     Kind = "reading"
	KindArea        Kind = "area"
	KindSource      Kind = "source"
	KindStatement   Kind = "statement"
	KindTranslation Kind = "translation"
	KindAct         Kind = "act"
	KindReport      Kind = "report"
	KindFinding     Kind = "finding"
	KindRuling      Kind = "ruling"
	KindRequest     Kind = "request"
	KindReply       Kind = "reply"
	KindMessage     Kind = "message"
	KindTally       Kind = "tally"
	KindContact     Kind = "contact"
	KindExchange    Kind = "exchange"
	KindFlow        Kind = "flow"
	KindControl     Kind = "control"
	KindCoverage    Kind = "coverage"
	KindLink        Kind = "link"
	KindUnlink      Kind = "unlink"
	KindCorrection  Kind = "correction"
	KindRetraction  Kind = "retraction"
	KindDissent     Kind = "dissent"
	KindPublication Kind = "publication"
	KindKey         Kind = "key"
	KindErasure     Kind = "erasure"
	KindHandover    Kind = "handover"
	KindSheet       Kind = "sheet"
)
