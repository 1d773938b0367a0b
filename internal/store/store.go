// Package store is the contract of what keeps a record: opaque leaves, the tiles of
// their tree, and one head with its signed checkpoint, which change in one
// transaction. A store knows no entry and no key; it keeps bytes and refuses a writer
// that does not hold the head it thinks it holds. internal/recorder writes, everyone
// else reads. The conformance suite in storetest holds every store to this page.
package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Meta names a record; it is written once.
type Meta struct {
	Origin string // spec/record.md §1
	Key    string // the verifier key of the log
}

// Head is where a record ends.
type Head struct {
	Epoch      int64     // the reign of the writer that wrote it; grows with every Lead
	Size       int64     // leaves
	Root       [32]byte  // of the tree over them
	Recorded   time.Time // of the last leaf, UTC, whole seconds; zero while there is none
	Checkpoint []byte    // the signed note of Size and Root, without cosignatures
}

// Same tells whether two heads are of one epoch, size and root: what a commit compares.
func (h Head) Same(o Head) bool { return h.Epoch == o.Epoch && h.Size == o.Size && h.Root == o.Root }

// Row is what a commit indexes of one leaf: what the next commit has to know.
type Row struct {
	Ref string   // of the entry; unique in the record
	ID  [32]byte // its identity
}

// Detail is what the derived tables hold of one leaf beside its row. They are never
// written with a commit: Follow reads the leaves afterwards.
type Detail struct {
	Row
	Kind string
	By   string // its author
}

const (
	// Entries is the level of tiles that hold leaves (spec/record.md §6).
	Entries = -1
	// Full is the width of a tile that will not change any more.
	Full = 256
)

// Tile is one tile: 32 bytes a node, or a bundle of leaves at level Entries. The one at
// the right edge is kept at its present width and replaced as it grows.
type Tile struct {
	Level int
	Index int64
	Width int // nodes or leaves in it, 1 to 256
	Data  []byte
}

// Batch is what one transaction adds after a head.
type Batch struct {
	Rows  []Row  // of the leaves after the old head, in order
	Tiles []Tile // each tile that is new or wider, bundles among them; no tile twice
	Head  Head   // what holds then
}

// Fits tells why a batch cannot follow a head: its rows must be those between the two
// sizes, its head of the same epoch, each of its tiles there once and of a possible width.
func (b Batch) Fits(old Head) error {
	if b.Head.Epoch != old.Epoch {
		return fmt.Errorf("a batch of epoch %d cannot follow a head of epoch %d", b.Head.Epoch, old.Epoch)
	}
	if want := old.Size + int64(len(b.Rows)); b.Head.Size != want {
		return fmt.Errorf("%d rows after %d leaves make %d, and the head says %d", len(b.Rows), old.Size, want, b.Head.Size)
	}
	type place struct {
		level int
		index int64
	}
	seen := make(map[place]bool, len(b.Tiles))
	for _, t := range b.Tiles {
		if t.Level < Entries || t.Level > 7 || t.Index < 0 || t.Width < 1 || t.Width > Full {
			return fmt.Errorf("there can be no tile %d of level %d with the width %d", t.Index, t.Level, t.Width)
		}
		if seen[place{t.Level, t.Index}] {
			return fmt.Errorf("tile %d of level %d is in the batch twice", t.Index, t.Level)
		}
		seen[place{t.Level, t.Index}] = true
	}
	return nil
}

// Found is where an entry stands. Positions count from 1.
type Found struct {
	Position int64
	Row
}

// Listed is an entry as the derived tables hold it.
type Listed struct {
	Position int64
	Detail
}

// Cosigned is a checkpoint with cosignatures, kept for good.
type Cosigned struct {
	Size int64
	Note []byte // the signed note with all of its cosignatures
}

// Answers that a store gives. Others are troubles of its machinery.
var (
	// ErrNone: no record was created here.
	ErrNone = errors.New("there is no record in this store")
	// ErrExists: a record was created here before.
	ErrExists = errors.New("there is a record in this store already")
	// ErrLost: the head is not the one that the writer compared with; somebody else
	// wrote or leads. Nothing was changed.
	ErrLost = errors.New("another writer has moved the head")
	// ErrTaken: a reference of the batch is taken. Nothing was changed.
	ErrTaken = errors.New("a reference is taken")
	// ErrUnknown: whether the commit took place is not known; read the head.
	ErrUnknown = errors.New("the outcome of the commit is not known")
	// ErrNoTile: there is no such tile.
	ErrNoTile = errors.New("there is no such tile")
	// ErrDamaged: the store's own structure or checks do not hold.
	ErrDamaged = errors.New("the store is damaged")
	// ErrFull: there is no room left. Nothing was changed, unless ErrUnknown is told too.
	ErrFull = errors.New("there is no room left for the store")
	// ErrClosed: the store was closed before.
	ErrClosed = errors.New("the store is closed")
)

// Store keeps one record. All methods may be called by many goroutines; only one
// writer at a time gets its commits through. Returned bytes belong to the caller, given
// bytes are not kept. A context that is done ends a call with its error and changes
// nothing; once a transaction is being made durable, its outcome is waited for instead.
// Before Create, Meta, Head, Lead and Commit give ErrNone, and there is nothing to find.
type Store interface {
	// Create begins a record with an empty head; ErrExists when there is one.
	Create(ctx context.Context, m Meta, h Head) error
	// Meta names the record; ErrNone when there is none.
	Meta(ctx context.Context) (Meta, error)
	// Head gives the head as it is committed.
	Head(ctx context.Context) (Head, error)

	// Lead makes the caller the writer: it raises the epoch in a transaction of its own
	// and gives the head with the new epoch. Commits of earlier epochs fail from then on.
	// What lock there is beside it is a hint: see Wait.
	Lead(ctx context.Context) (Head, error)
	// Wait blocks until no other living writer seems to lead, then keeps the hint that this
	// one does until release is called or the process dies. A store of one process answers at once.
	Wait(ctx context.Context) (release func(), err error)
	// Commit adds a batch durably if the head is still of the epoch, size and root of old,
	// else ErrLost. ErrTaken and ErrLost change nothing; after ErrUnknown the head tells. A
	// batch that does not fit (Batch.Fits) is refused. A batch without rows may give the
	// same tree a new checkpoint.
	Commit(ctx context.Context, old Head, b Batch) error

	// Find gives what stands under references; those that are free are left out.
	Find(ctx context.Context, refs []string) (map[string]Found, error)
	// Tile gives a tile at its present width; ErrNoTile. A tile that is read after a head is
	// at least as wide as that head needs, and its first nodes or leaves are the same.
	Tile(ctx context.Context, level int, index int64) (Tile, error)
	// Tiles gives the tiles of a level from an index on, at most n, in order.
	Tiles(ctx context.Context, level int, from int64, n int) ([]Tile, error)

	// Cosign keeps a checkpoint with cosignatures, in place of what was kept of its size.
	Cosign(ctx context.Context, c Cosigned) error
	// Cosigned gives what was kept of a size, or with size below 0 of the largest; ErrNone.
	Cosigned(ctx context.Context, size int64) (Cosigned, error)
	// CosignedSizes lists the sizes that were kept, rising, from one on, at most n.
	CosignedSizes(ctx context.Context, from int64, n int) ([]int64, error)

	// Follow brings the derived tables on by at most n leaves, which read takes apart,
	// and gives how many are still to come. Two followers at once do no harm. An error of
	// read is given back; the tables then stand at or before the leaf that it is about.
	Follow(ctx context.Context, read func(leaf []byte) (Detail, error), n int) (behind int64, err error)
	// Drop empties every derived table, and Applied is 0; Follow makes them again.
	Drop(ctx context.Context) error
	// Applied is the position up to which the derived tables have been brought.
	Applied(ctx context.Context) (int64, error)
	// FindID gives what has an identity, as far as the derived tables have come; ok is
	// false when nothing has.
	FindID(ctx context.Context, id [32]byte) (l Listed, ok bool, err error)
	// List gives entries from a position on, at most n, of a kind and an author where
	// those are not empty, in order, as far as the derived tables have come.
	List(ctx context.Context, from int64, n int, kind, by string) ([]Listed, error)

	// Check runs the engine's own checks of its structure: ErrDamaged and what is.
	Check(ctx context.Context) error
	// Backup writes a whole copy of the store, as it is at one moment, to a new file or
	// folder, while others read and write. What is there already is not overwritten.
	Backup(ctx context.Context, to string) error
	// Notify gives a channel that is sent to, without blocking, after commits of any
	// process: several of them may be told as one, and the channel may be sent to when
	// nothing changed. stop, the end of the context or Close ends it; it is never closed.
	Notify(ctx context.Context) (changed <-chan struct{}, stop func(), err error)
	// Close ends this handle; what is called afterwards gives ErrClosed. Closing again does nothing.
	Close() error
}
