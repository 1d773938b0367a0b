package proof_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/truceline/truceline/proof"
)

// What a parser reads it can write again, the same to the byte.

func FuzzParseTilePath(f *testing.F) {
	for _, s := range []string{"tile/0/000", "tile/3/x001/234.p/7", "tile/entries/x001/x234/067.p/255", "tile/0/x000/000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if level, index, width, err := proof.ParseTilePath(s); err == nil && proof.TilePath(level, index, width) != s {
			t.Errorf("%d %d %d", level, index, width)
		}
		if index, width, err := proof.ParseEntriesPath(s); err == nil && proof.EntriesPath(index, width) != s {
			t.Errorf("%d %d", index, width)
		}
	})
}

func FuzzParseBundle(f *testing.F) {
	f.Add([]byte{0, 1, 'x', 0, 2, 'y', 'z'}, 2)
	f.Add([]byte{0, 0}, 1)
	f.Add([]byte{255}, 1)
	f.Fuzz(func(t *testing.T, data []byte, want int) {
		leaves, err := proof.ParseBundle(data, want)
		if err != nil {
			return
		}
		var again []byte
		for _, leaf := range leaves {
			again = proof.AppendBundle(again, leaf)
		}
		if len(leaves) != want || !bytes.Equal(again, data) {
			t.Errorf("%q", again)
		}
		if cut, err := proof.CutBundle(data, want); err != nil || !bytes.Equal(cut, data) {
			t.Errorf("%q %v", cut, err)
		}
	})
}

func FuzzParseCheckpoint(f *testing.F) {
	f.Add("mission.example/valley\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
	f.Add("a\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n")
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := proof.ParseCheckpoint(s); err == nil && c.Marshal() != s {
			t.Errorf("%q", c.Marshal())
		}
	})
}

func FuzzOpenCheckpoint(f *testing.F) {
	own, w := key(f, "a", proof.Signing), key(f, "w", proof.Cosigner)
	good := cosigned(f, signed(f, newLog(f, 3), own), w, noon)
	f.Add(good)
	f.Add(append(bytes.Clone(good), "— x AAAAAAA=\n"...))
	f.Add([]byte("a\n\n— x AAAAAAA=\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		// Nobody but the key can make another text that opens.
		if o, err := proof.OpenCheckpoint(data, own.Verifier(), w.Verifier()); err == nil && !bytes.HasPrefix(good, []byte(o.Text)) {
			t.Errorf("%q opens", data)
		}
		if again, err := proof.AddSignatures(data); err == nil && !bytes.Equal(again, data) {
			t.Errorf("%q", again)
		}
		if more, err := proof.AddSignatures(good, data); err == nil && len(more) < len(good) {
			t.Errorf("signatures are lost: %q", more)
		}
	})
}

func FuzzParseKeys(f *testing.F) {
	s := key(f, "a", proof.Signing)
	f.Add(s.Verifier().String())
	f.Add("PRIVATE+KEY+a+00000000+AQ==")
	f.Fuzz(func(t *testing.T, text string) {
		if v, err := proof.ParseVerifier(text); err == nil && v.String() != text {
			t.Errorf("%s", v)
		}
		if s, err := proof.ParseSigner(text); err == nil && !strings.Contains(text, s.Name()) {
			t.Errorf("%s", s)
		}
	})
}

func FuzzParseAddCheckpoint(f *testing.F) {
	own := key(f, "a", proof.Signing)
	f.Add(proof.AddCheckpoint{Old: 2, Proof: make([]proof.Hash, 2), Checkpoint: signed(f, newLog(f, 3), own)}.Marshal())
	f.Add([]byte("old 0\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if a, err := proof.ParseAddCheckpoint(data); err == nil && !bytes.Equal(a.Marshal(), data) {
			t.Errorf("%q", a.Marshal())
		}
		w := proof.Witness{"a": {Keys: []*proof.Verifier{own.Verifier()}}}
		switch v := w.Judge(data); v.Status {
		case 200, 400, 403, 404, 409, 422:
		default:
			t.Errorf("%+v", v)
		}
	})
}

func FuzzParseLeafProof(f *testing.F) {
	f.Add(proof.LeafProof{Extra: []byte("x"), Index: 1, Hashes: make([]proof.Hash, 2), Checkpoint: []byte("c\n")}.Marshal())
	f.Add([]byte("c2sp.org/tlog-proof@v1\nindex 0\n\nc\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := proof.ParseLeafProof(data); err == nil && !bytes.Equal(p.Marshal(), data) {
			t.Errorf("%q", p.Marshal())
		}
	})
}

// FuzzProofs: a check answers whatever it is given, and agrees with no proof that says two
// things of one tree.
func FuzzProofs(f *testing.F) {
	f.Add(int64(1<<62+1), int64(7), make([]byte, 64))
	f.Add(int64(8), int64(6), make([]byte, 96))
	f.Fuzz(func(t *testing.T, size, index int64, data []byte) {
		var p []proof.Hash
		for ; len(data) >= proof.HashSize; data = data[proof.HashSize:] {
			p = append(p, proof.Hash(data[:proof.HashSize]))
		}
		a, b := proof.LeafHash([]byte("a")), proof.LeafHash([]byte("b"))
		if proof.CheckInclusion(p, size, a, index, b) == nil {
			t.Error("another leaf is shown")
		}
		if proof.CheckConsistency(p, size, a, index, b) == nil {
			t.Error("another tree is continued")
		}
	})
}
