package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
)

// writeNumbers writes arrays of shapes by key: counts of no pattern.
func writeNumbers(t *testing.T, path string, arrays map[string][]int) {
	t.Helper()
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for key, shape := range arrays {
		n := 1
		for _, length := range shape {
			n *= length
		}
		counts := make([]uint8, n)
		for i := range counts {
			counts[i] = uint8(uint32(i*i+7*i+len(key)) * 2654435761 >> 30 & 1)
		}
		if err := w.Write(key, counts, shape); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// benchmarkIn is tensors of the Neural Latents Benchmark in a group: 3 + 2 neurons,
// 8 + 2 bins.
func benchmarkIn(group string) map[string][]int {
	return map[string][]int{
		group + "/train_spikes_heldin": {12, 8, 3}, group + "/train_spikes_heldout": {12, 8, 2},
		group + "/train_spikes_heldin_forward": {12, 2, 3}, group + "/train_spikes_heldout_forward": {12, 2, 2},
		group + "/eval_spikes_heldin": {4, 8, 3}, group + "/train_behavior": {12, 8, 2},
	}
}

// Layouts whose trials no file divides go from info through run to outputs, which
// hold every trial by its place in the file, and by what it was divided.
func TestRunLayouts(t *testing.T) {
	two := benchmarkIn("mc_maze_20")
	for key, shape := range benchmarkIn("mc_rtt") {
		two[key] = shape
	}
	for name, c := range map[string]struct {
		arrays map[string][]int
		args   []string
		says   string           // info
		shapes map[string][]int // of outputs
		share  float64
		seed   int64
	}{
		"benchmark": {two, []string{"--data-group", "mc_maze_20"}, "of 20ms", map[string][]int{
			"train_output_params": {10, 10, 5}, "valid_output_params": {2, 10, 5}, "test_output_params": {4, 10, 5}, "trial_ids": {16},
		}, .2, 0},
		"array": {
			map[string][]int{"spikes": {12, 8, 4}, "hand_vel": {12, 8, 2}},
			[]string{"--bin-ms", "10", "--valid-share", ".5", "--split-seed", "3"},
			"6 train, 6 valid",
			map[string][]int{"train_output_params": {6, 8, 4}, "valid_output_params": {6, 8, 4}, "trial_ids": {12}},
			.5, 3,
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			data, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "out")
			writeNumbers(t, data, c.arrays)
			if got := succeed(t, append([]string{"info", data}, c.args...)...); !strings.Contains(got, c.says) {
				t.Errorf("info does not say %q:\n%s", c.says, got)
			}
			succeed(t, bareRun(data, out, append([]string{"--search", "fixed", "--set", "train.max_epochs=2", "--set", "model.likelihood=poisson"}, c.args...)...)...)
			found, err := filepath.Glob(filepath.Join(out, "outputs", "*.h5"))
			if err != nil || len(found) != 1 {
				t.Fatalf("outputs %v, %v", found, err)
			}
			checkDivided(t, found[0], c.shapes, c.share, c.seed)
			succeed(t, "infer", out, data, "--out", filepath.Join(dir, "again.h5"))
		})
	}
}

// checkDivided wants outputs of shapes, every trial once, and the division.
func checkDivided(t *testing.T, path string, shapes map[string][]int, share float64, seed int64) {
	t.Helper()
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for key, want := range shapes {
		if d, err := f.Root().Dataset(key); err != nil || !slices.Equal(d.Shape(), want) {
			t.Errorf("%s: %v, want shape %v", key, err, want)
		}
	}
	d, err := f.Root().Dataset("trial_ids")
	if err != nil {
		t.Fatal(err)
	}
	ids, err := d.Int64s()
	for i, id := range ids {
		if int64(i) != id {
			t.Fatalf("trial ids %v, %v", ids, err)
		}
	}
	for name, want := range map[string]float64{"split_share": share, "split_seed": float64(seed)} {
		a, err := f.Root().Attr(name)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := a.Float64s(); err != nil || v[0] != want {
			t.Errorf("%s is %v, %v, want %v", name, v, err, want)
		}
	}
}

// Several data sets in a file are told apart by a question.
func TestSeveralDataSets(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data.h5")
	two := benchmarkIn("mc_maze_20")
	for key, shape := range benchmarkIn("mc_rtt") {
		two[key] = shape
	}
	writeNumbers(t, data, two)
	refuse(t, []string{"2 data sets, in groups mc_maze_20, mc_rtt", "--data-group mc_maze_20"}, "info", data)
}
