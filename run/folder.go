package run

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/settings"
)

// Folder is a run on disk, held by this process alone, which drives it.
type Folder struct {
	Joined
	lock    *lock
	unsaved int // changes, of the last in the header
}

// Create begins a new run in the folder dir, which must not exist or be empty.
func Create[C any](dir string, h Header, config C) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	h.Data = h.Data.seenFrom(dir)
	f := &Folder{Joined: Joined{Files{dir}, h}}
	if err := f.refuseUsed(); err != nil {
		return nil, err
	}
	if err := f.hold(); err != nil {
		return nil, err
	}
	text, err := settings.Encode(yamlFile[C]{h, config})
	if err == nil {
		err = f.refuseUsed() // again, now that no other process can begin here
	}
	if err == nil {
		err = f.write("run.yaml", text)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// refuseUsed reports an error if the folder holds anything but what a new run
// that was killed in its first moments may leave.
func (f *Folder) refuseUsed() error {
	if _, err := os.Stat(f.path("run.yaml")); err == nil {
		return fmt.Errorf("%s already holds a run: go on with `autolfads resume %s`, or choose another folder", f.Dir, f.Dir)
	}
	entries, err := os.ReadDir(f.Dir)
	for _, e := range entries {
		if e.Name() != "lock" && !durable.IsTemp(e.Name()) {
			return fmt.Errorf("%s is not empty (it holds %s): choose another folder", f.Dir, e.Name())
		}
	}
	return err
}

// hold locks the folder and clears what killed writers left.
func (f *Folder) hold() (err error) {
	if f.lock, err = acquire(f.path("lock")); err != nil {
		return fmt.Errorf("%s: %w", f.Dir, err)
	}
	// What is in generations goes when those are complete: till then a worker
	// may be at it.
	for _, dir := range []string{"", "best", "outputs", "figures"} {
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
