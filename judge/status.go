package judge

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// State is where an agreement stands in its life, under one reading.
type State string

// The states of an agreement's life; Undetermined comes with the possible ones.
const (
	Draft        State = "draft"
	Tabled       State = "tabled"
	Pending      State = "pending"
	InForce      State = "in-force"
	Suspended    State = "suspended"
	Expired      State = "expired"
	Terminated   State = "terminated"
	Superseded   State = "superseded"
	Rejected     State = "rejected"
	Lapsed       State = "lapsed"
	Undetermined State = "undetermined"
)

// Positions beyond those that can be recorded.
const (
	PositionDisputed     record.Position = "disputed"     // the latest statements cannot be ordered and disagree
	PositionUndetermined record.Position = "undetermined" // imprecise times allow several
)

// Status is what is in force, by agreement and reading.
type Status struct {
	Case        string            `json:"case"`
	At          string            `json:"at"`
	KnownBy     string            `json:"known_by"` // "" where nothing limits it
	AsOf        int               `json:"as_of"`
	Rules       string            `json:"rules"`
	HourUnknown []record.Ref      `json:"hour_unknown,omitempty"` // used though only the day of their publication is known
	Agreements  []AgreementStatus `json:"agreements"`
}

// AgreementStatus is the status of one agreement under each reading.
type AgreementStatus struct {
	ID      string                    `json:"id"`
	Version string                    `json:"version"`
	Roles   map[string]agreement.Role `json:"roles"`
	// Readings starts with the text, then the readings by holder.
	Readings []ReadingStatus `json:"readings"`
	// Upcoming: it became known only after the moment asked about.
	Upcoming bool `json:"upcoming,omitempty"`
	// DependsOnReading: the readings differ in state; the text is left out
	// where there is no common text.
	DependsOnReading bool `json:"depends_on_reading"`
	// Called is what the document is called, each with who calls it so.
	Called []Stated `json:"called,omitempty"`
}

// ReadingStatus is the status of an agreement under one reading.
type ReadingStatus struct {
	By            string                    `json:"by"` // Text or the holder
	State         State                     `json:"state"`
	Possible      []State                   `json:"possible"`         // where undetermined; never nil
	InForceFrom   string                    `json:"in_force_from"`    // "" before any start; RFC 3339, or an interval of two where imprecise
	InForceUntil  string                    `json:"in_force_until"`   // "" where no end is computed; exclusive: the first moment after it
	Zone          string                    `json:"zone"`             // by whose clock the terms count days
	Ends          []End                     `json:"ends,omitempty"`   // by counting rule
	Stated        []Stated                  `json:"stated,omitempty"` // starts and ends that sides state: claims
	Preconditions []PreconditionStatus      `json:"preconditions"`
	Positions     map[string]PositionStatus `json:"positions"`
	Reasons       []Step                    `json:"reasons"`
}

// End is the end by one rule of counting.
type End struct {
	Counting moment.Counting `json:"counting"`
	LastDay  string          `json:"last_day"` // the day with which it ends, in the zone of the terms
	Until    string          `json:"until"`
}

// Stated is a particular that someone asserts.
type Stated struct {
	What    record.ClaimWhat `json:"what"`
	Value   string           `json:"value"`
	By      string           `json:"by"` // the party, or "" where a source of no party says it
	Entries []record.Ref     `json:"entries"`
}

// Condition states.
const (
	ConditionOpen         = "open"
	ConditionMet          = "met"
	ConditionWaived       = "waived"
	ConditionUndetermined = "undetermined"
)

// PreconditionStatus is how one condition precedent stands.
type PreconditionStatus struct {
	ID       string         `json:"id"`
	State    string         `json:"state"`
	Since    string         `json:"since,omitempty"`
	Entries  []record.Ref   `json:"entries"`
	Reason   Step           `json:"reason"`
	Position *agreement.Pos `json:"position,omitempty"`
}

// PositionStatus is where a party stands.
type PositionStatus struct {
	Position   record.Position   `json:"position"`
	Possible   []record.Position `json:"possible,omitempty"`
	Strength   record.Strength   `json:"strength,omitempty"`
	Entries    []record.Ref      `json:"entries"`
	Conditions []ConditionStatus `json:"conditions,omitempty"`
}

// ConditionStatus is one condition that a party sets.
type ConditionStatus struct {
	ID      string       `json:"id"`
	State   string       `json:"state"`
	Text    record.Text  `json:"text,omitempty"`
	Entries []record.Ref `json:"entries"`
}

// Status answers what is in force at the question's moment.
func (b *Bench) Status() Status {
	s := Status{
		Case: b.Case.ID, At: b.Question.At.String(), AsOf: b.asOf(), Rules: Rules,
		HourUnknown: b.HourUnknown, Agreements: []AgreementStatus{},
	}
	if b.Question.KnownBy != moment.Future {
		s.KnownBy = b.Question.KnownBy.String()
	}
	for _, id := range b.Agreements() {
		s.Agreements = append(s.Agreements, b.agreementStatus(id))
	}
	return s
}

// asOf is the last position that is used.
func (g *Ground) asOf() int {
	if g.position > 0 {
		return min(g.position, len(g.Case.Entries))
	}
	return len(g.Case.Entries)
}

func (b *Bench) agreementStatus(id string) AgreementStatus {
	v := b.versions[id]
	k := b.at(v.Entry)
	s := AgreementStatus{Upcoming: !k.public.IsZero() && k.public.Earliest() > b.Question.At, ID: id, Version: v.Version, Roles: v.Roles, Called: b.stated(id, record.ClaimDocument)}
	states := map[string]bool{}
	for _, l := range b.lives[id] {
		r := l.status()
		s.Readings = append(s.Readings, r)
		if r.By != Text || v.CommonText {
			states[fingerprint(r)] = true
		}
	}
	s.DependsOnReading = len(states) > 1
	return s
}

// fingerprint is what makes two readings' states the same.
func fingerprint(r ReadingStatus) string {
	s := string(r.State)
	for _, p := range r.Possible {
		s += "|" + string(p)
	}
	return s
}

// stated lists what sources assert of an agreement, the same assertion by the
// same party once, with the entries that make it.
func (b *Bench) stated(id string, whats ...record.ClaimWhat) []Stated {
	var list []Stated
	for _, k := range b.kinds[record.KindStatement] {
		st, ok := k.Body.(*record.Statement)
		if !ok || k.retract || st.Unattributed || !b.saidBy(k, b.Question.At) {
			continue
		}
		for _, c := range st.Claims {
			if c.Agreement != id || !slices.Contains(whats, c.What) {
				continue
			}
			by := ""
			if k.SaidBy != nil {
				by = k.SaidBy.Party
			}
			j := slices.IndexFunc(list, func(s Stated) bool { return s.What == c.What && s.Value == c.Value && s.By == by })
			if j < 0 {
				list = append(list, Stated{What: c.What, Value: c.Value, By: by})
				j = len(list) - 1
			}
			list[j].Entries = append(list[j].Entries, k.Ref)
		}
	}
	slices.SortStableFunc(list, func(x, y Stated) int {
		return compare(string(x.What)+"\x00"+x.By+"\x00"+x.Value, string(y.What)+"\x00"+y.By+"\x00"+y.Value)
	})
	return list
}

// saidBy tells whether an entry may have been said by an instant.
func (b *Bench) saidBy(k *known, at moment.Instant) bool {
	return k.happened.IsZero() || k.happened.Earliest() <= at
}
