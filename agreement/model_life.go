package agreement

import (
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// Terms are what the words mean, as far as they were formalised.
type Terms struct {
	Start         *EntryIntoForce
	Length        *Duration
	Phases        []*Phase
	Definitions   []*Definition
	Zones         []*Zone
	Prohibitions  []*Prohibition
	Exceptions    []*Exception
	Withdrawals   []*Withdrawal
	Duties        []*Duty
	Ratios        []*Ratio
	Powers        []*Power
	Verifications []*Verification
	Guarantees    []*Guarantee

	order []string // labels, in the order of the file; nil in terms made by hand
}

// EntryIntoForce says when the agreement begins to bind: once every condition
// holds, or at a stated time.
type EntryIntoForce struct {
	Label    string
	Requires []Precondition
	// Start is a stated time; zero when the start follows from conditions only.
	Start moment.Time
	// WholeDay: a Start that is a bare date means the whole of that day, from
	// its first moment. False: some moment of that day, the hour not known.
	WholeDay bool
	// After is a moment before which it does not begin; nil: none.
	After *Moment
	Pos   Pos
}

// PreconditionKind is the sort of a condition precedent.
type PreconditionKind string

// The kinds of condition precedent.
const (
	RequiresAccepted            PreconditionKind = "accepted"
	RequiresImplementedTogether PreconditionKind = "implemented-together"
	RequiresDeclared            PreconditionKind = "declared"
	RequiresMet                 PreconditionKind = "met"
	RequiresDone                PreconditionKind = "done"
)

// Precondition is one condition for entry into force, for a phase or for a clause.
type Precondition struct {
	Kind      PreconditionKind
	Parties   []string        // one for accepted and declared
	Strength  record.Strength // the weakest that suffices, for accepted
	Within    moment.Duration // the window for implementing together; zero: no window is stated
	Condition string          // the id, for met
	Duty      string          // the label, for done
	Pos       Pos
}

// ID names the condition: "accepted:A", "implemented-together:A,B", "met:relief",
// "done:3".
func (p Precondition) ID() string {
	switch p.Kind {
	case RequiresMet:
		return string(p.Kind) + ":" + p.Condition
	case RequiresDone:
		return string(p.Kind) + ":" + p.Duty
	}
	return string(p.Kind) + ":" + strings.Join(p.Parties, ",")
}

// Anchor is an event from which a moment is counted.
type Anchor string

// The anchors. Those that name something have it in Moment.Of.
const (
	AnchorStart     Anchor = "start"
	AnchorEnd       Anchor = "end"
	AnchorSignature Anchor = "signature" // every party has signed
	AnchorPhase     Anchor = "phase"     // the beginning of phase Of
	AnchorPhaseEnd  Anchor = "phase-end"
	AnchorDone      Anchor = "done"      // the duty Of was met
	AnchorCondition Anchor = "condition" // the act condition-met on Of
	AnchorNotice    Anchor = "notice"    // the act that exercises the power Of, or gives its notice
)

// Moment is a point of the agreement's life: a time, or an anchor with an offset.
type Moment struct {
	Time   moment.Time // zero where Anchor is set
	Anchor Anchor
	Of     string
	Offset moment.Duration
	Minus  bool // the offset goes back from the anchor
	Text   string
	Pos    Pos
}

// Binding narrows when a clause binds within the life of the agreement.
type Binding struct {
	From, Until *Moment // nil: not narrowed
	Phases      []string
	Requires    []Precondition
	Hours       []Hours         // each day; empty: at any hour
	Daily       moment.Duration // so long each day, which hours is not said; zero: not narrowed
	Survives    bool            // binds after the end
	Counting    []moment.Counting
}

// Narrows tells that a clause binds otherwise than the agreement as a whole.
func (b *Binding) Narrows() bool {
	return b.From != nil || b.Until != nil || len(b.Phases)+len(b.Requires)+len(b.Hours) > 0 || !b.Daily.IsZero() || b.Survives
}

// Earlier tells that a clause may bind before the agreement's start.
func (b *Binding) Earlier() bool {
	return b.From != nil && (b.From.Anchor != AnchorStart || b.From.Minus)
}

// Hours is a stretch of every day, by the clock of the terms' zone: seconds after
// midnight, Until exclusive; Until <= From passes midnight.
type Hours struct{ From, Until int }

// Duration says how long the agreement binds and how it is prolonged.
type Duration struct {
	Label     string
	Length    moment.Duration   // zero when Until is given, or when no end is stated
	Counting  []moment.Counting // one; several where the words fix none: each gives an end
	Zone      *moment.Zone      // of the days counted
	Until     moment.Time       // a stated end (exclusive instant); zero otherwise
	Extension *Extension
	Pos       Pos
}

// Extension says how the term is prolonged.
type Extension struct {
	Mutual []string        // every one of these must consent before the end
	Tacit  moment.Duration // the renewal's length; zero: no tacit renewal
	Notice moment.Duration // a notice this long before the end stops a tacit renewal
	Limit  int             // how many tacit renewals at most; 0: no limit
	Pos    Pos
}

// Phase is a stretch of the agreement's life.
type Phase struct {
	Label     string
	From      *Moment        // nil: where the phase before it ends; of the first, the start
	Requires  []Precondition // the gate: it does not begin before all hold
	Length    moment.Duration
	Until     *Moment
	Counting  []moment.Counting
	Continues string // a condition that keeps it alive past its length; "" none
	Pos       Pos
}
