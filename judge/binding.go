package judge

import (
	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// What follows answers for the agreement as a whole as long as clauses have no
// windows of their own.

func (l *life) whole() moment.Window { return l.window("") }

func (l *life) binds(label string, _ *agreement.Binding) moment.Window { return l.window(label) }

func (l *life) hours(_ *agreement.Binding, _ moment.Time) (truth.Value, code) {
	return truth.Yes, codeInForce
}

func (l *life) releasedFrom(_, _ string, _ moment.Time) bool { return false }

func (l *life) releaseEntries(_, _ string) []record.Ref { return nil }
