package proof_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/truceline/truceline/proof"
)

// TestWitness tries every answer of C2SP tlog-witness, add-checkpoint, on one log.
func TestWitness(t *testing.T) {
	own, stranger := key(t, "mission.example/valley", proof.Signing), key(t, "x.example", proof.Signing)
	l := newLog(t, 3)
	three := signed(t, l, own)
	seen := proof.Seen{Keys: []*proof.Verifier{own.Verifier()}, Size: 3, Root: l.tree.Root()}
	l.grow(4)
	seven := signed(t, l, own)
	p, err := l.reader().Consistency(3)
	if err != nil {
		t.Fatal(err)
	}
	at := func(c proof.Checkpoint, by ...*proof.Signer) []byte {
		var notes []byte
		for i, s := range by {
			one, err := proof.SignCheckpoint(c, s)
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				notes = one
			} else if notes, err = proof.AddSignatures(notes, one); err != nil {
				t.Fatal(err)
			}
		}
		return notes
	}
	c := proof.Checkpoint{Origin: own.Name(), Size: 7, Root: l.tree.Root()}
	two, fork := c, c
	two.Size, fork.Size = 2, 3
	broken := bytes.Replace(seven, []byte("\n7\n"), []byte("\n8\n"), 1)

	body := func(old int64, p []proof.Hash, note []byte) []byte {
		return proof.AddCheckpoint{Old: old, Proof: p, Checkpoint: note}.Marshal()
	}
	empty := proof.Checkpoint{Origin: own.Name(), Root: proof.EmptyRoot}
	for _, c := range []struct {
		name   string
		fresh  bool // the witness has cosigned nothing of the log
		body   []byte
		status int
		answer string
	}{
		{"it continues", false, body(3, p, seven), 200, ""},
		{"the same again", false, body(3, nil, three), 200, ""},
		{"the first", true, body(0, nil, seven), 200, ""},
		{"the first, empty", true, body(0, nil, at(empty, own)), 200, ""},
		{"a stranger signs too", false, body(3, p, at(c, own, stranger)), 200, ""},
		{"no request", false, []byte("old\n\n"), 400, "older size"},
		{"no checkpoint", false, []byte("old 3\n\n"), 400, "not a signed note"},
		{"a note that is no checkpoint", false, body(3, p, bytes.Replace(seven, []byte("7\n"), nil, 1)), 400, "checkpoint"},
		{"the older is larger", false, body(3, nil, at(two, own)), 400, "old size 3 is more than the checkpoint's 2"},
		{"nobody signs", false, body(3, p, at(c, stranger)), 403, "no signature by a known key"},
		{"a false signature", false, body(3, p, broken), 403, "invalid signature"},
		{"unknown", false, body(3, p, at(proof.Checkpoint{Origin: "mission.example/hill"}, own)), 404, "unknown log: mission.example/hill"},
		{"it has seen more", false, body(0, nil, seven), 409, "3\n"},
		{"it has seen less", true, body(3, p, seven), 409, "0\n"},
		{"a fork of the same size", false, body(3, nil, at(fork, own)), 409, "two histories"},
		{"another empty tree", true, body(0, nil, at(proof.Checkpoint{Origin: own.Name()}, own)), 409, "two histories"},
		{"no proof", false, body(3, nil, seven), 422, "consistency proof"},
		{"another proof", false, body(3, p[1:], seven), 422, "consistency proof"},
		{"a proof that is not needed", false, body(3, p, three), 422, "consistency proof"},
		{"a proof from nothing", true, body(0, p, seven), 422, "consistency proof"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := proof.Witness{own.Name(): seen}
			if c.fresh {
				w[own.Name()] = proof.Seen{Keys: seen.Keys}
			}
			v := w.Judge(c.body)
			if v.Status != c.status || !strings.Contains(string(v.Body), c.answer) {
				t.Fatalf("%d %s", v.Status, v.Body)
			}
			if isSize := v.Status == 409 && !strings.Contains(c.answer, "histories"); isSize != (v.ContentType == proof.SizeType) || isSize && string(v.Body) != c.answer {
				t.Errorf("%q as %s", v.Body, v.ContentType)
			}
			if v.Status != 200 {
				if v.Checkpoint != nil || v.Origin != "" || v.Seen.Keys != nil {
					t.Errorf("a refusal has something to keep: %+v", v)
				}
				return
			}
			o, err := proof.OpenCheckpoint(v.Checkpoint, own.Verifier())
			if err != nil || o.Size != v.Seen.Size || o.Root != v.Seen.Root || v.Origin != own.Name() || len(v.Seen.Keys) != 1 {
				t.Errorf("%+v %v", v, err)
			}
			if w[own.Name()].Size != map[bool]int64{true: 0, false: 3}[c.fresh] {
				t.Error("the judgement changed what the witness knows")
			}
		})
	}
}

func TestWhatIsNoRequest(t *testing.T) {
	note := string(signed(t, newLog(t, 3), key(t, "mission.example/valley", proof.Signing)))
	line := strings.Repeat("A", 43) + "=\n"
	for _, c := range []struct{ name, body, want string }{
		{"as it is", "old 2\n" + line + "\n" + note, ""},
		{"63 hashes", "old 2\n" + strings.Repeat(line, 63) + "\n" + note, ""},
		{"64 hashes", "old 2\n" + strings.Repeat(line, 64) + "\n" + note, "more than 63"},
		{"empty", "", "older size"},
		{"leading zero", "old 02\n\n" + note, "older size"},
		{"negative", "old -2\n\n" + note, "older size"},
		{"sign", "old +2\n\n" + note, "older size"},
		{"too large", "old 9223372036854775808\n\n" + note, "older size"},
		{"two spaces", "old  2\n\n" + note, "older size"},
		{"carriage return", "old 2\r\n\n" + note, "older size"},
		{"no empty line", "old 2\n" + line, "no empty line"},
		{"short hash", "old 2\nAAAA\n\n" + note, "hash 1 of the proof"},
		{"bits after the end", "old 2\n" + strings.Repeat("A", 42) + "B=\n\n" + note, "hash 1 of the proof"},
		{"too long", "old 2\n\n" + note + strings.Repeat("x", proof.MaxAddCheckpoint), "at most"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := proof.ParseAddCheckpoint([]byte(c.body))
			says(t, err, c.want)
			if err == nil && string(a.Marshal()) != c.body {
				t.Errorf("it is written as %s", a.Marshal())
			}
		})
	}
}

func TestLeafProofs(t *testing.T) {
	own, w := key(t, "mission.example/valley", proof.Signing), key(t, "w.example", proof.Cosigner)
	l := newLog(t, 300)
	p, err := l.reader().Inclusion(17)
	if err != nil {
		t.Fatal(err)
	}
	whole := proof.LeafProof{Extra: []byte("position 18"), Index: 17, Hashes: p, Checkpoint: cosigned(t, signed(t, l, own), w, noon)}
	text := string(whole.Marshal())
	read, err := proof.ParseLeafProof([]byte(text))
	if err != nil || string(read.Marshal()) != text {
		t.Fatalf("%v %v", read, err)
	}
	if o, err := read.Check(l.leaves[17], own.Verifier(), w.Verifier()); err != nil || o.Size != 300 || len(o.Cosignatures) != 1 {
		t.Errorf("%+v %v", o, err)
	}
	_, err = read.Check(l.leaves[18], own.Verifier())
	says(t, err, "does not lead from the leaf to the root")
	_, err = read.Check(l.leaves[17], key(t, "mission.example/hill", proof.Signing).Verifier())
	says(t, err, "mission.example/hill has not signed it")
	read.Index = 300
	_, err = read.Check(l.leaves[17], own.Verifier())
	says(t, err, "index 300 is not in a tree of 300 leaves")
	for _, c := range []struct{ from, to, want string }{
		{"index 17", "index 017", "the line of the index"},
		{"index 17", "index -1", "the line of the index"},
		{"extra ", "extra", "the line of the index"},
		{"extra cG9zaXRpb24gMTg=", "extra ", "extra data"},
		{"proof@v1", "proof@v2", "does not begin with"},
		{"mission.example/valley\n", "", "hash"},
		{string(whole.Checkpoint), "", "no checkpoint"},
	} {
		changed := strings.Replace(text, c.from, c.to, 1)
		if c.want == "hash" {
			changed = strings.Replace(text, "\n\n", "\n", 1)
		}
		_, err := proof.ParseLeafProof([]byte(changed))
		says(t, err, c.want)
	}
	_, err = proof.ParseLeafProof(fmt.Appendf(nil, "%s%s", text, strings.Repeat("x", 300_000)))
	says(t, err, "at most")
}
