package ingest

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/tree"
)

// Advise adds to the error that a file has no binned spikes what it is instead: a
// recording, which must be binned first; what another program or device writes; or
// nothing that is known.
func Advise(path string, err error) error {
	name, source, c, unknown := Find(path)
	switch {
	case unknown == nil && name != "":
		return fmt.Errorf("%s is a recording (%s), not yet trials of binned spikes: `autolfads info` says what is in it and how to go on", path, source.Title())
	case c == nil || !errors.Is(unknown, ErrUnknown):
		return err
	case c.IsDir && c.Has("run.yaml") && c.Has("generations"):
		return fmt.Errorf("%s is the folder of a run: `autolfads status` says where it stands; the data that it models are named in its run.yaml", path)
	case c.IsDir && foreignFolder(c) != nil:
		f := foreignFolder(c)
		return fmt.Errorf("%s is %s: %s", path, f.what, f.next)
	case c.IsDir && len(recordingsIn(c)) > 0:
		return fmt.Errorf("%s is a folder with recordings in it, and one is read at a time: name it: %s", path, someOf(recordingsIn(c)))
	case c.IsDir:
		return fmt.Errorf("%s is a folder of %s: none that is known. Known are %s", path, entries(c), kinds())
	}
	if f := foreignOf(c); f != nil && (errors.Is(err, hdf5.ErrNotHDF5) || errors.Is(err, dataset.ErrLayout)) {
		return fmt.Errorf("%s is %s: %s", path, f.what, f.next)
	}
	switch {
	case errors.Is(err, hdf5.ErrNotHDF5) && c.Size == 0:
		return fmt.Errorf("%s is empty (0 bytes): copy it again", path)
	case errors.Is(err, hdf5.ErrNotHDF5):
		return fmt.Errorf("%s begins with %q, not an HDF5 file or another that is read: known are binned spikes in HDF5, NPZ and MATLAB, and of recordings %s", path, c.Head[:min(16, len(c.Head))], kinds())
	case errors.Is(err, dataset.ErrLayout):
		return fmt.Errorf("%w. Recordings known: %s%s", err, kinds(), unreadables(path))
	}
	return err
}

// recordingsIn are the paths of files in a folder that are recordings, of its first ones.
func recordingsIn(c *Candidate) (paths []string) {
	const most = 100
	for _, entry := range c.Entries[:min(most, len(c.Entries))] {
		path := filepath.Join(c.Path, entry)
		if _, source, file, err := Find(path); err == nil && source != nil && !file.IsDir {
			paths = append(paths, path)
		}
	}
	return paths
}

// unreadables tells of the first array of a file that cannot be read; "": all can.
func unreadables(path string) string {
	f, err := tree.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	for _, key := range f.Root().Keys() {
		if err := whyUnreadable(f.Root(), key); err != nil {
			return fmt.Sprintf(". What it has cannot be read: %v", err)
		}
	}
	return ""
}

func entries(c *Candidate) string {
	if len(c.Entries) == 0 {
		return "nothing"
	}
	return someOf(c.Entries)
}

// kinds lists what recordings come in.
func kinds() string {
	var titles []string
	for _, name := range Names() {
		if s, err := Get(name); err == nil {
			titles = append(titles, s.Title())
		}
	}
	return strings.Join(titles, "; ")
}
