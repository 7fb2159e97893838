package prepare

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/tree"
)

// One recording, laid out as the primate reaching set in MATLAB 7.3, as a folder of phy,
// in NPZ and as CSV, becomes the same windows from all: what NumPy counts.
func TestSameReaching(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"indy.mat", "session.npz", "spikes.csv", "counts.npy", "sorted/spike_times.npy", "sorted/spike_clusters.npy", "sorted/params.py", "sorted/cluster_group.tsv"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		testenv.Gunzip(t, "testdata/reaching/"+name+".gz", path)
	}
	sameReaching(t, dir, "indy.mat", "sorted", "session.npz", "spikes.csv")
}

// The same of files made by h5py, NumPy and pynwb now.
func TestSameReachingMade(t *testing.T) {
	dir := t.TempDir()
	c := exec.Command(testenv.Python(t, "h5py", "pynwb"), "testdata/reaching.py", dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	sameReaching(t, dir, "indy.mat", "sorted", "session.npz", "spikes.csv", "session.nwb")
}

// sameReaching prepares the files of a folder, and compares them with the first and with
// what was counted.
func sameReaching(t *testing.T, dir string, names ...string) {
	whole := bytesOf(t, filepath.Join(dir, "counts.npy"))
	var first *dataset.Dataset
	for _, name := range names {
		d := ofReaching(t, filepath.Join(dir, name))
		if first == nil {
			first = d
			if d.Train.Encod.Features != 10 || d.Train.Encod.Bins != 120 {
				t.Fatalf("windows %v", d.Train.Encod)
			}
		}
		sameDataset(t, name, d, first)
		for _, s := range []*dataset.Split{d.Train, d.Valid} {
			asCounted(t, name, s, whole)
			movesAsMade(t, name, d, s)
		}
	}
}

// ofReaching chops a file at 5 ms, without units that have no spikes, with the cursor's
// velocity if the format has it.
func ofReaching(t *testing.T, path string) *dataset.Dataset {
	t.Helper()
	r, err := ingest.Open(path, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	o := Options{BinMs: 5, Chop: &ChopOptions{}, Units: UnitOptions{MinRateHz: .01}}
	if r.Stream("cursor_pos") != nil {
		o.Behavior = BehaviorOptions{Names: []string{"velocity(cursor_pos)"}, LagMs: 140}
	}
	d, _, err := Trials(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// bytesOf are the rows of counts in an NPY file, 12 units each.
func bytesOf(t *testing.T, path string) []int64 {
	t.Helper()
	f, err := tree.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	a, err := tree.ArrayAt(f.Root(), f.Root().Keys()[0])
	if err != nil {
		t.Fatal(err)
	}
	counts, err := a.Int64s()
	if err != nil || a.Shape()[1] != 12 {
		t.Fatalf("%v of %v", err, a.Shape())
	}
	return counts
}

// asCounted compares windows with the whole recording's counts, at their places.
func asCounted(t *testing.T, name string, s *dataset.Split, whole []int64) {
	for i, start := range s.Starts {
		for bin := range s.Encod.Bins {
			row := whole[(int(start)+bin)*12:][:12]
			k := 0
			for unit, n := range row {
				if unit == 5 || unit == 10 { // without spikes
					continue
				}
				if got := s.Encod.Bin(i, bin)[k]; got != float32(n) {
					t.Fatalf("%s: window at %d, bin %d, unit %d has %g spikes, want %d", name, start, bin, unit, got, n)
				}
				k++
			}
		}
	}
}

// movesAsMade compares the velocity with the derivative of the cursor that was written,
// 140 ms later than the bins.
func movesAsMade(t *testing.T, name string, d *dataset.Dataset, s *dataset.Split) {
	if s.Behavior == nil {
		return
	}
	for i, start := range s.Starts {
		for bin := range s.Behavior.Bins {
			at := 2 * math.Pi * (d.Chop.Origin + .005*float64(start+int64(bin)) + .14 - 1000)
			want := [2]float64{60 * math.Pi * math.Cos(.5*at), -24 * math.Pi * math.Sin(.3*at)}
			for k, got := range s.Behavior.Bin(i, bin) {
				// Positions are rounded to .001 mm, 250 a second: at most .25 mm/s.
				if !(math.Abs(float64(got)-want[k]) <= .3) {
					t.Fatalf("%s: window at %d, bin %d moves at %g mm/s, want %g", name, start, bin, got, want[k])
				}
			}
		}
	}
}
