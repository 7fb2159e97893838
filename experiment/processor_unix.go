//go:build unix

package experiment

import (
	"syscall"
	"time"
)

// processorTime returns what this process has taken of all cores so far.
func processorTime() (time.Duration, bool) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, false
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), true
}
