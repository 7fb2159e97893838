package kernel

import (
	"fmt"
	"testing"
)

// elementKernels are those over elements, on four slices of one length. What
// they hold afterwards is the output.
var elementKernels = []struct {
	name string
	run  func(a, b, c, d []float32)
}{
	{"GRUReset", GRUReset},
	{"GRUOutput", func(a, b, c, d []float32) { GRUOutput(a, b, c, d, 100) }},
	{"GRUOutputBackward", func(a, b, c, d []float32) { GRUOutputBackward(a, b, c, d, 100) }},
	{"GRUResetBackward", GRUResetBackward},
	{"Add", func(a, b, _, _ []float32) { Add(a, b) }},
	{"ExpTo", func(a, b, _, _ []float32) { ExpTo(a, b) }},
	{"LogTo", func(a, b, _, _ []float32) {
		for i, v := range b {
			b[i] = float32(v*v) + .01
		}
		LogTo(a, b)
	}},
	{"Adam", func(a, b, c, d []float32) {
		for i := range c {
			c[i] *= c[i] // the second moment is not negative
		}
		Adam(a, b, c, d, adamStep(3))
	}},
}

// TestRowsAgainstPortable holds every row, at every tail, to portable code, within
// a few roundings of numbers of size 1 to 10, and an element's bits to those that
// it has in the middle of a longer slice. Products and kernels over blocks are held
// to sums in float64, and a lone trial to a wider block, in tests of their own.
func TestRowsAgainstPortable(t *testing.T) {
	const long = 48 // whole vectors
	for _, k := range elementKernels {
		eachLevel(t, func(t *testing.T) {
			row := active
			for n := 1; n < long; n++ {
				got := runElements(k.run, n, row)
				want, wide := runElements(k.run, n, &portable), runElements(k.run, long, row)
				for s := range got {
					for i, v := range got[s] {
						size := max(1, want[s][i], -want[s][i])
						near(t, v, float64(want[s][i]), 16*unit*float64(size), "%s of %d: slice %d, element %d", k.name, n, s, i)
					}
					sameBits(t, fmt.Sprintf("%s of %d: slice %d", k.name, n, s), got[s], wide[s][:n])
				}
			}
		})
	}
}

// runElements runs a kernel on the first n of made-up numbers.
func runElements(run func(a, b, c, d []float32), n int, row *table) (x [4][]float32) {
	defer useRow(row)()
	for s := range x {
		x[s] = normals(64, uint64(40+s), 1)[:n:n]
	}
	run(x[0], x[1], x[2], x[3])
	return x
}
