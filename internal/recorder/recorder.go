// Package recorder is the one writer of a record: it orders what is handed in, refuses
// what may not be recorded, makes batches durable in one transaction each and gives
// receipts (spec/record.md). Any number of goroutines may append; one goroutine writes.
package recorder

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Guard keeps the last checkpoint outside the store, so that an old copy of the store
// is noticed.
type Guard interface {
	Read() ([]byte, error) // nil, nil when there is none
	Write(checkpoint []byte) error
}

// Options say what is recorded into, and with what.
type Options struct {
	Store store.Store
	Key   *proof.Signer // the log's; its name is the origin
	Guard Guard
	Now   func() time.Time
	Slog  *slog.Logger

	Queue int // appends that may wait, 0: 1,024; more wait in Append until there is room
	Batch int // leaves of one commit, 0: 8,192; a sheet is never cut

	// Trip is called at named steps of a commit; tests make it stop the process or fail.
	Trip func(step string)
}

// Receipt says where an entry stands.
type Receipt struct {
	Ref      record.Ref `json:"ref"`
	Position int64      `json:"position"`
	ID       record.ID  `json:"id"`
	Recorded string     `json:"recorded"`
	Again    bool       `json:"again,omitempty"` // it stood there before
}

// Answers of Append that are no fault of the entry.
var (
	// ErrBusy: too much waits and the context ended before there was room.
	ErrBusy = errors.New("the recorder has too much to do: try again")
	// ErrStopped: this process writes no more; another one may, or it is shutting down.
	ErrStopped = errors.New("this process does not write the record now: try again")
	// ErrNotKept: the store could not make it durable; nothing was recorded.
	ErrNotKept = errors.New("nothing was recorded: the store could not keep it")
)

// Recorder is the writer of a record. It is made by Open.
type Recorder struct {
	o         Options
	origin    string
	queue     chan *job
	commits   chan commit   // that wait for their copy outside the store
	unguarded chan struct{} // closed when that copy cannot be written
	stop      chan struct{} // closed by Close
	ended     chan struct{} // closed when the writing goroutine has ended
	release   func()
	checks    chan struct{} // as many signatures are checked at once as there are processors, so that the writer is never behind hundreds
	follow    chan struct{}
	followed  chan struct{} // closed when the derived tables are at the end, after ended
	closing   sync.Once
	last      atomic.Int64 // when the last batch was committed, Unix nanoseconds, for pacing alone

	mu   sync.Mutex // guards what follows, which readers see
	head store.Head
	keys *record.Keys // never changed in place
	dead error        // why this process writes no more

	w writer // of the writing goroutine alone
}

// job is one append on its way.
type job struct {
	leaves []leaf // one entry; or a sheet and what stands under it
	sheet  bool
	done   chan struct{}
	got    []Receipt
	err    error
}

type leaf struct {
	record.Leaf
	by *record.AuthorKey // whose signature was verified; nil for those under a sheet
}

// Head gives the head as this process last committed or read it.
func (r *Recorder) Head() store.Head {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.head
}

// Keys gives what the names of authors stand for now. They are not to be changed.
func (r *Recorder) Keys() *record.Keys {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.keys
}

// Waiting tells how many appends wait.
func (r *Recorder) Waiting() int { return len(r.queue) }

// Err tells why this process writes no more, or nil.
func (r *Recorder) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.dead
}

// Done is closed when this process writes no more.
func (r *Recorder) Done() <-chan struct{} { return r.ended }

// Append records one signed entry and answers when it is durable. What is wrong with
// the entry is a problem.List; ErrBusy, ErrStopped and ErrNotKept are no fault of it.
// When the context ends while the entry is on its way, it may be recorded all the same:
// handing it in again gives its receipt.
func (r *Recorder) Append(ctx context.Context, l record.Leaf) (Receipt, error) {
	if l.Entry.Kind == record.KindSheet {
		return Receipt{}, refuse("sheet", "entry.kind", "a sheet comes with its entries", "send all of them together")
	}
	by, err := r.signed(l)
	if err != nil {
		return Receipt{}, err
	}
	j := &job{leaves: []leaf{{l, by}}, done: make(chan struct{})}
	if err := r.hand(ctx, j); err != nil {
		return Receipt{}, err
	}
	return j.got[0], nil
}

// AppendSheet records a sheet and all entries under it, or nothing. The receipts are
// those of the sheet and of the entries, in order.
func (r *Recorder) AppendSheet(ctx context.Context, sheet record.Leaf, entries []record.Leaf) ([]Receipt, error) {
	if err := fitsSheet(sheet, entries); err != nil {
		return nil, err
	}
	by, err := r.signed(sheet)
	if err != nil {
		return nil, err
	}
	j := &job{leaves: make([]leaf, 1, len(entries)+1), sheet: true, done: make(chan struct{})}
	j.leaves[0] = leaf{sheet, by}
	for _, e := range entries {
		j.leaves = append(j.leaves, leaf{Leaf: e})
	}
	if err := r.hand(ctx, j); err != nil {
		return nil, err
	}
	return j.got, nil
}

// hand puts a job into the queue and waits for its end.
func (r *Recorder) hand(ctx context.Context, j *job) error {
	select {
	case <-r.stop:
		return ErrStopped
	case <-r.ended:
		return ErrStopped
	default:
	}
	select {
	case r.queue <- j:
	case <-ctx.Done():
		return fmt.Errorf("%w (%w)", ErrBusy, ctx.Err())
	case <-r.stop:
		return ErrStopped
	case <-r.ended:
		return ErrStopped
	}
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
		return ctx.Err()
	case <-r.ended:
		select {
		case <-j.done:
			return j.err
		default:
			return ErrStopped
		}
	}
}

// signed checks who wrote an entry. The writer checks again when keys have changed.
func (r *Recorder) signed(l record.Leaf) (*record.AuthorKey, error) {
	key, err := r.Keys().Author(&l.Entry)
	if err != nil {
		return nil, err
	}
	r.checks <- struct{}{}
	defer func() { <-r.checks }()
	return key, verified(r.origin, key, l)
}

func verified(origin string, key *record.AuthorKey, l record.Leaf) error {
	switch {
	case l.Signature == "":
		return refuse("unsigned", "signature", "the entry is not signed", "its author signs it: `truceline append` does")
	case !key.Verifies(record.SignedText(origin, l.Identity), l.Signature):
		return refuse("forged", "signature", fmt.Sprintf("the signature is not one of %s over this entry in the record %s", key.Name, origin), "sign this very entry, for this record, with the key that the name stands for")
	}
	return nil
}

// fitsSheet holds the entries to the sheet over them.
func fitsSheet(sheet record.Leaf, entries []record.Leaf) error {
	b, ok := sheet.Entry.Body.(*record.Sheet)
	if !ok {
		return refuse("no-sheet", "entry.kind", "the first entry is not a sheet", "a sheet comes first, its entries after it")
	}
	if b.Count != len(entries) {
		return refuse("sheet-count", "entry.body.count", fmt.Sprintf("the sheet is of %d entries and %d came with it", b.Count, len(entries)), "send all of them, in order")
	}
	ids := make([]proof.Hash, len(entries))
	for i := range entries {
		e := &entries[i]
		switch {
		case e.Entry.Author != sheet.Entry.Author:
			return at(i+2, "other-author", "entry.author", fmt.Sprintf("%s is by %s and the sheet by %s", e.Entry.Ref, e.Entry.Author, sheet.Entry.Author), "an author signs sheets of his own entries only")
		case e.Entry.Kind == record.KindKey || e.Entry.Kind == record.KindSheet:
			return at(i+2, "not-under-sheet", "entry.kind", fmt.Sprintf("%s is of kind %s", e.Entry.Ref, e.Entry.Kind), "keys and sheets are signed one by one")
		case e.Signature != "":
			return at(i+2, "signed-twice", "signature", fmt.Sprintf("%s stands under a sheet and has a signature", e.Entry.Ref), "an entry has the one or the other")
		}
		ids[i] = proof.LeafHash(e.Identity[:])
	}
	if root := proof.Root(ids); fmt.Sprintf("%x", root[:]) != b.Root {
		return refuse("sheet-root", "entry.body.root", "the root is not that of the entries that came with the sheet", fmt.Sprintf("theirs, in order, is %x", root[:]))
	}
	return nil
}

// Close ends the writing: what waits is still recorded, what comes later is refused.
func (r *Recorder) Close() {
	r.closing.Do(func() { close(r.stop) })
	<-r.ended
	<-r.followed
}
