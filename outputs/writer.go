package outputs

import (
	"path"

	"github.com/autolfads/autolfads/hdf5"
)

// writer writes into a group of a file.
type writer struct {
	*hdf5.Writer
	group string // "": at the top
}

// create makes a file, through a temporary one, of what is written at its top.
func create(path string, write func(w *writer) error) error {
	file, err := hdf5.Create(path)
	if err != nil {
		return err
	}
	defer file.Abort()
	if err := write(&writer{Writer: file}); err != nil {
		return err
	}
	return file.Close()
}

// in is the path of what is called name in the group.
func (w *writer) in(name string) string { return path.Join(w.group, name) }

// setAttr sets an attribute of the group.
func (w *writer) setAttr(name string, value any) error { return w.SetAttr("/"+w.group, name, value) }

// says writes the unit of an array and, where that is to be said, whose it is.
func (w *writer) says(array, unit, of string) error {
	if err := w.SetAttr(array, "unit", unit); err != nil || of == "" {
		return err
	}
	return w.SetAttr(array, attrOf, of)
}
