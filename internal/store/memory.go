package store

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
	"sync/atomic"
)

// Memory is a handle of a store that lives in memory: for tests, and to try things. It
// keeps the whole contract but durability.
type Memory struct {
	// Fail is called, where it is set, with the name of a method before it does anything,
	// and for those that change something with the name and " done" after the change took
	// hold. The error it gives becomes that of the method: from "Commit" with nothing
	// changed, from "Commit done" with everything. It may block, and it is called by the
	// goroutine of the caller; it is set before the handle is used.
	Fail func(step string) error

	shared *memory
	closed atomic.Bool
	ends   []func() // of notifications; under shared.mu
}

// memory is what the handles of one store have in common.
type memory struct {
	mu       sync.Mutex
	created  bool
	meta     Meta
	head     Head
	refs     map[string]Found
	tiles    map[int][]Tile // by level, in order
	cosigned map[int64][]byte

	// Derived.
	listed []Listed
	ids    map[[32]byte]int // the first of an identity in listed

	watchers map[chan struct{}]bool
}

// NewMemory gives an empty store.
func NewMemory() *Memory {
	return &Memory{shared: &memory{
		refs:     map[string]Found{},
		tiles:    map[int][]Tile{},
		cosigned: map[int64][]byte{},
		ids:      map[[32]byte]int{},
		watchers: map[chan struct{}]bool{},
	}}
}

// Again gives another handle of the same store, also after this one was closed: what
// another process would hold, or this one after a new start. Its Fail is not set.
func (m *Memory) Again() *Memory { return &Memory{shared: m.shared} }

var _ Store = (*Memory)(nil)

// enter is the beginning of every method.
func (m *Memory) enter(ctx context.Context, step string) error {
	if m.closed.Load() {
		return ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return m.fail(step)
}

func (m *Memory) fail(step string) error {
	if m.Fail == nil {
		return nil
	}
	return m.Fail(step)
}

// change runs a method that changes something, between its two steps of failing.
func (m *Memory) change(ctx context.Context, step string, do func(s *memory) error) error {
	if err := m.read(ctx, step, do); err != nil {
		return err
	}
	return m.fail(step + " done")
}

// read runs a method that changes nothing.
func (m *Memory) read(ctx context.Context, step string, do func(s *memory) error) error {
	if err := m.enter(ctx, step); err != nil {
		return err
	}
	m.shared.mu.Lock()
	defer m.shared.mu.Unlock()
	return do(m.shared)
}

func (h Head) clone() Head {
	h.Checkpoint = slices.Clone(h.Checkpoint)
	return h
}

func (t Tile) clone() Tile {
	t.Data = slices.Clone(t.Data)
	return t
}

// Create begins the record.
func (m *Memory) Create(ctx context.Context, meta Meta, h Head) error {
	return m.change(ctx, "Create", func(s *memory) error {
		if s.created {
			return ErrExists
		}
		s.created, s.meta, s.head = true, meta, h.clone()
		s.tell()
		return nil
	})
}

// Meta names the record.
func (m *Memory) Meta(ctx context.Context) (meta Meta, err error) {
	err = m.read(ctx, "Meta", func(s *memory) error {
		meta = s.meta
		return s.none()
	})
	return meta, err
}

// Head gives the head as it is committed.
func (m *Memory) Head(ctx context.Context) (h Head, err error) {
	err = m.read(ctx, "Head", func(s *memory) error {
		h = s.head.clone()
		return s.none()
	})
	return h, err
}

func (s *memory) none() error {
	if !s.created {
		return ErrNone
	}
	return nil
}

// Lead raises the epoch.
func (m *Memory) Lead(ctx context.Context) (h Head, err error) {
	err = m.change(ctx, "Lead", func(s *memory) error {
		if err := s.none(); err != nil {
			return err
		}
		s.head.Epoch++
		h = s.head.clone()
		return nil
	})
	return h, err
}

// Wait answers at once: no other process can lead.
func (m *Memory) Wait(ctx context.Context) (release func(), err error) {
	return func() {}, m.enter(ctx, "Wait")
}

// Commit adds a batch.
func (m *Memory) Commit(ctx context.Context, old Head, b Batch) error {
	return m.change(ctx, "Commit", func(s *memory) error {
		if err := s.none(); err != nil {
			return err
		}
		if !s.head.Same(old) {
			return ErrLost
		}
		if err := b.Fits(old); err != nil {
			return err
		}
		batch := make(map[string]bool, len(b.Rows))
		for _, r := range b.Rows {
			if _, taken := s.refs[r.Ref]; taken || batch[r.Ref] {
				return fmt.Errorf("%w: %s", ErrTaken, r.Ref)
			}
			batch[r.Ref] = true
		}
		for i, r := range b.Rows {
			s.refs[r.Ref] = Found{Position: old.Size + int64(i) + 1, Row: r}
		}
		for _, t := range b.Tiles {
			s.put(t.clone())
		}
		s.head = b.Head.clone()
		s.tell()
		return nil
	})
}

func (s *memory) put(t Tile) {
	level := s.tiles[t.Level]
	i, there := slices.BinarySearchFunc(level, t.Index, byIndex)
	if there {
		level[i] = t
		return
	}
	s.tiles[t.Level] = slices.Insert(level, i, t)
}

func byIndex(t Tile, index int64) int { return int(t.Index - index) }

// Find gives what stands under references.
func (m *Memory) Find(ctx context.Context, refs []string) (found map[string]Found, err error) {
	found = map[string]Found{}
	err = m.read(ctx, "Find", func(s *memory) error {
		for _, ref := range refs {
			if f, ok := s.refs[ref]; ok {
				found[ref] = f
			}
		}
		return nil
	})
	return found, err
}

// Tile gives a tile at its present width.
func (m *Memory) Tile(ctx context.Context, level int, index int64) (t Tile, err error) {
	err = m.read(ctx, "Tile", func(s *memory) error {
		i, there := slices.BinarySearchFunc(s.tiles[level], index, byIndex)
		if !there {
			return ErrNoTile
		}
		t = s.tiles[level][i].clone()
		return nil
	})
	return t, err
}

// Tiles gives tiles of a level.
func (m *Memory) Tiles(ctx context.Context, level int, from int64, n int) (tiles []Tile, err error) {
	err = m.read(ctx, "Tiles", func(s *memory) error {
		i, _ := slices.BinarySearchFunc(s.tiles[level], from, byIndex)
		for _, t := range s.tiles[level][i:] {
			if len(tiles) >= n {
				break
			}
			tiles = append(tiles, t.clone())
		}
		return nil
	})
	return tiles, err
}

// Cosign keeps a checkpoint with cosignatures.
func (m *Memory) Cosign(ctx context.Context, c Cosigned) error {
	return m.change(ctx, "Cosign", func(s *memory) error {
		s.cosigned[c.Size] = slices.Clone(c.Note)
		return nil
	})
}

// Cosigned gives what was kept of a size.
func (m *Memory) Cosigned(ctx context.Context, size int64) (c Cosigned, err error) {
	err = m.read(ctx, "Cosigned", func(s *memory) error {
		if size < 0 {
			for had := range s.cosigned {
				size = max(size, had)
			}
		}
		note, ok := s.cosigned[size]
		if !ok {
			return ErrNone
		}
		c = Cosigned{Size: size, Note: slices.Clone(note)}
		return nil
	})
	return c, err
}

// CosignedSizes lists the sizes that were kept.
func (m *Memory) CosignedSizes(ctx context.Context, from int64, n int) (sizes []int64, err error) {
	err = m.read(ctx, "CosignedSizes", func(s *memory) error {
		for _, size := range slices.Sorted(maps.Keys(s.cosigned)) {
			if size >= from && len(sizes) < n {
				sizes = append(sizes, size)
			}
		}
		return nil
	})
	return sizes, err
}

// Follow brings the derived tables on.
func (m *Memory) Follow(ctx context.Context, read func(leaf []byte) (Detail, error), n int) (behind int64, err error) {
	if err := m.enter(ctx, "Follow"); err != nil {
		return 0, err
	}
	s := m.shared
	s.mu.Lock()
	from, size := len(s.listed), s.head.Size
	s.mu.Unlock()
	leaves, err := LeavesFrom(ctx, m, int64(from), size, n)
	if err != nil {
		return 0, err
	}
	details := make([]Detail, len(leaves))
	for i, leaf := range leaves {
		if details[i], err = read(leaf); err != nil {
			return 0, err
		}
	}
	s.mu.Lock()
	if len(s.listed) == from { // else another follower was here first
		for i, d := range details {
			if _, had := s.ids[d.ID]; !had {
				s.ids[d.ID] = len(s.listed)
			}
			s.listed = append(s.listed, Listed{Position: int64(from + i + 1), Detail: d})
		}
	}
	behind = s.head.Size - int64(len(s.listed))
	s.mu.Unlock()
	return behind, m.fail("Follow done")
}

// Drop empties the derived tables.
func (m *Memory) Drop(ctx context.Context) error {
	return m.change(ctx, "Drop", func(s *memory) error {
		s.listed, s.ids = nil, map[[32]byte]int{}
		return nil
	})
}

// Applied is how far the derived tables have come.
func (m *Memory) Applied(ctx context.Context) (applied int64, err error) {
	err = m.read(ctx, "Applied", func(s *memory) error {
		applied = int64(len(s.listed))
		return nil
	})
	return applied, err
}

// FindID gives what has an identity.
func (m *Memory) FindID(ctx context.Context, id [32]byte) (l Listed, ok bool, err error) {
	err = m.read(ctx, "FindID", func(s *memory) error {
		var i int
		if i, ok = s.ids[id]; ok {
			l = s.listed[i]
		}
		return nil
	})
	return l, ok, err
}

// List gives entries from a position on.
func (m *Memory) List(ctx context.Context, from int64, n int, kind, by string) (list []Listed, err error) {
	err = m.read(ctx, "List", func(s *memory) error {
		for i := max(from, 1) - 1; i < int64(len(s.listed)) && len(list) < n; i++ {
			if l := s.listed[i]; (kind == "" || kind == l.Kind) && (by == "" || by == l.By) {
				list = append(list, l)
			}
		}
		return nil
	})
	return list, err
}

// Check finds nothing: memory has no structure of its own.
func (m *Memory) Check(ctx context.Context) error { return m.enter(ctx, "Check") }

// saved is a memory store in a file.
type saved struct {
	Created  bool
	Meta     Meta
	Head     Head
	Refs     map[string]Found
	Tiles    map[int][]Tile
	Cosigned map[int64][]byte
	Listed   []Listed
}

// Backup writes a copy to a new file, which ReadMemory reads.
func (m *Memory) Backup(ctx context.Context, to string) error {
	return m.read(ctx, "Backup", func(s *memory) (err error) {
		f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		return gob.NewEncoder(f).Encode(saved{s.created, s.meta, s.head, s.refs, s.tiles, s.cosigned, s.listed})
	})
}

// ReadMemory gives the store that Backup wrote.
func ReadMemory(file string) (*Memory, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	var from saved
	if err := gob.NewDecoder(f).Decode(&from); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	m := NewMemory()
	s := m.shared
	s.created, s.meta, s.head, s.listed = from.Created, from.Meta, from.Head, from.Listed
	maps.Copy(s.refs, from.Refs)
	maps.Copy(s.tiles, from.Tiles)
	maps.Copy(s.cosigned, from.Cosigned)
	for i, l := range s.listed {
		if _, had := s.ids[l.ID]; !had {
			s.ids[l.ID] = i
		}
	}
	return m, nil
}

// Notify gives a channel that is sent to after commits.
func (m *Memory) Notify(ctx context.Context) (changed <-chan struct{}, stop func(), err error) {
	if err := m.enter(ctx, "Notify"); err != nil {
		return nil, nil, err
	}
	s := m.shared
	c := make(chan struct{}, 1)
	end := func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watchers, c)
	}
	s.mu.Lock()
	s.watchers[c] = true
	m.ends = append(m.ends, end)
	s.mu.Unlock()
	release := context.AfterFunc(ctx, end)
	return c, func() { release(); end() }, nil
}

func (s *memory) tell() {
	for c := range s.watchers {
		select {
		case c <- struct{}{}:
		default: // the one before is not read yet
		}
	}
}

// Close ends this handle; the store lives on.
func (m *Memory) Close() error {
	m.closed.Store(true)
	m.shared.mu.Lock()
	ends := m.ends
	m.ends = nil
	m.shared.mu.Unlock()
	for _, end := range ends {
		end()
	}
	return nil
}
