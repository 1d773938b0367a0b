package keep

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// TestNothingProtectedIsFoundInTheCase: after everything that a case does with a value,
// and everything that goes wrong with it, the value stands in no file of its folder, in no
// error and in no line of a log. Only the disclosure, which is written elsewhere, has it.
func TestNothingProtectedIsFoundInTheCase(t *testing.T) {
	const name, salted, page = "Vera of the third house", "30.7512", "I saw it from the window"
	dir := t.TempDir()
	t.Setenv("TMPDIR", filepath.Join(dir, "tmp"))
	if err := os.Mkdir(filepath.Join(dir, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	k := Keys{filepath.Join(dir, "keys")}
	p := Protected{Dir: filepath.Join(dir, "protected"), Recipients: filepath.Join(dir, "recipients.txt"), Identity: filepath.Join(k.Dir, "protected.key")}
	c := &Custody{File: filepath.Join(dir, "custody.jsonl")}
	g := Guard{filepath.Join(dir, "checkpoint")}
	var logged bytes.Buffer
	text, asJSON := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})), slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	tell := func(what string, args ...any) {
		text.Debug(what, args...)
		asJSON.Debug(what, args...)
		for _, a := range args {
			fmt.Fprintf(&logged, "%v %+v %#v\n", a, a, a)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(p.Init())
	log, err := k.Generate(LogKey, "mission.example/valley", proof.Signing)
	must(err)
	desk, err := k.Generate("desk", "desk", proof.Signing)
	must(err)
	tell("keys", "log", log, "desk", desk, "keys", k, "store", p)

	// The draft, whole and with faults.
	draft := `{"entry":` + bare + `,"protected":{"said_by.name":{"en":"` + name + `"},"body.place":{"lon":"` + salted + `","lat":"46.4","radius_m":20}}}`
	for _, cut := range []string{draft[:len(draft)-3], strings.Replace(draft, `"lat"`, `"lon"`, 1), strings.Replace(draft, `"radius_m":20`, `"radius_m":0x`, 1), strings.Replace(draft, "said_by.name", "author", 1), strings.Replace(draft, `"46.4"`, salted+"e999", 1)} {
		_, _, err := ReadDraft("draft.json", 1, []byte(cut), rand.Reader)
		if err == nil {
			t.Error("a draft with faults is read")
		}
		tell("draft", "err", err)
	}
	e, openings, err := ReadDraft("draft.json", 1, []byte(draft), rand.Reader)
	must(err)
	l, err := record.Submission(e, "")
	must(err)
	signature, err := SignEntry(desk, log.Name(), l)
	must(err)
	id := record.ID(fmt.Sprintf("%x", l.Identity))
	leaf := record.AppendEnvelope(nil, l.Canonical, "2031-03-01T08:00:00Z", signature, 0)
	must(os.WriteFile(filepath.Join(dir, "record.jsonl"), append(leaf, '\n'), 0o600))
	for _, o := range openings {
		tell("sealing", "opening", o, "pointer", &o, "all", openings)
		must(p.Seal(id, o))
	}
	note, err := proof.SignCheckpoint(proof.Checkpoint{Origin: log.Name(), Size: 1, Root: proof.LeafHash(leaf)}, log)
	must(err)
	must(g.Write(note))

	// An attachment, and a log of custody.
	blob, err := p.PutBlob(t.Context(), strings.NewReader(page), 1000)
	must(err)
	must(c.Add(someTime, Event{By: "desk", Event: "received", What: blob.Hash, Size: blob.Size, Type: blob.Type}))
	_, err = p.PutBlob(t.Context(), io.MultiReader(strings.NewReader(strings.Repeat(page, 100_000)), strings.NewReader("x")), 2_400_000)
	tell("attachment", "blob", blob, "err", err)

	// Every way of reading: right, by another key, of a damaged file.
	o, err := p.Open(id, "said_by.name")
	must(err)
	tell("opened", "opening", o)
	other, err := age.GenerateX25519Identity()
	must(err)
	foreign := p
	foreign.Identity = filepath.Join(dir, "other.key")
	write(t, foreign.Identity, other.String(), 0o600)
	_, err = foreign.Open(id, "said_by.name")
	tell("foreign", "err", err)
	file := filepath.Join(p.Dir, string(id)+".body.place.age")
	data, err := os.ReadFile(file)
	must(err)
	for i := len(data) - 150; i < len(data); i += 10 {
		bad := bytes.Clone(data)
		bad[i]++
		write(t, file, string(bad), 0o600)
		_, err := p.Open(id, "body.place")
		tell("damaged", "err", err)
	}
	write(t, file, string(data), 0o600)

	// The disclosure goes out of the case; it is checked, whole and changed.
	d := &record.Disclosure{Opening: o, Position: 1, Leaf: leaf, Checkpoint: note}
	tell("disclosing", "disclosure", d, "value", *d)
	out, err := d.Marshal()
	must(err)
	if !bytes.Contains(out, []byte(name)) {
		t.Error("the disclosure does not hold the value")
	}
	back, err := record.ParseDisclosure(out)
	must(err)
	_, err = back.Check(log.Verifier())
	must(err)
	for i := range out {
		bad := bytes.Clone(out)
		bad[i] ^= 2
		d, err := record.ParseDisclosure(bad)
		if err == nil {
			_, err = d.Check(log.Verifier())
		}
		tell("changed", "err", err)
	}
	must(c.Add(someTime, Event{By: "desk", Event: "disclosed", What: string(id) + " said_by.name"}))

	// The end of it.
	must(p.Erase(id, "said_by.name"))
	must(c.Add(someTime, Event{By: "desk", Event: "erased", What: string(id) + " said_by.name"}))
	if _, err := p.Open(id, "said_by.name"); !errors.Is(err, ErrErased) {
		t.Error(err)
	}
	list, err := p.List()
	must(err)
	tell("kept", "list", list)

	salt := fmt.Sprintf("%x", openings[0].Salt[:8])
	for _, secret := range []string{name, "third house", salted, page, "the window", salt} {
		leaks(t, dir, secret)
		if strings.Contains(logged.String(), secret) {
			t.Errorf("%q is told", secret)
		}
	}
	for _, key := range []string{LogKey, "desk", ProtectedKey} {
		data, err := os.ReadFile(filepath.Join(k.Dir, key+".key"))
		must(err)
		private := strings.TrimSpace(string(data))
		if strings.Contains(logged.String(), private[len(private)-30:]) {
			t.Errorf("the key %s is told", key)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "tmp", "*")); err != nil || len(left) > 0 {
		t.Errorf("something is left in the folder for passing files: %q, %v", left, err)
	}
}
