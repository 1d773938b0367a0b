package record

// Agreement makes one version of an agreement known.
type Agreement struct {
	Agreement string `json:"agreement"`
	Version   string `json:"version"` // SHA-256 of its MANIFEST, 64 hexadecimal digits
	Path      string `json:"path"`    // the folder, relative to the case
	Change    string `json:"change"`  // "first", "editorial" (acts carry over) or "substantive" (they do not)
}

// Reading makes known how one holder reads an agreement.
type Reading struct {
	Agreement string `json:"agreement"`
	Holder    string `json:"holder"` // any role's code
	Path      string `json:"path"`   // the file, relative to the case
	Hash      string `json:"hash"`   // SHA-256 of the file
}

// Area makes a named area known.
type Area struct {
	Area string `json:"area"`
	Path string `json:"path"`
	Hash string `json:"hash"`
}

// Source is an archived document or item of evidence.
type Source struct {
	Title     Text   `json:"title,omitempty"`
	Form      string `json:"form"` // "article", "report", "heading", "joint-statement", "web-page", "dataset"
	Address   string `json:"address,omitempty"`
	Publisher Text   `json:"publisher,omitempty"`
	Within    Ref    `json:"within,omitempty"` // the source of which it is a part
	Hash      string `json:"hash,omitempty"`   // SHA-256 of the archived bytes
	Retrieved string `json:"retrieved,omitempty"`
	Custody   Text   `json:"custody,omitempty"`
}

// Bearing is what a statement or act is about: an agreement and the version of
// it, or the agreement "as described by" a source or statement.
type Bearing struct {
	Agreement     string `json:"agreement"`
	Version       string `json:"version,omitempty"`
	AsDescribedBy Ref    `json:"as_described_by,omitempty"`
	Clause        string `json:"clause,omitempty"`
	Condition     string `json:"condition,omitempty"`
}

// Position is where a party stands on an agreement.
type Position string

// The positions. Silent is never recorded: it is what no entry means.
const (
	PositionSilent              Position = "silent"
	PositionConsidering         Position = "considering"
	PositionAccepts             Position = "accepts"
	PositionAcceptsOnConditions Position = "accepts-on-conditions"
	PositionRejects             Position = "rejects"
	PositionWithdrew            Position = "withdrew"
)

// Strength is how firmly an acceptance was given, weakest first.
type Strength string

// The strengths, in rising order.
const (
	StrengthExpressedReadiness Strength = "expressed-readiness"
	StrengthDeclared           Strength = "declared"
	StrengthInitialled         Strength = "initialled"
	StrengthSigned             Strength = "signed"
	StrengthRatified           Strength = "ratified"
)

// Stance is a position that a person reads from a statement.
type Stance struct {
	Bearing
	Party      string      `json:"party"`
	Position   Position    `json:"position"`
	Strength   Strength    `json:"strength,omitempty"`
	Conditions []Condition `json:"conditions,omitempty"`
	ReadBy     string      `json:"read_by"` // who reads it so
}

// Condition is one condition that a party sets, as an item of its own. It is
// open until an act says that it is met or waived.
type Condition struct {
	ID   string `json:"id"`
	Text Text   `json:"text"`
}

// Claim is a particular that a statement asserts about an agreement.
type Claim struct {
	Bearing
	What  ClaimWhat `json:"what"`
	Value string    `json:"value"` // EDTF for start and end; a word for document
}

// ClaimWhat is the sort of particular that is claimed.
type ClaimWhat string

// What may be claimed of an agreement.
const (
	ClaimStart    ClaimWhat = "start"    // it began then
	ClaimEnd      ClaimWhat = "end"      // it ends or ended with then
	ClaimDocument ClaimWhat = "document" // what the document is: "draft", "proposal", "signed-agreement"
	ClaimScope    ClaimWhat = "scope"
)

// Statement is what someone said, or what a document says in its own voice.
type Statement struct {
	Direct           bool      `json:"direct,omitempty"`
	About            []Bearing `json:"about,omitempty"`
	Stances          []Stance  `json:"stances,omitempty"`
	Claims           []Claim   `json:"claims,omitempty"`
	Characterisation bool      `json:"characterisation,omitempty"` // neither position nor condition

	// Unattributed marks a document's claim without a source. It never becomes
	// a position or a fact. Contested ones are not quoted in lists.
	Unattributed bool     `json:"unattributed,omitempty"`
	Contested    bool     `json:"contested,omitempty"`
	Asserts      *Asserts `json:"asserts,omitempty"`

	// Promise marks a standing promise that can be looked at later, such as
	// regular contact.
	Promise *Promise `json:"promise,omitempty"`
	// NoneBetween says that no contact of a series took place within an interval.
	NoneBetween *NoneBetween `json:"none_between,omitempty"`
}

// Asserts tells what sort of thing an unattributed claim asserts.
type Asserts struct {
	Kind    Kind   `json:"kind"` // contact, act, control, exchange, flow or statement
	Planned bool   `json:"planned,omitempty"`
	When    string `json:"when,omitempty"` // EDTF
}

// Promise is a duty-like item that someone promised.
type Promise struct {
	ID      string   `json:"id"`
	Parties []string `json:"parties"`
	Does    string   `json:"does"` // "regular-contact"
	Series  string   `json:"series,omitempty"`
}

// NoneBetween is a claim that a series of contacts has a gap.
type NoneBetween struct {
	Series string `json:"series"`
	From   string `json:"from"`
	Until  string `json:"until"`
}

// Translation gives words of an entry in another language.
type Translation struct {
	Of         Ref    `json:"of"`
	Field      string `json:"field"` // "words" or "summary"
	To         string `json:"to"`
	Words      string `json:"words"`
	By         string `json:"by"`
	ReviewedBy string `json:"reviewed_by,omitempty"`
}

// ActKind is the sort of a formal act.
type ActKind string

// The acts that move an agreement through its life.
const (
	ActTabled               ActKind = "tabled"
	ActAmended              ActKind = "amended"
	ActInitialled           ActKind = "initialled"
	ActSigned               ActKind = "signed"
	ActAccepted             ActKind = "accepted"
	ActAcceptedOnConditions ActKind = "accepted-on-conditions"
	ActRejected             ActKind = "rejected"
	ActWithdrew             ActKind = "withdrew"
	ActConditionMet         ActKind = "condition-met"
	ActConditionWaived      ActKind = "condition-waived"
	ActNotified             ActKind = "notified"
	ActHandedOver           ActKind = "handed-over"
	ActImplemented          ActKind = "implemented"
	ActExtensionProposed    ActKind = "extension-proposed"
	ActConsented            ActKind = "consented"
	ActSuspended            ActKind = "suspended"
	ActResumed              ActKind = "resumed"
	ActDenounced            ActKind = "denounced"
	ActSuperseded           ActKind = "superseded"
	ActLapsed               ActKind = "lapsed"
	ActDeclared             ActKind = "declared"
)

// Act is something a party or another role did about an agreement. Acts are
// closed-world: not recorded means not done.
type Act struct {
	Bearing
	Act        ActKind     `json:"act"`
	Party      string      `json:"party"`
	To         []string    `json:"to,omitempty"` // whom it was tabled, notified or handed over to
	Strength   Strength    `json:"strength,omitempty"`
	Conditions []Condition `json:"conditions,omitempty"`
	Length     string      `json:"length,omitempty"` // of an extension proposed or consented to, ISO 8601
	Clauses    []string    `json:"clauses,omitempty"`
	Effective  string      `json:"effective,omitempty"` // from when, where the act says so; EDTF
	Expires    string      `json:"expires,omitempty"`   // until when a notice holds; EDTF
	Counts     []Count     `json:"counts,omitempty"`    // how much was done
	By         string      `json:"by,omitempty"`        // another agreement, for superseded
}
