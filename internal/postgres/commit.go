package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/truceline/truceline/internal/store"
)

// endTimeout bounds the wait for the answer to COMMIT, which the caller's context does not
// cut short: a commit that was asked for is better known than given up.
const endTimeout = 15 * time.Second

// copyFrom is the number of rows from which COPY is quicker than one INSERT of arrays.
const copyFrom = 512

// Create lays the tables and begins a record.
func (s *Store) Create(ctx context.Context, m store.Meta, h store.Head) error {
	err := s.transact(ctx, func(tx pgx.Tx) error {
		if err := lay(ctx, tx, s.target.schema, steps); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO meta (origin, key) VALUES ($1, $2)`, m.Origin, m.Key); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO head (epoch, size, root, recorded, checkpoint) VALUES ($1, $2, $3, $4, $5)`,
			h.Epoch, h.Size, h.Root[:], moment(h.Recorded), bytesOf(h.Checkpoint))
		return err
	})
	if code(err) == uniqueViolation {
		return store.ErrExists
	}
	return s.told(err)
}

// Lead raises the epoch; it waits for a commit that is under way.
func (s *Store) Lead(ctx context.Context) (store.Head, error) {
	h, err := scanHead(s.pool.QueryRow(ctx, `UPDATE head SET epoch = epoch + 1 RETURNING `+headColumns))
	return h, s.told(err)
}

// Commit adds a batch. The first statement compares and moves the head and so locks its row; what
// follows is undone with it.
func (s *Store) Commit(ctx context.Context, old store.Head, b store.Batch) error {
	if err := b.Fits(old); err != nil {
		return err
	}
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return s.told(err)
	}
	defer conn.Release()
	tx, err := s.write(ctx, conn.Conn(), old, b)
	if err != nil {
		abandon(tx)
		if code(err) == diskFull {
			err = fmt.Errorf("%w: %w", store.ErrFull, err)
		}
		return err
	}
	err = finish(ctx, tx)
	if errors.Is(err, store.ErrUnknown) {
		s.unsettled.Store(true)
	}
	return err
}

// abandon rolls back also when the caller's context has ended.
func abandon(tx pgx.Tx) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = tx.Rollback(ctx)
}

// write does all of a commit but its last word. Small batches go to the server and
// back once; large ones carry their rows by COPY.
func (s *Store) write(ctx context.Context, conn *pgx.Conn, old store.Head, b store.Batch) (pgx.Tx, error) {
	var first pgx.Batch
	first.BeginTx(pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite})
	first.Queue(`UPDATE head SET epoch = $4, size = $5, root = $6, recorded = $7, checkpoint = $8
		WHERE epoch = $1 AND size = $2 AND root = $3`,
		old.Epoch, old.Size, old.Root[:], b.Head.Epoch, b.Head.Size, b.Head.Root[:], moment(b.Head.Recorded), bytesOf(b.Head.Checkpoint))
	few := len(b.Rows) < copyFrom
	if few {
		first.Queue(`INSERT INTO leaf (position, ref, id)
			SELECT $1 + n, ref, id FROM unnest($2::text[], $3::bytea[]) WITH ORDINALITY AS u (ref, id, n)`,
			old.Size, refs(b.Rows), ids(b.Rows))
		s.rest(&first, b)
	}
	tx, err := s.send(ctx, conn, &first)
	if err != nil || few {
		return tx, err
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"leaf"}, []string{"position", "ref", "id"},
		pgx.CopyFromSlice(len(b.Rows), func(i int) ([]any, error) {
			return []any{old.Size + int64(i) + 1, b.Rows[i].Ref, b.Rows[i].ID[:]}, nil
		}))
	if err != nil {
		return tx, taken(err)
	}
	var last pgx.Batch
	s.rest(&last, b)
	return tx, taken(tx.SendBatch(ctx, &last).Close())
}

// rest are the statements after the rows. COMMIT is not bounded by the server: while it waits
// for a standby, a bound would end the wait and not the commit.
func (s *Store) rest(to *pgx.Batch, b store.Batch) {
	n := len(b.Tiles)
	levels, indexes, widths, data := make([]int16, n), make([]int64, n), make([]int16, n), make([][]byte, n)
	for i, t := range b.Tiles {
		levels[i], indexes[i], widths[i], data[i] = int16(t.Level), t.Index, int16(t.Width), bytesOf(t.Data)
	}
	to.Queue(`INSERT INTO tile (level, index, width, data)
		SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::smallint[], $4::bytea[])
		ON CONFLICT (level, index) DO UPDATE SET width = excluded.width, data = excluded.data`,
		levels, indexes, widths, data)
	to.Queue(`SELECT pg_notify($1, ''), set_config('statement_timeout', '0', true)`, s.channel())
}

// send begins the transaction with its first statements. The answer on the head comes
// first: where it was lost, what the others met means nothing.
func (s *Store) send(ctx context.Context, conn *pgx.Conn, b *pgx.Batch) (pgx.Tx, error) {
	results := conn.SendBatch(ctx, b)
	tx := results.Tx()
	var moved int64
	_, err := results.Exec() // BEGIN
	if err == nil {
		var tag pgconn.CommandTag
		tag, err = results.Exec()
		moved = tag.RowsAffected()
	}
	closed := results.Close()
	switch {
	case code(err) == undefinedTable:
		return tx, store.ErrNone
	case err != nil:
		return tx, err
	case moved == 0:
		abandon(tx)
		return tx, loss(ctx, conn)
	}
	return tx, taken(closed)
}

// loss says why no head was moved.
func loss(ctx context.Context, q querier) error {
	var there bool
	if err := q.QueryRow(ctx, `SELECT true FROM head`).Scan(&there); errors.Is(err, pgx.ErrNoRows) {
		return store.ErrNone
	}
	return store.ErrLost
}

// taken says what a unique violation means.
func taken(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) || e.Code != uniqueViolation {
		return err
	}
	if e.ConstraintName == "leaf_ref" {
		return store.ErrTaken
	}
	return fmt.Errorf("%w: %s: there are rows beyond the head", store.ErrDamaged, e.Message)
}

// finish asks for COMMIT and says what its answer means.
func finish(ctx context.Context, tx pgx.Tx) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	conn := tx.Conn().PgConn()
	if conn.IsClosed() {
		return errors.New("the commit did not take place: the connection was lost before it was asked for")
	}
	delete(conn.CustomData(), warned)
	if err := outcome(tx.Commit(ctx)); err != nil {
		return err
	}
	if words, ok := conn.CustomData()[warned].(string); ok {
		return fmt.Errorf("%w: the server warned: %s", store.ErrUnknown, words)
	}
	return nil
}

// outcome of a commit: only an error of the statement itself says that nothing was changed. A server that
// ends the session may have written before. (pgconn.SafeToRetry is not asked: of a connection that
// breaks while the answer is read it says that nothing was sent.)
func outcome(err error) error {
	var e *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrTxCommitRollback):
		return fmt.Errorf("the commit did not take place: %w", err)
	case errors.As(err, &e) && e.SeverityUnlocalized == "ERROR":
		return fmt.Errorf("the commit did not take place: %w", err)
	}
	return fmt.Errorf("%w: %w", store.ErrUnknown, err)
}

// warned is where a connection keeps the last warning of its server. A commit that is made to stop waiting
// for a standby succeeds with nothing but a warning: it stands here, and may be lost in a fail-over.
const warned = "warned"

func heed(c *pgconn.PgConn, n *pgconn.Notice) {
	if n.SeverityUnlocalized == "WARNING" {
		c.CustomData()[warned] = n.Message
	}
}

// moment is a time as a row holds it: null for none.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// bytesOf gives no bytes for nil: a row has no null there.
func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func refs(rows []store.Row) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.Ref
	}
	return out
}

func ids(rows []store.Row) [][]byte {
	out := make([][]byte, len(rows))
	for i := range rows {
		out[i] = rows[i].ID[:]
	}
	return out
}
