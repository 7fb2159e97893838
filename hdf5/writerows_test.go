package hdf5

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// rowsWithGap: 300,000 rows of three numbers, of which all but the first and the last
// thousand are the fill value, NaN; and one that is all fill.
const (
	manyRows = 300000
	someRows = 1000
)

func writeGap(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rows.h5")
	w, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	nan := float32(math.NaN())
	rows := func(first int, into []float32) (any bool) {
		for i := range into {
			row := first + i/3
			into[i] = nan
			if row < someRows || row >= manyRows-someRows {
				into[i], any = float32(3*row+i%3), true
			}
		}
		return any
	}
	for name, options := range map[string][]Option{"plain": nil, "small": {Gzip(1), Shuffle()}} {
		if err := WriteRows(w, "gap/"+name, []int{manyRows, 3}, nan, rows, options...); err != nil {
			t.Fatal(err)
		}
	}
	for name, any := range map[string]bool{"none": false, "seven": true} {
		err := WriteRows(w, name, []int{5, 2, 2}, 7, func(_ int, into []float64) bool {
			for i := range into {
				into[i] = float64(i)
			}
			return any
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestWriteRows: what is written in pieces is read as a whole, and gaps take no room.
func TestWriteRows(t *testing.T) {
	path := writeGap(t)
	if info, err := os.Stat(path); err != nil || info.Size() > 6<<20 {
		t.Errorf("the file takes %d bytes, %v", info.Size(), err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range []string{"gap/plain", "gap/small"} {
		d, err := f.Root().Dataset(name)
		if err != nil {
			t.Fatal(err)
		}
		values, err := d.Float32s()
		if err != nil || len(values) != 3*manyRows {
			t.Fatalf("%s: %d values, %v", name, len(values), err)
		}
		for i, v := range values {
			inGap := i >= 3*someRows && i < 3*(manyRows-someRows)
			if inGap != (v != v) || !inGap && v != float32(i) {
				t.Fatalf("%s: value %d is %g", name, i, v)
			}
		}
	}
	for name, want := range map[string][2]float64{"none": {7, 7}, "seven": {0, 19}} {
		d, err := f.Root().Dataset(name)
		if err != nil {
			t.Fatal(err)
		}
		values, err := d.Float64s()
		if err != nil || len(values) != 20 || values[0] != want[0] || values[19] != want[1] {
			t.Errorf("%s holds %v, %v", name, values, err)
		}
	}
}

// TestWriteRowsRefused: a shape without rows is an error, as is a name that is taken.
func TestWriteRowsRefused(t *testing.T) {
	for _, shape := range [][]int{nil, {0, 2}, {3, 0}} {
		w, err := Create(filepath.Join(t.TempDir(), "x.h5"))
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteRows(w, "x", shape, 0, func(int, []float64) bool { return true }); err == nil {
			t.Errorf("rows of shape %v are written", shape)
		}
		w.Abort()
	}
}

// TestH5pyReadsRows: HDF5's own library takes what is not stored for the fill value.
func TestH5pyReadsRows(t *testing.T) {
	script := `
import h5py, numpy as np, sys
f = h5py.File(sys.argv[1])
for name in ("gap/plain", "gap/small"):
    v = f[name][:]
    want = np.arange(900000, dtype="f4").reshape(-1, 3)
    want[1000:299000] = np.nan
    assert np.array_equal(v, want, equal_nan=True), name
    assert np.isnan(f[name].fillvalue)
assert (f["none"][:] == 7).all() and f["none"].fillvalue == 7
assert f["seven"][:].ravel().tolist() == list(range(20))
print("right")
`
	out, err := exec.Command(testenv.Python(t, "h5py", "numpy"), "-c", script, writeGap(t)).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "right" {
		t.Errorf("%v: %s", err, out)
	}
}
