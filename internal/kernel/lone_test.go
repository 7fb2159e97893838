package kernel

import (
	"fmt"
	"testing"
)

// TestLoneTrial: a trial has the same bits in a block of its own as in the
// first lane of a wider one, whose other lanes are empty.
func TestLoneTrial(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		for m := 1; m <= 61; m++ {
			k := 1 + m*7%40
			checkLoneProducts(t, m, k)
			checkLoneElements(t, m)
		}
	})
}

// spread returns x [n] as the first lane of [n][8].
func spread(x []float32) []float32 {
	y := make([]float32, 8*len(x))
	for i, v := range x {
		y[8*i] = v
	}
	return y
}

// firstLane returns the first lane of y [n][8].
func firstLane(y []float32) []float32 {
	x := make([]float32, len(y)/8)
	for i := range x {
		x[i] = y[8*i]
	}
	return x
}

func checkLoneProducts(t *testing.T, m, k int) {
	a, x, bias := NewPacked(m, k), normals(k, 1, 1), normals(m, 2, 1)
	a.Pack(normals(m*k, 3, 1), k)
	lone, wide := make([]float32, m), make([]float32, 8*m)
	for _, bias := range [][]float32{nil, bias} {
		Gemm(lone, a, x, 1, bias)
		Gemm(wide, a, spread(x), 8, bias)
		sameBits(t, fmt.Sprintf("product %d x %d", m, k), lone, firstLane(wide))
	}
	GemmAdd(lone, lone, a, x, 1)
	GemmAdd(wide, wide, a, spread(x), 8)
	sameBits(t, fmt.Sprintf("sum %d x %d", m, k), lone, firstLane(wide))

	const steps = 3
	ld, left, right := panelUp(k), normals(steps*m, 4, 1), normals(steps*k, 5, 1)
	c := normals(m*ld, 6, 1)
	outer := func(c []float32, w int, left, right []float32) {
		bt := make([]float32, ld*steps*w)
		for s := range steps {
			Transpose(bt, right[s*k*w:], k, w, s, steps)
		}
		Outer(c, ld, left, m, m*w, bt, k, steps, w)
	}
	d := clone(c)
	outer(c, 1, left, right)
	outer(d, 8, spread(left), spread(right))
	for i := range m {
		sameBits(t, fmt.Sprintf("gradient %d x %d, row %d", m, k, i), c[i*ld:i*ld+k], d[i*ld:i*ld+k])
	}
}

func checkLoneElements(t *testing.T, n int) {
	o, y, keep, scale := normals(n, 7, 2), normals(n, 8, 1), maskOf(normals(n, 9, 1), 1), normals(1, 10, 1)
	for _, pass := range [][]uint8{nil, keep} { // a mask is the same at widths 1 and 8
		for _, grad := range [][]float32{nil, make([]float32, n)} {
			var wideGrad []float32
			if grad != nil {
				wideGrad = make([]float32, 8*n)
			}
			loss, wideLoss := []float32{3}, []float32{3, 0, 0, 0, 0, 0, 0, 0}
			Poisson(grad, o, y, pass, scale, loss, 1)
			Poisson(wideGrad, spread(o), spread(y), pass, spread(scale), wideLoss, 8)
			sameBits(t, "loss", loss, wideLoss[:1])
			sameBits(t, "gradient of the loss", grad, firstLane(wideGrad))
		}
	}
	checkLonePairs(t, n)
	lone, wide := make([]float32, n), make([]float32, 8*n)
	Drop(lone, o, keep, 2, 1)
	Drop(wide, spread(o), keep, 2, 8)
	sameBits(t, "dropped", lone, firstLane(wide))

	other := make([]uint8, n)
	DropoutMask(keep, []uint32{5}, []uint32{6}, 7, n, 1, 1<<31)
	DropoutMask(other, []uint32{5, 0, 0, 0, 0, 0, 0, 0}, []uint32{6, 0, 0, 0, 0, 0, 0, 0}, 7, n, 8, 1<<31)
	for f := range keep {
		if keep[f] != other[f]&1 {
			t.Fatalf("feature %d of %d: kept %d, in a block of 8 %d", f, n, keep[f], other[f]&1)
		}
	}
}

func checkLonePairs(t *testing.T, n int) {
	o, y, keep, scale := normals(2*n, 7, 2), normals(n, 8, 1), maskOf(normals(n, 9, 1), 1), normals(1, 10, 1)
	for i, v := range y {
		y[i] = .1 + float32(v*v)
	}
	for _, k := range pairLosses {
		for _, mask := range [][]uint8{nil, keep} {
			grad, wideGrad := make([]float32, 2*n), make([]float32, 16*n)
			loss, wideLoss := []float32{3}, []float32{3, 0, 0, 0, 0, 0, 0, 0}
			k.f(grad, o, y, mask, mask, scale, loss, 1)
			k.f(wideGrad, spread(o), spread(y), mask, mask, spread(scale), wideLoss, 8)
			sameBits(t, k.name, loss, wideLoss[:1])
			sameBits(t, k.name+": gradient", grad, firstLane(wideGrad))
		}
	}
}
