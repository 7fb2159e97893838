package ingest

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// nwb is Neurodata Without Borders 2, in HDF5: what DANDI has. The schema is at
// https://nwb-schema.readthedocs.io, that of its tables at
// https://hdmf-common-schema.readthedocs.io; files of every version from 2.0 on are
// read by what stands in them, not by the version they name.
type nwb struct{}

// Title implements Source.
func (nwb) Title() string { return "NWB 2" }

// Recognise implements Source. Of other files it takes those called .nwb, to say
// what they are instead.
func (nwb) Recognise(c *Candidate) bool {
	if c.IsDir {
		return isZarrNWB(c)
	}
	f, err := hdf5.Open(c.Path)
	if err != nil {
		return isCalledNWB(c)
	}
	defer f.Close()
	_, found := nwbVersion(f.Root())
	return found || isCalledNWB(c)
}

func isCalledNWB(c *Candidate) bool { return strings.EqualFold(filepath.Ext(c.Path), ".nwb") }

// Open implements Source.
func (nwb) Open(c *Candidate, _ Options) (*dataset.Recording, error) {
	if c.IsDir {
		return nil, errZarr
	}
	f, err := hdf5.Open(c.Path)
	if errors.Is(err, hdf5.ErrNotHDF5) {
		return nil, errors.New(insteadOfNWB(c))
	}
	if err != nil {
		return nil, withoutPath(c.Path, err)
	}
	n := &nwbFile{
		file: f, path: c.Path, size: c.Size, budget: nwbBudget,
		names: map[hdf5.Reference]string{}, left: map[string][]string{},
	}
	r, err := n.recording()
	if err != nil {
		f.Close()
		return nil, withoutPath(c.Path, err)
	}
	return r, nil
}

// nwbBudget is how many bytes of tables are read at most: those of a session take
// a few megabytes, and a small compressed file can claim any number.
const nwbBudget = 96 << 20

// nwbFile is an open file and what was found in it.
type nwbFile struct {
	file   *hdf5.File
	path   string
	size   int64 // bytes
	budget int64 // bytes of tables that may still be read

	names  map[hdf5.Reference]string // of groups: their paths, the first found
	tables []*nwbGroup               // tables of rows and columns
	series []*nwbGroup               // what has a time series' data or times
	sorted []*nwbGroup               // Clustering and UnitTimes, from before there were tables of units

	notes   []string
	reasons []string            // why something was left out, in the order in which they came up
	left    map[string][]string // and what
}

// recording reads tables, and finds spikes and signals.
func (n *nwbFile) recording() (*dataset.Recording, error) {
	if err := n.supported(); err != nil {
		return nil, err
	}
	root, err := newNWBGroup(n.file.Root(), "")
	if err != nil {
		return nil, err
	}
	if err := n.walk(root, 0); err != nil {
		return nil, err
	}
	r := &dataset.Recording{Name: baseName(n.path), Closer: n.file}
	if err := n.readUnits(r); err != nil {
		return nil, err
	}
	n.readTables(r)
	n.readSeries(r)
	n.describe(r)
	r.Notes = append(n.notes, n.leftOut()...)
	return r, nil
}

func (n *nwbFile) note(format string, args ...any) {
	n.notes = append(n.notes, oneLine(fmt.Sprintf(format, args...)))
}

// leave notes that something was left out and why. What has the same reason comes
// in one sentence.
func (n *nwbFile) leave(what, reason string) {
	if n.left[reason] == nil {
		n.reasons = append(n.reasons, reason)
	}
	n.left[reason] = append(n.left[reason], what)
}

// leaveBroken notes that something was left out because of an error.
func (n *nwbFile) leaveBroken(what string, err error) {
	text := withoutPath(n.path, err).Error()
	n.leave(what, strings.TrimPrefix(text, "/"+what+": "))
}

// leftOut are the sentences on what was left out.
func (n *nwbFile) leftOut() (notes []string) {
	const most = 30
	for i, reason := range n.reasons {
		if i == most {
			return append(notes, fmt.Sprintf("left out for %d further reasons: more of the file is damaged than is told here", len(n.reasons)-most))
		}
		notes = append(notes, oneLine(fmt.Sprintf("left out: %s: %s", someOf(n.left[reason]), reason)))
	}
	return notes
}

// spend takes bytes of tables from the budget.
func (n *nwbFile) spend(bytes int64) error {
	if bytes < 0 || bytes > n.budget {
		return fmt.Errorf("too large: %s of tables are read of one file at most", byteSize(nwbBudget))
	}
	n.budget -= bytes
	return nil
}

// reasonable is how many bytes may be unpacked at once from a file of this size:
// recordings compress to a half or a third, zeros to a thousandth.
func (n *nwbFile) reasonable() int64 { return 64<<20 + 16*n.size }

// plausible checks that reading a little of a data set does not take more memory
// than a file of this size can mean.
func (n *nwbFile) plausible(d *hdf5.Dataset) error {
	bytes := float64(d.Type().Size)
	for _, k := range d.ChunkShape() {
		bytes *= float64(k)
	}
	if d.ChunkShape() != nil && bytes > float64(n.reasonable()) {
		return fmt.Errorf("stored in chunks of %s, too large for a file of %s: repack it in smaller ones: h5repack -l CHUNK=100000 in out",
			byteSize(int64(min(bytes, 1<<62))), byteSize(n.size))
	}
	return nil
}
