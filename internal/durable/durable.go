// Package durable writes files that are whole or absent, also after a crash:
// a temporary file beside the target, fsync, rename, fsync of the folder. All
// that a run changes on disk it changes through this package, so that tests can
// stop or fail it at any change (package fault).
package durable

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// tempPrefix and tempSuffix mark a file in the making.
const tempPrefix, tempSuffix = ".", ".tmp"

// WriteFile puts what write writes at path.
func WriteFile(path string, write func(io.Writer) error) error {
	f, err := prepare(path, write)
	if err != nil {
		return err
	}
	return f.Commit()
}

// Publish is WriteFile for a file that several writers may offer: the first
// one stays, and a later one gets an error for which errors.Is(err,
// fs.ErrExist) holds.
func Publish(path string, write func(io.Writer) error) error {
	f, err := prepare(path, write)
	if err == nil {
		err = f.finish()
	}
	if err != nil {
		return err
	}
	if err := errors.Join(link(f.Name(), path), Remove(f.Name())); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// prepare writes a temporary file beside path.
func prepare(path string, write func(io.Writer) error) (*File, error) {
	f, err := Temp(path)
	if err != nil {
		return nil, err
	}
	b := bufio.NewWriterSize(f, 1<<16)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("writing %s: %w", path, err), f.Discard())
	}
	return f, nil
}

// IsTemp reports whether a file name is one of a file in the making.
func IsTemp(name string) bool {
	return strings.HasPrefix(name, tempPrefix) && strings.HasSuffix(name, tempSuffix)
}
