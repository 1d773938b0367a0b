package agreement

import (
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// Scope is what a prohibition, exception or withdrawal speaks of. What is empty
// does not narrow it; an empty Where or Binds of a prohibition is a gap in the words.
type Scope struct {
	Binds    []string // parties; for an exception, whose acts it covers (empty: every party's)
	Acts     []string // branches; "def:LABEL" is what a definition means
	Weapons  []string
	Objects  []string
	Domains  []string
	Calibre  []Comparison // of the weapon, in millimetres
	Range    []Comparison // of the weapon, in kilometres
	Units    *Comparison  // of the unit's size: a rank in record.UnitSizes
	Count    *Comparison  // of things there, in Comparison.Unit of the report's counts
	Purposes []string
	Where    []string // "area:ID", "line:ID", "zone:LABEL" or "anywhere"
	Reach    []Reach  // what must lie there; empty: ReachIn
	Doubts   []Doubt
}

// Reach is how an act bears on a place.
type Reach string

// The reaches.
const (
	ReachIn   Reach = "in"   // the act was done, or hit, there
	ReachFrom Reach = "from" // it came from there
)

// Sign is how a figure is compared.
type Sign string

// The signs.
const (
	MoreThan Sign = ">"
	AtLeast  Sign = ">="
	LessThan Sign = "<"
	AtMost   Sign = "<="
	Equals   Sign = "="
)

// Comparison holds a figure against a bound. Value counts thousandths of Unit.
type Comparison struct {
	Sign  Sign
	Value int64
	Unit  string
	Text  string // as written
	Pos   Pos
}

// Doubt is a branch of a taxonomy of which it is not settled whether the clause
// covers it.
type Doubt struct {
	Branch   string
	Field    string // "acts", "weapons", "objects" or "domains"
	Question record.Text
	Pos      Pos
}

// Prohibition forbids acts.
type Prohibition struct {
	Label string
	Scope
	Binding
	SpecialTo []string // labels of the rules that it beats on what both speak of
	Pos       Pos
}

// Exception permits what a rule forbids; it names the rules that it defeats.
type Exception struct {
	Label   string
	Defeats []string // prohibitions, withdrawals or other exceptions
	Scope
	Binding
	Proof  []string        // each needs an entry of its own; without one the exception is claimed
	Notice moment.Duration // how long before the act the proof "notice" must have been given
	Steps  []string        // what must have come before the act, in order
	Pos    Pos
}

// Withdrawal obliges to be gone from a zone by a moment and forbids presence from then on.
type Withdrawal struct {
	Label string
	Scope // Acts is empty
	Binding
	SpecialTo   []string
	Due         *Moment
	CertifiedBy []string
	Pos         Pos
}

// Definition says what a term means that other clauses use as "def:LABEL".
type Definition struct {
	Label  string
	Field  string // "acts", "weapons", "objects" or "domains"
	Means  []string
	Closed bool // false: the list only illustrates
	Pos    Pos
}

// Zone is a place that other clauses name as "zone:LABEL".
type Zone struct {
	Label   string
	Area    []string          // "area:ID"
	Line    string            // "line:ID"; "" none
	Lines   map[string]string // by party
	Depth   Depth
	Depths  map[string]Depth  // by party
	Sides   map[string]string // by party: "area:ID"; nil: both sides of the line
	Around  string            // a branch of objects: the zone moves with them
	EdgeOut bool              // the edge does not belong to it
	Pos     Pos
}

// Depth is how far a zone reaches, in metres. What lies between Least and Most may
// be in. Zero: not stated.
type Depth struct{ Least, Most float64 }

// Duty obliges someone to do something.
type Duty struct {
	Label string
	Binds []string
	To    []string
	Does  string // a branch of the tree of deeds
	What  []string
	Binding
	Measure     Measure
	Due         *Moment
	Every       moment.Duration // a quota's period; zero: once
	Average     bool            // the quota is met on the average, not in each period
	Lead        moment.Duration // of a notice before acts of Before
	Before      []string        // branches of acts
	After       string          // owed each time after a "request", "report", "finding" or "ruling" against the bound
	Within      moment.Duration // so soon
	Series      string          // of contacts
	CertifiedBy []string
	Pos         Pos
}

// Measure is how much of a duty is owed. The zero value: not stated.
type Measure struct {
	All  bool
	Sign Sign // "" where no figure is stated
	N    int
	Text string
	Pos  Pos
}

// IsZero tells that no measure is stated.
func (m Measure) IsZero() bool { return !m.All && m.Sign == "" }

// Ratio obliges to give so many of one sort for each of another.
type Ratio struct {
	Label string
	Binds []string
	Gives string
	Per   string
	Of    string // the party that gives Per; "" any
	Num   int    // of Gives
	Den   int    // of Per
	Binding
	Due *Moment
	Pos Pos
}

// Effects of a power.
const (
	EffectDenounce  = "denounce"
	EffectTerminate = "terminate"
	EffectSuspend   = "suspend"
	EffectRelease   = "release" // the holder alone is free
	EffectResume    = "resume"
	EffectAdjust    = "adjust"
	EffectInspect   = "inspect"
)

// Power lets its holder act; nothing follows until it is exercised.
type Power struct {
	Label   string
	Holder  []string
	Effect  string
	Clauses []string // empty: the whole agreement
	When    record.Text
	Notice  moment.Duration
	Binding
	Pos Pos
}

// Verification says who finds breaches of which clauses, and by what standard.
type Verification struct {
	Label        string
	Body         []string
	Of           []string // labels; empty: every clause
	Standard     string   // weakest confidence of a finding that suffices: "probable", "confirmed" or "" (not stated)
	Corroborated int      // independent sources besides
	Reply        moment.Duration
	Levels       []Level
	Rules        bool // its rulings outrank what is computed
	Pos          Pos
}

// Level is one step of a ladder of bodies.
type Level struct {
	Body   []string
	Within moment.Duration // zero: no time limit is stated
}

// Guarantee makes someone answer for groups that are no party.
type Guarantee struct {
	Label      string
	Guarantor  []string
	AnswersFor []string // codes of groups
	Duty       string   // "restrain", "ensure" or "persuade"
	Binding
	Pos Pos
}
