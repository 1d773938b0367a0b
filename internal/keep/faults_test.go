package keep

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

func write(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
}

func TestKeysThatAreNotUsed(t *testing.T) {
	k := Keys{filepath.Join(t.TempDir(), "keys")}
	for name, called := range map[string]string{LogKey: "mission.example/valley", "desk": "desk"} {
		if _, err := k.Generate(name, called, proof.Signing); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.Generate("witness", "witness", proof.Cosigner); err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(k.Dir, name+".key"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	at := func(name string) string { return filepath.Join(k.Dir, name+".key") }
	write(t, at("open"), read("desk"), 0o604)
	write(t, at("other"), read("desk"), 0o600)
	write(t, at("empty"), "", 0o600)
	write(t, at("torn"), read("desk")[:50], 0o600)
	write(t, at("two"), read("desk")+read("desk"), 0o600)
	write(t, at("long"), strings.Repeat("x", 5000), 0o600)
	write(t, at("newer"), read("desk"), 0o600)
	if err := os.Mkdir(at("folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	log := k
	log.Dir = filepath.Join(t.TempDir(), "keys")
	if err := os.Mkdir(log.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(log.Dir, "log.key"), read("witness"), 0o600)
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"readable by others", load(k, "open"), "open.key: it may be read by others (its mode is 0604) (chmod 600 "},
		{"another's name", load(k, "other"), `other.key: the key calls itself "desk"`},
		{"empty", load(k, "empty"), "empty.key: it is empty: the making of the key was cut short"},
		{"torn", load(k, "torn"), "torn.key: the private note key is damaged"},
		{"two keys", load(k, "two"), "two.key: the private note key is damaged"},
		{"too long", load(k, "long"), "long.key: it has more than 4096 bytes"},
		{"a folder", load(k, "folder"), "folder.key: it is no plain file"},
		{"a witness as log", load(log, LogKey), "log.key: a cosigner's key is no log's"},
		{"what opens protected values", load(k, ProtectedKey), "no key for signing is named protected"},
		{"outside", load(k, "../desk"), `"../desk" cannot be the name of a key`},
		{"nowhere", load(k, "nobody"), "no such file"},
		{"a second one", generate(k, "desk", "desk", proof.Signing), "a key is there already"},
		{"under another name", generate(k, "a", "b", proof.Signing), `calls itself "b"`},
		{"a log that cosigns", generate(log, LogKey, "mission.example/valley", proof.Cosigner), "a cosigner's key is no log's"},
		{"a name with a plus", generate(Keys{t.TempDir() + "/k"}, LogKey, "a+b", proof.Signing), "cannot be the name of a key"},
	}
	secret := strings.TrimSpace(read("desk"))[len("PRIVATE+KEY+desk+00000000+"):]
	for _, tt := range tests {
		if tt.err == nil || !strings.Contains(tt.err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, tt.err, tt.want)
			continue
		}
		if strings.Contains(fmt.Sprintf("%v %+v %#v", tt.err, tt.err, tt.err), secret[:12]) {
			t.Errorf("%s: the error holds the key", tt.name)
		}
		var p problem.Problem
		if tt.name != "nowhere" && tt.name != "a name with a plus" && (!errors.As(tt.err, &p) || p.Code == "") {
			t.Errorf("%s: no problem: %#v", tt.name, tt.err)
		}
	}
	if !errors.Is(load(k, "nobody"), fs.ErrNotExist) || !errors.Is(generate(k, "desk", "desk", proof.Signing), fs.ErrExist) {
		t.Error("what is missing or taken is not told from what is damaged")
	}
	if err := os.Chmod(k.Dir, 0o750); err != nil { //nolint:gosec // what is refused
		t.Fatal(err)
	}
	for _, err := range []error{load(k, "desk"), generate(k, "new", "new", proof.Signing)} {
		if err == nil || !strings.Contains(err.Error(), "chmod 700 ") {
			t.Errorf("a folder that others may read: %v", err)
		}
	}
}

func load(k Keys, name string) error { _, err := k.Load(name); return err }

func generate(k Keys, name, called string, a proof.Algorithm) error {
	_, err := k.Generate(name, called, a)
	return err
}

// TestTheFolderOfKeysHoldsMoreThanAuthors: what opens protected values is none of them.
func TestTheFolderOfKeysHoldsMoreThanAuthors(t *testing.T) {
	dir := t.TempDir()
	k := Keys{filepath.Join(dir, "keys")}
	p := Protected{Dir: filepath.Join(dir, "protected"), Recipients: filepath.Join(dir, "recipients.txt"), Identity: filepath.Join(k.Dir, "protected.key")}
	if err := p.Init(); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Generate("desk", "desk", proof.Signing); err != nil {
		t.Fatal(err)
	}
	if list, err := k.List(); err != nil || strings.Join(list, " ") != "desk" {
		t.Errorf("%q, %v", list, err)
	}
	if list, err := (Keys{filepath.Join(dir, "none")}).List(); err != nil || list != nil {
		t.Errorf("%q, %v", list, err)
	}
	for _, name := range []string{p.Dir, k.Dir} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// TestASignatureIsOfOneEntryOfOneRecord (spec/record.md §3).
func TestASignatureIsOfOneEntryOfOneRecord(t *testing.T) {
	k := Keys{filepath.Join(t.TempDir(), "keys")}
	s, err := k.Generate("desk", "desk", proof.Signing)
	if err != nil {
		t.Fatal(err)
	}
	l := record.Leaf{Identity: [32]byte{1, 2, 3}}
	signature, err := SignEntry(s, "mission.example/valley", l)
	if err != nil {
		t.Fatal(err)
	}
	var keys record.Keys
	keys.Apply(1, &record.Entry{Kind: record.KindKey, Author: "desk", Body: &record.Key{Name: "desk", Event: "admitted", Holder: "M", PublicKey: s.Verifier().String()}})
	text := fmt.Sprintf("truceline/v1 entry\nmission.example/valley\n%x\n", l.Identity)
	if !keys.Of("desk").Verifies([]byte(text), signature) {
		t.Error("the signature is not over the text of the specification")
	}
	if keys.Of("desk").Verifies([]byte(strings.Replace(text, "valley", "ridge", 1)), signature) {
		t.Error("the signature is of another record too")
	}
	w, err := k.Generate("witness", "witness", proof.Cosigner)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := SignEntry(w, "mission.example/valley", l); err == nil {
		t.Error("a cosigner signs entries")
	}
}

func TestAGuardThatFails(t *testing.T) {
	dir := t.TempDir()
	g := Guard{filepath.Join(dir, "checkpoint")}
	if err := g.Write([]byte("first")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(g.File); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := g.Write(make([]byte, proof.MaxNote+1)); err == nil {
		t.Error("more than a checkpoint is kept")
	}
	write(t, filepath.Join(dir, ".checkpoint.123"), "half of the sec", 0o600) // a crash before the file had its name
	if data, err := g.Read(); string(data) != "first" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	write(t, g.File, strings.Repeat("x", proof.MaxNote+1), 0o644)
	if data, err := g.Read(); err == nil || !strings.Contains(err.Error(), "checkpoint: it has more than 65536 bytes") {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	write(t, g.File, "", 0o644)
	if data, err := g.Read(); data == nil || err != nil {
		t.Errorf("an emptied checkpoint is as none: %v", err)
	}
	if err := (Guard{filepath.Join(dir, "none", "checkpoint")}).Write([]byte("x")); err == nil {
		t.Error("a checkpoint is kept in no folder")
	}
	taken := filepath.Join(dir, "taken")
	if err := os.Mkdir(taken, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := (Guard{taken}).Write([]byte("x")); err == nil {
		t.Error("a folder is a checkpoint")
	}
	left, err := filepath.Glob(filepath.Join(dir, ".taken.*"))
	if err != nil || len(left) > 0 {
		t.Errorf("what was not kept is left: %q, %v", left, err)
	}
}

// disk is a file on a disk that fails at one step.
type disk struct {
	fail string
	data []byte
	did  []string
}

func (d *disk) step(name string) error {
	d.did = append(d.did, name)
	if d.fail == name {
		return errors.New("no space left: " + name)
	}
	return nil
}

func (d *disk) Write(p []byte) (int, error) {
	if err := d.step("write"); err != nil {
		d.data = append(d.data, p[:len(p)/2]...)
		return len(p) / 2, err
	}
	d.data = append(d.data, p...)
	return len(p), nil
}

func (d *disk) Sync() error  { return d.step("sync") }
func (d *disk) Close() error { return d.step("close") }
func (d *disk) Truncate(n int64) error {
	d.data = d.data[:n]
	return d.step("truncate")
}

func TestADiskThatFailsIsTold(t *testing.T) {
	for _, step := range []string{"write", "sync", "close"} {
		d := &disk{fail: step}
		err := fill(d, []byte("something"))
		if err == nil || !strings.HasSuffix(err.Error(), step) || d.did[len(d.did)-1] != "close" {
			t.Errorf("%s: %v, %q", step, err, d.did)
		}
	}
	for _, step := range []string{"write", "sync"} { // no half of a line is left
		d := &disk{fail: step, data: []byte("old\n")}
		if err := appendLine(d, 4, []byte("new")); err == nil || string(d.data) != "old\n" {
			t.Errorf("%s: %v, %q", step, err, d.data)
		}
	}
	d := &disk{data: []byte("old\n")}
	if err := appendLine(d, 4, []byte("new")); err != nil || string(d.data) != "old\nnew\n" || strings.Join(d.did, " ") != "write sync" {
		t.Errorf("%v, %q, %q", err, d.data, d.did)
	}
}
