package recorder

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

const origin = "mission.example/trial"

// kit is a record in a store, with keys of a keeper and of two parties.
type kit struct {
	t      testing.TB
	store  store.Store
	guard  *memoryGuard
	signer *proof.Signer
	log    *proof.Verifier
	keys   map[string]*proof.Signer
	public map[string]string
	now    time.Time
	mu     sync.Mutex
}

// memoryGuard keeps a checkpoint.
type memoryGuard struct {
	mu   sync.Mutex
	data []byte
	fail error
}

func (g *memoryGuard) Read() ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.data, nil
}

func (g *memoryGuard) Write(data []byte) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.fail != nil {
		return g.fail
	}
	g.data = append([]byte(nil), data...)
	return nil
}

func newKit(t testing.TB, s store.Store) *kit {
	t.Helper()
	k := &kit{t: t, store: s, guard: &memoryGuard{}, keys: map[string]*proof.Signer{}, public: map[string]string{}, now: time.Date(2031, 3, 1, 8, 0, 0, 0, time.UTC)}
	skey, _, err := proof.GenerateKey(rand.Reader, origin, proof.Signing)
	if err != nil {
		t.Fatal(err)
	}
	if k.signer, err = proof.ParseSigner(skey); err != nil {
		t.Fatal(err)
	}
	k.log = k.signer.Verifier()
	for _, name := range []string{"desk", "a.delegation", "b.delegation", "stranger"} {
		k.newKey(name)
	}
	if err := Create(t.Context(), k.options()); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *kit) newKey(name string) string {
	skey, vkey, err := proof.GenerateKey(rand.Reader, name, proof.Signing)
	if err != nil {
		k.t.Fatal(err)
	}
	if k.keys[name], err = proof.ParseSigner(skey); err != nil {
		k.t.Fatal(err)
	}
	k.public[name] = vkey
	return vkey
}

func (k *kit) options() Options {
	return Options{Store: k.store, Key: k.signer, Guard: k.guard, Now: k.clock}
}

func (k *kit) clock() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.now = k.now.Add(time.Second)
	return k.now
}

func (k *kit) open(change ...func(*Options)) *Recorder {
	k.t.Helper()
	o := k.options()
	for _, c := range change {
		c(&o)
	}
	r, err := Open(k.t.Context(), o)
	if err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(r.Close)
	return r
}

// begin opens the record and admits the keeper and both parties.
func (k *kit) begin(change ...func(*Options)) *Recorder {
	k.t.Helper()
	r := k.open(change...)
	k.must(r, k.admit("desk", "desk", "mission"))
	k.must(r, k.admit("desk", "a.delegation", "A"))
	k.must(r, k.admit("desk", "b.delegation", "B"))
	return r
}

func (k *kit) admit(author, name, holder string) record.Leaf {
	return k.sign(record.Entry{
		Kind: record.KindKey, Ref: record.Ref("key-" + name), Author: author,
		Body: &record.Key{Name: name, Event: "admitted", Holder: holder, PublicKey: k.public[name], Authority: record.Text{"en": "by letter"}},
	})
}

// sign gives an entry as its author submits it.
func (k *kit) sign(e record.Entry) record.Leaf {
	k.t.Helper()
	l, err := record.Submission(e, k.signature(e))
	if err != nil {
		k.t.Fatal(err)
	}
	return l
}

func (k *kit) signature(e record.Entry) string {
	k.t.Helper()
	l, err := record.Submission(e, "")
	if err != nil {
		k.t.Fatal(err)
	}
	raw, err := k.keys[e.Author].Sign(record.SignedText(origin, l.Identity))
	if err != nil {
		k.t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(raw)
}

// report is an entry that stands by itself.
func report(author, ref string) record.Entry {
	return record.Entry{
		Kind: record.KindReport, Ref: record.Ref(ref), Author: author, Happened: "2031-02-28",
		SaidBy: &record.Voice{Institution: record.Text{"en": "post 4"}}, Body: &record.Report{Act: "attack/artillery", Means: "heard"},
	}
}

// sheet gives a sheet over reports of an author, and them.
func (k *kit) sheet(author, ref string, entries ...record.Entry) (record.Leaf, []record.Leaf) {
	k.t.Helper()
	var under []record.Leaf
	var ids []proof.Hash
	for _, e := range entries {
		l, err := record.Submission(e, "")
		if err != nil {
			k.t.Fatal(err)
		}
		under = append(under, l)
		ids = append(ids, proof.LeafHash(l.Identity[:]))
	}
	root := proof.Root(ids)
	return k.sign(record.Entry{
		Kind: record.KindSheet, Ref: record.Ref(ref), Author: author,
		Body: &record.Sheet{Count: len(entries), Root: fmt.Sprintf("%x", root[:])},
	}), under
}

func reports(author, prefix string, n int) []record.Entry {
	list := make([]record.Entry, n)
	for i := range list {
		list[i] = report(author, fmt.Sprintf("%s-%d", prefix, i))
	}
	return list
}

func (k *kit) must(r *Recorder, l record.Leaf) Receipt {
	k.t.Helper()
	got, err := r.Append(k.t.Context(), l)
	if err != nil {
		k.t.Fatalf("%s: %v", l.Entry.Ref, err)
	}
	return got
}

// verify reads the whole store as somebody from outside would: every leaf, signature
// and sheet, the tree made anew, the checkpoint. It gives the references in order.
func (k *kit) verify() []string {
	k.t.Helper()
	ctx := context.Background()
	head, err := k.store.Head(ctx)
	if err != nil {
		k.t.Fatal(err)
	}
	opened, err := proof.OpenCheckpoint(head.Checkpoint, k.log)
	if err != nil {
		k.t.Fatal(err)
	}
	if opened.Size != head.Size || opened.Root != head.Root {
		k.t.Fatal("the head is not what its checkpoint says")
	}
	keys := &record.Keys{}
	var refs []string
	var hashes []proof.Hash
	var sheet record.Leaf
	var ids []proof.Hash
	last := ""
	for position := int64(1); position <= head.Size; position++ {
		tile, err := k.store.Tile(ctx, store.Entries, (position-1)/256)
		if err != nil {
			k.t.Fatal(err)
		}
		leaves, err := proof.ParseBundle(tile.Data, tile.Width)
		if err != nil {
			k.t.Fatal(err)
		}
		raw := leaves[(position-1)%256]
		hashes = append(hashes, proof.LeafHash(raw))
		l, err := record.ReadLeaf("store", int(position), raw)
		if err != nil {
			k.t.Fatal(err)
		}
		if l.Recorded < last {
			k.t.Fatalf("position %d: time runs backwards", position)
		}
		last = l.Recorded
		refs = append(refs, string(l.Entry.Ref))
		if l.Sheet > 0 {
			ids = append(ids, proof.LeafHash(l.Identity[:]))
			if b := sheet.Entry.Body.(*record.Sheet); len(ids) == b.Count {
				if root := proof.Root(ids); fmt.Sprintf("%x", root[:]) != b.Root {
					k.t.Fatalf("position %d: the sheet has another root", position)
				}
			}
			continue
		}
		key, err := keys.Author(&l.Entry)
		if err != nil {
			k.t.Fatal(err)
		}
		if !key.Verifies(record.SignedText(origin, l.Identity), l.Signature) {
			k.t.Fatalf("position %d: wrong signature", position)
		}
		if l.Entry.Kind == record.KindSheet {
			sheet, ids = l, nil
		}
		keys.Apply(int(position), &l.Entry)
	}
	if root := proof.Root(hashes); root != head.Root {
		k.t.Fatalf("the tree of %d leaves has not the root of the head", head.Size)
	}
	seen := map[string]bool{}
	for _, ref := range refs {
		if seen[ref] {
			k.t.Fatalf("%s stands twice", ref)
		}
		seen[ref] = true
	}
	return refs
}
