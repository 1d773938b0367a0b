package proof_test

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/truceline/truceline/proof"
)

var noon = time.Date(2031, 5, 1, 12, 0, 0, 0, time.UTC)

// signed gives the checkpoint of a log that its key signed.
func signed(t testing.TB, l *log, key *proof.Signer) []byte {
	t.Helper()
	data, err := proof.SignCheckpoint(proof.Checkpoint{Origin: key.Name(), Size: l.tree.Size(), Root: l.tree.Root()}, key)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func cosigned(t testing.TB, note []byte, by *proof.Signer, at time.Time) []byte {
	t.Helper()
	data, err := by.Cosign(note, at)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestCosignedCheckpoints(t *testing.T) {
	own, a, b := key(t, "mission.example/valley", proof.Signing), key(t, "party-a.example", proof.Cosigner), key(t, "party-b.example", proof.Cosigner)
	bare := signed(t, newLog(t, 5), own)
	both := cosigned(t, cosigned(t, bare, a, noon), b, noon.Add(time.Hour))
	o, err := proof.OpenCheckpoint(both, own.Verifier(), a.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	if o.Size != 5 || len(o.Cosignatures) != 1 || o.Cosignatures[0].Key != a.Verifier() || !o.Cosignatures[0].Time.Equal(noon) {
		t.Errorf("%+v", o)
	}
	if len(o.Unverified) != 1 || o.Unverified[0].Name != "party-b.example" || o.Unverified[0].KeyHash != b.KeyHash() || !strings.HasSuffix(string(both), o.Unverified[0].Line) {
		t.Errorf("%+v", o.Unverified)
	}
	if at, ok := o.Unverified[0].Time(); !ok || !at.Equal(noon.Add(time.Hour)) {
		t.Errorf("%v %v", at, ok)
	}

	// The later cosignature of a key stays, whichever way they are put together.
	later := cosigned(t, bare, a, noon.Add(48*time.Hour))
	for _, pair := range [][2][]byte{{both, later}, {later, both}} {
		merged, err := proof.AddSignatures(pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		o, err := proof.OpenCheckpoint(merged, own.Verifier(), a.Verifier(), b.Verifier())
		if err != nil || len(o.Cosignatures) != 2 || strings.Count(string(merged), "\n— ") != 3 {
			t.Fatalf("%s %v", merged, err)
		}
		for _, c := range o.Cosignatures {
			if c.Key == a.Verifier() && !c.Time.Equal(noon.Add(48*time.Hour)) {
				t.Errorf("the earlier one stayed: %v", c.Time)
			}
		}
	}
	line, err := a.CosignatureLine(bare, noon)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := proof.AddSignatures(bare, line, line); err != nil || string(got) != string(bare)+string(line) {
		t.Errorf("%s %v", got, err)
	}
	_, err = proof.AddSignatures(bare, signed(t, newLog(t, 6), own))
	says(t, err, "of another checkpoint")
	many := bare
	for i := 0; err == nil || i < 63; i++ {
		if i > 64 {
			t.Fatal("no bound to signatures")
		}
		line, _ := key(t, fmt.Sprintf("w%d.example", i), proof.Cosigner).CosignatureLine(bare, noon)
		if many, err = proof.AddSignatures(many, line); err != nil && i < 63 {
			t.Fatal(i, err)
		}
	}
	says(t, err, "too many signatures")
}

func TestCheckpointsThatAreNotOpened(t *testing.T) {
	own, other, w := key(t, "mission.example/valley", proof.Signing), key(t, "mission.example/hill", proof.Signing), key(t, "w.example", proof.Cosigner)
	l := newLog(t, 5)
	good := string(cosigned(t, signed(t, l, own), w, noon))
	foreign, err := proof.SignCheckpoint(proof.Checkpoint{Origin: "mission.example/hill", Size: 5, Root: l.tree.Root()}, own)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(good, "\n")
	for _, c := range []struct{ name, note, want string }{
		{"as it is", good, ""},
		{"no signature of the log", lines[0] + lines[1] + lines[2] + "\n" + lines[5], "mission.example/valley has not signed it"},
		{"the log's key with another's checkpoint", string(foreign), "it is of mission.example/hill and signed by the key of mission.example/valley"},
		{"another size", strings.Replace(good, "\n5\n", "\n6\n", 1), "the signature of mission.example/valley is false"},
		{"no signatures", lines[0] + lines[1] + lines[2], "no empty line stands before its signatures"},
		{"cut short", good[:len(good)-1], "cut short"},
		{"too long", good + strings.Repeat("x", proof.MaxNote), "at most 65536"},
		{"a control character", strings.Replace(good, "valley\n", "valley\r\n", 1), "control character at byte 23"},
		{"not UTF-8", "\xff" + good, "not UTF-8"},
		{"a line after the signatures", good + "and so on\n", "not a signature line"},
		{"a signature of nothing", good + "— x.example AAAAAA==\n", "not a signature line"},
		{"a name with a space", good + "— x\u2003example " + strings.Repeat("A", 96) + "\n", "not a signature line"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := proof.OpenCheckpoint([]byte(c.note), own.Verifier(), w.Verifier())
			says(t, err, c.want)
		})
	}
	false1 := strings.Replace(good, lines[5], strings.SplitAfter(string(cosigned(t, signed(t, newLog(t, 6), own), w, noon)), "\n")[5], 1)
	_, err = proof.OpenCheckpoint([]byte(false1), own.Verifier(), w.Verifier())
	says(t, err, "the signature of w.example is false")
	_, err = proof.OpenCheckpoint([]byte(good), own.Verifier(), other.Verifier())
	says(t, err, "a cosigner's has algorithm 4")
}

// A time that has no date is none, whoever signed it.
func TestTimesBeyondDates(t *testing.T) {
	for _, c := range []struct {
		seconds uint64
		want    string
	}{
		{0, "1970-01-01T00:00:00Z"},
		{253_402_300_799, "9999-12-31T23:59:59Z"},
		{253_402_300_800, ""},
		{1<<63 - 1, ""},
		{1<<64 - 1, ""},
	} {
		raw := binary.BigEndian.AppendUint64(make([]byte, 4), c.seconds)
		line := "— w.example " + base64.StdEncoding.EncodeToString(append(raw, make([]byte, 64)...)) + "\n"
		at, ok := proof.SignatureLine{Line: line}.Time()
		if ok != (c.want != "") || ok && at.Format(time.RFC3339) != c.want {
			t.Errorf("%d: %v %v", c.seconds, at, ok)
		}
	}
}

func TestCheckpointsThatAreNotSigned(t *testing.T) {
	own := key(t, "mission.example/valley", proof.Signing)
	for _, c := range []struct {
		c    proof.Checkpoint
		want string
	}{
		{proof.Checkpoint{Origin: "mission.example/valley", Root: proof.EmptyRoot, Extensions: []string{"more", "and more"}}, ""},
		{proof.Checkpoint{}, "names no origin"},
		{proof.Checkpoint{Origin: "a", Size: -1}, "the size of the checkpoint is"},
		{proof.Checkpoint{Origin: "a\nb"}, "the size of the checkpoint is"},
		{proof.Checkpoint{Origin: "a\tb"}, "control character"},
		{proof.Checkpoint{Origin: "a", Extensions: []string{""}}, "empty line"},
		{proof.Checkpoint{Origin: "a", Extensions: []string{"b\nc"}}, "line feed"},
	} {
		_, err := proof.SignCheckpoint(c.c, own)
		says(t, err, c.want)
	}
	_, err := proof.SignCheckpoint(proof.Checkpoint{Origin: "a"})
	says(t, err, "nobody signs")
}

func TestKeys(t *testing.T) {
	own, w := key(t, "mission.example/valley", proof.Signing), key(t, "w.example", proof.Cosigner)
	if own.Verifier().Algorithm() != proof.Signing || w.Verifier().Algorithm() != proof.Cosigner {
		t.Error("algorithms")
	}
	again, err := proof.ParseVerifier(w.Verifier().String())
	if err != nil || again.Name() != "w.example" || again.KeyHash() != w.KeyHash() {
		t.Errorf("%v %v", again, err)
	}
	bare := signed(t, newLog(t, 1), own)
	_, err = w.Sign([]byte("text\n"))
	says(t, err, "cosigns checkpoints and signs nothing else")
	_, err = own.Cosign(bare, noon)
	says(t, err, "signs texts: a cosigner's key (algorithm 4) cosigns")
	_, err = w.Cosign(bare, time.Unix(-1, 0))
	says(t, err, "1970 to 9999")
	_, err = w.Cosign(bare, time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC))
	says(t, err, "1970 to 9999")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q", "%d"} {
		if got := fmt.Sprintf(verb, own); got != "private key of mission.example/valley" {
			t.Errorf("%s gives %s", verb, got)
		}
	}
	skey, vkey, err := proof.GenerateKey(strings.NewReader(strings.Repeat("s", 32)), "desk", proof.Signing)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{vkey, ""},
		{vkey + "\n", "not base64"},
		{strings.ToUpper(vkey), "8 hexadecimal digits"},
		{"desk", "name+hash+base64"},
		{"the desk" + vkey[4:], "name+hash+base64"},
		{"the\u3000desk" + vkey[4:], "name+hash+base64"},
		{"task" + vkey[4:], "not that of its name and key"},
		{"desk+00000000+Ag==", "its algorithm is 2"},
		{"desk+00000000+AQ==", "it has 0 bytes of key, not 32"},
	} {
		_, err := proof.ParseVerifier(c.text)
		says(t, err, c.want)
	}
	for _, text := range []string{"", vkey, skey[:len(skey)-4], skey + "AAAA", strings.Replace(skey, "desk", "task", 1), strings.Replace(skey, "PRIVATE", "public", 1)} {
		_, err := proof.ParseSigner(text)
		says(t, err, "private note key")
		if strings.Contains(fmt.Sprint(err), skey[len(skey)-20:]) {
			t.Error("the error holds the key")
		}
	}
	_, _, err = proof.GenerateKey(strings.NewReader("few"), "desk", proof.Signing)
	says(t, err, "EOF")
	_, _, err = proof.GenerateKey(strings.NewReader(""), "the desk", proof.Signing)
	says(t, err, "no spaces and no +")
	_, _, err = proof.GenerateKey(strings.NewReader(""), "desk", 6)
	says(t, err, "algorithm 6")
}
