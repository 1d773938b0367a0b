package record

// Report tells of one incident, in the words of one source. Whatever it leaves
// out is unknown, not absent.
type Report struct {
	Act     string   `json:"act,omitempty"`     // a branch of the taxonomy of acts
	Weapon  string   `json:"weapon,omitempty"`  // of weapons
	Objects []string `json:"objects,omitempty"` // of objects: what was hit or aimed at
	Domain  string   `json:"domain,omitempty"`  // land, air, sea, cyber
	Actor   *Actor   `json:"actor,omitempty"`
	Place   *Place   `json:"place,omitempty"`
	Counts  []Count  `json:"counts,omitempty"`
	Means   string   `json:"means,omitempty"` // heard, seen, camera, uav, satellite, interview, document
	Grade   *Grade   `json:"grade,omitempty"`

	Calibre    *Range   `json:"calibre_mm,omitempty"`  // of the weapon
	Range      *Range   `json:"range_km,omitempty"`    // of the weapon
	UnitSize   string   `json:"unit_size,omitempty"`   // of the unit that did it: "squad" … "division"
	Purpose    string   `json:"purpose,omitempty"`     // what it was for, as told
	Origin     *Place   `json:"origin,omitempty"`      // where it came from
	PrecededBy []string `json:"preceded_by,omitempty"` // steps before it, in order: "warning", "warning-shot", "contact"
	Near       []Near   `json:"near,omitempty"`
}

// Range is a figure known to lie between two bounds, both included; decimals.
type Range struct {
	Least string `json:"least"`
	Most  string `json:"most"`
}

// Near is how far an incident was from an object, in metres.
type Near struct {
	To       string `json:"to"` // a branch of the taxonomy of objects
	Nearest  int    `json:"nearest_m,omitempty"`
	Farthest int    `json:"farthest_m"`
}

// Actor is who a report says did it.
type Actor struct {
	Party string `json:"party,omitempty"` // empty: the report names nobody
	Proxy bool   `json:"proxy,omitempty"` // on behalf of Party
}

// Place is where a report says it happened: a disc, a sector seen from an
// observer, or somewhere within named areas. Decimals are strings.
type Place struct {
	Name     Text     `json:"name,omitempty"`
	Lon      string   `json:"lon,omitempty"` // WGS84 degrees, of the centre or of the observer
	Lat      string   `json:"lat,omitempty"`
	Radius   int      `json:"radius_m,omitempty"`  // metres; a place is never a bare point
	Bearing  string   `json:"bearing,omitempty"`   // degrees from north, from the observer
	Nearest  int      `json:"nearest_m,omitempty"` // the band of distance from the observer
	Farthest int      `json:"farthest_m,omitempty"`
	Within   []string `json:"within,omitempty"` // area ids: somewhere within one of them
}

// Hedge is how a figure was given.
type Hedge string

// The hedges.
const (
	HedgeExact    Hedge = "exact"
	HedgeAbout    Hedge = "about"
	HedgeAtLeast  Hedge = "at-least"
	HedgeMoreThan Hedge = "more-than"
	HedgeUnder    Hedge = "less-than"
)

// Count is a figure with its unit, kept as its source gave it.
type Count struct {
	N     int    `json:"n"`
	Hedge Hedge  `json:"hedge"`
	Unit  string `json:"unit"` // a word of the field: "drone", "confirmed-hit", "attack", "region"
	Of    Text   `json:"of,omitempty"`
}

// Grade is an Admiralty grade: source A-F, information 1-6, apart.
type Grade struct {
	Source      string `json:"source"`
	Information string `json:"information"`
}

// Axis is one of the three axes on which an incident is looked at.
type Axis string

// The three axes; they are never merged.
const (
	AxisOccurrence     Axis = "occurrence"
	AxisClassification Axis = "classification"
	AxisAttribution    Axis = "attribution"
)

// Finding is a reasoned conclusion on one axis by a named body: on a report, or on
// an act, exchange, flow or contact by which a duty is said to be done.
type Finding struct {
	Of         Ref    `json:"of"`
	Axis       Axis   `json:"axis"`
	Value      string `json:"value"` // a value of that axis; for attribution "party", "proxy", "both", "third", "unattributable"
	Party      string `json:"party,omitempty"`
	Agreement  string `json:"agreement,omitempty"`
	Clause     string `json:"clause,omitempty"`
	Confidence string `json:"confidence,omitempty"`
	Standard   string `json:"standard,omitempty"`
}

// Ruling is a decision of the body that the text empowers.
type Ruling struct {
	Of             Ref    `json:"of"`
	Agreement      string `json:"agreement"`
	Clause         string `json:"clause"`
	Classification string `json:"classification"`
}

// Request asks a party for a reply, access or a document.
type Request struct {
	Of   string `json:"of"`   // the party asked
	Asks string `json:"asks"` // "reply", "access" or "document"
	On   Ref    `json:"on,omitempty"`
	Due  string `json:"due,omitempty"`
}

// Reply answers a report or a request. A denial may name another actor.
type Reply struct {
	To         Ref    `json:"to"`
	Party      string `json:"party"`
	Denies     bool   `json:"denies,omitempty"`
	Attributes *Actor `json:"attributes,omitempty"`
}

// Message is one step of a hotline or liaison exchange.
type Message struct {
	Channel string `json:"channel"`
	From    string `json:"from"`
	To      string `json:"to"`
	Step    string `json:"step"` // "sent", "received" or "answered"
	Answers Ref    `json:"answers,omitempty"`
	Due     string `json:"due,omitempty"`
}

// Tally is a bulk claim: figures over a period, in the units of who gave them.
// It is never added to a count of incidents.
type Tally struct {
	Agreement string   `json:"agreement,omitempty"`
	Against   string   `json:"against,omitempty"` // the party said to have done it
	Period    string   `json:"period"`            // EDTF interval
	Figures   []Count  `json:"figures"`
	Counting  Text     `json:"counting,omitempty"` // the counting rule, as far as stated
	Places    []string `json:"places,omitempty"`   // area ids
}

// ContactState is how far a contact has come.
type ContactState string

// The states of a contact, each as its entry tells it.
const (
	ContactHeld     ContactState = "held"
	ContactPlanned  ContactState = "planned"
	ContactPossible ContactState = "possible"
	ContactMissed   ContactState = "missed"
)

// Contact is a meeting, call or hand-over between sides, held or planned.
type Contact struct {
	Series  string       `json:"series,omitempty"` // contacts of one series are compared: "cia-svr"
	Between []Voice      `json:"between"`
	State   ContactState `json:"state"`
	Mode    string       `json:"mode,omitempty"` // "meeting", "telephone", "video", "hand-over"
	Place   *Place       `json:"place,omitempty"`
	Of      Ref          `json:"of,omitempty"` // the planned contact that this entry tells the outcome of
}

// Exchange is persons or remains handed over, or talk of it.
type Exchange struct {
	State     string   `json:"state"` // "discussed", "planned" or "carried-out"
	Moves     []Move   `json:"moves,omitempty"`
	Mediators []string `json:"mediators,omitempty"`
}

// Move is what went one way in an exchange.
type Move struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Category string `json:"category"` // see [Categories]
	Count    *Count `json:"count,omitempty"`
	Outside  bool   `json:"outside,omitempty"` // told to be outside the exchange proper
}

// Categories are the sorts of person, or remains, that are handed over.
var Categories = []string{
	"prisoners-of-war", "wounded-prisoners", "young-prisoners", "prisoners", "life-prisoners", "detainees", "hostages",
	"civilians", "children", "remains",
}

// Flow is aid or another supply, by stage.
type Flow struct {
	Provider string  `json:"provider"`
	Receiver string  `json:"receiver"`
	What     string  `json:"what"`  // "weapons", "intelligence", "military-aid"
	Stage    string  `json:"stage"` // "paused", "held", "resumed", "on-its-way", "delivered", "flowing"
	Counts   []Count `json:"counts,omitempty"`
	Route    Text    `json:"route,omitempty"`
}

// Control is one source's word on who holds what. Sources are never averaged.
type Control struct {
	Holder   string   `json:"holder"`
	Areas    []string `json:"areas"`
	Measure  string   `json:"measure"` // "share", "area", "trend", "foothold"
	Hedge    Hedge    `json:"hedge,omitempty"`
	Share    string   `json:"share,omitempty"`    // percent, decimal string
	Together string   `json:"together,omitempty"` // "each", "together" or "not-said", where there are several areas
	Km2      int      `json:"km2,omitempty"`
	Trend    string   `json:"trend,omitempty"` // "growing", "weakening", "steady"
}

// Coverage says what was and was not observed.
type Coverage struct {
	Areas   []string `json:"areas"`
	Period  string   `json:"period"`
	Means   []string `json:"means,omitempty"`
	Lacking Text     `json:"lacking,omitempty"`
	Refused string   `json:"refused,omitempty"` // the party that refused access
}

// Relation is how two entries are linked.
type Relation string

// The relations.
const (
	RelDuplicateOf Relation = "duplicate-of"
	RelSameEventAs Relation = "same-event-as"
	RelAnswerTo    Relation = "answer-to"
	RelSupports    Relation = "supports"
	RelContradicts Relation = "contradicts"
	RelRepeats     Relation = "repeats"
)

// Link joins two entries; it fuses nothing.
type Link struct {
	From     Ref      `json:"from"`
	Relation Relation `json:"relation"`
	To       Ref      `json:"to"`
	Rule     string   `json:"rule,omitempty"` // the rule that proposed it
}

// Unlink undoes a link.
type Unlink struct {
	Link Ref `json:"link"`
}

// Correction replaces an entry in full.
type Correction struct {
	Corrects Ref   `json:"corrects"`
	Why      Text  `json:"why"`
	Entry    Entry `json:"entry"` // same kind and ref as what it corrects
}

// Retraction takes an entry back. Retracting a correction restores what it corrected.
type Retraction struct {
	Retracts Ref  `json:"retracts"`
	Why      Text `json:"why"`
}

// Dissent records a disagreement beside an entry.
type Dissent struct {
	About Ref    `json:"about"`
	Party string `json:"party"`
}

// Publication records that a view of the record was published.
type Publication struct {
	What     string `json:"what"` // "case", "rulings" or "report"
	Position int    `json:"position"`
	Rules    string `json:"rules"`
	Lang     string `json:"lang,omitempty"` // of a report
	Hash     string `json:"hash"`
}

// Key admits, rotates or revokes a key.
type Key struct {
	Name      string `json:"name"`
	Event     string `json:"event"` // "admitted", "rotated" or "revoked"
	Holder    string `json:"holder"`
	PublicKey string `json:"public_key,omitempty"`
	Authority Text   `json:"authority"`
}

// Erasure says that a protected value was erased.
type Erasure struct {
	Of    Ref    `json:"of"`
	Field string `json:"field"`
	Why   Text   `json:"why"`
}

// Handover passes a desk from one shift to the next.
type Handover struct {
	From string `json:"from"`
	To   string `json:"to"`
	Open []Ref  `json:"open,omitempty"`
}

// Sheet is its author's one signature for the entries after it.
type Sheet struct {
	Count int    `json:"count"` // how many, 1 to MaxSheet
	Root  string `json:"root"`  // of the tree over their identities, 64 hexadecimal digits
}
