package kernel

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

func TestDropoutMask(t *testing.T) {
	const bin = 3
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 1)
		for _, w := range blockWidths {
			k0, k1 := laneKeys(w, 5, rng.DropoutEncoder)
			for features := range 23 {
				for _, threshold := range []uint32{0, 1 << 30, 1 << 31, 3 << 30, math.MaxUint32} {
					keep := mem.bytes(0, features*MaskBytes(w))
					DropoutMask(keep, k0, k1, bin, features, w, threshold)
					for i := range features * w {
						f, l := i/w, i%w
						got, want := Kept(keep, i, w), (rng.Key{K0: k0[l], K1: k1[l]}).Uint32(bin, f) >= threshold
						if got != want {
							t.Fatalf("feature %d, lane %d, threshold %d: kept %v, want %v", f, l, threshold, got, want)
						}
					}
				}
			}
		}
	})
}

// TestNormals: the bits of rng.Key.Normal at every level; of 400,000 numbers a
// few come from four deviations out.
func TestNormals(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 1)
		for _, w := range blockWidths {
			k0, k1 := laneKeys(w, 5, rng.PosteriorIC)
			for bin := range 400 {
				features := bin % 37
				dst := mem.zeros(0, features*w)
				Normals(dst, k0, k1, bin, features, w)
				for i, got := range dst {
					want := (rng.Key{K0: k0[i%w], K1: k1[i%w]}).Normal(bin, i/w)
					if math.Float32bits(got) != math.Float32bits(want) {
						t.Fatalf("width %d, bin %d, feature %d, lane %d: %v, want %v", w, bin, i/w, i%w, got, want)
					}
				}
			}
		}
	})
}

// TestDrop: one rounding, so the result is exact. In place as well.
func TestDrop(t *testing.T) {
	const scale = 1.25
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 3)
		for _, w := range blockWidths {
			for features := range 23 {
				n := features * w
				x, dst, keep := mem.normal(0, n, 1), mem.zeros(1, n), mem.mask(2, normals(n, uint64(n), 1), w)
				before := clone(x)
				Drop(dst, x, keep, scale, w)
				Drop(x, x, keep, scale, w)
				for i, v := range before {
					want := float32(0)
					if Kept(keep, i, w) {
						want = scale * v
					}
					if dst[i] != want || x[i] != want {
						t.Fatalf("%d features, width %d, element %d: %v gives %v, in place %v, want %v", features, w, i, v, dst[i], x[i], want)
					}
				}
			}
		}
	})
}
