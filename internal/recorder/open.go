package recorder

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// RefusedError says why a record is not opened: what is stored does not fit what was
// signed. Nothing of it may be served.
type RefusedError struct{ What, Mend string }

func (e *RefusedError) Error() string { return e.What + " (" + e.Mend + ")" }

// Create begins a record in a store: an empty tree and its signed checkpoint. It
// refuses to begin where a record, or the guard's copy of one's checkpoint, is.
func Create(ctx context.Context, o Options) error {
	if _, err := o.Store.Meta(ctx); !errors.Is(err, store.ErrNone) {
		if err == nil {
			err = store.ErrExists
		}
		return err
	}
	if old, err := o.Guard.Read(); err != nil {
		return err
	} else if old != nil {
		return &RefusedError{"the checkpoint of an older record is kept here", "a new history is not begun over an old one: restore the store of the old record, or begin in another folder"}
	}
	c := proof.Checkpoint{Origin: o.Key.Name(), Root: proof.EmptyRoot}
	signed, err := proof.SignCheckpoint(c, o.Key)
	if err != nil {
		return err
	}
	h := store.Head{Root: c.Root, Checkpoint: signed}
	if err := o.Store.Create(ctx, store.Meta{Origin: o.Key.Name(), Key: o.Key.Verifier().String()}, h); err != nil {
		return err
	}
	return o.Guard.Write(signed)
}

// Open makes this process the writer of a record. It waits while another process
// leads, raises the epoch and holds what is stored to the last signed checkpoint and to
// the guard's copy before anything is served: RefusedError says what does not fit.
func Open(ctx context.Context, o Options) (*Recorder, error) {
	if o.Queue == 0 {
		o.Queue = 1024
	}
	if o.Batch == 0 {
		o.Batch = 8192
	}
	if o.Slog == nil {
		o.Slog = slog.New(slog.DiscardHandler)
	}
	if err := checkMeta(ctx, o); err != nil {
		return nil, err
	}
	release, err := o.Store.Wait(ctx)
	if err != nil {
		return nil, err
	}
	r := &Recorder{
		o: o, origin: o.Key.Name(), queue: make(chan *job, o.Queue), commits: make(chan commit, 4), unguarded: make(chan struct{}), stop: make(chan struct{}), ended: make(chan struct{}),
		checks: make(chan struct{}, runtime.GOMAXPROCS(0)), follow: make(chan struct{}, 1), followed: make(chan struct{}), release: release,
	}
	if err := r.lead(ctx); err != nil {
		release()
		return nil, err
	}
	go r.run()
	go r.followOn()
	return r, nil
}

func checkMeta(ctx context.Context, o Options) error {
	m, err := o.Store.Meta(ctx)
	if errors.Is(err, store.ErrNone) {
		if old, readErr := o.Guard.Read(); readErr == nil && old != nil {
			return &RefusedError{"the store is empty and the checkpoint of a record is kept beside it", "the store was lost or replaced: restore it from a backup"}
		}
	}
	if err != nil {
		return err
	}
	if m.Origin != o.Key.Name() || m.Key != o.Key.Verifier().String() {
		return &RefusedError{fmt.Sprintf("the store holds the record %s and the key is of %s", m.Origin, o.Key.Name()), "use the log key with which this record was begun"}
	}
	return nil
}

// lead takes the lead and holds the store to what was signed.
func (r *Recorder) lead(ctx context.Context) error {
	head, err := r.o.Store.Lead(ctx)
	if err != nil {
		return err
	}
	if err := Fits(head, r.o.Key.Verifier()); err != nil {
		return err
	}
	reader := NewReader(r.o.Store, head)
	if err := r.guarded(head, reader); err != nil {
		return err
	}
	if err := r.edge(ctx, head, reader); err != nil {
		return err
	}
	r.head = head
	return r.readKeys(ctx, reader)
}

// Fits holds a head to the checkpoint that was signed of it.
func Fits(head store.Head, log *proof.Verifier) error {
	const mend = "the store was damaged or changed: verify it, and restore a backup that fits the last checkpoint"
	o, err := proof.OpenCheckpoint(head.Checkpoint, log)
	switch {
	case err != nil:
		return &RefusedError{"the stored checkpoint is not one of this record: " + err.Error(), mend}
	case o.Size != head.Size || o.Root != head.Root:
		return &RefusedError{fmt.Sprintf("the store ends at position %d and its signed checkpoint is of %d, or their roots differ", head.Size, o.Size), mend}
	}
	return nil
}

// guarded holds the store to the checkpoint that is kept outside it, and brings that on
// when the process died between a commit and its copy.
func (r *Recorder) guarded(head store.Head, reader *Reader) error {
	kept, err := r.o.Guard.Read()
	if err != nil {
		return err
	}
	if kept == nil {
		r.o.Slog.Warn("no checkpoint is kept outside the store; that it is the newest state cannot be seen", "size", head.Size)
		return r.o.Guard.Write(head.Checkpoint)
	}
	size, err := Guarded(kept, reader, r.o.Key.Verifier())
	if err == nil && size < head.Size {
		err = r.o.Guard.Write(head.Checkpoint)
	}
	return err
}

// Guarded holds a record to a checkpoint of it that was kept outside the store, and
// gives the size of that one. Of a record that another process writes the checkpoint is
// read before the head.
func Guarded(kept []byte, reader *Reader, log *proof.Verifier) (int64, error) {
	if kept == nil {
		return 0, nil
	}
	o, err := proof.OpenCheckpoint(kept, log)
	if err != nil {
		return 0, &RefusedError{"the checkpoint kept outside the store is not one of this record: " + err.Error(), "put back the copy that belongs to this record"}
	}
	if size := reader.head.Size; o.Size > size {
		return 0, &RefusedError{
			fmt.Sprintf("the store ends at position %d and the last checkpoint given out is of %d: an older copy of the store stands in place of the record", size, o.Size),
			"restore a newer backup; what was recorded since cannot be made up",
		}
	}
	if err := reader.Continues(o.Size, o.Root); err != nil {
		return 0, &RefusedError{fmt.Sprintf("the store does not continue the checkpoint of %d entries that was given out: %s", o.Size, err), "it holds another history: restore a backup that fits"}
	}
	return o.Size, nil
}

// edge restores the right edge of the tree and holds it to the root.
func (r *Recorder) edge(ctx context.Context, head store.Head, reader *Reader) error {
	tree, err := proof.NewBuilder(head.Size, func(level int, index int64, width int) ([]byte, error) {
		return reader.stored(ctx, level, index, width)
	})
	if err != nil {
		return &RefusedError{"the tree cannot be restored: " + err.Error(), "verify the store, and restore a backup"}
	}
	if root := tree.Root(); root != head.Root {
		return &RefusedError{fmt.Sprintf("the stored tree of %d entries does not have the root that was signed", head.Size), "verify the store, and restore a backup"}
	}
	r.w = writer{tree: tree, width: int(head.Size % proof.TileWidth)}
	if r.w.width > 0 {
		if r.w.bundle, err = reader.bundle(ctx, head.Size/proof.TileWidth, r.w.width); err != nil {
			return &RefusedError{err.Error(), "verify the store, and restore a backup"}
		}
	}
	return nil
}

// readKeys reads every key entry, after the derived tables were brought to the end.
func (r *Recorder) readKeys(ctx context.Context, reader *Reader) (err error) {
	if err := FollowAll(ctx, r.o.Store); err != nil {
		return err
	}
	r.keys, err = ReadKeys(ctx, r.o.Store, reader)
	return err
}

// ReadKeys gives what the names of authors stand for, from the entries of kind key that
// the derived tables list; each is held to the tree.
func ReadKeys(ctx context.Context, s store.Store, reader *Reader) (*record.Keys, error) {
	keys := &record.Keys{}
	for from := int64(1); ; {
		list, err := s.List(ctx, from, 256, string(record.KindKey), "")
		if err != nil || len(list) == 0 {
			return keys, err
		}
		for _, l := range list {
			if l.Position > reader.head.Size {
				return keys, nil
			}
			stands, err := reader.Leaf(ctx, l.Position)
			if err != nil {
				return nil, err
			}
			keys.Apply(int(l.Position), &stands.Entry)
			from = l.Position + 1
		}
	}
}

// How the derived tables are brought on while entries come: they are written to the same
// store, so in small steps, between which the writer has its turn.
const (
	followPause = 100 * time.Millisecond
	followRest  = 10 * time.Millisecond
	followStep  = 64   // leaves, while entries come
	followIdle  = 4096 // while none have come for a pause
)

// followOn brings the derived tables on after commits, and to the end at the end.
func (r *Recorder) followOn() {
	defer close(r.followed)
	ctx := context.Background()
	for ended := false; !ended; {
		select {
		case <-r.follow:
		case <-r.ended:
			ended = true
		}
		err := error(nil)
		for behind, wait := int64(1), followPause; err == nil && behind > 0 && !ended; wait = followRest {
			select {
			case <-time.After(wait):
				step := followStep
				if time.Since(time.Unix(0, r.last.Load())) > followPause {
					step = followIdle
				}
				behind, err = r.o.Store.Follow(ctx, Detail, step)
			case <-r.ended:
				ended = true
			}
		}
		if err == nil && ended {
			err = FollowAll(ctx, r.o.Store)
		}
		if err != nil {
			r.o.Slog.Warn("the derived tables lag", "why", err)
		}
	}
}

// FollowAll brings the derived tables to the end.
func FollowAll(ctx context.Context, s store.Store) error {
	for {
		behind, err := s.Follow(ctx, Detail, 16_384)
		if err != nil || behind == 0 {
			return err
		}
	}
}

// Detail reads what the derived tables hold of a leaf.
func Detail(leaf []byte) (store.Detail, error) {
	p, err := record.Peek(leaf)
	if err != nil {
		return store.Detail{}, err
	}
	return store.Detail{Row: store.Row{Ref: p.Ref, ID: p.Identity}, Kind: string(p.Kind), By: p.Author}, nil
}
