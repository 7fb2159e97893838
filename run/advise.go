package run

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/autolfads/autolfads/internal/durable"
)

// advised is an error of the file system that stopped a run, in a sentence that
// says what to do.
type advised struct {
	error
	sentence string
}

func (t advised) Error() string { return t.sentence }
func (t advised) Unwrap() error { return t.error }

// Advise says of a full disk and of a run folder that cannot be written what
// to do; other errors stay as they are.
func Advise(err error, dir string) error {
	var do string
	switch {
	case durable.IsFull(err):
		do = "the disk is full: free some space"
	case cannotWrite(err, dir):
		do = fmt.Sprintf("the run folder %s cannot be written: make it writable", dir)
	default:
		return err
	}
	next := "start again; nothing was begun"
	if _, missing := os.Stat(filepath.Join(dir, "run.yaml")); missing == nil {
		next = fmt.Sprintf("go on with `autolfads resume %s`; nothing is lost", dir)
	}
	return advised{err, fmt.Sprintf("%s, then %s (%v)", do, next, cause(err))}
}

// cannotWrite reports whether an error is a refusal to change something in dir.
func cannotWrite(err error, dir string) bool {
	p := (*fs.PathError)(nil)
	refused := errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrPermission)
	return refused && errors.As(err, &p) && strings.HasPrefix(p.Path, dir)
}

// cause returns the system's own words.
func cause(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p
	}
	return err
}
