//go:build unix

package keep

import (
	"errors"
	"os"
	"syscall"
)

// lock waits for the lock of an open file; it is held until the file is closed.
func lock(f *os.File) error {
	for {
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
