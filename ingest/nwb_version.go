package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads/hdf5"
)

// nwbVersion returns the version that a file names, "" if none, and whether it is
// NWB of any version.
func nwbVersion(root *hdf5.Group) (version string, found bool) {
	if a, err := root.Attr("nwb_version"); err == nil {
		return firstText(a), true
	}
	if d, err := root.Dataset("nwb_version"); err == nil && len(d.Shape()) < 2 {
		return firstText(d), true // NWB 1
	}
	if a, err := root.Attr("neurodata_type"); err == nil && firstText(a) == "NWBFile" {
		return "", true
	}
	for _, name := range []string{"identifier", "session_description", "session_start_time", "acquisition"} {
		if !root.Has(name) {
			return "", false
		}
	}
	return "", true
}

// firstText is the first of some strings; "" where there are none.
func firstText(v interface {
	Type() *hdf5.Type
	Shape() []int
	Strings() ([]string, error)
},
) string {
	const most = 1 << 16
	n := v.Type().Size
	for _, k := range v.Shape() {
		if k < 0 || k > most {
			return ""
		}
		n *= k
	}
	if !v.Type().IsText() || n > most {
		return ""
	}
	all, err := v.Strings()
	if err != nil || len(all) == 0 {
		return ""
	}
	return all[0]
}

// supported refuses NWB 1 and notes versions to come.
func (n *nwbFile) supported() error {
	root := n.file.Root()
	version, found := nwbVersion(root)
	number := strings.TrimLeft(strings.TrimPrefix(version, "NWB"), " -_:")
	switch {
	case !found:
		return fmt.Errorf("called .nwb, but nothing in it says that it is NWB (no nwb_version; it has %s): "+
			"give it the ending .h5 if it is other data, or write it with pynwb", someOf(root.Keys()))
	case strings.HasPrefix(number, "0.") || strings.HasPrefix(number, "1."):
		return fmt.Errorf("an NWB 1 file (NWB %s), but NWB 2 is read, which is laid out otherwise: look for the data set's NWB 2 edition "+
			"on dandiarchive.org, or write its spike times as a CSV of unit,time%s and open that", number, whereSpikesAre(root))
	case version == "":
		n.note("the file does not say which version of NWB it is: read as NWB 2")
	case !strings.HasPrefix(number, "2."):
		n.note("NWB %s is a version that this program does not know: read as NWB 2", number)
	}
	return nil
}

// whereSpikesAre says in which group of an NWB 1 file the spike times are, for
// files that have it in the usual place.
func whereSpikesAre(root *hdf5.Group) string {
	modules, err := root.Group("processing")
	if err != nil {
		return ""
	}
	for _, name := range modules.Keys() {
		if modules.Has(name + "/UnitTimes") {
			return fmt.Sprintf(" (they are in processing/%s/UnitTimes)", name)
		}
	}
	return ""
}

// errZarr is of NWB in folders.
var errZarr = errors.New("an NWB file in Zarr, which is a folder, but NWB in HDF5 is read: export it in Python: " +
	"from hdmf_zarr import NWBZarrIO; from pynwb import NWBHDF5IO; " +
	`h = NWBHDF5IO("out.nwb", "w"); h.export(NWBZarrIO("in.nwb.zarr", "r"), write_args={"link_data": False}); h.close()`)

// isZarrNWB reports whether a folder is an NWB file as Zarr has it.
func isZarrNWB(c *Candidate) bool {
	for _, name := range []string{".zattrs", "zarr.json"} {
		f, err := os.Open(filepath.Join(c.Path, name))
		if err != nil {
			continue
		}
		text, err := io.ReadAll(io.LimitReader(f, 1<<20))
		f.Close()
		if err == nil && bytes.Contains(text, []byte(`"NWBFile"`)) {
			return true
		}
	}
	return false
}

// insteadOfNWB says what a file is that is called .nwb but is no HDF5.
func insteadOfNWB(c *Candidate) string {
	head := strings.TrimSpace(string(c.Head))
	switch {
	case c.Size == 0:
		return "the file is empty, should be HDF5: download it again"
	case strings.HasPrefix(head, "version https://git-lfs"):
		return "not the recording but a pointer of Git LFS to it: type git lfs pull"
	case strings.HasPrefix(head, "/annex/objects") || strings.Contains(head, ".git/annex/objects"):
		return "not the recording but a pointer of git-annex to it: type datalad get and the file's name"
	case strings.HasPrefix(head, "<"):
		return "not the recording but a web page: download the file itself, with dandi download"
	}
	return fmt.Sprintf("called .nwb, but begins with %.12q, should be HDF5, which begins with \"\\x89HDF\": download it again", c.Head)
}
