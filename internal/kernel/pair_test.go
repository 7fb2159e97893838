package kernel

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/maths"
)

// pairLosses are those of two outputs an element, beside what they compute: in
// float64, of the datum y and the outputs o and p, the loss and its gradients, and the
// size of the numbers that each is a sum of.
var pairLosses = []struct {
	name string
	f    pairFunction
	want func(o, p, y float64) (loss, first, second, size float64)
}{
	{"Gamma", Gamma, func(o, p, y float64) (loss, first, second, size float64) {
		a, b := math.Exp(o), math.Exp(p)
		loss = maths.Lgamma(a) - a*(p+math.Log(y)) + b*y
		first = a * (maths.Digamma(a) - p - math.Log(y))
		size = (1 + a + b*y) * (2 + math.Abs(o) + math.Abs(p) + math.Abs(math.Log(y)))
		return loss, first, b*y - a, size
	}},
	{"Gaussian", Gaussian, func(o, p, y float64) (loss, first, second, size float64) {
		v := math.Max(math.Exp(p), MinVariance)
		d, free := o-y, math.Exp(p)
		loss = .5 * (math.Log(v) + d*d/v)
		size = 1 + math.Abs(p) + (math.Abs(o)+math.Abs(y))*(math.Abs(o)+math.Abs(y)+math.Abs(d))/v + math.Abs(d)/v
		return loss, d / v, .5 * (1 - d*d/v) * free / v, size
	}},
}

// TestPairs compares with float64, at all widths, with and without masks, before a
// fence.
func TestPairs(t *testing.T) {
	for _, k := range pairLosses {
		t.Run(k.name, func(t *testing.T) {
			eachLevel(t, func(t *testing.T) {
				mem := newMemory(t, 5)
				for _, w := range blockWidths {
					for features := range 5 {
						for variant := range 16 {
							c := &pairCase{f: k.f, want: k.want, features: features, w: w}
							c.fill(mem, variant)
							c.check(t)
						}
					}
				}
			})
		})
	}
}

// pairCase is one block. Bits of variant say whether there are masks of what is
// observed and of what passes, whether the gradient replaces the outputs, and whether
// there is none.
type pairCase struct {
	f                         pairFunction
	want                      func(o, p, y float64) (loss, first, second, size float64)
	features, w               int
	outputs, y, grad          []float32
	before, scale, loss, lost []float32
	observed, pass            []uint8
}

func (c *pairCase) fill(mem *memory, variant int) {
	n := c.features * c.w
	c.outputs, c.y = mem.normal(0, 2*n, 2), mem.normal(1, n, 2)
	c.before, c.scale, c.loss = clone(c.outputs), normals(c.w, 3, 1), normals(c.w, 4, 1)
	c.lost = clone(c.loss)
	for i, v := range c.y {
		c.y[i] = float32(math.Exp(float64(v)))
	}
	if variant&1 != 0 {
		c.observed = mem.mask(2, normals(n, 5, 1), c.w)
		for i := range n {
			if !Kept(c.observed, i, c.w) {
				c.y[i] = float32(math.NaN()) // it may be anything
			}
		}
	}
	if variant&2 != 0 {
		c.pass = mem.mask(3, normals(n, 6, 1), c.w)
	}
	for i := range c.observed {
		if c.pass == nil {
			c.pass = c.observed
		}
		c.pass[i] &= c.observed[i]
	}
	switch {
	case variant&4 != 0:
		c.grad = c.outputs
	case variant&8 != 0:
		c.grad = mem.zeros(4, 2*n)
	}
}

// check allows every number a few roundings of the size of what it is summed from.
func (c *pairCase) check(t *testing.T) {
	c.f(c.grad, c.outputs, c.y, c.observed, c.pass, c.scale, c.loss, c.w)
	const tolerance = 12 * unit
	n := c.features * c.w
	for l := range c.w {
		sum, sizes := float64(c.lost[l]), math.Abs(float64(c.lost[l]))
		for f := range c.features {
			i := f*c.w + l
			loss, first, second, size := c.want(float64(c.before[i]), float64(c.before[n+i]), float64(c.y[i]))
			if c.observed == nil || Kept(c.observed, i, c.w) {
				sum, sizes = sum+loss, sizes+size
			}
			factor := float64(c.scale[l])
			if c.pass != nil && !Kept(c.pass, i, c.w) {
				first, second, size, factor = 0, 0, 0, 0
			}
			if c.grad != nil {
				size *= math.Abs(factor) * tolerance
				near(t, c.grad[i], first*factor, size, "first gradient at %d,%d", f, l)
				near(t, c.grad[n+i], second*factor, size, "second gradient at %d,%d", f, l)
			}
		}
		near(t, c.loss[l], sum, tolerance*sizes, "loss of lane %d", l)
	}
}

// TestGammaBounds: what has run off has finite losses, and gradients that lead back.
func TestGammaBounds(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		const w = 8
		outputs := []float32{80, -80, 0, 0, 16, 1000, -1000, 20, 0, 0, 200, -200, 200, 1000, 1000, -20}
		y, scale := []float32{1, 1, 1, 1, 1e30, 1, 1, 1}, []float32{1, 1, 1, 1, 1, 1, 1, 1}
		grad, loss := make([]float32, 2*w), make([]float32, w)
		Gamma(grad, outputs, y, nil, nil, scale, loss, w)
		for _, v := range append(clone(grad), loss...) {
			if v-v != 0 {
				t.Fatalf("losses %v, gradients %v", loss, grad)
			}
		}
		if !(grad[0] > 0) || !(grad[1] < 0) || !(grad[w+2] > 0) || !(grad[w+3] < 0) {
			t.Errorf("gradients %v do not lead back", grad)
		}
		outputs[0], outputs[w+1] = float32(math.NaN()), float32(math.NaN())
		Gamma(grad, outputs, y, nil, nil, scale, loss, w)
		for l, what := range []string{"shape", "rate"} {
			if loss[l] == loss[l] || grad[l] == grad[l] || grad[w+l] == grad[w+l] {
				t.Errorf("a %s that is no number has the loss %v and the gradients %v and %v", what, loss[l], grad[l], grad[w+l])
			}
		}
	})
}

func TestPairShapeErrors(t *testing.T) {
	x := func(n int) []float32 { return make([]float32, n) }
	b := func(n int) []uint8 { return make([]uint8, n) }
	for name, f := range map[string]func(){
		"data":     func() { Gamma(nil, x(32), x(15), nil, nil, x(8), x(8), 8) },
		"outputs":  func() { Gamma(nil, x(31), x(16), nil, nil, x(8), x(8), 8) },
		"gradient": func() { Gamma(x(16), x(32), x(16), nil, nil, x(8), x(8), 8) },
		"observed": func() { Gamma(nil, x(32), x(16), b(1), nil, x(8), x(8), 8) },
		"pass":     func() { Gamma(nil, x(32), x(16), nil, b(1), x(8), x(8), 8) },
		"scale":    func() { Gaussian(nil, x(32), x(16), nil, nil, x(7), x(8), 8) },
		"loss":     func() { Gaussian(nil, x(32), x(16), nil, nil, x(8), x(7), 8) },
		"width":    func() { Gaussian(nil, x(32), x(16), nil, nil, x(8), x(8), 4) },
	} {
		mustPanic(t, name, f)
	}
}

// TestGaussianBits: all rows compute a Gaussian alike.
func TestGaussianBits(t *testing.T) {
	want := pairOutput(gaussianPortable, 32)
	eachLevel(t, func(t *testing.T) { sameBits(t, "Gaussian", pairOutput(Gaussian, 32), want) })
}

// pairOutput runs a pair's loss on fixed numbers.
func pairOutput(f pairFunction, w int) []float32 {
	n := 13 * w
	outputs, y, loss := normals(2*n, 41, 3), normals(n, 42, 1), normals(w, 43, 1)
	for i, v := range y {
		y[i] = .01 + float32(v*v)
		outputs[n+i] *= 3 // some below the least variance
	}
	grad, observed := make([]float32, 2*n), maskOf(normals(n, 44, 1), w)
	pass := maskOf(normals(n, 45, 1), w)
	for i := range pass {
		pass[i] &= observed[i]
	}
	f(grad, outputs, y, observed, pass, normals(w, 46, 1), loss, w)
	return append(grad, loss...)
}
