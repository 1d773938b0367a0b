package keep

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

// Extend adds lines to the end of a file in one step and durably: whenever the machine
// stops the file is the old one or the new one. was is what the caller read of it and
// decided upon; a file that says something else by now is left as it is, and told. Those
// who extend one file wait for each other.
func Extend(name string, was, more []byte) (err error) {
	release, err := Hold(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	now, err := os.ReadFile(name) //nolint:gosec // the case's own folder
	if err != nil {
		return err
	}
	if !bytes.Equal(now, was) {
		return told("changed", name, "it was changed by somebody else while this was prepared", "do it again: nothing was written", nil)
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if len(was) > 0 && was[len(was)-1] != '\n' {
		was = append(bytes.Clone(was), '\n')
	}
	return replace(name, append(bytes.Clone(was), more...), info.Mode().Perm())
}

// Replace writes a file durably in place of what was there: the one or the other is there
// whenever the machine stops.
func Replace(name string, data []byte, mode os.FileMode) error { return replace(name, data, mode) }

// Hold waits until nobody else holds a name; a file beside it, which stays, is the lock.
func Hold(name string) (release func() error, err error) {
	f, err := os.OpenFile(filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lock(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}
