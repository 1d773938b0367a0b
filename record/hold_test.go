package record_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/record"
)

func TestHoldCorrectsAndRestores(t *testing.T) {
	envs, list := read(t,
		entry("statement", "S1", `"summary":{"en":"first"},"body":{}`),
		correction("C1", "S1", "statement", `"summary":{"en":"second"},"body":{}`),
		correction("C2", "S1", "statement", `"summary":{"en":"third"},"body":{}`),
		retraction("R1", "C2"),
		retraction("R2", "R1"),
		retraction("R3", "S1"),
	)
	if len(list) > 0 {
		t.Fatal(list)
	}
	tests := []struct {
		asOf                   int
		summary                string
		correctedBy, retracted []int
	}{
		{1, "first", nil, nil},
		{2, "second", []int{2}, nil},
		{3, "third", []int{2, 3}, nil},
		{4, "second", []int{2}, nil},
		{5, "third", []int{2, 3}, nil},
		{6, "third", []int{2, 3}, []int{6}},
		{0, "third", []int{2, 3}, []int{6}},
		{99, "third", []int{2, 3}, []int{6}},
	}
	for _, tt := range tests {
		held := record.Hold(envs, tt.asOf)
		h := held[0]
		if h.Entry.Summary["en"] != tt.summary || !slices.Equal(h.CorrectedBy, tt.correctedBy) || !slices.Equal(h.RetractedBy, tt.retracted) || h.Position != 1 {
			t.Errorf("as of %d: %+v", tt.asOf, h)
		}
		if h.Stands() == (tt.retracted != nil) {
			t.Errorf("as of %d: stands %v", tt.asOf, h.Stands())
		}
	}
	if envs[0].Entry.Summary["en"] != "first" {
		t.Error("the record was changed")
	}
}

func TestUnlinkUndoesALinkUntilItIsRetracted(t *testing.T) {
	envs, list := read(t,
		entry("statement", "S1", `"body":{}`), entry("statement", "S2", `"body":{}`),
		entry("link", "L", `"body":{"from":"S2","relation":"supports","to":"S1"}`),
		entry("unlink", "U", `"body":{"link":"L"}`),
		retraction("R", "U"),
	)
	if len(list) > 0 {
		t.Fatal(list)
	}
	for asOf, undone := range map[int][]int{3: nil, 4: {4}, 5: nil} {
		link := record.Hold(envs, asOf)[2]
		if !slices.Equal(link.UndoneBy, undone) || link.Stands() != (undone == nil) {
			t.Errorf("as of %d: undone by %v, want %v", asOf, link.UndoneBy, undone)
		}
	}
}

// changes draws a record of statements, links and changes of earlier entries.
func changes(t *rapid.T) []record.Envelope {
	n := rapid.IntRange(0, 14).Draw(t, "entries")
	envs := make([]record.Envelope, n)
	for i := range envs {
		e := record.Entry{Ref: record.Ref(fmt.Sprintf("E%d", i)), Author: "desk", Kind: record.KindStatement, Body: &record.Statement{}}
		target := record.Ref(fmt.Sprintf("E%d", rapid.IntRange(-1, i+1).Draw(t, "target"))) // earlier, itself, later or nothing
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			e.Kind, e.Body = record.KindLink, &record.Link{From: "E0", To: target}
		case 1:
			e.Kind, e.Body = record.KindCorrection, &record.Correction{Corrects: target, Entry: record.Entry{
				Kind: record.KindStatement, Ref: target, Author: "desk", Words: fmt.Sprint("as of ", i+1), Body: &record.Statement{},
			}}
		case 2:
			e.Kind, e.Body = record.KindRetraction, &record.Retraction{Retracts: target}
		case 3:
			e.Kind, e.Body = record.KindUnlink, &record.Unlink{Link: target}
		}
		envs[i] = record.Envelope{Entry: e, Position: i + 1}
	}
	return envs
}

// stands is the rule word for word: an entry stands unless a later retraction that
// stands itself takes it back.
func stands(envs []record.Envelope, i int) bool {
	for j := i + 1; j < len(envs); j++ {
		if r, ok := envs[j].Entry.Body.(*record.Retraction); ok && r.Retracts == envs[i].Entry.Ref && stands(envs, j) {
			return false
		}
	}
	return true
}

func TestHoldFollowsTheRuleWordForWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		envs := changes(t)
		asOf := rapid.IntRange(0, len(envs)+1).Draw(t, "as of")
		held := record.Hold(envs, asOf)
		seen := envs
		if asOf > 0 && asOf < len(envs) {
			seen = envs[:asOf]
		}
		if len(held) != len(seen) {
			t.Fatalf("%d held of %d", len(held), len(seen))
		}
		for i, env := range seen {
			want := record.Held{Envelope: env}
			for j := i + 1; j < len(seen); j++ {
				if !stands(seen, j) {
					continue
				}
				switch b := seen[j].Entry.Body.(type) {
				case *record.Retraction:
					if b.Retracts == env.Entry.Ref {
						want.RetractedBy = append(want.RetractedBy, j+1)
					}
				case *record.Correction:
					if b.Corrects == env.Entry.Ref {
						want.CorrectedBy = append(want.CorrectedBy, j+1)
						want.Entry = b.Entry
					}
				case *record.Unlink:
					if b.Link == env.Entry.Ref {
						want.UndoneBy = append(want.UndoneBy, j+1)
					}
				}
			}
			if diff := cmp.Diff(want, held[i]); diff != "" {
				t.Fatalf("entry %d: %s", i+1, diff)
			}
		}
	})
}

// TestRetractingTheLastChangeRestores: whatever a record holds, a change and its
// retraction leave what held before.
func TestRetractingTheLastChangeRestores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		envs := changes(t)
		before := record.Hold(envs, 0)
		if len(envs) == 0 {
			return
		}
		last := envs[len(envs)-1]
		without := record.Hold(envs[:len(envs)-1], 0)
		after := record.Hold(append(slices.Clone(envs), record.Envelope{Position: len(envs) + 1, Entry: record.Entry{
			Ref: "last", Kind: record.KindRetraction, Body: &record.Retraction{Retracts: last.Entry.Ref},
		}}), 0)
		if diff := cmp.Diff(without, after[:len(without)]); diff != "" {
			t.Fatalf("retracting entry %d did not restore: %s", last.Position, diff)
		}
		if diff := cmp.Diff(before, record.Hold(envs, len(envs))); diff != "" {
			t.Fatal(diff)
		}
	})
}
