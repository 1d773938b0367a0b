// Package keep owns what lies beside the store in the folder of a case: private keys,
// the protected store of sealed values, blobs with their log of custody, and the copy of
// the last checkpoint.
package keep

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// LogKey is the name under which the key of the log is kept.
const LogKey = "log"

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
	if !ok {
		return "", fmt.Errorf("%q cannot be the name of a key (1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first)", name)
	}
	return filepath.Join(k.Dir, name+".key"), nil
}

// Generate makes a key and keeps it under a name; the key calls itself called. A key that
// is there is never overwritten.
func (k Keys) Generate(name, called string, algorithm proof.Algorithm) (*proof.Signer, error) {
	file, err := k.file(name)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return nil, err
	}
	if err := private(k.Dir); err != nil {
		return nil, err
	}
	return NewKey(file, called, algorithm)
}

// NewKey makes a key in a new file that its owner alone can read.
func NewKey(file, called string, algorithm proof.Algorithm) (*proof.Signer, error) {
	skey, _, err := proof.GenerateKey(rand.Reader, called, algorithm)
	if err != nil {
		return nil, err
	}
	if err := create(file, []byte(skey+"\n"), 0o600); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("%s is there already (a key is never overwritten: choose another name, or rotate it)", file)
		}
		return nil, err
	}
	return proof.ParseSigner(skey)
}

// Load reads a key.
func (k Keys) Load(name string) (*proof.Signer, error) {
	file, err := k.file(name)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(k.Dir); err == nil {
		if err := private(k.Dir); err != nil {
			return nil, err
		}
	}
	return LoadKey(file)
}

// Replace keeps another key under a name in place of the one that is there, which stays
// beside it as NAME.old-HASH.
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
		return nil, errors.Join(err, os.Rename(aside, file))
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
		if name, ok := strings.CutSuffix(f.Name(), ".key"); ok && f.Type().IsRegular() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, err
}

// LoadKey reads a key from a file that nobody else may read.
func LoadKey(file string) (*proof.Signer, error) {
	if err := private(file); err != nil {
		return nil, err
	}
	f, err := os.Open(file) //nolint:gosec // the user's own key
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // read only
	data, err := io.ReadAll(io.LimitReader(f, 4096))
	if err != nil {
		return nil, err
	}
	s, err := proof.ParseSigner(string(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return s, nil
}

// private refuses what others than its owner may read or write.
func private(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		want := os.FileMode(0o600)
		if info.IsDir() {
			want = 0o700
		}
		return fmt.Errorf("%s may be read by others (its mode is %04o): nothing is signed with it (chmod %o %s)", name, mode, want, name)
	}
	return nil
}

// SignEntry gives the signature of an author on an entry of a record.
func SignEntry(s *proof.Signer, origin string, l record.Leaf) (string, error) {
	raw, err := s.Sign(record.SignedText(origin, l.Identity))
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(raw), nil
}

// create writes a new file durably; fs.ErrExist when there is one.
func create(name string, data []byte, mode os.FileMode) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode) //nolint:gosec // the case's own folder
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return syncDir(filepath.Dir(name))
}

// replace writes a file durably in place of what was there: the one or the other is
// there whenever the machine stops.
func replace(name string, data []byte, mode os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(filepath.Dir(name))
}

// syncDir makes names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the case's own folder
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
