package recorder

import (
	"context"

	"github.com/truceline/truceline/record"
)

// entryCache keeps entries that others name, the last ones used.
type entryCache struct {
	young, old map[record.Ref]*record.Entry
}

const cacheSize = 2048 // of each half

func (c *entryCache) get(ref record.Ref) *record.Entry {
	if e := c.young[ref]; e != nil {
		return e
	}
	e := c.old[ref]
	if e != nil {
		c.put(ref, e)
	}
	return e
}

func (c *entryCache) put(ref record.Ref, e *record.Entry) {
	if c.young == nil || len(c.young) >= cacheSize {
		c.old, c.young = c.young, make(map[record.Ref]*record.Entry, cacheSize)
	}
	c.young[ref] = e
}

// entry gives what stands under a reference before or within a batch; nil when
// nothing does.
func (r *Recorder) entry(ctx context.Context, d *draft, ref record.Ref) (*record.Entry, error) {
	if e := d.added[ref]; e != nil {
		return e, nil
	}
	if e := r.w.cache.get(ref); e != nil {
		return e, nil
	}
	found, err := r.o.Store.Find(ctx, []string{string(ref)})
	if err != nil {
		return nil, err
	}
	f, ok := found[string(ref)]
	if !ok {
		return nil, nil
	}
	l, err := r.leaf(ctx, f.Position)
	if err != nil {
		return nil, err
	}
	r.w.cache.put(ref, &l.Entry)
	return &l.Entry, nil
}

// leaf reads what stands at a position of the head.
func (r *Recorder) leaf(ctx context.Context, position int64) (record.Leaf, error) {
	return r.reader().Leaf(ctx, position)
}

// reader reads the record as of the last commit.
func (r *Recorder) reader() *Reader {
	if head := r.Head(); r.w.reader == nil || !r.w.reader.head.Same(head) {
		r.w.reader = NewReader(r.o.Store, head)
	}
	return r.w.reader
}

// Reader gives a reader of the record as this process last committed it.
func (r *Recorder) Reader() *Reader { return NewReader(r.o.Store, r.Head()) }
