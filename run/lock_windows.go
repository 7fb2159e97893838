package run

import (
	"os"

	"golang.org/x/sys/windows"
)

// errLocked is lockFile's error when another process holds the lock.
var errLocked error = windows.ERROR_LOCK_VIOLATION

// lockFile takes the lock on a file, or returns at once. The locked byte lies
// far behind the text, which others may so go on reading.
func lockFile(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1})
}
