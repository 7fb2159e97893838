package infer_test

import (
	"bytes"
	"math"
	"os"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// windows is a recording of which trials are windows of 6 bins that share 2, in three
// stretches, over all splits in no order.
func windows() *dataset.Dataset {
	d := recording()
	d.Chop = &dataset.Chop{Window: bins, Overlap: 2, Power: 2, Origin: 100, Bins: 60}
	d.Train.Starts, d.Valid.Starts, d.Test.Starts = []int64{10, 2, 24, 44}, []int64{6, 40}, []int64{20}
	d.Order = []int{2, 0, 3, 1}
	return d
}

// merged merges feature f of some splits by hand: of what two windows share, here two
// bins, the later one has a quarter. Bins behind those that are read do not count.
func merged(d *dataset.Dataset, of func(p int) *dataset.Array, f int) []float64 {
	out := make([]float64, d.Chop.Bins)
	for i := range out {
		out[i] = math.NaN()
	}
	for start := range d.Chop.Bins {
		for p, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
			for trial, at := range s.Starts {
				for bin := int64(0); at == start && bin < bins; bin++ {
					v := float64(of(p).Bin(trial, int(bin))[f])
					if before := out[at+bin]; !math.IsNaN(before) {
						v = .75*before + .25*v
					}
					out[at+bin] = v
				}
			}
		}
	}
	return out
}

func TestWriteMerged(t *testing.T) {
	d := windows()
	r := run(t, newModel(t, 2), d, 2)
	g := open(t, write(t, d, r))
	rates := []*dataset.Array{r.Train.Rates, r.Valid.Rates, r.Test.Rates}
	for n := range neurons {
		want := merged(d, func(p int) *dataset.Array { return rates[p] }, n)
		wantColumn(t, g, "continuous/rates_hz", d.InFile(n), want, 200)
	}
	inputs := []*dataset.Array{r.Train.InputMeans, r.Valid.InputMeans, r.Test.InputMeans}
	wantColumn(t, g, "continuous/co_means", 1, merged(d, func(p int) *dataset.Array { return inputs[p] }, 1), 1)
	for _, name := range []string{"factors", "gen_states", "gen_inputs", "con_states", "co_stds"} {
		wantText(t, data(t, g, "continuous/"+name), "unit", "arbitrary")
	}
	wantText(t, data(t, g, "continuous/rates_hz"), "unit", "spikes per second")
	wantText(t, data(t, g, "continuous/time"), "unit", "s")
	times, err := data(t, g, "continuous/time").Float64s()
	if err != nil || len(times) != 60 || times[0] != 100 || times[59] != 100.295 {
		t.Errorf("times %v, %v", times, err)
	}
	for _, absent := range []string{"continuous/output_params", "continuous/ic_mean"} {
		if g.Has(absent) {
			t.Errorf("%s is there", absent)
		}
	}
	if starts := integers(t, g, "valid_start_bin"); len(starts) != 2 || starts[1] != 40 {
		t.Errorf("windows begin at %v", starts)
	}
}

// wantColumn checks a feature of a data set over the whole recording.
func wantColumn(t *testing.T, g *hdf5.Group, name string, feature int, want []float64, factor float64) {
	t.Helper()
	got := floats(t, g, name)
	features := len(got) / len(want)
	gaps := 0
	for bin, w := range want {
		v := float64(got[bin*features+feature])
		if math.IsNaN(w) {
			gaps++
		}
		if math.IsNaN(w) != math.IsNaN(v) || math.Abs(v-w*factor) > 1e-5*math.Abs(w*factor) {
			t.Fatalf("%s: bin %d is %g, want %g", name, bin, v, w*factor)
		}
	}
	if gaps != 60-14-10-10 {
		t.Errorf("%s: %d bins are NaN", name, gaps)
	}
}

// Of data that are no counts, or in bins of unknown width, there is what rates are; of
// the latter no times.
func TestWriteMergedUnknownWidth(t *testing.T) {
	d := windows()
	d.BinWidth = 0
	g := open(t, write(t, d, run(t, newModel(t, 0), d, 1)))
	if g.Has("continuous/time") || g.Has("continuous/rates_hz") || !g.Has("continuous/output_params") {
		t.Error("rates in Hz, or times, of bins of unknown width")
	}
	d = windows()
	d.Scale = &dataset.Scale{Unit: "V", Factor: []float64{1, 1, 1, 1}}
	g = open(t, write(t, d, run(t, newModelOf(t, 0, "gaussian"), d, 1)))
	wantText(t, data(t, g, "continuous/output_params"), "unit", "V")
	wantText(t, data(t, g, "continuous/output_variance"), "unit", "V^2")
}

// Hours between two stretches take no room, and years are refused in a sentence.
func TestWriteMergedLongGaps(t *testing.T) {
	d := windows()
	r := run(t, newModel(t, 2), d, 1)
	size := func(bins int64) (int64, *hdf5.Group) {
		d.Chop.Bins = bins
		d.Valid.Starts = []int64{6, bins - 7}
		began := time.Now()
		path := write(t, d, r)
		info, err := os.Stat(path)
		if err != nil || time.Since(began) > time.Minute {
			t.Fatalf("%v, after %v", err, time.Since(began))
		}
		return info.Size(), open(t, path)
	}
	if n, g := size(2 << 20); n > 24<<20 || !g.Has("continuous/rates_hz") {
		t.Errorf("3 hours of 5 ms take %d bytes", n)
	}
	n, g := size(1 << 40)
	group, err := g.Group("continuous")
	if err != nil || n > 1<<20 || g.Has("continuous/rates_hz") {
		t.Fatalf("174 years take %d bytes, %v", n, err)
	}
	wantText(t, group, "note", "windows are not merged: with its gaps the recording is 1099511627776 bins long, and at most 134217728 are")
}

// The bits of a file with merged outputs are the same on any number of threads.
func TestMergedSameBytes(t *testing.T) {
	var files [][]byte
	for _, threads := range []int{1, 3} {
		d := windows()
		text, err := os.ReadFile(write(t, d, run(t, newModel(t, 1), d, threads)))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, text)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the bytes differ")
	}
}
