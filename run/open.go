package run

import (
	"errors"
	"io"

	"github.com/autolfads/autolfads/internal/durable"
)

// Joined is a run that this process takes part in without driving it: it
// executes units that the process which drives it has written, and changes
// nothing but the folders of its attempts and the results.
type Joined struct {
	Files
	Header Header
}

// Join takes part in the run in the folder dir, which another process may
// drive, and reads its configuration. It refuses what [Open] refuses, but takes
// no lock.
func Join[C any](dir string, p Program, config *C) (*Joined, error) {
	h, found, err := opened(dir, p, config, "")
	if err != nil {
		return nil, err
	}
	h.Data = found
	return &Joined{Files{dir}, h}, nil
}

// write puts a file into the folder, whole or not at all.
func (f *Joined) write(name string, text []byte) error {
	return durable.WriteFile(f.path(name), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// Open takes up the run in the folder dir to drive it, and reads its
// configuration. data is where the run's data file lies now, "" where it was;
// what is new about that is in the header, and on disk after Save. Open refuses
// a folder of another version or other bits, one whose data file has changed,
// and one that another process drives.
func Open[C any](dir string, p Program, config *C, data string) (*Folder, error) {
	h, found, err := opened(dir, p, config, data)
	if err != nil {
		return nil, err
	}
	f := &Folder{Joined: Joined{Files{dir}, h}}
	if err := f.hold(); err != nil {
		return f, err
	}
	if found == h.Data {
		return f, nil
	}
	f.Header.Data = found
	if found.Path == h.Data.Path {
		return f, nil
	}
	if err := f.Change("data.path", h.Data.Path, found.Path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
