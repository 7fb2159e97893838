package dataset

import (
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/rng"
)

// Files of any shapes are read or refused: what is read can be summed up,
// checked and warned of, and written arrays come back as they are.
func TestAnyShapes(t *testing.T) {
	draw := rng.NewSource(rng.Derive(7, rng.Synthesis))
	path := filepath.Join(t.TempDir(), "any.h5")
	read := 0
	for range 500 {
		if err := writeAny(draw, path); err != nil {
			t.Fatal(err)
		}
		o := Options{SpikesAlone: draw.IntN(2) == 0, EncodDiffers: draw.IntN(2) == 0, TruthUnit: TruthCount}
		if draw.IntN(2) == 0 {
			o.Axes = append(otherAxes, usualAxes)[draw.IntN(6)].String()
		}
		d, err := Load(path, o)
		if err != nil {
			continue
		}
		read++
		if d.Check(counted) == nil {
			d.Warnings(counted)
		}
		d.Warnings(measured)
		n := d.Numbering()
		if len(n.Train)+len(n.Valid)+len(n.Test) != d.trials() {
			t.Errorf("%d trials have %d ids", d.trials(), len(n.Train)+len(n.Valid)+len(n.Test))
		}
		if !o.SpikesAlone && d.Summary().String() == "" {
			t.Error("nothing to say")
		}
	}
	if read < 50 {
		t.Errorf("only %d of 500 files were read: the shapes are too wild to test anything", read)
	}
}

// writeAny writes a file that has some of the keys, of shapes that mostly fit.
func writeAny(draw *rng.Source, path string) error {
	w, err := hdf5.Create(path)
	if err != nil {
		return err
	}
	defer w.Abort()
	bins, forward, heldIn, heldOut := 1+draw.IntN(9), draw.IntN(3), 1+draw.IntN(9), draw.IntN(3)
	torch := draw.IntN(2) == 0
	for _, split := range splitNames {
		trials := 1 + draw.IntN(9)
		if draw.IntN(4) == 0 {
			continue
		}
		shapes := map[string][]int{
			"_behavior": {trials, bins, 2}, "_lowd": {trials, bins + forward, 3}, "_ext_input": {trials, bins + forward},
			"_truth": {trials, bins + forward, heldIn + heldOut}, "_inds": {trials}, "_condition": {trials, 1}, "_decode_mask": {trials, 2},
		}
		for key := range shapes {
			if draw.IntN(4) > 0 {
				delete(shapes, key)
			}
		}
		shapes["_data"] = []int{trials, bins, heldIn}
		if torch {
			delete(shapes, "_data")
			shapes["_encod_data"], shapes["_recon_data"] = []int{trials, bins, heldIn}, []int{trials, bins + forward, heldIn + heldOut}
		}
		for key, shape := range shapes {
			if draw.IntN(25) == 0 {
				shape[draw.IntN(len(shape))] = draw.IntN(4) // another length, perhaps none
			}
			if draw.IntN(50) == 0 {
				shape = shape[:len(shape)-1]
			}
			n := 1
			for _, k := range shape {
				n *= k
			}
			values := make([]float32, n)
			for i := range values {
				values[i] = float32(draw.IntN(3))
			}
			if err := w.Write(split+key, values, shape); err != nil {
				return err
			}
		}
	}
	return w.Close()
}
