package ingest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// ErrUnknown: no source recognises what stands at the path.
var ErrUnknown = errors.New("no known recording")

// headSize is how many of a file's first bytes a Candidate holds: more than any
// signature's place, but for HDF5's behind a larger user block.
const headSize = 4096

// Candidate is what stands at a path and may be a recording.
type Candidate struct {
	Path    string
	IsDir   bool
	Head    []byte   // the file's first bytes, up to 4096
	Size    int64    // bytes of the file
	Entries []string // names in the folder, sorted
}

// Look reads what a source needs to recognise its own.
func Look(path string) (*Candidate, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	c := &Candidate{Path: path, IsDir: info.IsDir(), Size: info.Size()}
	if c.IsDir {
		entries, err := os.ReadDir(path)
		for _, e := range entries {
			c.Entries = append(c.Entries, e.Name())
		}
		return c, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is neither a file nor a folder", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c.Head = make([]byte, min(headSize, c.Size))
	_, err = io.ReadFull(f, c.Head)
	return c, err
}

// Has reports whether the folder has an entry of that name.
func (c *Candidate) Has(name string) bool {
	_, found := slices.BinarySearch(c.Entries, name)
	return found
}

// Find returns the source that recognises what stands at a path, with its name;
// ErrUnknown if none does.
func Find(path string) (name string, s Source, c *Candidate, err error) {
	c, err = Look(path)
	if err != nil {
		return "", nil, nil, fmt.Errorf("ingest: %w", err)
	}
	for _, name := range Names() {
		s, err := Get(name)
		if err == nil && s.Recognise(c) {
			return name, s, c, nil
		}
	}
	return "", nil, c, fmt.Errorf("ingest: %s: %w", path, ErrUnknown)
}

// Open opens the recording at a path, whichever source recognises it.
func Open(path string, o Options) (*dataset.Recording, error) {
	name, s, c, err := Find(path)
	if err != nil {
		return nil, err
	}
	r, err := s.Open(c, o)
	if err == nil {
		if err = check(r); err != nil {
			r.Close()
		}
	}
	if err != nil {
		return nil, fmt.Errorf("ingest: %s: %w", path, err)
	}
	r.Format = name
	if r.Name == "" {
		r.Name = baseName(path)
	}
	return r, nil
}

// baseName is a recording's name where the file has none: the file's, without
// its extension.
func baseName(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// check holds a source to what a Recording promises.
func check(r *dataset.Recording) error {
	u := &r.Units
	n := u.Len()
	if n > 0 && u.Spikes == nil {
		return fmt.Errorf("%d units without spike times", n)
	}
	seen := make(map[string]bool, n)
	for _, id := range u.IDs {
		if seen[id] {
			return fmt.Errorf("two units are called %s: correct the file", id)
		}
		seen[id] = true
	}
	if u.Observed != nil && len(u.Observed) != n {
		return fmt.Errorf("%d units, but %d with times at which they were observed", n, len(u.Observed))
	}
	if len(u.Columns.Columns) > 0 && u.Columns.Rows != n {
		return fmt.Errorf("%d units, but columns of %d", n, u.Columns.Rows)
	}
	for _, t := range slices.Concat(r.Intervals, r.Events) {
		for _, c := range t.Columns {
			if c.Len() != t.Rows {
				return fmt.Errorf("column %s of %s has %d values for %d rows", c.Name, t.Name, c.Len(), t.Rows)
			}
		}
	}
	return nil
}
