package keep

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/truceline/truceline/problem"
)

// fault is a problem with what the system said of it, which errors.Is finds.
type fault struct {
	problem.Problem
	cause error
}

func (f fault) Unwrap() []error { return []error{f.Problem, f.cause} }

// told makes a problem of a file; cause may be nil.
func told(code, file, what, mend string, cause error) error {
	p := problem.Problem{Code: code, File: file, What: what, Mend: mend}
	if cause == nil {
		return p
	}
	return fault{p, cause}
}

// private refuses what others than its owner may read or write.
func private(name string, info os.FileInfo) error {
	mode := info.Mode().Perm()
	if mode&0o077 == 0 || runtime.GOOS == "windows" { // there the bits say nothing
		return nil
	}
	want := os.FileMode(0o600)
	if info.IsDir() {
		want = 0o700
	}
	return told("not-private", name, fmt.Sprintf("it may be read by others (its mode is %04o)", mode), fmt.Sprintf("chmod %o %s; what others may have read is no secret any more", want, name), nil)
}

// privateDir makes a folder that is its owner's alone, or holds one that is there to it.
func privateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	return private(dir, info)
}

// readPrivate reads a file of at most most bytes that nobody else may read.
func readPrivate(name string, most int64) ([]byte, error) {
	info, err := os.Stat(name) // before it is opened: the opening of a pipe would wait
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, told("not-a-file", name, "it is no plain file", "", nil)
	}
	f, err := os.Open(name) //nolint:gosec // the user's own
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // read only
	if info, err = f.Stat(); err != nil {
		return nil, err
	}
	if err := private(name, info); err != nil {
		return nil, err
	}
	return readBounded(name, f, most)
}

func readBounded(name string, r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = told("too-long", name, fmt.Sprintf("it has more than %d bytes", most), "", nil)
	}
	return data, err
}

// durable is a file that is written whole and then closed.
type durable interface {
	io.WriteCloser
	Sync() error
}

// fill writes a file, sees it to the disk and closes it.
func fill(f durable, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// create writes a new file durably; fs.ErrExist when there is one.
func create(name string, data []byte, mode os.FileMode) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode) //nolint:gosec // the case's own folder
	if err != nil {
		return err
	}
	if err := fill(f, data); err != nil {
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
	if err := f.Chmod(mode); err != nil {
		return errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	err = fill(f, data)
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(filepath.Dir(name))
}

// wipe writes over a file, as far as the disk writes in place, and removes it durably.
func wipe(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0) //nolint:gosec // the case's own folder
	if err != nil {
		return err
	}
	info, err := f.Stat()
	for left := int64(0); err == nil && left < info.Size(); left += int64(len(nothing)) {
		_, err = f.Write(nothing[:min(int64(len(nothing)), info.Size()-left)])
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Remove(name); err != nil {
		return err
	}
	return syncDir(filepath.Dir(name))
}

var nothing = make([]byte, 32<<10)

// syncDir makes names in a folder durable.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" { // names are durable with their files, and folders cannot be synced
		return nil
	}
	d, err := os.Open(dir) //nolint:gosec // the case's own folder
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
