package hdf5

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestRecordings compares what this package and h5py read from files of the
// field: every data set of numbers byte for byte, and every one of strings.
func TestRecordings(t *testing.T) {
	python := testenv.Python(t, "h5py")
	args := []string{"-c", h5pyReads}
	for _, name := range []string{
		"lorenz/lfads_lorenz.h5", "mc_maze_large/mc_maze_large_05ms.h5",
		"nwb/ecephys_tutorial.nwb", "nwb/20080606_R1.nwb", "nwb/sub-anm372793_ses-20170508.nwb",
		"nwb/sub-4_ses-4_ecephys+image.nwb", "nwb/test_Units.nwb", "nwb/test_TimeSeries.nwb",
	} {
		args = append(args, testenv.Data(t, name))
	}
	out, err := exec.Command(python, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var files map[string][]seen
	if err := json.Unmarshal(out, &files); err != nil || len(files) != len(args)-2 {
		t.Fatalf("%d files by h5py, %v", len(files), err)
	}
	for path, all := range files {
		t.Run(filepath.Base(path), func(t *testing.T) { compare(t, path, all) })
	}
}

// seen is what h5py read of one data set.
type seen struct {
	Path  string
	Shape []int
	SHA   string   // of the numbers as they lie in the file
	Text  []string // of strings
}

func compare(t *testing.T, path string, all []seen) {
	if len(all) == 0 {
		t.Error("h5py found no data sets")
	}
	f := must[*File](t)(Open(path))
	defer f.Close()
	for _, want := range all {
		d := dataset(t, f.Root(), want.Path)
		same(t, want.Path+" shape", d.Shape(), want.Shape)
		if want.Text != nil {
			same(t, want.Path, must[[]string](t)(d.Strings()), want.Text)
			continue
		}
		sum := sha256.Sum256(must[[]byte](t)(d.Raw()))
		same(t, want.Path, fmt.Sprintf("%x", sum), want.SHA)
	}
}

const h5pyReads = `
import sys, json, hashlib, h5py
def visit(name, d):
    if not isinstance(d, h5py.Dataset) or d.shape is None:
        return
    entry = dict(Path=name, Shape=list(d.shape))
    if h5py.check_string_dtype(d.dtype):
        v = d.asstr()[()]
        entry["Text"] = [str(x) for x in (v.reshape(-1) if d.shape else [v])]
    elif d.dtype.kind in "iuf":
        entry["SHA"] = hashlib.sha256(d[()].tobytes()).hexdigest()
    else:
        return
    found.append(entry)
files = {}
for path in sys.argv[1:]:
    files[path] = found = []
    with h5py.File(path) as f:
        f.visititems(visit)
json.dump(files, sys.stdout)
`
