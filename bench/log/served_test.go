package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	tapi "github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"

	"github.com/truceline/truceline/internal/api"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
)

// TestOthersReadOurLog: Tessera's client and fsck, which share no code with us but the
// hash function, read a served record, check it whole, and see what is changed in it.
func TestOthersReadOurLog(t *testing.T) {
	k, err := newLog(t.Context(), store.NewMemory())
	if err != nil {
		t.Fatal(err)
	}
	defer k.rec.Close()
	if err := k.sheets(t.Context(), 0, 700); err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(k.key.Verifier().String())
	if err != nil {
		t.Fatal(err)
	}
	check := func(f fsck.Fetcher) error {
		return fsck.New(k.key.Name(), v, f, hashes, fsck.Opts{N: 2}).Check(t.Context())
	}
	fetch, _ := k.serve(t, k.store)
	if err := check(fetch); err != nil {
		t.Fatalf("fsck: %v", err)
	}

	// Proofs, made by the other's builder from our tiles.
	c, _, _, err := client.FetchCheckpoint(t.Context(), fetch.ReadCheckpoint, v, k.key.Name())
	if err != nil {
		t.Fatal(err)
	}
	builder, err := client.NewProofBuilder(t.Context(), c.Size, fetch.ReadTile)
	if err != nil {
		t.Fatal(err)
	}
	for _, index := range []uint64{0, 255, 256, 511, c.Size - 1} {
		bundle, err := client.GetEntryBundle(t.Context(), fetch.ReadEntryBundle, index/256, c.Size)
		if err != nil {
			t.Fatal(err)
		}
		p, err := builder.InclusionProof(t.Context(), index)
		if err != nil {
			t.Fatal(err)
		}
		if err := proof.VerifyInclusion(rfc6962.DefaultHasher, index, c.Size, rfc6962.DefaultHasher.HashLeaf(bundle.Entries[index%256]), p, c.Hash); err != nil {
			t.Errorf("index %d: %v", index, err)
		}
	}
	tracker, err := client.NewLogStateTracker(t.Context(), fetch.ReadTile, k.kept, v, k.key.Name(), client.UnilateralConsensus(fetch.ReadCheckpoint))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := tracker.Update(t.Context()); err != nil {
		t.Errorf("from the first checkpoint to the last: %v", err)
	}

	// One byte of one tile: the server names it and gives it to nobody.
	for level, name := range map[int]string{store.Entries: "tile/entries/001", 0: "tile/0/001"} {
		fetch, address := k.serve(t, &flipping{Store: k.store, level: level})
		if err := check(fetch); err == nil {
			t.Errorf("a changed byte of %s passes", name)
		}
		resp, err := http.Get(address + name) //nolint:noctx // bounded by the test
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusInternalServerError || !strings.Contains(string(text), name) {
			t.Errorf("%s: %d %s", name, resp.StatusCode, text)
		}
	}
}

// serve serves a record out of a store on loopback.
func (k *log) serve(t *testing.T, s store.Store) (*client.HTTPFetcher, string) {
	t.Helper()
	server := httptest.NewServer(api.New(api.Options{
		Store: s, Log: k.key.Verifier(), Files: fstest.MapFS{}, Writer: func() *recorder.Recorder { return k.rec }, Version: "test",
	}))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	fetch, err := client.NewHTTPFetcher(base, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	return fetch, base.String()
}

// hashes takes a bundle apart as its specification says, with the other's code.
func hashes(bundle []byte) ([][]byte, error) {
	var b tapi.EntryBundle
	if err := b.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	out := make([][]byte, len(b.Entries))
	for i, e := range b.Entries {
		if !strings.HasPrefix(string(e), `{"entry":`) {
			return nil, fmt.Errorf("entry %d is no envelope", i)
		}
		out[i] = rfc6962.DefaultHasher.HashLeaf(e)
	}
	return out, nil
}

// flipping is a store with one byte changed.
type flipping struct {
	store.Store
	level int
}

func (f *flipping) Tile(ctx context.Context, level int, index int64) (store.Tile, error) {
	t, err := f.Store.Tile(ctx, level, index)
	if err == nil && level == f.level && index == 1 {
		t.Data[77] ^= 1
	}
	return t, err
}
