package kernel

import "fmt"

// MaskBytes returns the bytes of one row of a mask, a bit for each of w lanes:
// bit l%8 of byte l/8.
func MaskBytes(w int) int { return max(1, w/8) }

// DropoutMask writes the mask of one time bin, [features][MaskBytes(w)]: lane l
// of feature f is kept if word(key of lane l, bin, f) >= threshold, where word is
// rng.Key.Uint32 and k0, k1 hold the w lanes' keys.
func DropoutMask(keep []uint8, k0, k1 []uint32, bin, features, w int, threshold uint32) {
	checkDropoutMask(keep, k0, k1, features, w)
	switch {
	case features == 0:
	case w == 1:
		dropoutMaskPortable(keep, k0, k1, bin, features, w, threshold)
	default:
		active.dropoutMask(hide(keep), hide(k0), hide(k1), bin, features, w, threshold)
	}
}

// Kept says whether a mask keeps element i of [features][w].
func Kept(keep []uint8, i, w int) bool {
	l := i % w
	return keep[i/w*MaskBytes(w)+l/8]>>(l%8)&1 == 1
}

// SetKept makes a mask keep element i of [features][w], or not.
func SetKept(keep []uint8, i, w int, kept bool) {
	at, bit := i/w*MaskBytes(w)+i%w/8, uint8(1)<<(i%w%8)
	keep[at] &^= bit
	if kept {
		keep[at] |= bit
	}
}

// Normals writes the standard normals of one time bin, [features][w]: lane l of
// feature f is rng.Key.Normal(bin, f) of lane l's key, to the bit.
func Normals(dst []float32, k0, k1 []uint32, bin, features, w int) {
	checkNormals(dst, k0, k1, features, w)
	switch {
	case features == 0:
	case w == 1:
		normalsPortable(dst, k0, k1, bin, features, w)
	default:
		active.normals(hide(dst), hide(k0), hide(k1), bin, features, w)
	}
}

// Drop computes dst = scale x at the elements that the mask keeps, 0 elsewhere:
// x and dst are [features][w], keep is [features][MaskBytes(w)].
func Drop(dst, x []float32, keep []uint8, scale float32, w int) {
	checkDrop(dst, x, keep, w)
	switch {
	case len(dst) == 0:
	case w == 1:
		dropPortable(dst, x, keep, scale, w)
	default:
		active.drop(hide(dst), hide(x), hide(keep), scale, w)
	}
}

func checkDropoutMask(keep []uint8, k0, k1 []uint32, features, w int) {
	checkWidth(w)
	if features < 0 || len(keep) < features*MaskBytes(w) || len(k0) < w || len(k1) < w {
		panic(fmt.Sprintf("kernel.DropoutMask: %d features, width %d: output %d, keys %d and %d",
			features, w, len(keep), len(k0), len(k1)))
	}
}

func checkNormals(dst []float32, k0, k1 []uint32, features, w int) {
	checkWidth(w)
	if features < 0 || len(dst) < features*w || len(k0) < w || len(k1) < w {
		panic(fmt.Sprintf("kernel.Normals: %d features, width %d: output %d, keys %d and %d",
			features, w, len(dst), len(k0), len(k1)))
	}
}

func checkDrop(dst, x []float32, keep []uint8, w int) {
	checkWidth(w)
	n := len(dst)
	if n%w != 0 || len(x) < n || len(keep) < n/w*MaskBytes(w) {
		panic(fmt.Sprintf("kernel.Drop: width %d: input %d, mask %d, output %d", w, len(x), len(keep), n))
	}
}
