package run

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/pbt"
)

// Folder is a run on disk, held by this process alone, which drives it.
type Folder struct {
	Joined
	lock    *lock
	made    bool       // by Reserve: there was no such folder
	unsaved int        // changes, of the last in the header
	search  pbt.Search // that Drive follows; nil before
}

// hold locks the folder and clears what killed writers left.
func (f *Folder) hold() (err error) {
	if f.lock, err = acquire(f.path("lock")); err != nil {
		return fmt.Errorf("%s: %w", f.Dir, err)
	}
	if err := f.clearData(); err != nil {
		return errors.Join(err, f.Close())
	}
	// What is in generations goes when those are complete: till then a worker
	// may be at it.
	for _, dir := range []string{"", "best", finalistsDir, "models", "outputs", "figures", "page"} {
		if err := durable.Sweep(f.path(dir)); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return nil
}

// Close frees the folder.
func (f *Folder) Close() error { return f.lock.release() }

func (f *Folder) writeJSON(name string, v any) error {
	text, err := marshal(v)
	if err != nil {
		return err
	}
	return f.write(name, text)
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}
