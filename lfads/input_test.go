package lfads

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/rng"
)

// thin zeroes all but about the given share of the input.
func thin(b Batch, share float64) {
	source := rng.NewSource(rng.Derive(8, rng.Synthesis))
	for i := range b.Encod.Data {
		b.Encod.Data[i] = 1 + float32(i%3)
		if source.Float64() >= share {
			b.Encod.Data[i] = 0
		}
	}
}

// sameBits compares every number, the sign of a 0 too.
func sameBits(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) })
}

// However the products with the input are computed, and whatever the input,
// the bits are the same; and AutoInput takes the list where it is short.
func TestInputPathsGiveTheSameBits(t *testing.T) {
	for _, level := range kernel.Levels() {
		t.Run(level.String(), func(t *testing.T) {
			defer kernel.Use(level)()
			for share, wantSparse := range map[float64]bool{0: true, .05: true, .5: false, 1: false} {
				model, batch, objective, pass := random(t, everyFeature(), 45) // 32, 16
				thin(batch, share)
				want := make([]float32, len(model.Params))
				dense := NewCPU(model, 1)
				dense.Input = DenseInput
				wantLoss := dense.Gradient(want, batch, objective, pass)
				for _, path := range []InputPath{AutoInput, SparseInput} {
					engine, got := NewCPU(model, 1), make([]float32, len(want))
					engine.Input = path
					if loss := engine.Gradient(got, batch, objective, pass); loss != wantLoss || !sameBits(got, want) {
						t.Errorf("share %v, path %d: loss %v, dense %v; same gradient: %v", share, path, loss, wantLoss, sameBits(got, want))
					}
					for w, tape := range engine.threads[0] {
						if sparse := tape.read.Sparse != nil; sparse != (wantSparse || path == SparseInput) {
							t.Errorf("share %v, path %d, width %d: sparse %v", share, path, w, sparse)
						}
					}
				}
			}
		})
	}
}
