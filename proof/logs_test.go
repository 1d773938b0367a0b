package proof_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/truceline/truceline/proof"
)

// TestLogOfAnotherProgram reads a log that another program wrote, at every size that it
// signed, and writes the same one again tile for tile.
func TestLogOfAnotherProgram(t *testing.T) {
	const folder = "tessera-small-log/"
	key, err := proof.ParseVerifier(strings.TrimSpace(string(file(t, folder+"vkey.txt"))))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	if err := json.Unmarshal(file(t, folder+"leaves.json"), &words); err != nil {
		t.Fatal(err)
	}
	tree, err := proof.NewBuilder(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	read := func(level int, index int64, width int) ([]byte, error) {
		return os.ReadFile("testdata/tlog/" + folder + proof.TilePath(level, index, width))
	}
	var roots []proof.Hash
	for size := range int64(16) {
		o, err := proof.OpenCheckpoint(file(t, fmt.Sprintf("%scheckpoint.%d", folder, size)), key)
		if err != nil || o.Size != size {
			t.Fatalf("checkpoint %d: %v", size, err)
		}
		roots = append(roots, o.Root)
		r := proof.NewReader(o.Size, o.Root, read)
		if size > 0 {
			leaf := proof.LeafHash([]byte(words[size-1]))
			tree.Append(leaf)
			bundle := file(t, folder+proof.EntriesPath(0, int(size)))
			leaves, err := r.Bundle(0, int(size), bundle)
			if err != nil || string(leaves[size-1]) != words[size-1] {
				t.Errorf("bundle of %d: %v", size, err)
			}
			p, err := r.Inclusion(size - 1)
			if err == nil {
				err = proof.CheckInclusion(p, size, o.Root, size-1, leaf)
			}
			if err != nil {
				t.Errorf("inclusion in %d: %v", size, err)
			}
		}
		for older := range size + 1 {
			p, err := r.Consistency(older)
			if err == nil {
				err = proof.CheckConsistency(p, size, o.Root, older, roots[older])
			}
			if err != nil {
				t.Errorf("consistency of %d and %d: %v", older, size, err)
			}
		}
		if tree.Root() != o.Root {
			t.Errorf("size %d: another root", size)
		}
		for _, tile := range tree.Changed() {
			path := proof.TilePath(tile.Level, tile.Index, tile.Width)
			if want := file(t, folder+path); !slices.Equal(tile.Data, want) {
				t.Errorf("%s is another", path)
			}
		}
	}
}

// TestMirrorOfAnotherProgram reads two levels of tiles of 300 leaves, checkpoints of
// several origins, and cosignatures of 2025.
func TestMirrorOfAnotherProgram(t *testing.T) {
	const folder = "sunlight-witness-mirror/"
	var vkeys map[string]string
	if err := json.Unmarshal(file(t, folder+"vkeys.json"), &vkeys); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
	for who, name := range map[string]string{"witness": "checkpoint.witness", "witness2": "checkpoint.witness2", "mirror": "mirror/checkpoint"} {
		v, err := proof.ParseVerifier(vkeys[who])
		if err != nil {
			t.Fatal(err)
		}
		data := file(t, folder+name)
		text, _, _ := strings.Cut(string(data), "\n\n")
		// No log of ours has signed it: its text and its cosignature are sound all the same.
		c, err := proof.ParseCheckpoint(text + "\n")
		if err != nil || c.Size != 300 {
			t.Errorf("%s: %+v %v", name, c, err)
		}
		own := key(t, c.Origin, proof.Signing)
		signed, err := proof.SignCheckpoint(c, own)
		if err != nil {
			t.Fatal(err)
		}
		if signed, err = proof.AddSignatures(signed, data); err != nil {
			t.Fatal(err)
		}
		o, err := proof.OpenCheckpoint(signed, own.Verifier(), v)
		if err != nil || len(o.Cosignatures) != 1 || o.Cosignatures[0].Key != v || o.Cosignatures[0].Time.Sub(at).Abs() > 24*time.Hour {
			t.Errorf("%s: %+v %v", name, o, err)
		}
		if _, err = proof.OpenCheckpoint(data, own.Verifier(), v); who != "witness" && err == nil {
			t.Errorf("%s: opened without a signature of its log", name)
		}
	}

	c, err := proof.ParseCheckpoint(strings.SplitAfter(string(file(t, folder+"mirror/checkpoint")), "=\n")[0])
	if err != nil {
		t.Fatal(err)
	}
	read := func(level int, index int64, width int) ([]byte, error) {
		return os.ReadFile("testdata/tlog/" + folder + "mirror/" + proof.TilePath(level, index, width))
	}
	r := proof.NewReader(c.Size, c.Root, read)
	tree, _ := proof.NewBuilder(0, nil)
	for i := range c.Size {
		leaf, err := r.LeafHash(i)
		if err != nil {
			t.Fatal(err)
		}
		tree.Append(leaf)
	}
	if tree.Root() != c.Root {
		t.Error("another root")
	}
	for _, tile := range tree.Changed() {
		if want, err := read(tile.Level, tile.Index, tile.Width); err != nil || !slices.Equal(want, tile.Data) {
			t.Errorf("%+v: %v", tile, err)
		}
	}
	again, err := proof.NewBuilder(c.Size, read)
	if err != nil || again.Root() != c.Root {
		t.Errorf("restored: %v", err)
	}
}
