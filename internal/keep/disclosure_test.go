package keep

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// disclose seals a value in an entry, puts it at a position, from 1, of a record of a
// size and discloses it.
func disclose(t interface{ Fatal(...any) }, log *proof.Signer, field string, value []byte, size, position int) *record.Disclosure {
	s, o, err := record.Seal("s1", field, value, [32]byte{9, 8, 7})
	if err != nil {
		t.Fatal(err)
	}
	l, err := record.Submission(record.Entry{Kind: record.KindSource, Ref: "s1", Author: "desk", Sealed: []record.Sealed{s}, Body: &record.Source{Form: "article"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	leaf := record.AppendEnvelope(nil, l.Canonical, "2031-03-01T00:00:00Z", "", 1)
	hashes := make([]proof.Hash, size)
	for i := range hashes {
		hashes[i] = proof.LeafHash([]byte{byte(i)})
	}
	hashes[position-1] = proof.LeafHash(leaf)
	note, err := proof.SignCheckpoint(proof.Checkpoint{Origin: log.Name(), Size: int64(size), Root: proof.Root(hashes)}, log)
	if err != nil {
		t.Fatal(err)
	}
	return &record.Disclosure{Opening: o, Position: int64(position), Leaf: leaf, Proof: path(hashes, position-1), Checkpoint: note}
}

// path is the proof of inclusion as RFC 6962 §2.1.1 defines it.
func path(leaves []proof.Hash, m int) []proof.Hash {
	if len(leaves) == 1 {
		return nil
	}
	k := 1
	for 2*k < len(leaves) {
		k *= 2
	}
	if m < k {
		return append(path(leaves[:k], m), proof.Root(leaves[k:]))
	}
	return append(path(leaves[k:], m-k), proof.Root(leaves[:k]))
}

func logKey(t *testing.T) *proof.Signer {
	t.Helper()
	log, err := Keys{filepath.Join(t.TempDir(), "keys")}.Generate(LogKey, "mission.example/x", proof.Signing)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// TestDisclosuresProveThemselves: what was sealed is shown by its disclosure, and by no
// other bytes.
func TestDisclosuresProveThemselves(t *testing.T) {
	log := logKey(t)
	rapid.Check(t, func(t *rapid.T) {
		value, err := json.Marshal(rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "value"))
		if err != nil {
			t.Fatal(err)
		}
		size := rapid.IntRange(1, 40).Draw(t, "size")
		d := disclose(t, log, rapid.SampledFrom([]string{"note", "said_by.name", "body.places[3].lon"}).Draw(t, "field"), value, size, rapid.IntRange(1, size).Draw(t, "position"))
		data, err := d.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range [][]byte{data, append(bytes.Clone(data), '\n')} {
			back, err := record.ParseDisclosure(text)
			if err != nil {
				t.Fatal(err)
			}
			if l, err := back.Check(log.Verifier()); err != nil || l.Entry.Ref != "s1" {
				t.Fatal(err)
			}
		}
		bad := bytes.Clone(data)
		i := rapid.IntRange(0, len(data)-1).Draw(t, "byte")
		bad[i] ^= byte(rapid.IntRange(1, 255).Draw(t, "change"))
		refused(t, log, data, bad)
	})
	d := disclose(t, log, "note", []byte(`{"en":"who told us"}`), 5, 3)
	data, err := d.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		for _, bit := range []byte{0x01, 0x20} { // another sign, another case
			bad := bytes.Clone(data)
			bad[i] ^= bit
			refused(t, log, data, bad)
		}
	}
}

// refused holds changed bytes to being refused, unless they say the same: the base64 of a
// signature may have bits after its end.
func refused(t interface{ Errorf(string, ...any) }, log *proof.Signer, data, bad []byte) {
	d, err := record.ParseDisclosure(bad)
	if err != nil {
		return
	}
	if _, err = d.Check(log.Verifier()); err != nil {
		return
	}
	was, _ := record.ParseDisclosure(data)
	a, b := bytes.LastIndexByte(was.Checkpoint, ' '), bytes.LastIndexByte(d.Checkpoint, ' ')
	first, _ := base64.StdEncoding.DecodeString(string(was.Checkpoint[a+1 : len(was.Checkpoint)-1]))
	second, _ := base64.StdEncoding.DecodeString(string(d.Checkpoint[b+1 : len(d.Checkpoint)-1]))
	if !bytes.Equal(was.Checkpoint[:a], d.Checkpoint[:b]) || !bytes.Equal(first, second) {
		t.Errorf("changed and accepted:\n%s\n%s", data, bad)
	}
}

func TestDisclosuresHaveOneForm(t *testing.T) {
	log := logKey(t)
	d := disclose(t, log, "note", []byte(`{"en":"Vera <&>"}`), 2, 2)
	data, err := d.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	tests := []struct{ name, text string }{
		{"nothing", ""},
		{"not JSON", "Vera"},
		{"spaces", strings.Replace(text, `,"field"`, `, "field"`, 1)},
		{"two line feeds", text + "\n\n"},
		{"another member", strings.Replace(text, `,"field"`, `,"extra":1,"field"`, 1)},
		{"a member twice", strings.Replace(text, `,"field"`, `,"field":"words","field"`, 1)},
		{"capitals", strings.Replace(text, `"field"`, `"Field"`, 1)},
		{"no proof", strings.Replace(text, `"proof"`, `"prof"`, 1)},
		{"null proof", strings.Replace(text, text[strings.Index(text, `"proof":`):strings.Index(text, `,"salt"`)], `"proof":null`, 1)},
		{"an escape", strings.Replace(text, `Vera <`, `Vera \u003c`, 1)},
		{"version 2", strings.Replace(text, `"version":1`, `"version":2`, 1)},
		{"position 0", strings.Replace(text, `"position":2`, `"position":0`, 1)},
		{"position beyond", strings.Replace(text, `"position":2`, `"position":9007199254740993`, 1)},
		{"the author", strings.Replace(text, `"field":"note"`, `"field":"author"`, 1)},
		{"a short salt", strings.Replace(text, `"salt":"`, `"salt":"AAAA`, 1)},
		{"a long proof", strings.Replace(text, `"proof":[`, `"proof":[`+strings.Repeat(`"`+base64.StdEncoding.EncodeToString(make([]byte, 32))+`",`, 64), 1)},
		{"too long", text + strings.Repeat(" ", 5<<20)},
	}
	for _, tt := range tests {
		if _, err := record.ParseDisclosure([]byte(tt.text)); err == nil {
			t.Errorf("%s: accepted", tt.name)
		} else if strings.Contains(err.Error(), "Vera") {
			t.Errorf("%s: the error quotes the value: %v", tt.name, err)
		}
	}
	for name, spoil := range map[string]func(*record.Disclosure){
		"another record's log": func(d *record.Disclosure) {
			d.Checkpoint = disclose(t, logKey(t), "note", []byte("1"), 2, 2).Checkpoint
		},
		"another position": func(d *record.Disclosure) { d.Position = 1 },
		"beyond the tree":  func(d *record.Disclosure) { d.Position = 3 },
		"another leaf":     func(d *record.Disclosure) { d.Leaf = []byte("{}") },
		"no path":          func(d *record.Disclosure) { d.Proof = nil },
		"another value":    func(d *record.Disclosure) { d.Value = json.RawMessage(`{"en":"Olha"}`) },
		"another field":    func(d *record.Disclosure) { d.Field = "words" },
		"another salt":     func(d *record.Disclosure) { d.Salt[31]++ },
	} {
		other := *d
		spoil(&other)
		if _, err := other.Check(log.Verifier()); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	for name, spoil := range map[string]func(*record.Disclosure){
		"a value in another form": func(d *record.Disclosure) { d.Value = json.RawMessage(`{ "en":"x"}`) },
		"no value":                func(d *record.Disclosure) { d.Value = nil },
		"no leaf":                 func(d *record.Disclosure) { d.Leaf = nil },
		"a note that is no text":  func(d *record.Disclosure) { d.Checkpoint = []byte("\xff") },
	} {
		other := *d
		spoil(&other)
		if out, err := other.Marshal(); err == nil {
			t.Errorf("%s: written as %s", name, out)
		}
	}
}

// TestOpeningsAreNotPrinted: neither value nor salt, by no verb.
func TestOpeningsAreNotPrinted(t *testing.T) {
	_, o, err := record.Seal("r88", "said_by.name", []byte(`"Vera"`), [32]byte{0xde, 0xad})
	if err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.Marshal(map[string]any{"opening": o, "pointer": &o, "list": []record.Opening{o}})
	if err != nil {
		t.Fatal(err)
	}
	d := record.Disclosure{Opening: o}
	texts := string(asJSON) + fmt.Sprintf("%v %+v %#v %s %q %x %d", o, o, o, o, o, o, o) + fmt.Sprint(&o, []record.Opening{o}, d, &d, o.String())
	for _, secret := range []string{"Vera", "222", "dead", "DEAD", "3q0", "56657261"} {
		if strings.Contains(texts, secret) {
			t.Errorf("%q is printed: %s", secret, texts)
		}
	}
}

func FuzzDisclosure(f *testing.F) {
	f.Add([]byte(`{"checkpoint":"","field":"note","leaf":"e30=","position":1,"proof":[],"salt":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","value":1,"version":1}`))
	f.Add([]byte(`{"checkpoint":"a\n1\n","field":"body.place","leaf":"e30=","position":3,"proof":["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="],"salt":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","value":{"en":"<&>"},"version":1}`))
	skey, _, err := proof.GenerateKey(bytes.NewReader(make([]byte, 64)), "log", proof.Signing)
	if err != nil {
		f.Fatal(err)
	}
	log, err := proof.ParseSigner(skey)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := record.ParseDisclosure(data)
		if err != nil {
			return
		}
		out, err := d.Marshal()
		if err != nil || !bytes.Equal(out, bytes.TrimSuffix(data, []byte("\n"))) {
			t.Fatalf("%v\n%q\n%q", err, data, out)
		}
		if _, err := d.Check(log.Verifier()); err == nil {
			t.Fatalf("nobody signed it: %q", data)
		}
	})
}
