package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// code gives the code of the first problem of an error.
func code(err error) string {
	var list problem.List
	if errors.As(err, &list) && len(list) > 0 {
		return list[0].Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestEntriesAreRecordedInOrderAndOnce(t *testing.T) {
	k := newKit(t, store.NewMemory())
	r := k.begin()
	first := k.must(r, k.sign(report("desk", "r1")))
	if first.Position != 4 || first.Again {
		t.Errorf("the first report: %+v", first)
	}
	again := k.must(r, k.sign(report("desk", "r1")))
	if again.Position != 4 || !again.Again || again.Recorded != first.Recorded || again.ID != first.ID {
		t.Errorf("the same entry again: %+v, first %+v", again, first)
	}
	other := report("desk", "r1")
	other.Happened = "2031-02-27"
	if _, err := r.Append(t.Context(), k.sign(other)); code(err) != "taken-ref" {
		t.Errorf("another entry under the same reference: %v", err)
	}
	sheet, under := k.sheet("desk", "s1", reports("desk", "u", 600)...)
	got, err := r.AppendSheet(t.Context(), sheet, under)
	if err != nil || len(got) != 601 || got[0].Position != 5 || got[600].Position != 605 {
		t.Fatalf("a sheet: %v, %d receipts", err, len(got))
	}
	twice, err := r.AppendSheet(t.Context(), sheet, under)
	if err != nil || !twice[0].Again || twice[600].Position != 605 || r.Head().Size != 605 {
		t.Errorf("the same sheet again: %v, size %d", err, r.Head().Size)
	}
	if refs := k.verify(); len(refs) != 605 || refs[3] != "r1" || refs[604] != "u-599" {
		t.Errorf("%d references", len(refs))
	}
}

func TestWhatMayNotBeRecordedIsRefused(t *testing.T) {
	k := newKit(t, store.NewMemory())
	r := k.begin()
	k.must(r, k.sign(report("desk", "r1")))
	revocation := record.Entry{Kind: record.KindKey, Ref: "gone", Author: "desk", Body: &record.Key{Name: "b.delegation", Event: "revoked", Holder: "B", Authority: record.Text{"en": "by letter"}}}
	k.must(r, k.sign(revocation))
	ownReply := record.Entry{Kind: record.KindReply, Ref: "a-reply", Author: "a.delegation", Happened: "2031-03-01", Body: &record.Reply{To: "r1", Party: "A"}}
	k.must(r, k.sign(ownReply))
	foreignReply := ownReply
	foreignReply.Body = &record.Reply{To: "r1", Party: "B"}
	forged := k.sign(report("desk", "f"))
	forged.Signature = k.sign(report("desk", "g")).Signature
	unsigned := k.sign(report("desk", "f"))
	unsigned.Signature = ""
	borrowed := report("desk", "f")
	borrowed.Author = "a.delegation"
	foreign := k.sign(borrowed)
	foreign.Entry.Author = "desk"
	act := func(author, party string) record.Entry {
		return record.Entry{Kind: record.KindReply, Ref: "f", Author: author, Happened: "2031-03-01", Body: &record.Reply{To: "r1", Party: party}}
	}
	correction := func(author string) record.Entry {
		e := report("desk", "r1")
		e.Happened = "2031-02-26"
		return record.Entry{Kind: record.KindCorrection, Ref: "f", Author: author, Body: &record.Correction{Corrects: "r1", Why: record.Text{"en": "day"}, Entry: e}}
	}
	key := func(author, name, event, holder, public string) record.Entry {
		return record.Entry{Kind: record.KindKey, Ref: "f", Author: author, Body: &record.Key{Name: name, Event: event, Holder: holder, PublicKey: public, Authority: record.Text{"en": "x"}}}
	}
	k.newKey("new")
	for _, tt := range []struct {
		name, want string
		leaf       record.Leaf
	}{
		{"forged", "forged", forged},
		{"unsigned", "unsigned", unsigned},
		{"unknown author", "unknown-author", k.sign(report("stranger", "f"))},
		{"revoked author", "revoked-author", k.sign(report("b.delegation", "f"))},
		{"a reply for another party", "foreign-word", k.sign(act("a.delegation", "B"))},
		{"another's entry corrected", "other-author", k.sign(correction("a.delegation"))},
		{"nothing answered", "no-such-entry", k.sign(record.Entry{Kind: record.KindReply, Ref: "f", Author: "a.delegation", Happened: "2031-03-01", Body: &record.Reply{To: "nix", Party: "A"}})},
		{"a name again", "taken-name", k.sign(key("desk", "a.delegation", "admitted", "A", k.public["a.delegation"]))},
		{"a key for another holder", "no-authority", k.sign(key("a.delegation", "new", "admitted", "B", k.public["new"]))},
		{"another holder's name", "other-holder", k.sign(key("desk", "a.delegation", "rotated", "B", k.public["a.delegation"]))},
		{"a key that calls itself otherwise", "other-name", k.sign(key("desk", "new", "admitted", "A", k.public["stranger"]))},
		{"no key", "bad-key", k.sign(key("desk", "new", "admitted", "A", "nonsense"))},
		{"the last key of the keeper", "last-key", k.sign(key("desk", "desk", "revoked", "mission", ""))},
		{"a revoked key rotated", "revoked-key", k.sign(key("desk", "b.delegation", "rotated", "B", k.public["b.delegation"]))},
		{"dissent by the keeper for a party with a key", "foreign-word", k.sign(record.Entry{Kind: record.KindDissent, Ref: "f", Author: "desk", Body: &record.Dissent{About: "r1", Party: "A"}})},
		{"another party's words put into a correction", "foreign-word", k.sign(record.Entry{Kind: record.KindCorrection, Ref: "f", Author: "a.delegation", Body: &record.Correction{Corrects: "a-reply", Why: record.Text{"en": "x"}, Entry: foreignReply}})},
		{"a key corrected", "not-correctable", k.sign(record.Entry{Kind: record.KindCorrection, Ref: "f", Author: "desk", Body: &record.Correction{Corrects: "gone", Why: record.Text{"en": "x"}, Entry: revocation}})},
		{"a key taken back", "not-retractable", k.sign(record.Entry{Kind: record.KindRetraction, Ref: "f", Author: "desk", Body: &record.Retraction{Retracts: "gone", Why: record.Text{"en": "x"}}})},
		{"a sheet alone", "sheet", func() record.Leaf { s, _ := k.sheet("desk", "f", report("desk", "g")); return s }()},
	} {
		if _, err := r.Append(t.Context(), tt.leaf); code(err) != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	if refs := k.verify(); len(refs) != 6 {
		t.Errorf("something was recorded: %q", refs)
	}
	// What the party says of itself is accepted, and so is what the keeper records.
	k.must(r, k.sign(act("a.delegation", "A")))
	by := act("desk", "B")
	by.Ref = "by-desk"
	k.must(r, k.sign(by))
}

func TestKeysAreRotatedAndRevoked(t *testing.T) {
	k := newKit(t, store.NewMemory())
	r := k.begin()
	old := k.keys["a.delegation"]
	public := k.newKey("a.delegation")
	fresh := k.keys["a.delegation"]
	k.keys["a.delegation"] = old
	k.must(r, k.sign(record.Entry{Kind: record.KindKey, Ref: "rot", Author: "a.delegation", Body: &record.Key{Name: "a.delegation", Event: "rotated", Holder: "A", PublicKey: public, Authority: record.Text{"en": "the old key"}}}))
	if _, err := r.Append(t.Context(), k.sign(report("a.delegation", "r1"))); code(err) != "forged" {
		t.Errorf("the old key after its rotation: %v", err)
	}
	k.keys["a.delegation"] = fresh
	k.must(r, k.sign(report("a.delegation", "r1")))
	r.Close()
	r = k.open() // keys are read again from the record
	k.must(r, k.sign(report("a.delegation", "r2")))
	k.verify()
}

func TestSheetsAreWholeOrNot(t *testing.T) {
	k := newKit(t, store.NewMemory())
	r := k.begin()
	k.must(r, k.sign(report("desk", "r1")))
	sheet, under := k.sheet("desk", "s", reports("desk", "u", 3)...)
	mixed, mixedUnder := k.sheet("desk", "s", report("desk", "u"), report("a.delegation", "v"))
	part, partUnder := k.sheet("desk", "s", report("desk", "r1"), report("desk", "v"))
	twice, twiceUnder := k.sheet("desk", "s", report("desk", "v"), report("desk", "v"))
	bad := record.Entry{Kind: record.KindReply, Ref: "w", Author: "desk", Happened: "2031-03-01", Body: &record.Reply{To: "nix", Party: "A"}}
	worse, worseUnder := k.sheet("desk", "s", report("desk", "v"), bad, report("desk", "x"))
	swapped := []record.Leaf{under[1], under[0], under[2]}
	signed := slices.Clone(under)
	signed[1].Signature = k.sign(report("desk", "u-1")).Signature
	for _, tt := range []struct {
		name, want string
		sheet      record.Leaf
		under      []record.Leaf
	}{
		{"one lacks", "sheet-count", sheet, under[:2]},
		{"other order", "sheet-root", sheet, swapped},
		{"signed under a sheet", "signed-twice", sheet, signed},
		{"two authors", "other-author", mixed, mixedUnder},
		{"recorded in part", "recorded-in-part", part, partUnder},
		{"a reference twice", "duplicate-ref", twice, twiceUnder},
		{"one names nothing", "no-such-entry", worse, worseUnder},
		{"no sheet", "no-sheet", under[0], under[1:]},
	} {
		if _, err := r.AppendSheet(t.Context(), tt.sheet, tt.under); code(err) != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	if refs := k.verify(); len(refs) != 4 {
		t.Errorf("something was recorded: %q", refs)
	}
	// Entries of one sheet may name each other, backwards.
	source := record.Entry{Kind: record.KindSource, Ref: "src", Author: "desk", Body: &record.Source{Form: "article"}}
	cites := report("desk", "cites")
	cites.Sources = []string{"src"}
	good, goodUnder := k.sheet("desk", "s", source, cites)
	if _, err := r.AppendSheet(t.Context(), good, goodUnder); err != nil {
		t.Error(err)
	}
	k.verify()
}

func TestTimeNeverRunsBackwards(t *testing.T) {
	k := newKit(t, store.NewMemory())
	r := k.begin()
	before := k.must(r, k.sign(report("desk", "r1")))
	k.mu.Lock()
	k.now = k.now.Add(-48 * time.Hour)
	k.mu.Unlock()
	after := k.must(r, k.sign(report("desk", "r2")))
	if after.Recorded != before.Recorded {
		t.Errorf("the clock was set back: %s, then %s", before.Recorded, after.Recorded)
	}
	k.verify()
}

// TestManyWriters: two hundred at once; each receipt is true and nothing is lost or
// doubled, although the same entries come from several.
func TestManyWriters(t *testing.T) {
	k := newKit(t, store.NewMemory())
	r := k.begin(func(o *Options) { o.Queue = 16; o.Batch = 64 })
	const writers, each = 200, 10
	leaves := make([]record.Leaf, writers*each/2) // every entry is sent twice
	for i := range leaves {
		leaves[i] = k.sign(report("desk", fmt.Sprintf("w-%d", i)))
	}
	got := make([][]Receipt, writers)
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for i := range each {
				rec, err := r.Append(t.Context(), leaves[(w*each+i)%len(leaves)])
				if err != nil {
					t.Error(err)
					return
				}
				got[w] = append(got[w], rec)
			}
		})
	}
	wait.Wait()
	refs := k.verify()
	if len(refs) != 3+len(leaves) {
		t.Errorf("%d entries, want %d", len(refs), 3+len(leaves))
	}
	for _, list := range got {
		for _, rec := range list {
			if refs[rec.Position-1] != string(rec.Ref) {
				t.Errorf("the receipt of %s names position %d, where %s stands", rec.Ref, rec.Position, refs[rec.Position-1])
			}
		}
	}
}

func TestBackPressureAndEnd(t *testing.T) {
	m := store.NewMemory()
	k := newKit(t, m)
	hold := make(chan struct{})
	held := make(chan struct{}, 100)
	armed := false
	var mu sync.Mutex
	r := k.begin(func(o *Options) {
		o.Queue, o.Batch = 2, 1
		o.Trip = func(step string) {
			mu.Lock()
			on := armed
			mu.Unlock()
			if on && step == "before-commit" {
				held <- struct{}{}
				<-hold
			}
		}
	})
	mu.Lock()
	armed = true
	mu.Unlock()
	results := make(chan error, 3)
	for i := range 3 { // one is being written, two wait
		go func() {
			_, err := r.Append(context.Background(), k.sign(report("desk", fmt.Sprintf("r%d", i))))
			results <- err
		}()
	}
	<-held
	for r.Waiting() < 2 {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := r.Append(ctx, k.sign(report("desk", "late"))); !errors.Is(err, ErrBusy) {
		t.Errorf("with a full queue: %v", err)
	}
	close(hold)
	for range 3 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	r.Close()
	if _, err := r.Append(t.Context(), k.sign(report("desk", "later"))); !errors.Is(err, ErrStopped) {
		t.Errorf("after the end: %v", err)
	}
	if refs := strings.Join(k.verify(), " "); strings.Contains(refs, "late") {
		t.Error("what was refused is recorded: " + refs)
	}
}
