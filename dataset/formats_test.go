package dataset

import (
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/autolfads/autolfads/tree"
)

// The same arrays are the same data set, whatever keeps them.
func TestFormats(t *testing.T) {
	read := func(name string) *Dataset {
		t.Helper()
		d, err := Load(filepath.Join("testdata", name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		d.Name = ""
		return d
	}
	want := read("layouts.h5")
	expect(t, map[string][2]any{
		"bins":       {want.BinWidth, 5 * time.Millisecond},
		"order":      {want.Order, []int{2, 3, 0, 1}},
		"encod":      {want.Train.Encod.String(), "5 trials x 5 bins x 2"},
		"conditions": {want.Conditions, []string{"left", "right", "up"}},
		"of valid":   {want.Valid.Condition, []int64{2, 0, 1}},
		"ids":        {want.Valid.TrialIDs, []int64{10, 11, 12}},
		"truth":      {want.TruthDivisor, 2.},
		"unread":     {want.Unread, []string(nil)},
	})
	for _, name := range []string{"layouts.npz", "layouts.mat", "layouts73.mat"} {
		if got := read(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

// Tensors as the benchmark's own tools save them: lists of trials are sequences, a
// trial of none is of a condition of its own.
func TestBenchmarkFile(t *testing.T) {
	d, err := Load(filepath.Join("testdata", "benchmark.h5"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	expect(t, map[string][2]any{
		"bins":       {d.BinWidth, 20 * time.Millisecond},
		"train":      {d.Train.Recon.String(), "5 trials x 7 bins x 4"},
		"test":       {d.Test.Recon.String(), "4 trials x 7 bins x 4"},
		"conditions": {d.Test.Condition, []int64{0, 1, 2, 0}},
		"mask":       {d.Test.DecodeMask.Data, []float32{1, 0, 1, 1}},
		"unread":     {d.Unread, []string{"eval_jitter", "psth"}},
	})
	expectNotes(t, d, "the data set is that of group mc_maze_small_20")
}

// Neurons are listed by place, counted from 0 or from 1, or marked.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		v     []int64
		marks bool
		want  []int
	}{
		{[]int64{2, 0}, false, []int{2, 0}},
		{[]int64{4, 1}, false, []int{3, 0}},
		{[]int64{1, 0, 0, 1}, true, []int{0, 3}},
		{[]int64{0, 1, 1, 0}, false, []int{1, 2}},
		{[]int64{3, 1, 2, 0}, false, []int{3, 1, 2, 0}},
	} {
		got := places(c.v, 4, c.marks)
		if countFromZero(4, got); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: got %v, want %v", c.v, got, c.want)
		}
	}
	// Of two lists both are counted from 1 if one says so.
	d := load(t, file{"spikes": ramp(5, 4, 3), "heldin": {[]int32{1, 2}, []int{2}}, "heldout": {[]int32{3}, []int{1}}}, nil, Options{})
	if want := []int{0, 1, 2}; !reflect.DeepEqual(d.Order, want) || d.Train.Encod.Features != 2 {
		t.Errorf("order %v, want %v", d.Order, want)
	}
}

// Files of binned spikes are told from others by their keys.
func TestHasLayout(t *testing.T) {
	for _, c := range []struct {
		file file
		want bool
	}{
		{tf2, true},
		{torch, true},
		{nlb.in("mc_maze"), true},
		{file{"test_encod_data": ramp(1, 6, 1)}, true},
		{file{"spike_times": ramp(10), "train": ramp(3)}, false},
	} {
		f, err := tree.Open(c.file.write(t, nil))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if got := HasLayout(f.Root()); got != c.want {
			t.Errorf("keys %v: %v", f.Root().Keys(), got)
		}
	}
}
