package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/autolfads/autolfads/internal/fault"
)

// Mkdir makes a folder in one that is there. Its name is durable when that one
// was synced.
func Mkdir(dir string) error {
	if err := fault.Before("mkdir", dir); err != nil {
		return err
	}
	return os.Mkdir(dir, 0o755)
}

// MkdirAll makes a folder and those on the way to it, where they are missing.
func MkdirAll(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := MkdirAll(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := Mkdir(dir); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// Remove removes a file.
func Remove(path string) error {
	if err := fault.Before("remove", path); err != nil {
		return err
	}
	return os.Remove(path)
}

func rename(from, to string) error {
	if err := fault.Before("rename", to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

func link(from, to string) error {
	if err := fault.Before("link", to); err != nil {
		return err
	}
	return os.Link(from, to)
}

// SyncFolder makes the names in a folder durable.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // it has no such call, and its file systems log their names
	}
	if err := fault.Before("sync", dir); err != nil {
		return err
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Sweep removes what killed writers left in a folder, if it is there.
func Sweep(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if IsTemp(e.Name()) {
			err = errors.Join(err, Remove(filepath.Join(dir, e.Name())))
		}
	}
	return err
}
