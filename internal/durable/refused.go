package durable

import (
	"errors"
	"io/fs"
	"runtime"
	"syscall"
)

// IsFull reports whether an error is that there is no room on the disk, or no
// more for this user.
func IsFull(err error) bool {
	const windowsDiskFull = syscall.Errno(112)
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		runtime.GOOS == "windows" && errors.Is(err, windowsDiskFull)
}

// IsOfPath reports whether an error is the system's about a path.
func IsOfPath(err error) bool {
	var p *fs.PathError
	return errors.As(err, &p)
}
