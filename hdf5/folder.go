package hdf5

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// folder is where a file lies, with the other files there that it refers to. What
// is outside is never opened, whatever a file says: it may come from anyone.
type folder struct {
	path string   // absolute
	root *os.Root // nil: nothing was asked of it yet

	mutex sync.Mutex
	files map[string]*File // opened so far, by path in the folder; the first too
	raw   map[string]*os.File
}

// maxFiles bounds how many other files one file may have opened.
const maxFiles = 100

// folderOf is the folder of an open file.
func folderOf(f *File) (*folder, error) {
	path, err := filepath.Abs(filepath.Dir(f.name))
	first := map[string]*File{filepath.Base(f.name): f}
	return &folder{path: path, files: first, raw: map[string]*os.File{}}, err
}

// Close closes the files.
func (d *folder) Close() error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	var errs []error
	for _, f := range d.files {
		errs = append(errs, f.closer.Close())
	}
	for _, f := range d.raw {
		errs = append(errs, f.Close())
	}
	if d.root != nil {
		errs = append(errs, d.root.Close())
	}
	return errors.Join(errs...)
}

// sibling opens another HDF5 file by the name that this one has for it.
func (f *File) sibling(name string) (*File, error) {
	path, err := f.inFolder(name)
	if err != nil {
		return nil, err
	}
	d := f.folder
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if other := d.files[path]; other != nil {
		return other, nil
	}
	h, err := d.open(path)
	if err != nil {
		return nil, err
	}
	other, err := openHandle(h)
	if err != nil {
		h.Close()
		return nil, err
	}
	other.closer, other.folder, other.place = h, d, filepath.Dir(path)
	d.files[path] = other
	return other, nil
}

// rawSibling opens a file of values only.
func (f *File) rawSibling(name string) (*os.File, error) {
	path, err := f.inFolder(name)
	if err != nil {
		return nil, err
	}
	d := f.folder
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if h := d.raw[path]; h != nil {
		return h, nil
	}
	h, err := d.open(path)
	if err == nil {
		d.raw[path] = h
	}
	return h, err
}

// inFolder is the path of another file in the folder. Names are from where this
// file is on. Those from the root of the disk on may lead into the folder; if they
// lead nowhere, as after a move, what has that name beside this file is meant.
func (f *File) inFolder(name string) (string, error) {
	if f.folder == nil {
		return "", unsupported("the file %s, which this one refers to, of what was not opened by name", name)
	}
	path := filepath.Join(f.place, filepath.FromSlash(name))
	if filepath.IsAbs(name) {
		inside, err := filepath.Rel(f.folder.path, name)
		if err != nil {
			return "", f.outside(name)
		}
		if path = inside; !exists(name) {
			path = filepath.Join(f.place, filepath.Base(name))
		}
	}
	if !filepath.IsLocal(path) {
		return "", f.outside(name)
	}
	return path, nil
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func (f *File) outside(name string) error {
	return unsupported("the file %s, which this one refers to, is not in its folder %s; others are never opened. "+
		"Copy what is needed into one file: %s", name, f.folder.path, f.copyInPython("h5py"))
}

// open opens a file of the folder, if it is one.
func (d *folder) open(path string) (h *os.File, err error) {
	if d.root == nil {
		if d.root, err = os.OpenRoot(d.path); err != nil {
			return nil, err
		}
	}
	info, err := d.root.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: the file %s is not there. Put it into the folder %s", errDangling, path, d.path)
	case err != nil:
		return nil, unsupported("the file %s cannot be opened within the folder %s: %v", path, d.path, err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: %s is no file", ErrNotHDF5, path)
	case len(d.files)+len(d.raw) > maxFiles:
		return nil, unsupported("more than %d files that refer to each other", maxFiles)
	}
	return d.root.Open(path)
}
