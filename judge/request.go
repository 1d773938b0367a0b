package judge

import (
	"slices"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// The states of a request.
const (
	RequestAnswered     = "answered" // in time, where a time is set
	RequestAnsweredLate = "answered-late"
	RequestOpen         = "open"
	RequestOverdue      = "overdue"
	RequestUndetermined = "undetermined"
)

// RequestStatus is how a request, or a message that asks for an answer by a time,
// stands.
type RequestStatus struct {
	Entry    record.Ref   `json:"entry"`
	Kind     record.Kind  `json:"kind"`
	Of       string       `json:"of"`             // who is asked
	By       string       `json:"by,omitempty"`   // the party that asks, where one does
	Asks     string       `json:"asks,omitempty"` // of a request: reply, access or document
	On       record.Ref   `json:"on,omitempty"`
	When     string       `json:"when,omitempty"`
	Due      string       `json:"due,omitempty"` // as written
	State    string       `json:"state"`
	Possible []string     `json:"possible"` // where undetermined; never nil
	Answers  []record.Ref `json:"answers"`
	Reasons  []Step       `json:"reasons"`
}

// Requests lists the requests, and the messages with a time for their answer, that
// the question sees, in the order of the record.
func (b *Bench) Requests() []RequestStatus {
	list := []RequestStatus{}
	for _, k := range b.words {
		if k.retract || b.askedAt(k).possible > b.Question.At {
			continue
		}
		s := RequestStatus{Entry: k.Ref, Kind: k.Kind, By: partyOf(k.SaidBy), When: k.Happened, Possible: []string{}, Answers: []record.Ref{}}
		switch body := k.Body.(type) {
		case *record.Request:
			s.Of, s.Asks, s.On, s.Due = body.Of, body.Asks, body.On, body.Due
		case *record.Message:
			if body.Due == "" || body.Step == "answered" {
				continue
			}
			s.Of, s.By, s.Due = body.To, body.From, body.Due
		default:
			continue
		}
		b.answerRequest(&s)
		list = append(list, s)
	}
	return list
}

func (b *Bench) answerRequest(s *RequestStatus) {
	at := b.Question.At
	due := deadline{open: s.Due == ""} // without a time nothing is ever too late
	if t, err := moment.Parse(s.Due, b.Case.Zone); s.Due != "" && err == nil && t.Latest() != moment.Future {
		due = deadline{bounds: bounds{t.Latest() + 1, t.Latest() + 1}, known: true}
	}
	when, refs := b.answersTo(s.Entry, s.Of)
	s.Answers = append(s.Answers, refs...)
	done, late := when.reachedAt(at), truth.No
	if due.known {
		late = notBefore(when, due.bounds)
	}
	passed := due.passed(at)
	add := func(state string, v ...truth.Value) {
		if truth.And(v...) != truth.No {
			s.Possible = append(s.Possible, state)
		}
	}
	add(RequestAnswered, done, late.Not())
	add(RequestAnsweredLate, done, late)
	add(RequestOpen, done.Not(), passed.Not())
	add(RequestOverdue, done.Not(), passed)
	step := Step{Test: "request", Args: truth.Args{"party": s.Of}, Entries: append([]record.Ref{s.Entry}, refs...)}
	if due.known {
		step.Args["due"] = s.Due
	}
	s.State = RequestUndetermined
	if len(s.Possible) == 1 {
		s.State, s.Possible = s.Possible[0], []string{}
	}
	switch s.State {
	case RequestAnswered:
		step.Outcome, step.Detail = truth.Yes, "request.answered"
	case RequestAnsweredLate:
		step.Outcome, step.Detail = truth.No, "request.late"
	case RequestOpen:
		step.Outcome, step.Detail = truth.No, "request.open"
	case RequestOverdue:
		step.Outcome, step.Detail = truth.No, "request.overdue"
	default:
		step.Detail = "request.perhaps"
		step.Settle = []truth.Gap{{Code: "gap.time-of-answer", Args: truth.Args{"party": s.Of}}}
	}
	s.Reasons = []Step{step}
}

// answersTo finds what a party answered to an entry: replies to it, or to what it is
// about after it was made; messages that answer it; entries linked as its answer.
// The time is when the first of them was made.
func (b *Bench) answersTo(ref record.Ref, party string) (bounds, []record.Ref) {
	first := never
	var refs []record.Ref
	take := func(k *known) {
		when := b.askedAt(k)
		if !k.happened.IsZero() {
			when = toldAt(k)
		}
		if k.retract || slices.Contains(refs, k.Ref) || when.possible > b.Question.At {
			return
		}
		first, refs = sooner(first, when), append(refs, k.Ref)
	}
	var on record.Ref
	var since bounds
	if k := b.of(ref); k != nil {
		since = b.askedAt(k)
		if r, ok := k.Body.(*record.Request); ok {
			on = r.On
		}
	}
	answers := func(k *known) {
		switch body := k.Body.(type) {
		case *record.Reply:
			later := body.To == on && on != "" && notBefore(toldAt(k), since) == truth.Yes
			if body.Party == party && (body.To == ref || later) {
				take(k)
			}
		case *record.Message:
			if body.Answers == ref && body.Step == "answered" && body.From == party {
				take(k)
			}
		}
	}
	for _, k := range b.words {
		answers(k)
	}
	for _, k := range b.onReport[ref] {
		l, ok := k.Body.(*record.Link)
		if !ok || l.Relation != record.RelAnswerTo || l.To != ref || b.unlinked[k.Ref] {
			continue
		}
		if answer := b.of(l.From); answer != nil && speaksFor(answer, party) {
			take(answer)
		}
	}
	slices.Sort(refs)
	return first, refs
}

// speaksFor tells whether an entry is of a party: its act, or its word.
func speaksFor(k *known, party string) bool {
	switch body := k.Body.(type) {
	case *record.Act:
		return body.Party == party
	case *record.Message:
		return body.From == party
	case *record.Reply:
		return body.Party == party
	}
	return partyOf(k.SaidBy) == party
}

// linked tells that an entry is linked as the answer to something.
func (b *Bench) linked(ref record.Ref) bool {
	return slices.ContainsFunc(b.onReport[ref], func(k *known) bool {
		l, ok := k.Body.(*record.Link)
		return ok && l.From == ref && l.Relation == record.RelAnswerTo && !b.unlinked[k.Ref]
	})
}
