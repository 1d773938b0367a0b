package keep

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"github.com/truceline/truceline/record"
)

// What the protected store answers.
var (
	// ErrErased: the value was erased.
	ErrErased = errors.New("the value was erased")
	// ErrNotHere: no value is kept of that field.
	ErrNotHere = errors.New("no value is kept here")
	// ErrNoIdentity: this machine may seal and not open.
	ErrNoIdentity = errors.New("the key that opens protected values is not on this machine")
)

// Protected is the store of sealed values: one file a value, encrypted with age to
// every recipient. No value stands on the disk in the open, not even for a moment.
type Protected struct {
	Dir        string // protected/, 0700
	Recipients string // the file of age recipients, one a line
	Identity   string // the file of the age identity, 0600; need not be there
}

// Init makes the identity of a case and names it as the first recipient. It leaves what
// is there alone.
func (p Protected) Init() error {
	if err := os.MkdirAll(p.Dir, 0o700); err != nil {
		return err
	}
	if _, err := os.Stat(p.Recipients); err == nil {
		return nil
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	if err := create(p.Identity, []byte(id.String()+"\n"), 0o600); err != nil {
		return err
	}
	return create(p.Recipients, []byte(id.Recipient().String()+"\n"), 0o644)
}

// name is the file of one value.
func (p Protected) name(id record.ID, field string) string {
	sum := sha256.Sum256([]byte(field))
	return filepath.Join(p.Dir, fmt.Sprintf("%s.%x.age", id, sum[:8]))
}

// sealed is what is encrypted.
type sealed struct {
	Field string          `json:"field"`
	Salt  string          `json:"salt"`
	Value json.RawMessage `json:"value"`
}

// Seal keeps what opens a commitment of an entry. What is kept already is left alone.
func (p Protected) Seal(id record.ID, o record.Opening) error {
	recipients, err := p.recipients()
	if err != nil {
		return err
	}
	plain, err := json.Marshal(sealed{o.Field, base64.StdEncoding.EncodeToString(o.Salt[:]), o.Value})
	if err != nil {
		return err
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
	if err := os.MkdirAll(p.Dir, 0o700); err != nil {
		return err
	}
	if err := private(p.Dir); err != nil {
		return err
	}
	err = create(p.name(id, o.Field), out.Bytes(), 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

func (p Protected) recipients() ([]age.Recipient, error) {
	data, err := os.ReadFile(p.Recipients)
	if err != nil {
		return nil, fmt.Errorf("there is nobody to seal for: %w", err)
	}
	list, err := age.ParseRecipients(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.Recipients, err)
	}
	return list, nil
}

// Open gives what opens a commitment. ErrNotHere, ErrErased, ErrNoIdentity.
func (p Protected) Open(id record.ID, field string) (record.Opening, error) {
	var o record.Opening
	data, err := os.ReadFile(p.name(id, field))
	if errors.Is(err, fs.ErrNotExist) {
		if _, gone := os.Stat(p.name(id, field) + ".erased"); gone == nil {
			return o, ErrErased
		}
		return o, ErrNotHere
	}
	if err != nil {
		return o, err
	}
	identities, err := p.identities()
	if err != nil {
		return o, err
	}
	r, err := age.Decrypt(bytes.NewReader(data), identities...)
	if err != nil {
		return o, fmt.Errorf("the value of %s cannot be opened: %w", field, err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, 2*record.MaxSealed))
	if err != nil {
		return o, fmt.Errorf("the value of %s is damaged: %w", field, err)
	}
	var s sealed
	salt := []byte(nil)
	if err = json.Unmarshal(plain, &s); err == nil {
		salt, err = base64.StdEncoding.DecodeString(s.Salt)
	}
	if err != nil || len(salt) != len(o.Salt) || s.Field != field {
		return o, fmt.Errorf("the value of %s is damaged", field)
	}
	o.Field, o.Value = s.Field, s.Value
	copy(o.Salt[:], salt)
	return o, nil
}

func (p Protected) identities() ([]age.Identity, error) {
	if _, err := os.Stat(p.Identity); errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoIdentity
	}
	if err := private(p.Identity); err != nil {
		return nil, err
	}
	f, err := os.Open(p.Identity)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // read only
	list, err := age.ParseIdentities(f)
	if err != nil {
		return nil, fmt.Errorf("%s holds no age identity", p.Identity) // age's words may quote the file
	}
	return list, nil
}

// Erase deletes a value for good and leaves a mark that it was. Copies in backups are
// beyond it: docs/threat-model.md.
func (p Protected) Erase(id record.ID, field string) error {
	name := p.name(id, field)
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, gone := os.Stat(name + ".erased"); gone == nil {
			return ErrErased
		}
		return ErrNotHere
	}
	if err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0) //nolint:gosec // the case's own folder
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, info.Size())) // as far as the disk writes in place
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := create(name+".erased", nil, 0o600); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return errors.Join(os.Remove(name), syncDir(p.Dir))
}

// AddRecipient lets a further age identity open what is sealed from now on.
func (p Protected) AddRecipient(recipient string) error {
	if _, err := age.ParseX25519Recipient(strings.TrimSpace(recipient)); err != nil {
		return errors.New("it is no age recipient (age1…)")
	}
	data, err := os.ReadFile(p.Recipients)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == strings.TrimSpace(recipient) {
			return nil
		}
	}
	return replace(p.Recipients, append(data, strings.TrimSpace(recipient)+"\n"...), 0o644)
}
