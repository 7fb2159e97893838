//go:build unix

package run

import (
	"os"
	"syscall"
)

// errLocked is lockFile's error when another process holds the lock.
var errLocked error = syscall.EWOULDBLOCK

// lockFile takes the lock on a file, or returns at once.
func lockFile(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
