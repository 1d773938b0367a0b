package proof_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/truceline/truceline/proof"
)

// TestInclusionVectors holds CheckInclusion to the vectors of another implementation:
// see testdata/tlog/SOURCE.txt. What is no hash or no index of 63 bits cannot be asked here.
func TestInclusionVectors(t *testing.T) {
	type vector struct {
		Name              string
		LeafIdx, TreeSize uint64
		Root, LeafHash    string
		Proof             []string
		WantErr           bool
	}
	asked := 0
	for _, v := range lines[vector](t, "merkle-proofs/inclusion.jsonl", 98) {
		root, ok := hash(v.Root)
		leaf, ok2 := hash(v.LeafHash)
		p, ok3 := hashes(v.Proof)
		if !ok || !ok2 || !ok3 {
			if !v.WantErr {
				t.Errorf("%s holds what is no hash", v.Name)
			}
			continue
		}
		asked++
		if err := proof.CheckInclusion(p, int64(v.TreeSize), root, int64(v.LeafIdx), leaf); (err != nil) != v.WantErr {
			t.Errorf("%s: %v", v.Name, err)
		}
	}
	if asked < 70 {
		t.Errorf("only %d vectors could be asked", asked)
	}
}

func TestConsistencyVectors(t *testing.T) {
	type vector struct {
		Name         string
		Size1, Size2 uint64
		Root1, Root2 string
		Proof        []string
		WantErr      bool
	}
	asked := 0
	for _, v := range lines[vector](t, "merkle-proofs/consistency.jsonl", 98) {
		old, ok := hash(v.Root1)
		root, ok2 := hash(v.Root2)
		p, ok3 := hashes(v.Proof)
		if !ok || !ok2 || !ok3 {
			if !v.WantErr && v.Name != "additional/sizes-are-equal-one-and-proof-is-empty" { // two equal roots that are no hashes
				t.Errorf("%s holds what is no hash", v.Name)
			}
			continue
		}
		asked++
		if err := proof.CheckConsistency(p, int64(v.Size2), root, int64(v.Size1), old); (err != nil) != v.WantErr {
			t.Errorf("%s: %v", v.Name, err)
		}
	}
	if asked < 70 {
		t.Errorf("only %d vectors could be asked", asked)
	}
}

func TestVerifierKeyVectors(t *testing.T) {
	type vector struct {
		Vkey, Note string
		Valid      bool
	}
	read := 0
	for _, v := range lines[vector](t, "signed-notes/vkeys.jsonl", 14) {
		got, err := proof.ParseVerifier(v.Vkey)
		// ECDSA (2), RFC 6962 tree heads (5) and ML-DSA-44 (6) are others' keys.
		others := v.Valid && !strings.HasPrefix(v.Note, "Ed25519")
		switch {
		case others:
			says(t, err, "(1 signs texts, 4 cosigns checkpoints)")
		case (err == nil) != v.Valid:
			t.Errorf("%s (%s): %v", v.Vkey, v.Note, err)
		case err == nil && got.String() != v.Vkey:
			t.Errorf("%s is read as %s", v.Vkey, got)
		case err == nil:
			read++
		}
	}
	if read != 4 {
		t.Errorf("%d keys were read", read)
	}
}

// TestNoteVectors holds keys and notes to the notes of five other projects. Form is asked
// of AddSignatures, which reads notes of any text; signatures of x/mod's note package with
// our keys.
func TestNoteVectors(t *testing.T) {
	type vector struct {
		Source, Name, Note string
		NoteBase64         string `json:"note_base64"`
		Vkeys              []string
		Valid              bool
		Verified           []string
		Error              string
	}
	opened := 0
	for _, v := range lines[vector](t, "signed-notes/notes.jsonl", 32) {
		data := []byte(v.Note)
		if v.NoteBase64 != "" {
			data, _ = base64.StdEncoding.DecodeString(v.NoteBase64)
		}
		if again, err := proof.AddSignatures(data); (err != nil) != (v.Error == "malformed note") {
			t.Errorf("%s: %v", v.Name, err)
		} else if err == nil && len(again) > len(data) {
			t.Errorf("%s: it grew", v.Name)
		}
		var keys []note.Verifier
		for _, vkey := range v.Vkeys {
			key, err := proof.ParseVerifier(vkey)
			if err != nil {
				says(t, err, "its algorithm is ")
				break
			}
			keys = append(keys, key)
		}
		if len(keys) != len(v.Vkeys) {
			continue
		}
		opened++
		n, err := note.Open(data, note.VerifierList(keys...))
		if (err == nil) != v.Valid {
			t.Errorf("%s: %v", v.Name, err)
		}
		if err != nil {
			continue
		}
		var verified []string
		for _, s := range n.Sigs {
			verified = append(verified, fmt.Sprintf("%s+%08x", s.Name, s.Hash))
		}
		if !slices.Equal(verified, v.Verified) {
			t.Errorf("%s: verified are %q", v.Name, verified)
		}
	}
	if opened < 24 {
		t.Errorf("only %d notes were opened", opened)
	}
}

// TestCheckpointBodyVectors: two that others read are too loose for C2SP tlog-checkpoint.
func TestCheckpointBodyVectors(t *testing.T) {
	type vector struct {
		Name, Body string
		Valid      bool
		Origin     string
		Size       int64
		RootBase64 string `json:"root_base64"`
		Rest       string
	}
	for _, v := range lines[vector](t, "signed-notes/checkpoint_bodies.jsonl", 12) {
		got, err := proof.ParseCheckpoint(v.Body)
		root, whole := hash(v.RootBase64)
		switch {
		case v.Valid && !whole:
			says(t, err, "not the base64 of 32 bytes")
		case v.Name == "valid with trailing newlines":
			says(t, err, "empty line")
		case (err == nil) != v.Valid:
			t.Errorf("%s: %v", v.Name, err)
		case err != nil:
		case got.Origin != v.Origin || got.Size != v.Size || got.Root != root || got.Marshal() != v.Body:
			t.Errorf("%s: %+v", v.Name, got)
		case len(got.Extensions) != strings.Count(v.Rest, "\n"):
			t.Errorf("%s: extensions %q", v.Name, got.Extensions)
		}
	}
}

func TestLeafProofVectors(t *testing.T) {
	type vector struct {
		Name, Text  string
		Valid       bool
		Index       int64
		Hashes      []string
		ExtraBase64 string `json:"extra_base64"`
		Checkpoint  string
	}
	for _, v := range lines[vector](t, "signed-notes/tlog_proofs.jsonl", 10) {
		got, err := proof.ParseLeafProof([]byte(v.Text))
		if (err == nil) != v.Valid {
			t.Errorf("%s: %v", v.Name, err)
		}
		if err != nil {
			continue
		}
		want, _ := hashes(v.Hashes)
		if got.Index != v.Index || !slices.Equal(got.Hashes, want) || string(got.Checkpoint) != v.Checkpoint || base64.StdEncoding.EncodeToString(got.Extra) != v.ExtraBase64 {
			t.Errorf("%s: %+v", v.Name, got)
		}
		if string(got.Marshal()) != v.Text {
			t.Errorf("%s is written as %q", v.Name, got.Marshal())
		}
	}
}

func TestOriginIDVectors(t *testing.T) {
	type vector struct {
		Origin string
		SHA256 string `json:"sha256_hex"`
	}
	for _, v := range lines[vector](t, "signed-notes/origin_ids.jsonl", 6) {
		if got := proof.OriginID(v.Origin); got != v.SHA256 {
			t.Errorf("%s: %s", v.Origin, got)
		}
	}
}

func TestCosignatureTimeVectors(t *testing.T) {
	type vector struct {
		Signature string `json:"signature_base64"`
		Valid     bool
		Unix      int64 `json:"unix_time"`
	}
	for _, v := range lines[vector](t, "signed-notes/cosignature_timestamps.jsonl", 3) {
		at, ok := proof.SignatureLine{Line: "— example.com/witness " + v.Signature + "\n"}.Time()
		if ok != v.Valid || ok && at.Unix() != v.Unix {
			t.Errorf("%s: %v %v", v.Signature, at, ok)
		}
	}
}

// TestWitnessVectors sends another witness's requests in their order. It answered 403 to
// an unknown log; the specification now says 404.
func TestWitnessVectors(t *testing.T) {
	var exchanges []struct {
		Name      string
		Origin    string `json:"log_origin"`
		PublicKey string `json:"log_ed25519_public_key_hex"`
		Vkey      string `json:"log_vkey"`
		Requests  []struct {
			Body   string `json:"request_body"`
			Status int    `json:"expected_status"`
			Answer string `json:"expected_response"`
		}
	}
	if err := json.Unmarshal(file(t, "witness-add-checkpoint/exchanges.json"), &exchanges); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, e := range exchanges {
		vkey := e.Vkey
		if vkey == "" {
			vkey = vkeyOf(t, e.Origin, e.PublicKey)
		}
		v, err := proof.ParseVerifier(vkey)
		if err != nil {
			t.Fatal(err)
		}
		w := proof.Witness{e.Origin: {Keys: []*proof.Verifier{v}}}
		for i, r := range e.Requests {
			asked++
			want := r.Status
			if strings.Contains(r.Answer, "unknown log") {
				want = 404
			}
			got := w.Judge([]byte(r.Body))
			if got.Status != want {
				t.Fatalf("%s, request %d: %d %s, not %d", e.Name, i, got.Status, got.Body, want)
			}
			if part, ok := strings.CutPrefix(r.Answer, "body contains "); ok && want != 200 {
				if part = strings.Trim(part, `"`); !strings.Contains(string(got.Body), part) {
					t.Errorf("%s, request %d: %s", e.Name, i, got.Body)
				}
			}
			if exact, ok := strings.CutPrefix(r.Answer, "body == "); ok {
				if exact != fmt.Sprintf("%q", got.Body) || got.ContentType != "text/x.tlog.size" {
					t.Errorf("%s, request %d: %q as %s", e.Name, i, got.Body, got.ContentType)
				}
			}
			if want == 200 {
				w[got.Origin] = got.Seen
				again, err := proof.ParseAddCheckpoint([]byte(r.Body))
				if err != nil || string(again.Marshal()) != r.Body {
					t.Errorf("%s, request %d is written as %q (%v)", e.Name, i, again.Marshal(), err)
				}
			}
		}
	}
	if asked != 10 {
		t.Errorf("%d requests", asked)
	}
}

func vkeyOf(t *testing.T, name, public string) string {
	t.Helper()
	var raw []byte
	if _, err := fmt.Sscanf(public, "%x", &raw); err != nil {
		t.Fatal(err)
	}
	vkey, err := note.NewEd25519VerifierKey(name, raw)
	if err != nil {
		t.Fatal(err)
	}
	return vkey
}
