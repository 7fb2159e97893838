package run

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"

	"github.com/autolfads/autolfads/internal/durable"
)

// plan writes u's unit.json, or checks that the one on disk says the same. One
// that was cut short is written again, for it follows from the results; and one
// whose parent was trained again since, with the same bits in another attempt.
func (f *Folder) plan(u Unit) error {
	path := filepath.Join(u.dir(), "unit.json")
	text, err := marshal(u)
	if err != nil {
		return err
	}
	old, err := os.ReadFile(f.path(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := durable.MkdirAll(f.path(u.dir())); err != nil {
			return err
		}
		return f.write(path, text)
	case err != nil:
		return err
	case bytes.Equal(old, text):
		return nil
	case !replaceable(old, u):
		return fmt.Errorf("%s is not what follows from the results before it: the run folder was edited, or another version wrote it", f.path(path))
	}
	return f.write(path, text)
}

// syncGeneration makes the names of generation g and of its units durable: what
// is published in them must not go with them in a power cut.
func (f *Folder) syncGeneration(g int) error {
	dir := f.path(generationDir(g))
	return errors.Join(durable.SyncFolder(dir), durable.SyncFolder(filepath.Dir(dir)))
}

// replaceable reports whether a unit.json is no unit any more, or is u but for
// the place of its parent's checkpoint.
func replaceable(text []byte, u Unit) bool {
	var old Unit
	if json.Unmarshal(text, &old) != nil {
		return true
	}
	if old.Parent != nil && u.Parent != nil && old.Parent.SHA256 == u.Parent.SHA256 {
		old.Parent.Checkpoint = u.Parent.Checkpoint
	}
	return reflect.DeepEqual(old, u)
}
