package nlb

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestMoment: moments are those that pandas 1.5 makes, truncated as it truncates.
func TestMoment(t *testing.T) {
	for seconds, want := range map[float64]int64{
		0: 0, .001: 1e6, 7.000065: 7_000_064_999, 7.00013: 7_000_129_999, 12.345678: 12_345_678_000, -.25: -250e6, 3600.007: 3_600_007_000_000,
	} {
		if got := moment(seconds); got != want {
			t.Errorf("%v s is %d ns, want %d", seconds, got, want)
		}
	}
	if moment(math.NaN()) != unknown {
		t.Error("NaN is a moment")
	}
}

// TestTwister: NumPy's numbers of seed 0.
func TestTwister(t *testing.T) {
	random := newTwister(0)
	for i, want := range []float64{0.5488135039273248, 0.7151893663724195, 0.6027633760716439, 0.5448831829968969} {
		if got := random.float(); got != want {
			t.Errorf("number %d is %v, want %v", i, got, want)
		}
	}
	for range 996 {
		random.float()
	}
	if got := random.float(); got != 0.5928802707811576 {
		t.Errorf("number 1000 is %v", got)
	}
}

// TestInterpolate: straight lines between numbers, and level ends.
func TestInterpolate(t *testing.T) {
	nan := math.NaN()
	x := []float64{nan, nan, 1, nan, nan, nan, 3, 4, nan}
	interpolate(x)
	if want := []float64{1, 1, 1, 1.5, 2, 2.5, 3, 4, 4}; !slices.Equal(x, want) {
		t.Errorf("%v, want %v", x, want)
	}
	none := []float64{nan, nan}
	if interpolate(none); !math.IsNaN(none[0]) || !math.IsNaN(none[1]) {
		t.Errorf("of nothing: %v", none)
	}
}

// TestSmooth: a kernel about each spike, cut off where a stretch ends.
func TestSmooth(t *testing.T) {
	out := make([]float64, 10)
	smooth(out, []int{1, 5, 5, 9}, []float64{1, 2, 4, 8}, []stretch{{0, 4}, {5, 10}})
	if want := []float64{1, 2, 4, 8, 0, 4, 8, 16, 1, 2}; !slices.Equal(out, want) {
		t.Errorf("%v, want %v", out, want)
	}
	k, sum := kernel(50), 0.
	for _, v := range k {
		sum += v
	}
	if len(k) != 300 || math.Abs(sum-1) > 1e-15 || k[0] != k[299] {
		t.Errorf("%d values that sum to %v", len(k), sum)
	}
}

// TestFiles: a file, its folder and the folder about that are the same recordings; of
// two such folders one must be meant.
func TestFiles(t *testing.T) {
	top := t.TempDir()
	sub := filepath.Join(top, "sub-A")
	for _, name := range []string{"sub-A/b.nwb", "sub-A/a.nwb", "sub-A/._a.nwb", "sub-A/notes.txt", "dandiset.yaml", "sub-B/notes.txt"} {
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{filepath.Join(sub, "a.nwb"), filepath.Join(sub, "b.nwb")}
	for _, source := range []string{top, sub} {
		if got, err := Files(source); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", source, got, err)
		}
	}
	if got, err := Files(want[0]); err != nil || !slices.Equal(got, want[:1]) {
		t.Errorf("a file: %v, %v", got, err)
	}
	if _, err := Files(filepath.Join(top, "sub-B")); err == nil || !strings.Contains(err.Error(), "no NWB file") {
		t.Errorf("a folder without: %v", err)
	}
	if err := os.WriteFile(filepath.Join(top, "sub-B", "c.nwb"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Files(top); err == nil || !strings.Contains(err.Error(), "in 2 folders") {
		t.Errorf("two folders: %v", err)
	}
}

// TestRecognise: a data set is known by its columns and its numbers of units together.
func TestRecognise(t *testing.T) {
	r := recording()
	if got := Recognise(r); got != "" {
		t.Errorf("two units are %s", got)
	}
	r.Units.IDs, r.Units.Observed = nil, nil
	flags := make([]bool, 130)
	for i := range flags {
		r.Units.IDs = append(r.Units.IDs, strconv.Itoa(i))
		flags[i] = i >= 98
	}
	r.Units.Columns.Rows, r.Units.Columns.Columns[0].Flags = len(flags), flags
	if got := Recognise(r); got != "mc_rtt" {
		t.Errorf("98 and 32 units with finger_vel are %q", got)
	}
	if r.Streams = nil; Recognise(r) != "" {
		t.Error("without finger_vel, too")
	}
}
