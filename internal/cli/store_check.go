package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
)

// index holds what a store keeps beside its tiles to the leaves in them: its own
// structure, the references that the writer goes by, and the derived tables. It gives
// what does not fit, at most twenty things.
func (h *home) index(ctx context.Context) (wrong []string) {
	const most = 20
	if err := h.store.Check(ctx); err != nil {
		wrong = append(wrong, err.Error())
	}
	r, err := h.reader(ctx)
	if err != nil {
		return append(wrong, err.Error())
	}
	if err := recorder.FollowAll(ctx, h.store); err != nil {
		return append(wrong, "the derived tables cannot be read: "+err.Error())
	}
	var batch []store.Listed
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		refs := make([]string, len(batch))
		for i, l := range batch {
			refs[i] = l.Ref
		}
		found, err := h.store.Find(ctx, refs)
		if err != nil {
			return err
		}
		listed, err := h.store.List(ctx, batch[0].Position, len(batch), "", "")
		if err != nil {
			return err
		}
		for i, l := range batch {
			if f := found[l.Ref]; f.Position != l.Position || f.ID != l.ID {
				wrong = append(wrong, fmt.Sprintf("position %d: the index of references does not lead to %s", l.Position, l.Ref))
			}
			if i >= len(listed) || listed[i] != l {
				wrong = append(wrong, fmt.Sprintf("position %d: the derived tables tell something else of %s", l.Position, l.Ref))
			}
		}
		batch = batch[:0]
		if len(wrong) > most {
			return errors.New("and more")
		}
		return nil
	}
	err = r.Each(ctx, 1, r.Head().Size, func(position int64, leaf []byte) error {
		d, err := recorder.Detail(leaf)
		if err != nil {
			return fmt.Errorf("position %d: %w", position, err)
		}
		batch = append(batch, store.Listed{Position: position, Detail: d})
		if len(batch) == 4096 {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		wrong = append(wrong, err.Error())
	}
	return wrong
}
