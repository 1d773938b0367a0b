package keep

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// What the protected store answers.
var (
	// ErrErased: the value was erased.
	ErrErased = error(problem.Problem{Code: "erased", What: "the value was erased", Mend: "nobody can open it any more"})
	// ErrNotHere: no value is kept of that field.
	ErrNotHere = error(problem.Problem{Code: "not-here", What: "no value is kept here", Mend: "ask the author, who sealed it"})
	// ErrNoIdentity: this machine may seal and not open.
	ErrNoIdentity = error(problem.Problem{Code: "no-identity", What: "the key that opens protected values is not on this machine", Mend: "open it where keys/protected.key is"})
)

// Bounds of files of the protected store.
const (
	maxRecipients = 256 << 10
	maxSealedFile = 2*record.MaxSealed + maxRecipients // a value and a header line or two a recipient
)

// Protected is the store of sealed values: one file a value, encrypted with age to
// every recipient. No value stands on the disk in the open, not even for a moment.
type Protected struct {
	Dir        string // protected/, 0700
	Recipients string // the file of age recipients, one a line
	Identity   string // the file of the age identity, 0600; need not be there
	Any        bool   // attachments may be of any type
}

// Init makes the identity of a case and names it as the first recipient. It leaves what
// is there alone, and ends what an Init before it began.
func (p Protected) Init() error {
	if err := privateDir(p.Dir); err != nil {
		return err
	}
	if _, err := os.Stat(p.Recipients); err == nil {
		return nil
	}
	id, err := p.identity()
	if err != nil {
		return err
	}
	return create(p.Recipients, []byte(id.Recipient().String()+"\n"), 0o644)
}

// identity gives the identity that is there, or makes one.
func (p Protected) identity() (*age.X25519Identity, error) {
	data, err := readPrivate(p.Identity, maxKeyFile)
	if err == nil {
		id, err := age.ParseX25519Identity(strings.TrimSpace(string(data)))
		if err != nil {
			return nil, badIdentity(p.Identity)
		}
		return id, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(p.Identity), 0o700); err != nil {
		return nil, err
	}
	return id, create(p.Identity, []byte(id.String()+"\n"), 0o600)
}

// badIdentity tells of a file in our words: those of age may quote it.
func badIdentity(file string) error {
	return told("bad-key", file, "it holds no age identity", "put back the copy that you keep elsewhere", nil)
}

// names gives the file of one value and the mark that it was erased. A field has only
// letters that a file's name may have.
func (p Protected) names(id record.ID, field string) (value, mark string, err error) {
	if !isHash(string(id)) {
		return "", "", problem.Problem{Code: "bad-hash", What: fmt.Sprintf("%.80q is not the identity of an entry", string(id)), Mend: "it has 64 lower-case hexadecimal digits"}
	}
	if !record.Sealable(field) {
		return "", "", problem.Problem{Code: "bad-field", What: fmt.Sprintf("%.80q cannot be sealed", field), Mend: `give a path within the entry: "said_by.name"`}
	}
	base := filepath.Join(p.Dir, string(id)+"."+field)
	return base + ".age", base + ".erased", nil
}

// sealed is what is encrypted.
type sealed struct {
	Field string          `json:"field"`
	Salt  string          `json:"salt"`
	Value json.RawMessage `json:"value"`
}

// Seal keeps what opens a commitment of an entry. What is kept already is left alone;
// what was erased is not kept again: ErrErased.
func (p Protected) Seal(id record.ID, o record.Opening) error {
	value, mark, err := p.names(id, o.Field)
	if err != nil {
		return err
	}
	if len(o.Value) > record.MaxSealed {
		return problem.Problem{Code: "too-long", Field: o.Field, What: fmt.Sprintf("the value has %d bytes", len(o.Value)), Mend: fmt.Sprintf("at most %d: seal it as an attachment", record.MaxSealed)}
	}
	recipients, err := p.recipients()
	if err != nil {
		return err
	}
	plain, err := json.Marshal(sealed{o.Field, base64.StdEncoding.EncodeToString(o.Salt[:]), o.Value})
	if err == nil {
		plain, err = record.CanonicalJSON(plain) // Marshal alone would write < and & in another way
	}
	if err != nil {
		return problem.Problem{Code: "not-json", Field: o.Field, What: "the value is no JSON"} // in our words: others may quote it
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipients...)
	if err != nil {
		return err
	}
	_, err = w.Write(plain)
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	if err := privateDir(p.Dir); err != nil {
		return err
	}
	if there(mark) {
		return ErrErased
	}
	if there(value) { // it came by replace and so is whole
		return nil
	}
	return replace(value, out.Bytes(), 0o600)
}

func there(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func (p Protected) recipients() ([]age.Recipient, error) {
	data, err := p.recipientsFile()
	if err != nil {
		return nil, err
	}
	list, err := age.ParseRecipients(bytes.NewReader(data))
	if err != nil {
		return nil, told("bad-recipients", p.Recipients, "it is no list of age recipients: "+err.Error(), "write one age1… a line", nil)
	}
	return list, nil
}

func (p Protected) recipientsFile() ([]byte, error) {
	f, err := os.Open(p.Recipients)
	if err != nil {
		return nil, told("no-recipients", p.Recipients, "there is nobody to seal for", "write the age recipients of the case there, one a line", err)
	}
	defer f.Close() //nolint:errcheck // read only
	return readBounded(p.Recipients, f, maxRecipients)
}

// Open gives what opens a commitment. ErrNotHere, ErrErased, ErrNoIdentity. The caller
// holds it to the entry.
func (p Protected) Open(id record.ID, field string) (record.Opening, error) {
	var o record.Opening
	value, mark, err := p.names(id, field)
	if err != nil {
		return o, err
	}
	if there(mark) {
		return o, ErrErased
	}
	data, err := readPrivate(value, maxSealedFile)
	if errors.Is(err, fs.ErrNotExist) {
		return o, ErrNotHere
	}
	if err != nil {
		return o, err
	}
	identities, err := p.identities()
	if err != nil {
		return o, err
	}
	damaged := func(cause error) error {
		return told("damaged", value, "what is sealed of "+field+" cannot be opened with the key that is here", "put back a copy of the file, or give the key of another recipient", cause)
	}
	r, err := age.Decrypt(bytes.NewReader(data), identities...)
	if err != nil {
		return o, damaged(err)
	}
	plain, err := io.ReadAll(r) // no longer than what was read
	if err != nil {
		return o, damaged(err)
	}
	var s sealed
	var salt []byte
	if err = json.Unmarshal(plain, &s); err == nil {
		salt, err = base64.StdEncoding.DecodeString(s.Salt)
	}
	if err != nil || len(salt) != len(o.Salt) || s.Field != field {
		return o, damaged(nil) // without the cause, which may quote the value
	}
	o.Field, o.Value = s.Field, s.Value
	copy(o.Salt[:], salt)
	return o, nil
}

func (p Protected) identities() ([]age.Identity, error) {
	data, err := readPrivate(p.Identity, maxKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoIdentity
	}
	if err != nil {
		return nil, err
	}
	list, err := age.ParseIdentities(bytes.NewReader(data))
	if err != nil {
		return nil, badIdentity(p.Identity)
	}
	return list, nil
}

// Holds tells whether a value is there to be erased, damaged or not, and one of which the
// erasing broke off too: nil, ErrNotHere or ErrErased. It needs no identity.
func (p Protected) Holds(id record.ID, field string) error {
	value, mark, err := p.names(id, field)
	if err != nil {
		return err
	}
	return holds(value, mark)
}

func holds(value, mark string) error {
	switch _, err := os.Lstat(value); {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case there(mark):
		return ErrErased
	}
	return ErrNotHere
}

// Erase deletes a value for good and leaves a mark that it was: the mark first, so that a
// value is never lost without one. What broke off in between is ended by another Erase.
// ErrNotHere, ErrErased. Copies in backups are beyond it.
func (p Protected) Erase(id record.ID, field string) error {
	value, mark, err := p.names(id, field)
	if err != nil {
		return err
	}
	return erase(value, mark)
}

func erase(value, mark string) error {
	if err := holds(value, mark); err != nil {
		return err
	}
	if err := create(mark, nil, 0o600); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return wipe(value)
}

// Kept names a value of the protected store.
type Kept struct {
	ID     record.ID
	Field  string
	Erased bool
	Broken bool // the erasing broke off: the value is still there, and Erase ends it
}

// List names all values, sorted by entry and field. It opens none and needs no identity.
func (p Protected) List() ([]Kept, error) {
	files, err := os.ReadDir(p.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	kept := map[Kept]Kept{}
	for _, f := range files {
		id, rest, _ := strings.Cut(f.Name(), ".")
		field, value := strings.CutSuffix(rest, ".age")
		mark := false
		if !value {
			field, mark = strings.CutSuffix(rest, ".erased")
		}
		if value == mark || !isHash(id) || !record.Sealable(field) || !f.Type().IsRegular() {
			continue
		}
		key := Kept{ID: record.ID(id), Field: field}
		k, both := kept[key]
		k.ID, k.Field, k.Erased, k.Broken = key.ID, key.Field, k.Erased || mark, both
		kept[key] = k
	}
	list := slices.Collect(maps.Values(kept))
	slices.SortFunc(list, func(a, b Kept) int {
		return cmp.Or(strings.Compare(string(a.ID), string(b.ID)), strings.Compare(a.Field, b.Field))
	})
	return list, nil
}

// AddRecipient lets a further age identity open what is sealed from now on.
func (p Protected) AddRecipient(recipient string) error {
	recipient = strings.TrimSpace(recipient)
	if _, err := age.ParseX25519Recipient(recipient); err != nil {
		return problem.Problem{Code: "bad-recipients", What: "it is no age recipient", Mend: "give the public half, age1…, that age-keygen prints"}
	}
	data, err := p.recipientsFile()
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		if strings.TrimSpace(line) == recipient {
			return nil
		}
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		data = append(data, '\n')
	}
	return replace(p.Recipients, append(data, recipient+"\n"...), 0o644)
}

// isHash tells whether a text is a SHA-256 as it is written everywhere.
func isHash(s string) bool {
	ok := len(s) == 64
	for i := range len(s) {
		ok = ok && (s[i] >= '0' && s[i] <= '9' || s[i] >= 'a' && s[i] <= 'f')
	}
	return ok
}
