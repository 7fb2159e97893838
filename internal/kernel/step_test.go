package kernel

import (
	"math"
	"testing"
)

// TestAdd: one rounding, so the result is exact.
func TestAdd(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 3)
		for n := range 70 {
			a, b, sum := mem.normal(0, n, 1), mem.normal(1, n, 1), mem.zeros(2, n)
			copy(sum, a)
			Add(sum, b)
			for i := range a {
				if sum[i] != a[i]+b[i] {
					t.Fatalf("element %d of %d: %v + %v = %v", i, n, a[i], b[i], sum[i])
				}
			}
		}
	})
}

// TestPoisson allows each lane's sum a rounding a term and Exp its error, 1e-7
// relative and two roundings.
func TestPoisson(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 4)
		for _, w := range blockWidths {
			for features := range 9 {
				for variant := range 4 {
					checkPoissonCase(t, mem, features, w, variant&1 == 0, variant&2 == 0)
				}
			}
		}
	})
}

func checkPoissonCase(t *testing.T, mem *memory, features, w int, withMask, inPlace bool) {
	n := features * w
	o, y, pass := mem.normal(0, n, 2), mem.normal(1, n, 1), mem.mask(2, normals(n, 5, 1), w)
	grad := mem.zeros(3, n)
	scale, loss := make([]float32, w), make([]float32, w)
	fillNormal(scale, 3, 1)
	fillNormal(loss, 4, 1)
	logRates, before := clone(o), clone(loss)
	for i := range y {
		y[i] = float32(math.Round(math.Abs(float64(y[i]))))
	}
	if !withMask {
		pass = nil
	}
	if inPlace {
		grad = o
	}
	Poisson(grad, o, y, pass, scale, loss, w)
	const expError = 1e-7 + 2*unit
	for l := range w {
		sum, size := float64(before[l]), math.Abs(float64(before[l]))
		for f := range features {
			i := f*w + l
			rate, count := math.Exp(float64(logRates[i])), float64(y[i])
			sum += rate - count*float64(logRates[i])
			size += rate + math.Abs(count*float64(logRates[i]))
			factor := float64(scale[l])
			if withMask && !Kept(pass, i, w) {
				factor = 0
			}
			tolerance := (expError*rate + 3*unit*(rate+count)) * math.Abs(factor)
			near(t, grad[i], (rate-count)*factor, tolerance, "gradient at %d,%d", f, l)
		}
		near(t, loss[l], sum, (expError+float64(3+features)*unit)*size, "loss of lane %d", l)
	}
	again := clone(before)
	Poisson(nil, logRates, y, pass, scale, again, w)
	for l := range w {
		if again[l] != loss[l] {
			t.Fatalf("without gradient the loss of lane %d is %v, with %v", l, again[l], loss[l])
		}
	}
}

// TestExpAccuracy reads exp off the gradient of a count of 0.
func TestExpAccuracy(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		const n, w = 1 << 16, 32
		o, y, grad := make([]float32, n), make([]float32, n), make([]float32, n)
		scale, loss := make([]float32, w), make([]float32, w)
		for i := range scale {
			scale[i] = 1
		}
		for i := range o {
			o[i] = 200 * (float32(i) - n/2) / n
		}
		nan := float32(math.NaN())
		o[0], o[1], o[2] = float32(math.Inf(-1)), float32(math.Inf(1)), nan
		Poisson(grad, o, y, nil, scale, loss, w)
		if grad[2] == grad[2] {
			t.Errorf("exp(NaN) = %v", grad[2])
		}
		for i := range o {
			if i == 2 {
				continue
			}
			want := math.Exp(max(-87, min(88, float64(o[i]))))
			near(t, grad[i], want, (1e-7+2*unit)*want, "exp(%v)", o[i])
		}
	})
}

// TestSumSquares: the squares are exact in float64, so all levels agree to the
// bit, and the sum is off by a rounding a term at most.
func TestSumSquares(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 1)
		for _, n := range []int{0, 1, 15, 16, 17, 31, 32, 33, 1000, 4099} {
			x := mem.normal(0, n, 3)
			got, want := SumSquares(x), 0.
			for _, v := range x {
				want += float64(v) * float64(v)
			}
			if math.Abs(got-want) > float64(n)*want/(1<<53) {
				t.Errorf("%d elements: %v, want %v", n, got, want)
			}
			var sums [16]float64
			sumSquaresPortable(x, &sums)
			if p := treeSum(sums[:]); got != p {
				t.Errorf("%d elements: %v, portable %v", n, got, p)
			}
		}
	})
}

// TestAdam takes three steps and compares with float64. Every number passes
// through fewer than 16 roundings; p loses them relative to its own size and
// to the steps'.
func TestAdam(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 4)
		for n := range 40 {
			p, m, v := mem.normal(0, n, 1), mem.zeros(1, n), mem.zeros(2, n)
			p64, m64, v64 := make([]float64, n), make([]float64, n), make([]float64, n)
			for i := range p {
				p64[i] = float64(p[i])
			}
			for step := 1; step <= 3; step++ {
				grad := mem.normal(3, n, .01)
				s := adamStep(step)
				Adam(p, m, v, grad, s)
				for i := range p {
					g := float64(s.GradScale) * float64(grad[i])
					m64[i] = float64(s.Beta1)*m64[i] + float64(s.OneMinus1)*g
					v64[i] = float64(s.Beta2)*v64[i] + float64(s.OneMinus2)*g*g
					move := float64(s.Rate) * m64[i] / (math.Sqrt(v64[i])*float64(s.InvSqrt2) + float64(s.Epsilon))
					p64[i] = float64(s.KeepWeight)*p64[i] - move
					near(t, m[i], m64[i], 16*unit*.01*4, "m %d of %d", i, n) // |g| < .04
					near(t, v[i], v64[i], 16*unit*v64[i], "v %d of %d", i, n)
					near(t, p[i], p64[i], 16*unit*(1+math.Abs(p64[i])), "p %d of %d", i, n)
				}
			}
		}
	})
}

func adamStep(step int) *AdamStep {
	const beta1, beta2, rate = .9, .999, .01
	n := float64(step)
	return &AdamStep{
		GradScale: .5, Beta1: beta1, Beta2: beta2, OneMinus1: 1 - beta1, OneMinus2: 1 - beta2,
		Rate:     float32(rate / (1 - math.Pow(beta1, n))),
		InvSqrt2: float32(1 / math.Sqrt(1-math.Pow(beta2, n))),
		Epsilon:  1e-8, KeepWeight: 1 - rate*1e-2,
	}
}

func TestStepShapeErrors(t *testing.T) {
	x := func(n int) []float32 { return make([]float32, n) }
	k := func(n int) []uint32 { return make([]uint32, n) }
	b := func(n int) []uint8 { return make([]uint8, n) }
	for name, f := range map[string]func(){
		"add":              func() { Add(x(8), x(7)) },
		"drop: input":      func() { Drop(x(8), x(7), b(1), 1, 8) },
		"drop: rows":       func() { Drop(x(7), x(8), b(1), 1, 8) },
		"drop: mask":       func() { Drop(x(32), x(32), b(3), 1, 32) },
		"adam":             func() { Adam(x(8), x(8), x(8), x(7), adamStep(1)) },
		"mask: output":     func() { DropoutMask(b(1), k(8), k(8), 0, 2, 8, 0) },
		"mask: keys":       func() { DropoutMask(b(2), k(8), k(7), 0, 2, 8, 0) },
		"normals: output":  func() { Normals(x(15), k(8), k(8), 0, 2, 8) },
		"normals: keys":    func() { Normals(x(16), k(7), k(8), 0, 2, 8) },
		"mask: width":      func() { DropoutMask(b(2), k(8), k(8), 0, 2, 4, 0) },
		"poisson: counts":  func() { Poisson(nil, x(16), x(15), nil, x(8), x(8), 8) },
		"poisson: rows":    func() { Poisson(nil, x(15), x(15), nil, x(8), x(8), 8) },
		"poisson: mask":    func() { Poisson(nil, x(16), x(16), b(1), x(8), x(8), 8) },
		"poisson: grad":    func() { Poisson(x(15), x(16), x(16), nil, x(8), x(8), 8) },
		"poisson: a lane":  func() { Poisson(nil, x(16), x(16), nil, x(8), x(7), 8) },
		"poisson: a scale": func() { Poisson(nil, x(16), x(16), nil, x(7), x(8), 8) },
	} {
		mustPanic(t, name, f)
	}
}

func BenchmarkStep(b *testing.B) {
	const n, w = 100 * 32, 32
	p, m, v, g := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	pair, pair2 := make([]float32, 2*n), make([]float32, 2*n)
	k0, k1, lanes := make([]uint32, w), make([]uint32, w), make([]float32, w)
	s, keep := adamStep(1), make([]uint8, n/8)
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"Add", func() { Add(p, m) }},
		{"Drop", func() { Drop(p, m, keep, 1, w) }},
		{"SumSquares", func() { SumSquares(p) }},
		{"Adam", func() { Adam(p, m, v, g, s) }},
		{"Poisson", func() { Poisson(p, m, v, keep, lanes, lanes, w) }},
		{"Gamma", func() { Gamma(pair, pair2, m, keep, keep, lanes, lanes, w) }},
		{"Gaussian", func() { Gaussian(pair, pair2, m, keep, keep, lanes, lanes, w) }},
		{"Exp", func() { ExpTo(p, m) }},
		{"Log", func() { LogTo(p, m) }},
		{"Normals", func() { Normals(p, k0, k1, 0, n/w, w) }},
		{"DropoutMask", func() { DropoutMask(keep, k0, k1, 0, n/w, w, 1<<30) }},
	} {
		b.Run(c.name, func(b *testing.B) { reportElement(b, n, c.f) })
	}
}
