package view

import (
	"sync"
	"testing"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

func founding(tb testing.TB) *casefile.Case {
	tb.Helper()
	fsys, err := cases.UA2025()
	if err != nil {
		tb.Fatal(err)
	}
	c, err := casefile.Load(fsys)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func TestOnlyTheLatestQuestionsAreKept(t *testing.T) {
	c := founding(t)
	views := New(c)
	question := func(i int) judge.Question {
		return judge.Question{At: c.World.From + moment.Instant(i), KnownBy: moment.Future}
	}
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := range maxBenches {
				if v := views.Of(question(worker*maxBenches/2 + i)); v.Question != question(worker*maxBenches/2+i) {
					t.Errorf("asked %v, got the view of %v", question(i), v.Question)
				}
			}
		})
	}
	wait.Wait()
	if kept := views.benches; len(kept.made) != maxBenches || len(kept.order) != maxBenches {
		t.Errorf("%d views kept in %d places, want %d", len(kept.made), len(kept.order), maxBenches)
	}
	q := question(1_000_000)
	if first := views.Of(q); views.Of(q) != first {
		t.Error("the same question is judged twice")
	}
}
