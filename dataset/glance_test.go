package dataset

import (
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
)

// glanceFew is what a glance holds all of here, less than in earnest.
const glanceFew = 1 << 18

// largeFile writes spikes that are too many for a glance to hold, as arrays of some
// names and shapes; and one number that is no count at the end of the last.
func largeFile(t *testing.T, negative bool, shapes map[string][]int) string {
	path := filepath.Join(t.TempDir(), "large.h5")
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for key, shape := range shapes {
		noise := rand.New(rand.NewPCG(1, uint64(len(key))))
		spikes := make([]int8, shape[0]*shape[1]*shape[2])
		for i := range spikes {
			spikes[i] = int8(max(0, noise.IntN(9)-6))
		}
		if negative {
			spikes[len(spikes)-1] = -1
		}
		if err := w.Write(key, spikes, shape, hdf5.Chunk(16, 20, 50), hdf5.Gzip(1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// A glance tells the same of all trials as who holds them all.
func TestGlance(t *testing.T) {
	for name, c := range map[string]struct {
		axes   string
		shapes map[string][]int
	}{
		"splits":    {"", map[string][]int{"train_data": {600, 20, 50}, "valid_data": {90, 20, 50}}},
		"one array": {"", map[string][]int{"spikes": {690, 20, 50}}},
		"reversed":  {"neurons,bins,trials", map[string][]int{"train_data": {50, 20, 600}, "valid_data": {50, 20, 90}}},
	} {
		t.Run(name, func(t *testing.T) {
			path := largeFile(t, false, c.shapes)
			whole, err := Load(path, Options{Axes: c.axes})
			if err != nil {
				t.Fatal(err)
			}
			seen, err := Load(path, Options{Axes: c.axes, Glance: true, above: glanceFew})
			if err != nil {
				t.Fatal(err)
			}
			want, got := whole.Summary(), seen.Summary()
			if held := len(seen.Train.Recon.Data); held > glanceFew/4 || seen.Glance() == "" || whole.Glance() != "" {
				t.Errorf("holds %d numbers, says %q", held, seen.Glance())
			}
			got.Glance, got.MeanRateHz, want.MeanRateHz = "", 0, 0
			if !reflect.DeepEqual(got, want) {
				t.Errorf("a glance says\n%+v, all is\n%+v", got, want)
			}
			if w, g := strings.Join(whole.notes, "; "), strings.Join(seen.notes, "; "); w != g {
				t.Errorf("notes %q, want %q", g, w)
			}
		})
	}
}

func TestGlanceTellsOfWhatIsNoCount(t *testing.T) {
	path := largeFile(t, true, map[string][]int{"train_data": {600, 20, 50}, "valid_data": {90, 20, 50}})
	seen, err := Load(path, Options{Glance: true, above: glanceFew})
	if err != nil {
		t.Fatal(err)
	}
	if notes := strings.Join(seen.notes, "; "); !strings.Contains(notes, "there are spikes that are no counts") || seen.Summary().Counts {
		t.Errorf("notes %q", notes)
	}
}
