package keep

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/record"
)

// protected gives a store with its identity.
func protected(t *testing.T) Protected {
	t.Helper()
	dir := t.TempDir()
	p := Protected{Dir: filepath.Join(dir, "protected"), Recipients: filepath.Join(dir, "recipients.txt"), Identity: filepath.Join(dir, "keys", "protected.key")}
	if err := p.Init(); err != nil {
		t.Fatal(err)
	}
	return p
}

func opening(t *testing.T, field, value string) record.Opening {
	t.Helper()
	_, o, err := record.Seal("r88", field, []byte(value), [32]byte{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

var someID = record.ID(strings.Repeat("ab", 32))

func TestEveryValueComesBackAsItWasSealed(t *testing.T) {
	p := protected(t)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(
			rapid.StringOfN(rapid.RuneFrom([]rune("a<>&\"\\\u2028\x00\x1f\u00e9\u4e2d\U0001f600/")), 0, 200, -1).AsAny(),
			rapid.Float64().AsAny(), rapid.Bool().AsAny(), rapid.MapOf(rapid.String(), rapid.Int()).AsAny(),
		).Draw(t, "value")
		raw := mustJSON(t, value)
		var salt [32]byte
		copy(salt[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "salt"))
		s, o, err := record.Seal("r88", "body.place", raw, salt)
		if err != nil {
			t.Fatal(err)
		}
		n++
		id := record.ID(fmt.Sprintf("%064x", n))
		if err := p.Seal(id, o); err != nil {
			t.Fatal(err)
		}
		back, err := p.Open(id, "body.place")
		if err != nil || back.Sealed("r88") != s || !bytes.Equal(back.Value, o.Value) || back.Salt != salt {
			t.Fatalf("%q came back as %q: %v", o.Value, back.Value, err)
		}
	})
	largest := opening(t, "note", `"`+strings.Repeat("<", record.MaxSealed-2)+`"`)
	if err := p.Seal(someID, largest); err != nil {
		t.Fatal(err)
	}
	if back, err := p.Open(someID, "note"); err != nil || !bytes.Equal(back.Value, largest.Value) {
		t.Errorf("the longest value: %v", err)
	}
}

func TestProtectedValuesThatCannotBeHad(t *testing.T) {
	p := protected(t)
	if err := p.Seal(someID, opening(t, "note", `"Vera"`)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(p.Dir, string(someID)+".note.age")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	get := func(p Protected) error { _, err := p.Open(someID, "note"); return err }
	for i := range whole {
		bad := bytes.Clone(whole)
		bad[i] ^= 1
		write(t, file, string(bad), 0o600)
		if err := get(p); err == nil || strings.Contains(err.Error(), "Vera") {
			t.Fatalf("byte %d may be another: %v", i, err)
		}
	}
	for _, n := range []int{0, 10, len(whole) / 2, len(whole) - 1} {
		write(t, file, string(whole[:n]), 0o600)
		if err := get(p); err == nil {
			t.Errorf("a file of %d bytes of %d is opened", n, len(whole))
		}
	}
	write(t, file, string(whole), 0o644)
	if err := get(p); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a value that others may read: %v", err)
	}
	write(t, file, string(whole), 0o600)
	if err := get(p); err != nil {
		t.Error(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	foreign := p
	foreign.Identity = filepath.Join(t.TempDir(), "protected.key")
	write(t, foreign.Identity, other.String()+"\n", 0o600)
	if err := get(foreign); err == nil || !strings.Contains(err.Error(), "cannot be opened with the key that is here") {
		t.Errorf("by another key: %v", err)
	}
	for _, text := range []string{"", "AGE-SECRET-KEY-1QQQ", other.String()[:40]} {
		write(t, foreign.Identity, text, 0o600)
		if err := get(foreign); err == nil || text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("the identity %q: %v", text, err)
		}
	}
	write(t, foreign.Identity, other.String()+"\n", 0o640)
	if err := get(foreign); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("an identity that others may read: %v", err)
	}
	for _, bad := range []struct {
		id    record.ID
		field string
	}{{"../../x", "note"}, {someID, "../x"}, {someID, "author"}, {someID[:63] + "G", "note"}, {someID, ""}} {
		if _, err := p.Open(bad.id, bad.field); err == nil || errors.Is(err, ErrNotHere) {
			t.Errorf("%+v: %v", bad, err)
		}
		if err := p.Erase(bad.id, bad.field); err == nil || errors.Is(err, ErrNotHere) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if err := p.Seal(someID, record.Opening{Field: "words", Value: []byte(`"Vera`)}); err == nil || strings.Contains(err.Error(), "Vera") {
		t.Errorf("what is no JSON: %v", err)
	}
	if err := p.Seal(someID, record.Opening{Field: "words", Value: bytes.Repeat([]byte("1"), record.MaxSealed+1)}); err == nil {
		t.Error("a value without bounds is sealed")
	}
}

// TestAServerSealsWhatItCannotRead: without an identity, and for everybody in the list.
func TestAServerSealsWhatItCannotRead(t *testing.T) {
	p := protected(t)
	second, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(p.Recipients)
	if err != nil {
		t.Fatal(err)
	}
	write(t, p.Recipients, "# of the case\n"+strings.TrimSpace(string(data)), 0o644) // without a last line feed
	for range 2 {
		if err := p.AddRecipient(" " + second.Recipient().String() + "\n"); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.AddRecipient(second.String()); err == nil || strings.Contains(err.Error(), second.String()) {
		t.Errorf("a private half among the recipients: %v", err)
	}
	if data, err = os.ReadFile(p.Recipients); err != nil || strings.Count(string(data), "\n") != 3 {
		t.Errorf("%q, %v", data, err)
	}
	server := p
	server.Identity = filepath.Join(t.TempDir(), "none")
	if err := server.Seal(someID, opening(t, "note", `"Vera"`)); err != nil {
		t.Fatal(err)
	}
	if _, err := server.Open(someID, "note"); !errors.Is(err, ErrNoIdentity) {
		t.Error(err)
	}
	reader := p
	reader.Identity = filepath.Join(t.TempDir(), "protected.key")
	write(t, reader.Identity, second.String(), 0o600)
	for _, who := range []Protected{p, reader} {
		if o, err := who.Open(someID, "note"); err != nil || string(o.Value) != `"Vera"` {
			t.Errorf("%q, %v", o.Value, err)
		}
	}
	for _, text := range []string{"", "# nobody\n", "age1qqq\n", strings.Repeat("#\n", maxRecipients)} {
		write(t, server.Recipients, text, 0o644)
		if err := server.Seal(someID, opening(t, "words", `"Vera"`)); err == nil {
			t.Errorf("sealed for %.20q", text)
		}
	}
	if err := os.Remove(server.Recipients); err != nil {
		t.Fatal(err)
	}
	if err := server.Seal(someID, opening(t, "words", `"Vera"`)); err == nil || !strings.Contains(err.Error(), "nobody to seal for") {
		t.Errorf("sealed for nobody: %v", err)
	}
}

// TestWhatBrokeOffIsEnded: a crash between any two steps loses nothing and hides nothing.
func TestWhatBrokeOffIsEnded(t *testing.T) {
	p := protected(t)
	before, err := os.ReadFile(p.Recipients)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(p.Recipients); err != nil { // Init had made the identity and no more
		t.Fatal(err)
	}
	if err := p.Init(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(p.Recipients); err != nil || !bytes.Equal(before, after) {
		t.Errorf("Init names another recipient than its identity's: %v", err)
	}

	o := opening(t, "note", `"Vera"`)
	write(t, filepath.Join(p.Dir, "."+string(someID)+".note.age.77"), "age-encr", 0o600) // Seal had not named the file
	if _, err := p.Open(someID, "note"); !errors.Is(err, ErrNotHere) {
		t.Error(err)
	}
	for range 2 {
		if err := p.Seal(someID, o); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Seal(someID, opening(t, "note.en", `"Vera"`)); err != nil {
		t.Fatal(err)
	}

	write(t, filepath.Join(p.Dir, string(someID)+".note.erased"), "", 0o600) // Erase had set its mark and no more
	if _, err := p.Open(someID, "note"); !errors.Is(err, ErrErased) {
		t.Error(err)
	}
	want := []Kept{{someID, "note", true, true}, {someID, "note.en", false, false}}
	if list, err := p.List(); err != nil || fmt.Sprint(list) != fmt.Sprint(want) {
		t.Errorf("%v, %v", list, err)
	}
	if err := p.Holds(someID, "note"); err != nil {
		t.Errorf("what is left cannot be erased: %v", err)
	}
	if err := p.Erase(someID, "note"); err != nil {
		t.Error(err)
	}
	if err := p.Holds(someID, "note"); !errors.Is(err, ErrErased) {
		t.Error(err)
	}
	if err := p.Holds(someID, "words"); !errors.Is(err, ErrNotHere) {
		t.Error(err)
	}
	want[0].Broken = false
	if list, err := p.List(); err != nil || fmt.Sprint(list) != fmt.Sprint(want) {
		t.Errorf("%v, %v", list, err)
	}
	if err := p.Erase(someID, "note"); !errors.Is(err, ErrErased) {
		t.Error(err)
	}
	if err := p.Seal(someID, o); !errors.Is(err, ErrErased) {
		t.Errorf("what was erased is sealed again: %v", err)
	}
	if err := p.Erase(someID, "words"); !errors.Is(err, ErrNotHere) {
		t.Error(err)
	}
}

// TestWhatIsErasedIsWrittenOver, as far as the file goes: its bytes are gone before its
// name is.
func TestWhatIsErasedIsWrittenOver(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "value")
	for _, size := range []int{0, 1, 100, 32 << 10, 100_000} {
		write(t, name, strings.Repeat("x", size), 0o600)
		link := filepath.Join(dir, "link") // shows what becomes of the bytes
		if err := os.Link(name, link); err != nil {
			t.Fatal(err)
		}
		if err := wipe(name); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(link); err != nil || !bytes.Equal(data, make([]byte, size)) {
			t.Errorf("of %d bytes some are left: %v", size, err)
		}
		if there(name) {
			t.Error("the name is left")
		}
		if err := os.Remove(link); err != nil {
			t.Fatal(err)
		}
	}
}

func mustJSON(t *rapid.T, v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
