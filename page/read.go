package page

import "errors"

// Reader reads the document of a run folder, again and again. What cannot change any more it
// keeps. It is for one goroutine at a time.
type Reader struct{ dir string }

// NewReader returns a reader of the run in the folder dir. Nothing is read yet.
func NewReader(dir string) *Reader { return &Reader{dir: dir} }

// Read returns the run as it is now. The error says that there is no run, or no leave to read it.
func (r *Reader) Read() (*Document, error) { return nil, errors.New("not yet") }

// Read returns the document of the run in the folder dir.
func Read(dir string) (*Document, error) { return NewReader(dir).Read() }
