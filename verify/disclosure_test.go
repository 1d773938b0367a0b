package verify_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/verify"
	"github.com/truceline/truceline/verify/verifytest"
)

func TestADisclosureIsHeldToTheRecord(t *testing.T) {
	r := verifytest.Training(t, 25)
	e := verifytest.Report("desk", 9000)
	sealed, opening, err := record.Seal(e.Ref, "said_by.name", []byte(`{"en":"N. N."}`), [32]byte{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	e.Sealed = []record.Sealed{sealed}
	p := r.Add(e)
	r.Add(verifytest.Report("desk", 9001))
	size := len(r.Leaves)
	root, tiles := r.Tree(size)
	reader := proof.NewReader(int64(size), root, func(level int, index int64, width int) ([]byte, error) {
		for _, tile := range tiles {
			if tile.Level == level && tile.Index == index {
				return tile.Data[:width*proof.HashSize], nil
			}
		}
		t.Fatalf("no tile %d/%d", level, index)
		return nil, nil
	})
	hashes, err := reader.Inclusion(int64(p - 1))
	if err != nil {
		t.Fatal(err)
	}
	d := record.Disclosure{Opening: opening, Position: int64(p), Leaf: r.Leaves[p-1], Proof: hashes, Checkpoint: r.Checkpoint(size)}
	data, err := d.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	key := r.Log().Verifier().String()
	got, found := verify.Disclosure(data, key)
	if len(found) > 0 || got.Ref != "r9000" || got.Position != 26 || got.Size != 27 || string(got.Value) != `{"en":"N. N."}` || got.Field != "said_by.name" {
		t.Errorf("%+v %v", got, found)
	}
	for _, x := range []struct{ name, key, from, to, code string }{
		{"another value", key, "N. N.", "N. M.", "not-disclosed"},
		{"another position", key, `"position":26`, `"position":25`, "not-disclosed"},
		{"another log", r.Key(verifytest.Origin, "other", proof.Signing).Verifier().String(), "", "", "not-disclosed"},
		{"no key", "mission", "", "", "bad-key"},
		{"another version", key, `"version":1`, `"version":2`, "bad-disclosure"},
	} {
		_, found := verify.Disclosure(bytes.Replace(data, []byte(x.from), []byte(x.to), 1), x.key)
		if len(found) != 1 || found[0].Code != x.code || strings.TrimSpace(found[0].What) == "" {
			t.Errorf("%s: %v", x.name, found)
		}
	}
}
