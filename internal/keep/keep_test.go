package keep

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

func TestKeysAreNobodyElses(t *testing.T) {
	k := Keys{filepath.Join(t.TempDir(), "keys")}
	s, err := k.Generate("desk", "desk", proof.Signing)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(k.Dir, "desk.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if _, err := k.Generate("desk", "desk", proof.Signing); err == nil {
		t.Error("a key was overwritten")
	}
	again, err := k.Load("desk")
	if err != nil || again.Verifier().String() != s.Verifier().String() {
		t.Errorf("%v", err)
	}
	data, err := os.ReadFile(filepath.Join(k.Dir, "desk.key"))
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.TrimSpace(string(data))[len("PRIVATE+KEY+desk+00000000+"):]
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", again)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", again)
	for _, text := range []string{fmt.Sprint(again), fmt.Sprintf("%#v %+v %s %x %q", again, again, again, again, again), log.String()} {
		if strings.Contains(text, secret) {
			t.Errorf("a private key is printed: %s", text)
		}
	}
	for _, damaged := range []string{"", "PRIVATE+KEY+desk+00000000+" + secret, strings.TrimSpace(string(data))[:60], "nonsense " + secret} {
		if err := os.WriteFile(filepath.Join(k.Dir, "bad.key"), []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Load("bad"); err == nil || strings.Contains(err.Error(), secret[:20]) {
			t.Errorf("%q: %v", damaged, err)
		}
	}
	if err := os.Chmod(filepath.Join(k.Dir, "desk.key"), 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Load("desk"); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("readable by others: %v", err)
	}
	for _, name := range []string{"", "../desk", "a/b", ".desk", strings.Repeat("x", 65)} {
		if _, err := k.Generate(name, "desk", proof.Signing); err == nil {
			t.Errorf("a key named %q", name)
		}
	}
	if list, err := k.List(); err != nil || strings.Join(list, " ") != "bad desk" {
		t.Errorf("%q, %v", list, err)
	}
}

func TestAReplacedKeyStaysAside(t *testing.T) {
	k := Keys{t.TempDir()}
	if err := os.Chmod(k.Dir, 0o700); err != nil { //nolint:gosec // a folder
		t.Fatal(err)
	}
	old, err := k.Generate("desk", "desk", proof.Signing)
	if err != nil {
		t.Fatal(err)
	}
	young, err := k.Replace("desk", func() (*proof.Signer, error) { return k.Generate("desk", "desk", proof.Signing) })
	if err != nil || young.KeyHash() == old.KeyHash() {
		t.Fatal(err)
	}
	if aside, err := LoadKey(filepath.Join(k.Dir, fmt.Sprintf("desk.key.old-%08x", old.KeyHash()))); err != nil || aside.KeyHash() != old.KeyHash() {
		t.Error(err)
	}
	if _, err := k.Replace("desk", func() (*proof.Signer, error) { return nil, errors.New("no space left") }); err == nil {
		t.Error("no key was made")
	}
	if still, err := k.Load("desk"); err != nil || still.KeyHash() != young.KeyHash() {
		t.Errorf("the key was lost: %v", err)
	}
}

func TestGuard(t *testing.T) {
	g := Guard{filepath.Join(t.TempDir(), "checkpoint")}
	if data, err := g.Read(); data != nil || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	for _, text := range []string{"one", "two"} {
		if err := g.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if data, err := g.Read(); string(data) != text || err != nil {
			t.Errorf("%q, %v", data, err)
		}
	}
	if files, _ := os.ReadDir(filepath.Dir(g.File)); len(files) != 1 {
		t.Errorf("%d files", len(files))
	}
}

// TestProtectedValuesNeverLeaveSealed: from the draft to the disclosure, the value
// stands in no file but in the disclosure.
func TestProtectedValuesNeverLeaveSealed(t *testing.T) {
	dir := t.TempDir()
	p := Protected{Dir: filepath.Join(dir, "protected"), Recipients: filepath.Join(dir, "recipients.txt"), Identity: filepath.Join(dir, "identity.key")}
	if err := p.Init(); err != nil {
		t.Fatal(err)
	}
	const secret = "Olena & the third <house>"
	e, openings, err := ReadDraft("draft.json", 1, []byte(`{"entry":{"kind":"report","ref":"r1","author":"desk","happened":"2031-03-01","said_by":{"anonymous":{"en":"a resident"}},"body":{}},
		"protected":{"said_by.name":{"uk":"`+secret+`"},"body.place":{"lon":"30.1","lat":"50","radius_m":20}}}`), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	l, err := record.Submission(e, "")
	if err != nil {
		t.Fatal(err)
	}
	id := record.ID(fmt.Sprintf("%x", l.Identity))
	for _, o := range openings {
		if !o.Opens(&l.Entry) {
			t.Errorf("%s is not opened", o.Field)
		}
		if err := p.Seal(id, o); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(string(l.Bytes), secret) {
		t.Error("the value stands in the entry")
	}
	leaks(t, dir, secret)
	leaks(t, dir, "the third")
	got, err := p.Open(id, "said_by.name")
	if err != nil || string(got.Value) != `{"uk":"`+secret+`"}` || !got.Opens(&l.Entry) {
		t.Errorf("%s, %v", got.Value, err)
	}
	got.Salt[0] ^= 1
	if got.Opens(&l.Entry) {
		t.Error("another salt opens it")
	}
	if _, err := p.Open(id, "note"); !errors.Is(err, ErrNotHere) {
		t.Error(err)
	}
	without := p
	without.Identity = filepath.Join(dir, "nowhere")
	if _, err := without.Open(id, "said_by.name"); !errors.Is(err, ErrNoIdentity) {
		t.Error(err)
	}
	if err := p.Erase(id, "said_by.name"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Open(id, "said_by.name"); !errors.Is(err, ErrErased) {
		t.Error(err)
	}
	if err := p.Erase(id, "said_by.name"); !errors.Is(err, ErrErased) {
		t.Error(err)
	}
	if _, err := p.Open(id, "body.place"); err != nil {
		t.Error(err)
	}
}

// leaks looks for a text in every file below a folder.
func leaks(t *testing.T, dir, secret string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name) //nolint:gosec // a test's own
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("%s holds the value", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
