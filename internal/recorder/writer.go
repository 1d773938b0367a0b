package recorder

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Bounds of waiting on a store.
const (
	commitTime = 30 * time.Second // for one commit, and for reading the head after an unknown one
	recorded   = "2006-01-02T15:04:05Z"
)

// writer is what the writing goroutine alone holds.
type writer struct {
	tree   *proof.Builder
	bundle []byte // the entry bundle at the right edge
	width  int    // leaves in it
	cache  entryCache
	reader *Reader
}

// run takes jobs until the end. Jobs that wait are taken together, up to a batch.
func (r *Recorder) run() {
	acknowledged := make(chan struct{})
	go func() {
		defer close(acknowledged)
		r.acknowledge()
	}()
	err := r.loop()
	close(r.commits)
	<-acknowledged
	r.mu.Lock()
	if r.dead == nil {
		r.dead = err
	}
	err = r.dead
	r.mu.Unlock()
	r.release()
	if err != nil {
		r.o.Slog.Error("the recorder has stopped", "why", err)
	}
	close(r.ended)
	r.refuseRest()
}

// loop writes batches until it is asked to end, or may not go on.
func (r *Recorder) loop() error {
	for {
		var first *job
		select {
		case <-r.unguarded:
			return nil // acknowledge says why
		default:
		}
		select {
		case first = <-r.queue:
		case <-r.unguarded:
			return nil
		case <-r.stop:
			select {
			case first = <-r.queue:
			default:
				return nil
			}
		}
		if err := r.write(r.gather(first)); err != nil {
			return err
		}
	}
}

// commit is a batch that is durable in the store and whose checkpoint is not yet kept
// outside it.
type commit struct {
	jobs       []*job
	checkpoint []byte
}

// acknowledge keeps the newest checkpoint outside the store, then answers everything that
// it covers, while the next batch is on its way already.
func (r *Recorder) acknowledge() {
	broken := false
	for c := range r.commits {
		done := []commit{c}
		for more := true; more; {
			select {
			case next, ok := <-r.commits:
				if more = ok; ok {
					done = append(done, next)
				}
			default:
				more = false
			}
		}
		var err error
		if !broken {
			err = r.o.Guard.Write(done[len(done)-1].checkpoint)
		}
		if err != nil {
			broken = true
			r.mu.Lock()
			r.dead = fmt.Errorf("the copy of the checkpoint outside the store cannot be written: %w", err)
			r.mu.Unlock()
			close(r.unguarded)
		}
		if !broken {
			r.trip("after-guard")
		}
		for _, c := range done {
			if broken { // recorded, but the copy outside the store is what a receipt promises
				answer(c.jobs, ErrStopped)
			} else {
				answer(c.jobs, nil)
			}
		}
	}
}

// refuseRest answers what waits after the recorder has stopped.
func (r *Recorder) refuseRest() {
	for {
		select {
		case j := <-r.queue:
			j.err = ErrStopped
			close(j.done)
		default:
			return
		}
	}
}

// gather takes what waits, without waiting, up to a batch of leaves.
func (r *Recorder) gather(first *job) []*job {
	jobs, n := []*job{first}, len(first.leaves)
	for n < r.o.Batch {
		select {
		case j := <-r.queue:
			jobs = append(jobs, j)
			n += len(j.leaves)
		default:
			return jobs
		}
	}
	return jobs
}

// draft is a batch in the making.
type draft struct {
	old    store.Head
	tree   *proof.Builder
	keys   *record.Keys
	rows   []store.Row
	found  map[string]store.Found // what stood under the references of the batch
	fresh  map[string]int         // what the batch itself adds: index of rows
	added  map[record.Ref]*record.Entry
	tiles  []store.Tile // bundles that are full
	bundle []byte
	width  int
	time   string
	taken  []*job // that are part of it
}

// write records jobs in one commit and answers them. The error ends the recorder.
func (r *Recorder) write(jobs []*job) error {
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	d, err := r.draft(ctx, jobs)
	if err != nil {
		answer(jobs, fmt.Errorf("%w: %w", ErrNotKept, err))
		r.o.Slog.Error("the store cannot be read", "why", err)
		return nil
	}
	for _, j := range jobs {
		if err := r.take(ctx, d, j); err != nil {
			j.err = err
			close(j.done)
			continue
		}
		d.taken = append(d.taken, j)
	}
	if len(d.rows) == 0 {
		r.commits <- commit{d.taken, d.old.Checkpoint} // what they name may wait for its copy still
		return nil
	}
	b, err := r.batch(d)
	if err != nil {
		answer(d.taken, fmt.Errorf("%w: %w", ErrNotKept, err))
		return nil
	}
	r.trip("before-commit")
	err = r.o.Store.Commit(ctx, d.old, b)
	r.trip("after-commit")
	if errors.Is(err, store.ErrUnknown) {
		r.o.Slog.Warn("the outcome of a commit is not known; reading the head", "why", err)
		err = r.outcome(d.old, b.Head)
	}
	switch {
	case err == nil:
	case errors.Is(err, store.ErrLost):
		answer(d.taken, ErrStopped)
		return fmt.Errorf("another process writes this record: %w", err)
	case errors.Is(err, store.ErrUnknown):
		answer(d.taken, ErrStopped) // it may have been recorded: handing it in again tells
		return err
	default:
		answer(d.taken, fmt.Errorf("%w: %w", ErrNotKept, err))
		r.o.Slog.Error("a commit failed; nothing was changed", "why", err)
		return nil
	}
	r.accept(d, b.Head)
	r.last.Store(time.Now().UnixNano())
	r.commits <- commit{d.taken, b.Head.Checkpoint}
	return nil
}

func answer(jobs []*job, err error) {
	for _, j := range jobs {
		if err != nil {
			j.err, j.got = err, nil
		}
		close(j.done)
	}
}

func (r *Recorder) trip(step string) {
	if r.o.Trip != nil {
		r.o.Trip(step)
	}
}

// outcome reads whether a commit whose answer was lost took place: nil, or ErrNotKept
// when it certainly did not, ErrLost when somebody else moved the head, ErrUnknown.
func (r *Recorder) outcome(old, wanted store.Head) error {
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		head, err := r.o.Store.Head(ctx)
		switch {
		case err == nil && head.Same(wanted):
			return nil
		case err == nil && head.Same(old):
			// A commit that is still on its way inside the store would be compared with
			// this head: raising the epoch makes sure that it fails.
			return r.fence(ctx, wanted)
		case err == nil:
			return store.ErrLost
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", store.ErrUnknown, err)
		}
	}
}

// fence raises the epoch, so that a commit which is still on its way cannot take hold,
// and tells whether it had.
func (r *Recorder) fence(ctx context.Context, wanted store.Head) error {
	head, err := r.o.Store.Lead(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnknown, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if head.Size == r.head.Size && head.Root == r.head.Root {
		r.head = head
		return errors.New("the commit did not take place")
	}
	if head.Size == wanted.Size && head.Root == wanted.Root {
		r.head.Epoch = head.Epoch
		return nil
	}
	return store.ErrLost
}

// draft begins a batch: it looks up all references that the jobs hold.
func (r *Recorder) draft(ctx context.Context, jobs []*job) (*draft, error) {
	old := r.Head()
	now := r.o.Now().UTC().Truncate(time.Second)
	if now.Before(old.Recorded) {
		now = old.Recorded // clocks may be set back, the record's time is not
	}
	d := &draft{
		old: old, tree: r.w.tree.Clone(), keys: r.Keys(), fresh: map[string]int{}, added: map[record.Ref]*record.Entry{},
		bundle: append(make([]byte, 0, 2*len(r.w.bundle)), r.w.bundle...), width: r.w.width, time: now.Format(recorded),
	}
	var refs []string
	for _, j := range jobs {
		for i := range j.leaves {
			refs = append(refs, string(j.leaves[i].Entry.Ref))
		}
	}
	var err error
	d.found, err = r.o.Store.Find(ctx, refs)
	return d, err
}

// take adds a job to the batch, whole or not at all.
func (r *Recorder) take(ctx context.Context, d *draft, j *job) error {
	got, old, err := r.receipts(ctx, d, j)
	if err != nil || old == len(j.leaves) {
		j.got = got
		return err
	}
	if old > 0 {
		return refuse("recorded-in-part", "entry.ref", fmt.Sprintf("%d of the %d entries of the sheet are recorded already", old, len(j.leaves)), "send those that are new, under a sheet of their own")
	}
	if err := r.may(ctx, d, j); err != nil {
		return err
	}
	sheet := 0
	for i := range j.leaves {
		l := &j.leaves[i]
		position := d.tree.Size() + 1
		bytes := record.AppendEnvelope(nil, l.Canonical, d.time, l.Signature, sheet)
		if j.sheet && i == 0 {
			sheet = int(position)
		}
		d.push(bytes)
		d.fresh[string(l.Entry.Ref)] = len(d.rows)
		d.rows = append(d.rows, store.Row{Ref: string(l.Entry.Ref), ID: l.Identity})
		d.added[l.Entry.Ref] = &l.Entry
		if l.Entry.Kind == record.KindKey {
			d.keys = d.keys.Clone()
			d.keys.Apply(int(position), &l.Entry)
		}
		j.got = append(j.got, Receipt{Ref: l.Entry.Ref, Position: position, ID: record.ID(hex.EncodeToString(l.Identity[:])), Recorded: d.time})
	}
	return nil
}

// push adds a leaf to the tree and to the bundle at the right edge.
func (d *draft) push(leaf []byte) {
	d.tree.Append(proof.LeafHash(leaf))
	d.bundle = proof.AppendBundle(d.bundle, leaf)
	if d.width++; d.width == proof.TileWidth {
		d.tiles = append(d.tiles, store.Tile{Level: store.Entries, Index: (d.tree.Size() - 1) / proof.TileWidth, Width: d.width, Data: d.bundle})
		d.bundle, d.width = make([]byte, 0, len(d.bundle)), 0
	}
}

// receipts gives the receipts of what is recorded already, and how many of the job's
// leaves that are. The same reference on another entry is refused.
func (r *Recorder) receipts(ctx context.Context, d *draft, j *job) (got []Receipt, old int, err error) {
	var within map[string]bool
	if j.sheet {
		within = make(map[string]bool, len(j.leaves))
	}
	for i := range j.leaves {
		l := &j.leaves[i]
		ref := string(l.Entry.Ref)
		f, ok := d.found[ref]
		if k, here := d.fresh[ref]; here {
			f, ok = store.Found{Position: d.old.Size + int64(k) + 1, Row: d.rows[k]}, true
		}
		switch {
		case within[ref]:
			return nil, 0, at(i+1, "duplicate-ref", "entry.ref", fmt.Sprintf("the reference %s stands twice on this sheet", ref), "give each entry a reference of its own")
		case !ok:
		case f.ID != l.Identity:
			return nil, 0, at(i+1, "taken-ref", "entry.ref", fmt.Sprintf("the reference %s belongs to another entry, at position %d", ref, f.Position), "give the entry a reference of its own; to change the recorded one add a correction")
		default:
			again := Receipt{Ref: l.Entry.Ref, Position: f.Position, ID: record.ID(hex.EncodeToString(f.ID[:])), Recorded: d.time, Again: true}
			if f.Position <= d.old.Size {
				stands, err := r.leaf(ctx, f.Position)
				if err != nil {
					return nil, 0, fmt.Errorf("%w: %w", ErrNotKept, err)
				}
				again.Recorded = stands.Recorded
			}
			got = append(got, again)
			old++
		}
		if within != nil {
			within[ref] = true
		}
	}
	return got, old, nil
}

// may holds the entries of a job to keys and to what was recorded before them.
func (r *Recorder) may(ctx context.Context, d *draft, j *job) error {
	var list problem.List
	within := map[record.Ref]*record.Entry{}
	var broken error
	find := func(ref record.Ref) (*record.Entry, bool) {
		if e, ok := within[ref]; ok {
			return e, true
		}
		e, err := r.entry(ctx, d, ref)
		if err != nil {
			broken = err
		}
		return e, e != nil
	}
	for i := range j.leaves {
		l := &j.leaves[i]
		if i == 0 {
			key, err := d.keys.Author(&l.Entry)
			if err == nil && key != l.by {
				err = verified(r.origin, key, l.Leaf) // the key has changed since
			}
			if err != nil {
				return err
			}
		}
		faults := record.Fit(&l.Entry, find)
		if broken != nil {
			return fmt.Errorf("%w: %w", ErrNotKept, broken)
		}
		if len(faults) == 0 {
			faults.Take(d.keys.May(&l.Entry))
		}
		for _, p := range faults {
			if j.sheet {
				p.Line = i + 1
			}
			list.Add(p)
		}
		if j.sheet {
			within[l.Entry.Ref] = &l.Entry
		}
	}
	return record.Bounded(list, 200)
}

// batch makes what the store is to keep.
func (r *Recorder) batch(d *draft) (store.Batch, error) {
	root := d.tree.Root()
	c := proof.Checkpoint{Origin: r.origin, Size: d.tree.Size(), Root: root}
	signed, err := proof.SignCheckpoint(c, r.o.Key)
	if err != nil {
		return store.Batch{}, fmt.Errorf("the checkpoint cannot be signed: %w", err)
	}
	when, err := time.Parse(recorded, d.time)
	if err != nil {
		return store.Batch{}, err
	}
	b := store.Batch{Rows: d.rows, Tiles: d.tiles, Head: store.Head{Epoch: d.old.Epoch, Size: d.tree.Size(), Root: root, Recorded: when, Checkpoint: signed}}
	if d.width > 0 {
		b.Tiles = append(b.Tiles, store.Tile{Level: store.Entries, Index: d.tree.Size() / proof.TileWidth, Width: d.width, Data: d.bundle})
	}
	for _, t := range d.tree.Changed() {
		b.Tiles = append(b.Tiles, store.Tile{Level: t.Level, Index: t.Index, Width: t.Width, Data: t.Data})
	}
	return b, nil
}

// accept makes a committed draft the state from which the next one begins.
func (r *Recorder) accept(d *draft, head store.Head) {
	r.w.tree, r.w.bundle, r.w.width = d.tree, d.bundle, d.width
	for ref, e := range d.added {
		if e.Kind == record.KindSource { // what many others name
			r.w.cache.put(ref, e)
		}
	}
	r.mu.Lock()
	head.Epoch = max(head.Epoch, r.head.Epoch) // a fence may have raised it
	r.head, r.keys = head, d.keys
	r.mu.Unlock()
	select {
	case r.follow <- struct{}{}:
	default:
	}
}

func refuse(code, field, what, mend string) error {
	return problem.List{{Code: code, Field: field, What: what, Mend: mend}}
}

// at is refuse for one of several entries, counted from 1.
func at(line int, code, field, what, mend string) error {
	return problem.List{{Code: code, Line: line, Field: field, What: what, Mend: mend}}
}
