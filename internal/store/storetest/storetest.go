// Package storetest is the conformance suite of stores: it holds one to every sentence
// of the contract in internal/store, and checks the trees that it reads back from
// outside, with hashing of its own.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/truceline/truceline/internal/store"
)

// Harness is one empty store under test.
type Harness struct {
	// Open gives a handle of the store, each time another one, as another process would
	// hold it. The suite closes it.
	Open func(t *testing.T) store.Store
	// OpenBackup gives a handle of what Backup wrote.
	OpenBackup func(t *testing.T, from string) store.Store
	// Damage spoils the store while no handle is open, so that Check has to notice; nil
	// where there is nothing to spoil.
	Damage func(t *testing.T)
}

// Run holds a store to the contract; open gives a new and empty one each time.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	for _, rules := range [][]rule{createRules, commitRules, readRules, derivedRules, cosignRules, wholeRules, closeRules} {
		for _, r := range rules {
			t.Run(r.name, func(t *testing.T) { r.check(t, open(t)) })
		}
	}
}

// rule is one test; its name says what holds.
type rule struct {
	name  string
	check func(t *testing.T, h Harness)
}

// record is a store with its writer's tree.
type record struct {
	t *testing.T
	store.Store
	Tree
	Harness
}

var meta = store.Meta{Origin: "storetest.example/record", Key: "storetest.example/record+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}

// handle opens a store and closes it at the end.
func (h Harness) handle(t *testing.T) store.Store {
	t.Helper()
	s := h.Open(t)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

// begin makes a record that this test leads.
func (h Harness) begin(t *testing.T) *record {
	t.Helper()
	r := &record{t: t, Store: h.handle(t), Tree: Tree{Head: Empty()}, Harness: h}
	must(t, r.Create(t.Context(), meta, r.Tree.Head))
	r.lead()
	return r
}

func (r *record) lead() {
	r.t.Helper()
	head, err := r.Lead(r.t.Context())
	must(r.t, err)
	r.Tree.Head = head
}

// leaves makes n leaves that go on after the record's.
func (r *record) leaves(n int) (refs []string, leaves [][]byte) {
	for i := range n {
		p := r.Tree.Head.Size + int64(i) + 1
		refs = append(refs, fmt.Sprintf("r-%d", p))
		leaves = append(leaves, Leaf(refs[i], kinds[p%int64(len(kinds))], authors[p%int64(len(authors))], int(p%97)))
	}
	return refs, leaves
}

var (
	kinds   = []string{"incident", "act", "reply"}
	authors = []string{"mission", "a-liaison", "b-liaison", "desk"}
)

// add commits n leaves.
func (r *record) add(n int) {
	r.t.Helper()
	old := r.Tree.Head
	must(r.t, r.Commit(r.t.Context(), old, r.Append(r.leaves(n))))
}

// try commits a batch that adds leaves under references, and takes the writer's tree back if that fails.
func (r *record) try(old store.Head, refs ...string) error {
	was := r.Tree.clone()
	var leaves [][]byte
	for _, ref := range refs {
		leaves = append(leaves, Leaf(ref, "incident", "desk", 0))
	}
	err := r.Commit(r.t.Context(), old, r.Append(refs, leaves))
	if err != nil {
		r.Tree = was
	}
	return err
}

func (t *Tree) clone() Tree {
	c := Tree{Head: t.Head, bundle: bytes.Clone(t.bundle)}
	for _, level := range t.nodes {
		c.nodes = append(c.nodes, append([][32]byte(nil), level...))
	}
	return c
}

// holds checks that the store is exactly what its writer made of it.
func (r *record) holds() {
	r.t.Helper()
	exactly(r.t, r.Store, r.Tree.Head)
}

func exactly(t *testing.T, s store.Store, want store.Head) {
	t.Helper()
	got, err := s.Head(t.Context())
	must(t, err)
	sameHead(t, got, want)
	if _, err := Exact(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	must(t, s.Check(t.Context()))
}

func sameHead(t *testing.T, got, want store.Head) {
	t.Helper()
	if !got.Same(want) || !got.Recorded.Equal(want.Recorded) || !bytes.Equal(got.Checkpoint, want.Checkpoint) {
		t.Fatalf("the head is\n%+v, not\n%+v", got, want)
	}
	if got.Recorded.IsZero() != want.Recorded.IsZero() || got.Recorded.Location() != want.Recorded.Location() {
		t.Fatalf("the time of the head is %v, not %v", got.Recorded, want.Recorded)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("%s gives %v, not %v", what, err, want)
	}
}

// refused is an error that is neither of those by which a writer stops.
func refused(t *testing.T, what string, err error) {
	t.Helper()
	if err == nil || errors.Is(err, store.ErrLost) || errors.Is(err, store.ErrUnknown) {
		t.Fatalf("%s gives %v, and should be refused", what, err)
	}
}

// done is a context that is over.
func done(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
