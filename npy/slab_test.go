package npy

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
)

// A slab of every array has what lies there in the whole of it, and so has a slab
// of the slab, whatever the order and the compression in the file.
func TestSlabs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, arrays := range files(t) {
		f := open(t, filepath.Join("testdata/files", name))
		for path := range arrays {
			a := must[*Array](t)(find(f, path))
			if a.Type().IsText() {
				continue
			}
			whole := bitsOf(must[[]float32](t)(a.Float32s()))
			for range 6 {
				start, count := randomSlab(r, a)
				s := must[*Array](t)(a.Slab(start, count))
				want := cut(whole, a.Shape(), start, count)
				same(t, path, bitsOf(must[[]float32](t)(s.Float32s())), want)
				same(t, path+" rows", bitsOf(rows(t, s)), want)
				zero := make([]int, len(start))
				again := must[*Array](t)(s.Slab(zero, s.Shape()))
				same(t, path+" again", bitsOf(must[[]float32](t)(again.Float32s())), want)
			}
		}
	}
}

// randomSlab selects a part of an array, but all of a field that is one.
func randomSlab(r *rand.Rand, a *Array) (start, count []int) {
	count = a.Shape()
	start = make([]int, len(count))
	for i := range a.dims {
		start[i] = r.IntN(count[i] + 1)
		count[i] = r.IntN(count[i] - start[i] + 1)
	}
	return start, count
}

// cut takes a slab out of values in row-major order.
func cut(whole []int64, shape, start, count []int) []int64 {
	if len(shape) == 0 {
		return whole
	}
	out := []int64{}
	row, _ := product(shape[1:])
	for i := start[0]; i < start[0]+count[0]; i++ {
		out = append(out, cut(whole[i*int(row):(i+1)*int(row)], shape[1:], start[1:], count[1:])...)
	}
	return out
}

func rows(t *testing.T, a *Array) []float32 {
	out := []float32{}
	for block, err := range a.Float32Rows() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, block...)
	}
	return out
}

// bitsOf makes numbers comparable that may be NaN.
func bitsOf(values []float32) []int64 {
	out := make([]int64, len(values))
	for i, v := range values {
		out[i] = -1 << 40
		if v == v {
			out[i] = int64(v * 4096)
		}
	}
	return out
}

// Arrays of several blocks come whole in both orders, and stop when asked.
func TestBlocks(t *testing.T) {
	const height, width = 300_000, 8
	raw := make([]byte, height*width*2)
	for i := range height * width {
		le.PutUint16(raw[2*i:], uint16(i*i+7))
	}
	order := map[string]string{"C": "False", "Fortran": "True"}
	for name, fortran := range order {
		npy := array("{'descr': '<u2', 'fortran_order': "+fortran+", 'shape': (300000, 8)}", raw)
		for _, b := range [][]byte{npy, zipped(t, 0, member{"array.npy", npy}), zipped(t, 8, member{"array.npy", npy})} {
			a := must[*Array](t)(read(t, b).Array("array"))
			want := must[[]float32](t)(a.Float32s())
			if name == "Fortran" && (want[1] != float32(le.Uint16(raw[2*height:])) || want[width] != float32(le.Uint16(raw[2:]))) {
				t.Errorf("not transposed: %v", want[:10])
			}
			if !slices.Equal(rows(t, a), want) {
				t.Errorf("%s: the rows are not those of the whole", name)
			}
			for block := range a.Float32Rows() {
				if name == "C" && len(block) != blockSize/4 {
					t.Errorf("a block of %d values", len(block))
				}
				break
			}
		}
	}
}
