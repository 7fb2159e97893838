package kernel

import (
	"math"
	"testing"
)

func sigmoid64(x float32) float64 { return 1 / (1 + math.Exp(-float64(x))) }

// gateTolerance is what tanh states (3e-7) and a few roundings of numbers
// below 2.
const gateTolerance = 3e-7 + 4*2*unit

// TestGRUReset runs at all lengths around a vector, so at all tails.
func TestGRUReset(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 4)
		for n := range 70 {
			z, r, h, rh := mem.normal(0, n, 3), mem.normal(1, n, 3), mem.normal(2, n, 1), mem.zeros(3, n)
			z0, r0 := clone(z), clone(r)
			GRUReset(z, r, h, rh)
			for i := range h {
				near(t, z[i], sigmoid64(z0[i]), gateTolerance, "z %d of %d", i, n)
				near(t, r[i], sigmoid64(r0[i]), gateTolerance, "r %d of %d", i, n)
				size := math.Abs(float64(h[i]))
				near(t, rh[i], sigmoid64(r0[i])*float64(h[i]), gateTolerance*size, "rh %d of %d", i, n)
			}
		}
	})
}

func TestGRUOutput(t *testing.T) {
	const limit = .75
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 4)
		for n := range 70 {
			c, z, h, out := mem.normal(0, n, 2), mem.normal(1, n, 1), mem.normal(2, n, .5), mem.zeros(3, n)
			c0 := clone(c)
			GRUOutput(c, z, h, out, limit)
			for i := range h {
				want := math.Tanh(float64(c0[i]))
				near(t, c[i], want, gateTolerance, "n %d of %d", i, n)
				size := 1 + math.Abs(float64(z[i]))*(1+math.Abs(float64(h[i])))
				want += float64(z[i]) * (float64(h[i]) - want)
				near(t, out[i], max(-limit, min(limit, want)), gateTolerance*size, "out %d of %d", i, n)
			}
		}
	})
}

func TestGRUOutputBackward(t *testing.T) {
	const limit = .5
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 4)
		stopped := 0
		for n := range 70 {
			c, z, h, dh := mem.normal(0, n, .5), mem.normal(1, n, .3), mem.normal(2, n, .5), mem.normal(3, n, 1)
			c0, z0, d0 := clone(c), clone(z), clone(dh)
			GRUOutputBackward(c, z, h, dh, limit)
			for i := range h {
				cand, zi, d, g := float64(c0[i]), float64(z0[i]), float64(h[i])-float64(c0[i]), float64(d0[i])
				if math.Abs(cand+zi*d) > limit {
					g = 0
					stopped++
				}
				// Up to six roundings of factors below 3 (|d| < 3, 1 + |z| < 3).
				tolerance := 6 * unit * 27 * math.Abs(g)
				near(t, dh[i], g*zi, tolerance, "dh %d of %d", i, n)
				near(t, c[i], g*(1-zi)*(1-cand*cand), tolerance, "n %d of %d", i, n)
				near(t, z[i], g*zi*d*(1-zi), tolerance, "z %d of %d", i, n)
			}
		}
		if stopped < 100 {
			t.Errorf("the limit stopped %d gradients only", stopped)
		}
	})
}

func TestGRUResetBackward(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 4)
		for n := range 70 {
			r, h, drh, dh := mem.normal(0, n, .3), mem.normal(1, n, 1), mem.normal(2, n, 1), mem.normal(3, n, 1)
			r0, g0, d0 := clone(r), clone(drh), clone(dh)
			GRUResetBackward(r, h, drh, dh)
			for i := range h {
				ri, g, hi := float64(r0[i]), float64(g0[i]), float64(h[i])
				near(t, drh[i], float64(r0[i]*h[i]), 0, "rh %d of %d", i, n)
				near(t, dh[i], float64(d0[i])+g*ri, 2*unit*(math.Abs(float64(d0[i]))+math.Abs(g*ri)), "dh %d of %d", i, n)
				near(t, r[i], g*ri*hi*(1-ri), 4*unit*math.Abs(g*ri*hi)*(1+math.Abs(ri)), "r %d of %d", i, n)
			}
		}
	})
}

// TestNaNSurvives: a diverging run must show. MINPS and MAXPS drop a NaN that
// stands in the wrong place.
func TestNaNSurvives(t *testing.T) {
	nan := float32(math.NaN())
	eachLevel(t, func(t *testing.T) {
		for n := 1; n <= 33; n += 4 { // in vectors and in tails
			i := n - 1
			z, r, h, rh := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
			z[i], r[i] = nan, nan
			GRUReset(z, r, h, rh)
			wantNaN(t, "z", z, i)
			wantNaN(t, "r", r, i)
			wantNaN(t, "rh", rh, i)
			clear(z)
			c, out := make([]float32, n), make([]float32, n)
			c[i] = nan
			GRUOutput(c, z, h, out, 5)
			wantNaN(t, "n", c, i)
			wantNaN(t, "out", out, i)
			c[i], h[i] = 0, nan
			GRUOutput(c, z, h, out, 5)
			wantNaN(t, "out from h", out, i)
			dh := make([]float32, n)
			dh[i], h[i] = nan, 0
			GRUOutputBackward(c, z, h, dh, 5)
			wantNaN(t, "dh", dh, i)
		}
	})
}

// wantNaN fails unless x[i] is NaN and nothing else is.
func wantNaN(t *testing.T, name string, x []float32, i int) {
	t.Helper()
	for j, v := range x {
		if (v != v) != (i == j) {
			t.Errorf("%s: element %d of %d is %v, the NaN belongs in %d", name, j, len(x), v, i)
		}
	}
}

// TestTanhAccuracy covers the whole range, ends and limits in.
func TestTanhAccuracy(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		const n = 1 << 16
		x, z, h, out := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
		for i := range x {
			x[i] = 24 * (float32(i) - n/2) / n
		}
		x[0], x[1] = float32(math.Inf(-1)), float32(math.Inf(1))
		in := clone(x)
		GRUOutput(x, z, h, out, 5)
		s := clone(in)
		GRUReset(s, z, h, out)
		for i := range x {
			near(t, x[i], math.Tanh(float64(in[i])), 3e-7, "tanh(%v)", in[i])    // as tanh states
			near(t, s[i], sigmoid64(in[i]), 1.5e-7+2*unit, "sigmoid(%v)", in[i]) // half of that, two roundings
		}
	})
}

func BenchmarkGates(b *testing.B) {
	const n = 100 * 32
	z, r, h, o := normals(n, 0, 1), normals(n, 1, 1), normals(n, 2, 1), normals(n, 3, 1)
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"GRUReset", func() { GRUReset(z, r, h, o) }},
		{"GRUOutput", func() { GRUOutput(z, r, h, o, 5) }},
		{"GRUOutputBackward", func() { GRUOutputBackward(z, r, h, o, 5) }},
		{"GRUResetBackward", func() { GRUResetBackward(z, r, h, o) }},
	} {
		b.Run(c.name, func(b *testing.B) { reportElement(b, n, c.f) })
	}
}
