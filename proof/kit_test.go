package proof_test

import (
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/truceline/truceline/proof"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/tlog/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// lines reads a file of JSON, one value a line, and holds it to their number.
func lines[T any](t testing.TB, name string, want int) []T {
	t.Helper()
	var out []T
	for line := range strings.Lines(string(file(t, name))) {
		var v T
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, v)
	}
	if len(out) != want {
		t.Fatalf("%s has %d lines, not %d", name, len(out), want)
	}
	return out
}

// hash reads the base64 of a hash; many vectors hold what is none.
func hash(s string) (proof.Hash, bool) {
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(raw) != proof.HashSize {
		return proof.Hash{}, false
	}
	return proof.Hash(raw), true
}

func hashes(list []string) ([]proof.Hash, bool) {
	var out []proof.Hash
	for _, s := range list {
		h, ok := hash(s)
		if !ok {
			return nil, false
		}
		out = append(out, h)
	}
	return out, true
}

// key makes a key of its name alone.
func key(t testing.TB, name string, algorithm proof.Algorithm) *proof.Signer {
	t.Helper()
	var seed [32]byte
	copy(seed[:], name)
	skey, _, err := proof.GenerateKey(rand.NewChaCha8(seed), name, algorithm)
	if err != nil {
		t.Fatal(err)
	}
	s, err := proof.ParseSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// says holds an error to a part of its words; "" wants none.
func says(t testing.TB, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("it fails: %v", err)
	case want != "" && err == nil:
		t.Errorf("it succeeds; wanted %q", want)
	case want != "" && !strings.Contains(err.Error(), want):
		t.Errorf("it says %q; wanted %q", err, want)
	}
}
