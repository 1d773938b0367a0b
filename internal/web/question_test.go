package web

import (
	"sync"
	"testing"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

func TestOnlyTheLatestQuestionsAreKept(t *testing.T) {
	fsys, err := cases.UA2025()
	if err != nil {
		t.Fatal(err)
	}
	c, err := casefile.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	kept := newBenches(c)
	question := func(i int) judge.Question {
		return judge.Question{At: c.World.From + moment.Instant(i), KnownBy: moment.Future}
	}
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := range maxBenches {
				if b := kept.get(question(worker*maxBenches/2 + i)); b.Question != question(worker*maxBenches/2+i) {
					t.Errorf("asked %v, got the bench of %v", question(i), b.Question)
				}
			}
		})
	}
	wait.Wait()
	if len(kept.made) != maxBenches || len(kept.order) != maxBenches {
		t.Errorf("%d benches kept in %d places, want %d", len(kept.made), len(kept.order), maxBenches)
	}
	q := question(1_000_000)
	if first := kept.get(q); kept.get(q) != first {
		t.Error("the same question is judged twice")
	}
}

func TestParagraphsAreJoinedAsTheirScriptWants(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
	}{
		{"one\ntwo\n\nthree\n", []string{"one two", "three"}},
		{"停火\n三十天", []string{"停火三十天"}},
		{"停火 30\n天", []string{"停火 30 天"}},
		{"\n\n \n", nil},
		{"a\r\nb\r\n\r\nc", []string{"a b", "c"}},
	} {
		got := paragraphs(tt.in)
		if len(got) != len(tt.want) {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
			}
		}
	}
}

func TestSharesAreWrittenAsDrawingsTakeThem(t *testing.T) {
	for in, want := range map[share]string{0: "0.0%", 3: "0.3%", 125: "12.5%", 1000: "100.0%"} {
		if got := in.String(); got != want {
			t.Errorf("%d: %s, want %s", int(in), got, want)
		}
	}
}
