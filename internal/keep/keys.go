// Package keep owns what lies beside the store in the folder of a case: private keys,
// the protected store of sealed values, blobs with their log of custody, and the copy of
// the last checkpoint.
package keep

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Names in the folder of keys that are no author's.
const (
	LogKey       = "log"       // the key of the log, which calls itself by the origin
	ProtectedKey = "protected" // the age identity that opens protected values
)

const maxKeyFile = 4096

// Keys is a folder of private keys, one file a key, which nobody else may read. No
// error or text of this package holds any of one.
type Keys struct{ Dir string }

// file is where a key is kept.
func (k Keys) file(name string) (string, error) {
	ok := len(name) > 0 && len(name) <= 64 && name[0] != '.' && name[0] != '-' && name[0] != '_'
	for i := range len(name) {
		c := name[i]
		ok = ok && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-')
	}
	switch {
	case !ok:
		return "", problem.Problem{Code: "bad-ref", What: fmt.Sprintf("%.80q cannot be the name of a key", name), Mend: "use 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first"}
	case name == ProtectedKey:
		return "", problem.Problem{Code: "taken-name", What: fmt.Sprintf("no key for signing is named %s", name), Mend: "under that name lies what opens protected values: choose another"}
	}
	return filepath.Join(k.Dir, name+".key"), nil
}

// Generate makes a key and keeps it under a name. An author's or cosigner's key calls
// itself by that name, the log's by the origin. A key that is there is never overwritten:
// the error is then fs.ErrExist.
func (k Keys) Generate(name, called string, algorithm proof.Algorithm) (*proof.Signer, error) {
	file, err := k.file(name)
	if err != nil {
		return nil, err
	}
	if err := privateDir(k.Dir); err != nil {
		return nil, err
	}
	if err := fits(file, name, called, algorithm); err != nil {
		return nil, err
	}
	return NewKey(file, called, algorithm)
}

// NewKey makes a key in a new file that its owner alone can read; fs.ErrExist as above.
func NewKey(file, called string, algorithm proof.Algorithm) (*proof.Signer, error) {
	skey, _, err := proof.GenerateKey(rand.Reader, called, algorithm)
	if err != nil {
		return nil, err
	}
	err = create(file, []byte(skey+"\n"), 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, told("taken-name", file, "a key is there already", "a key is never overwritten: choose another name, or rotate it", err)
	}
	if err != nil {
		return nil, err
	}
	return proof.ParseSigner(skey)
}

// fits holds a key to the name under which it is kept.
func fits(file, name, called string, algorithm proof.Algorithm) error {
	switch {
	case name == LogKey && algorithm != proof.Signing:
		return told("wrong-key", file, "a cosigner's key is no log's", "the key of a log signs checkpoints: algorithm 0x01", nil)
	case name != LogKey && called != name:
		return told("other-name", file, fmt.Sprintf("the key calls itself %q", called), "the name of the file and of the key are one", nil)
	}
	return nil
}

// Load reads a key. The error is fs.ErrNotExist when there is none.
func (k Keys) Load(name string) (*proof.Signer, error) {
	file, err := k.file(name)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(k.Dir); err == nil {
		if err := private(k.Dir, info); err != nil {
			return nil, err
		}
	}
	s, err := LoadKey(file)
	if err != nil {
		return nil, err
	}
	if err := fits(file, name, s.Name(), s.Verifier().Algorithm()); err != nil {
		return nil, err
	}
	return s, nil
}

// LoadKey reads a key from a file that nobody else may read.
func LoadKey(file string) (*proof.Signer, error) {
	data, err := readPrivate(file, maxKeyFile)
	if err != nil {
		return nil, err
	}
	if len(data) == 0 {
		return nil, told("bad-key", file, "it is empty: the making of the key was cut short", "take the file away and make the key again", nil)
	}
	s, err := proof.ParseSigner(string(data))
	if err != nil {
		return nil, told("bad-key", file, err.Error(), "put back the copy that you keep elsewhere", nil)
	}
	return s, nil
}

// Replace keeps another key under a name in place of the one that is there, which stays
// beside it as NAME.key.old-HASH.
func (k Keys) Replace(name string, made func() (*proof.Signer, error)) (*proof.Signer, error) {
	old, err := k.Load(name)
	if err != nil {
		return nil, err
	}
	file, err := k.file(name)
	if err != nil {
		return nil, err
	}
	aside := fmt.Sprintf("%s.old-%08x", file, old.KeyHash())
	if err := os.Rename(file, aside); err != nil {
		return nil, err
	}
	s, err := made()
	if err != nil {
		return nil, errors.Join(err, os.Rename(aside, file), syncDir(k.Dir))
	}
	return s, nil
}

// List names the keys that are kept, sorted.
func (k Keys) List() ([]string, error) {
	files, err := os.ReadDir(k.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".key"); ok && name != ProtectedKey && f.Type().IsRegular() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, err
}

// SignEntry gives the signature of an author on an entry of a record.
func SignEntry(s *proof.Signer, origin string, l record.Leaf) (string, error) {
	raw, err := s.Sign(record.SignedText(origin, l.Identity))
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(raw), nil
}
