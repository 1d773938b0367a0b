// Command log measures the record beside a log of others: appending, proving, opening and
// verifying, on the same leaves and the same disk, and prints one table.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

const origin = "bench.example/log"

// log is a record in a store, with the keys of its log and of its keeper.
type log struct {
	store store.Store
	key   *proof.Signer
	desk  *proof.Signer
	rec   *recorder.Recorder
	guard *guard
	trip  func(string)
	kept  []byte // the first checkpoint with an entry
}

// guard keeps the checkpoint in memory, or where file is set durably there.
type guard struct {
	data  []byte
	write func([]byte) error
}

func (g *guard) Read() ([]byte, error) { return g.data, nil }

func (g *guard) Write(data []byte) error {
	g.data = bytes.Clone(data)
	if g.write != nil {
		return g.write(data)
	}
	return nil
}

func newKey(name string) (*proof.Signer, error) {
	skey, _, err := proof.GenerateKey(rand.Reader, name, proof.Signing)
	if err != nil {
		return nil, err
	}
	return proof.ParseSigner(skey)
}

// newLog begins a record in a store and admits its keeper.
func newLog(ctx context.Context, s store.Store) (*log, error) {
	k := &log{store: s, guard: &guard{}}
	var err error
	if k.key, err = newKey(origin); err != nil {
		return nil, err
	}
	if k.desk, err = newKey("desk"); err != nil {
		return nil, err
	}
	if err := recorder.Create(ctx, k.options()); err != nil {
		return nil, err
	}
	if err := k.open(ctx); err != nil {
		return nil, err
	}
	l, err := k.signed(record.Entry{
		Kind: record.KindKey, Ref: "key-desk", Author: "desk",
		Body: &record.Key{Name: "desk", Event: "admitted", Holder: "bench", PublicKey: k.desk.Verifier().String(), Authority: record.Text{"en": "bench"}},
	})
	if err != nil {
		return nil, err
	}
	if _, err := k.rec.Append(ctx, l); err != nil {
		return nil, err
	}
	k.kept = k.rec.Head().Checkpoint
	return k, nil
}

func (k *log) options() recorder.Options {
	return recorder.Options{Store: k.store, Key: k.key, Guard: k.guard, Now: time.Now, Trip: k.trip}
}

func (k *log) open(ctx context.Context) (err error) {
	k.rec, err = recorder.Open(ctx, k.options())
	return err
}

// entry is a report whose envelope has about 300 bytes.
func entry(i int) record.Entry {
	return record.Entry{
		Kind: record.KindReport, Ref: record.Ref(fmt.Sprintf("r-%09d", i)), Author: "desk", Happened: "2031-03-01T06:00Z",
		SaidBy: &record.Voice{Party: "A", Institution: record.Text{"en": "post 4"}},
		Body:   &record.Report{Act: "attack/artillery", Domain: "land", Place: &record.Place{Lon: "30.5", Lat: "50.25", Radius: 500}},
	}
}

func (k *log) signed(e record.Entry) (record.Leaf, error) {
	l, err := record.Submission(e, "")
	if err != nil {
		return l, err
	}
	raw, err := k.desk.Sign(record.SignedText(origin, l.Identity))
	if err != nil {
		return l, err
	}
	return record.Submission(e, base64.StdEncoding.EncodeToString(raw))
}

// sheet is what a client sends: the bytes of a signed sheet and of the entries under it.
type sheet struct {
	head  []byte
	under [][]byte
}

// newSheet makes a sheet over n entries from a number on.
func (k *log) newSheet(from, n int) (*sheet, error) {
	s := &sheet{under: make([][]byte, n)}
	ids := make([]proof.Hash, n)
	for i := range n {
		l, err := record.Submission(entry(from+i), "")
		if err != nil {
			return nil, err
		}
		s.under[i], ids[i] = l.Bytes, proof.LeafHash(l.Identity[:])
	}
	root := proof.Root(ids)
	l, err := k.signed(record.Entry{
		Kind: record.KindSheet, Ref: record.Ref(fmt.Sprintf("s-%09d", from)), Author: "desk", Body: &record.Sheet{Count: n, Root: hex.EncodeToString(root[:])},
	})
	s.head = l.Bytes
	return s, err
}

// read is what a server does with what came: every envelope read strictly.
func (s *sheet) read() (head record.Leaf, under []record.Leaf, err error) {
	if head, err = record.ReadSubmission("", 1, s.head); err != nil {
		return head, nil, err
	}
	under = make([]record.Leaf, len(s.under))
	for i, data := range s.under {
		if under[i], err = record.ReadSubmission("", i+2, data); err != nil {
			return head, nil, err
		}
	}
	return head, under, nil
}

// sheets appends n entries under sheets.
func (k *log) sheets(ctx context.Context, from, n int) error {
	for n > 0 {
		s, err := k.newSheet(from, min(n, record.MaxSheet))
		if err != nil {
			return err
		}
		head, under, err := s.read()
		if err != nil {
			return err
		}
		if _, err := k.rec.AppendSheet(ctx, head, under); err != nil {
			return err
		}
		from += len(under)
		n -= len(under)
	}
	return nil
}
