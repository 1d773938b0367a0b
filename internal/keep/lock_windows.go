package keep

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock waits for the lock of an open file; it is held until the file is closed. It lies
// beyond the file's bytes, which others go on reading.
func lock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1 << 30})
}
