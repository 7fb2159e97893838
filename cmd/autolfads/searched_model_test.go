package main

import (
	"path/filepath"
	"slices"
	"testing"
)

// A searched model.* key is in force wherever the best model is used: the
// generator's states stay within the clip it was trained with, in outputs and
// in what infer writes.
func TestSearchedModelKeyIsInForce(t *testing.T) {
	dir := t.TempDir()
	data, out, rates := tinyData(t, dir), filepath.Join(dir, "out"), filepath.Join(dir, "rates.h5")
	const low, high = ".001", ".002"
	succeed(t, tinyRun(t, dir, data, out, "--set", "pbt.space.model.cell_clip={low: "+low+", high: "+high+", scale: log, explore: .3, limits: true}")...)
	succeed(t, "infer", out, data, "--out", rates)
	for _, path := range []string{filepath.Join(out, "outputs", "tiny.h5"), rates} {
		states := floats(t, path, "train_gen_states")
		if most := slices.Max(states); !(most > 0 && most <= .002) {
			t.Errorf("%s: a generator state of %v was trained with a clip of %s to %s", path, most, low, high)
		}
	}
}
