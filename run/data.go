package run

import (
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads/checkpoint"
)

// Data is the data file of a run. It is known by its content: it may move, and
// get another name.
type Data struct {
	Path   string `yaml:"path"`
	SHA256 string `yaml:"sha256"`
	// Relative is the path seen from the run folder, with slashes: what moves with
	// that is found.
	Relative string `yaml:"relative,omitempty"`
	// Name is what the file was called at the start, if that is not its name any
	// more: outputs keep it.
	Name string `yaml:"name,omitempty"`
}

// DataFile returns the Data of the file at path.
func DataFile(path string) (Data, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Data{}, err
	}
	sum, err := checkpoint.SHA256(path)
	return Data{Path: path, SHA256: sum}, err
}

// Called returns the file's name at the start of the run.
func (d Data) Called() string {
	if d.Name != "" {
		return d.Name
	}
	return filepath.Base(d.Path)
}

// Find returns d where the file of the run in dir lies now: in the run folder, if the
// run made it there; else where it was; else, if that and the run folder moved
// together, where it was as seen from there. The content must be the same.
func (d Data) Find(dir string) (Data, error) { return d.find(dir, "") }

// find is Find, or, if given is not "", looks there alone.
func (d Data) find(dir, given string) (Data, error) {
	if given != "" {
		return d.At(dir, given)
	}
	if inside, ok := d.inside(dir); ok {
		return inside, nil
	}
	sum, err := checkpoint.SHA256(d.Path)
	switch {
	case err != nil: // gone, a folder now a file, or another user's
		return d.near(dir, err)
	case sum != d.SHA256:
		return d, fmt.Errorf("%s is not the file this run was started with: %s; put the old file back, say where it is with `autolfads resume %s --data FILE`, or start a new run",
			d.Path, d.differs(sum), dir)
	}
	return d, nil
}

// inside returns d in the run folder, if that lies elsewhere now than when the run made
// its data there: a copy has data of its own.
func (d Data) inside(dir string) (Data, bool) {
	if !filepath.IsLocal(filepath.FromSlash(d.Relative)) {
		return d, false
	}
	path, err := filepath.Abs(filepath.Join(dir, d.Relative))
	if err != nil || path == d.Path {
		return d, false
	}
	here, err := DataFile(path)
	return d.moved(dir, path), err == nil && here.SHA256 == d.SHA256
}

// At returns d at a given place. The content must be the same.
func (d Data) At(dir, path string) (Data, error) {
	given, err := DataFile(path)
	if err != nil {
		return d, fmt.Errorf("the data file: %w", err)
	}
	if given.SHA256 != d.SHA256 {
		return d, fmt.Errorf("%s is not the file this run was started with: %s; give a file of the same content, or start a new run",
			path, d.differs(given.SHA256))
	}
	return d.moved(dir, given.Path), nil
}

// near returns d at its old place as seen from the run folder. gone says that it
// is not at its path.
func (d Data) near(dir string, gone error) (Data, error) {
	other := ""
	if d.Relative != "" {
		here, err := DataFile(filepath.Join(dir, d.Relative))
		switch {
		case err == nil && here.SHA256 == d.SHA256:
			return d.moved(dir, here.Path), nil
		case err == nil:
			other = fmt.Sprintf("; %s is another: %s", here.Path, d.differs(here.SHA256))
		}
	}
	return d, fmt.Errorf("the run's data file is not where it was (%w%s): if it has moved, go on with `autolfads resume %s --data FILE`",
		gone, other, dir)
}

// moved returns d with another path.
func (d Data) moved(dir, path string) Data {
	name := d.Called()
	d.Path, d.Name = path, ""
	if name != filepath.Base(path) {
		d.Name = name
	}
	return d.seenFrom(dir)
}

// seenFrom returns d with its path relative to the run folder, if there is one:
// on Windows there is none to another drive.
func (d Data) seenFrom(dir string) Data {
	if dir, err := filepath.Abs(dir); err == nil && d.Path != "" {
		if path, err := filepath.Rel(dir, d.Path); err == nil {
			d.Relative = filepath.ToSlash(path)
		}
	}
	return d
}

func (d Data) differs(sum string) string {
	return fmt.Sprintf("its SHA-256 begins %.12s, was %.12s", sum, d.SHA256)
}
