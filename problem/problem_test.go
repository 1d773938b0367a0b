package problem_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/problem"
)

func TestAProblemInWords(t *testing.T) {
	tests := []struct {
		p    problem.Problem
		want string
	}{
		{problem.Problem{What: "it is missing"}, "it is missing"},
		{problem.Problem{What: "it is missing", Mend: "add it"}, "it is missing (add it)"},
		{problem.Problem{File: "a.hcl", What: "it is missing"}, "a.hcl: it is missing"},
		{problem.Problem{File: "a.hcl", Line: 3, What: "it is missing"}, "a.hcl:3: it is missing"},
		{problem.Problem{File: "a.hcl", Line: 3, Column: 7, Field: "zone", What: "it is missing", Mend: "add it"}, "a.hcl:3:7: zone: it is missing (add it)"},
		{problem.Problem{File: "a.hcl", Column: 7, What: "it is missing"}, "a.hcl: it is missing"},
		{problem.Problem{Line: 3, Field: "zone", What: "it is missing"}, "zone: it is missing"},
	}
	for _, tt := range tests {
		if got := tt.p.Error(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// TestJSONForm pins the names by which other programs read problems.
func TestJSONForm(t *testing.T) {
	list := problem.List{
		{Code: "missing", File: "a.hcl", Line: 3, Column: 7, Field: "zone", What: "it is missing", Mend: "add it"},
		{Code: "error", What: "no"},
	}
	got, err := json.Marshal(list)
	want := `[{"code":"missing","file":"a.hcl","line":3,"column":7,"field":"zone","what":"it is missing","mend":"add it"},{"code":"error","what":"no"}]`
	if err != nil || string(got) != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}
	var again problem.List
	if err := json.Unmarshal(got, &again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(list, again); diff != "" {
		t.Error(diff)
	}
}

func TestTakeGathersEveryKindOfError(t *testing.T) {
	one := problem.Problem{Code: "missing", File: "b", What: "it is missing"}
	var list problem.List
	list.Take(nil)
	list.Take(one)
	list.Take(problem.List{one, one})
	list.Take(fmt.Errorf("reading: %w", one))
	list.Take(fmt.Errorf("reading: %w", problem.List{one}.Err()))
	list.Take(fs.ErrNotExist)
	other := problem.Problem{Code: "error", What: "file does not exist"}
	if diff := cmp.Diff(problem.List{one, one, one, one, one, other}, list); diff != "" {
		t.Error(diff)
	}
}

func TestNoProblemIsNoError(t *testing.T) {
	var list problem.List
	if err := list.Err(); err != nil {
		t.Errorf("an empty list is the error %v", err)
	}
	list.Add(problem.Problem{What: "x"})
	var back problem.List
	if err := fmt.Errorf("case: %w", list.Err()); !errors.As(err, &back) || len(back) != 1 {
		t.Errorf("the list is lost in %v", err)
	}
}

// TestProblemsComeInTheOrderOfTheirPlaces: by file, line and column; what stands at
// one place keeps its order, and the list itself is not changed.
func TestProblemsComeInTheOrderOfTheirPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "problems")
		list := make(problem.List, n)
		for i := range list {
			list[i] = problem.Problem{
				File: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "file"),
				Line: rapid.IntRange(0, 2).Draw(t, "line"), Column: rapid.IntRange(0, 2).Draw(t, "column"), What: fmt.Sprint(i),
			}
		}
		before := append(problem.List{}, list...)
		var sorted problem.List
		sorted.Take(list.Err())
		if diff := cmp.Diff(before, list); diff != "" {
			t.Fatalf("the list was changed: %s", diff)
		}
		seen := map[string]bool{}
		for i, p := range sorted {
			seen[p.What] = true
			if i == 0 {
				continue
			}
			q := sorted[i-1]
			order := fmt.Sprintf("%s %d %d", q.File, q.Line, q.Column) < fmt.Sprintf("%s %d %d", p.File, p.Line, p.Column)
			same := q.File == p.File && q.Line == p.Line && q.Column == p.Column
			var a, b int
			if _, err := fmt.Sscan(q.What+" "+p.What, &a, &b); err != nil {
				t.Fatal(err)
			}
			if !order && (!same || a > b) {
				t.Fatalf("%v stands before %v", q, p)
			}
		}
		if len(seen) != n {
			t.Fatalf("%d of %d are left", len(seen), n)
		}
	})
}

func ExampleList_Err() {
	var list problem.List
	list.Add(problem.Problem{Code: "unknown-zone", File: "case.hcl", Line: 4, Column: 10, Field: "zone", What: `there is no zone "Mars"`, Mend: "write an IANA name"})
	list.Add(problem.Problem{Code: "missing", File: "case.hcl", Line: 2, Column: 1, Field: "title", What: "it is missing"})
	fmt.Println(list.Err())
	// Output:
	// case.hcl:2:1: title: it is missing
	// case.hcl:4:10: zone: there is no zone "Mars" (write an IANA name)
}
