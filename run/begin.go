package run

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/settings"
)

// Create begins a new run in the folder dir, which must not exist or be empty.
func Create[C any](dir string, h Header, config C) (*Folder, error) {
	f, err := Reserve(dir)
	if err != nil {
		return nil, err
	}
	if err := Begin(f, h, config); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Reserve holds the folder dir, which must not exist or be empty, for a run that
// begins with [Begin], so that what it models can be made there first. A run that is
// not to begin after all is given up with Abandon.
func Reserve(dir string) (*Folder, error) {
	_, missing := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	f := &Folder{Joined: Joined{Files: Files{dir}}, made: errors.Is(missing, fs.ErrNotExist)}
	if err := f.refuseUsed(); err != nil {
		return nil, err
	}
	if err := f.hold(); err != nil {
		return nil, err
	}
	if err := f.refuseUsed(); err != nil { // again, now that no other process can begin here
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Begin begins the run of a reserved folder: from here on it can be resumed.
func Begin[C any](f *Folder, h Header, config C) error {
	h.Data = h.Data.seenFrom(f.Dir)
	text, err := settings.Encode(yamlFile[C]{h, config})
	if err == nil {
		err = f.write("run.yaml", text)
	}
	if err != nil {
		return err
	}
	f.Header = h
	return f.removeMark()
}

// The folder of data that a run makes for itself, and what marks it as begun by a
// run that has not: if that is killed, the folder goes with the next attempt.
const (
	dataFolder = "data"
	dataMark   = ".data" + ".tmp"
)

// MakeData makes the folder for what the run of a reserved folder makes of a recording,
// and returns its path.
func (f *Folder) MakeData() (string, error) {
	if err := f.write(dataMark, nil); err != nil {
		return "", err
	}
	dir := f.path(dataFolder)
	return dir, durable.MkdirAll(dir)
}

// Abandon frees a reserved folder in which no run began, and takes away what was made
// there.
func (f *Folder) Abandon() error {
	err := errors.Join(f.clearData(), f.removeMark(), f.Close(), durable.Remove(f.path("lock")))
	if err == nil && f.made {
		err = durable.Remove(f.Dir)
	}
	return err
}

// refuseUsed reports an error if the folder holds anything but what a new run
// that was killed before it began may leave.
func (f *Folder) refuseUsed() error {
	if _, err := os.Stat(f.path("run.yaml")); err == nil {
		return fmt.Errorf("%s already holds a run: go on with `autolfads resume %s`, or choose another folder", f.Dir, f.Dir)
	}
	entries, err := os.ReadDir(f.Dir)
	for _, e := range entries {
		left := e.Name() == "lock" || durable.IsTemp(e.Name()) || e.Name() == dataFolder && f.marked()
		if !left {
			return fmt.Errorf("%s is not empty (it holds %s): choose another folder", f.Dir, e.Name())
		}
	}
	return err
}

// marked reports whether the folder's data were begun by a run that has not begun.
func (f *Folder) marked() bool {
	_, err := os.Lstat(f.path(dataMark))
	_, begun := os.Lstat(f.path("run.yaml"))
	return err == nil && errors.Is(begun, fs.ErrNotExist)
}

// clearData removes data of a run that has not begun.
func (f *Folder) clearData() error {
	if !f.marked() {
		return nil
	}
	dir := f.path(dataFolder)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		err = errors.Join(err, durable.Remove(filepath.Join(dir, e.Name())))
	}
	return errors.Join(err, durable.Remove(dir))
}

func (f *Folder) removeMark() error {
	if _, err := os.Lstat(f.path(dataMark)); err != nil {
		return nil
	}
	return durable.Remove(f.path(dataMark))
}
