//go:build unix

package sqlite

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the lock of an open file if it is free; it is held until the file is closed
// or the process dies.
func lock(f *os.File) (free bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		return false, nil
	}
	return err == nil, err
}
