package gpfa

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func modelled(t *testing.T, q question, iterations int) (*Model, *Trials) {
	t.Helper()
	o := DefaultOptions(q.Latents)
	o.Iterations = iterations
	m, err := Fit(t.Context(), q.trials(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m, q.trials()
}

func infer(t *testing.T, m *Model, d *Trials) *Latents {
	t.Helper()
	l, err := m.Infer(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func missing(n int) []float64 { return slices.Repeat([]float64{math.NaN()}, n) }

// TestPrediction: bins after the last that nothing was observed in change no
// latent before them, nor the likelihood; and hold what At predicts.
func TestPrediction(t *testing.T) {
	m, d := modelled(t, simulated(3, 2, 12, 15, 15), 20)
	longer := &Trials{Neurons: d.Neurons}
	for _, roots := range d.Roots {
		longer.Roots = append(longer.Roots, slices.Concat(roots, missing(3*d.Neurons)))
	}
	short, long := infer(t, m, d), infer(t, m, longer)
	near(t, "log likelihood", long.LogLikelihood, short.LogLikelihood, 1e-10)
	for trial, x := range short.Means {
		for i, v := range x {
			within(t, "latent", long.Means[trial][i], v, 1e-9)
		}
		last := float64(d.bins(trial))
		for i, v := range m.At(x, []float64{last, last + 1, last + 2}) {
			within(t, "predicted", v, long.Means[trial][len(x)+i], 1e-9)
		}
	}
}

// TestGaps: latents of trials with gaps are those of a dense Gaussian, solved
// in the space of what was observed.
func TestGaps(t *testing.T) {
	m, d := modelled(t, simulated(4, 2, 9, 9, 9), 20)
	x := d.Roots[1]
	copy(x[2*d.Neurons:], missing(2*d.Neurons)) // two whole bins
	x[6*d.Neurons+3], x[8*d.Neurons+1] = math.NaN(), math.NaN()
	l := infer(t, m, d)
	likelihood := 0.
	for trial := range d.Roots {
		means, log := direct(m, d, trial)
		likelihood += log
		for i, want := range means {
			within(t, "latent", l.Means[trial][i], want, 1e-9)
		}
	}
	near(t, "log likelihood", l.LogLikelihood, likelihood, 1e-10)
}

// direct computes a trial's latents and log likelihood by the textbook:
// cov(x, y) cov(y)^-1 (y - d).
func direct(m *Model, d *Trials, trial int) (means []float64, logLikelihood float64) {
	latents, bins := len(m.Timescales), d.bins(trial)
	var seen [][2]int // bin, neuron
	var rest []float64
	for bin := range bins {
		for n, v := range d.at(trial, bin) {
			if v == v {
				seen, rest = append(seen, [2]int{bin, n}), append(rest, v-m.Mean[n])
			}
		}
	}
	prior := func(i, a, b int) float64 { return kernelOf(bins, m.Timescales[i], m.GPNoise)[abs(a-b)] }
	y, xy := mat.NewSymDense(len(seen), nil), mat.NewDense(bins*latents, len(seen), nil)
	for b, s := range seen {
		for a := range b + 1 {
			var sum float64
			for i := range latents {
				sum += m.Loadings.At(s[1], i) * m.Loadings.At(seen[a][1], i) * prior(i, s[0], seen[a][0])
			}
			if a == b {
				sum += m.Noise[s[1]]
			}
			y.SetSym(a, b, sum)
		}
		for bin := range bins {
			for i := range latents {
				xy.Set(bin*latents+i, b, m.Loadings.At(s[1], i)*prior(i, bin, s[0]))
			}
		}
	}
	var c mat.Cholesky
	c.Factorize(y)
	var solved, x mat.VecDense
	right := mat.NewVecDense(len(rest), rest)
	_ = c.SolveVecTo(&solved, right)
	x.MulVec(xy, &solved)
	return x.RawVector().Data, -(mat.Dot(right, &solved) + c.LogDet() + float64(len(rest))*math.Log(2*math.Pi)) / 2
}

// TestOrthonormal: turned latents give the same neurons, by loadings that are
// orthonormal.
func TestOrthonormal(t *testing.T) {
	m, _ := modelled(t, simulated(5, 3, 9, 9, 9, 12), 5)
	turn := m.Orthonormal()
	var inverse, loadings, gram mat.Dense
	if err := inverse.Inverse(turn); err != nil {
		t.Fatal(err)
	}
	loadings.Mul(m.Loadings, &inverse)
	gram.Mul(loadings.T(), &loadings)
	for i := range 3 {
		for j := range 3 {
			want := 0.
			if i == j {
				want = 1
			}
			within(t, "product of loadings", gram.At(i, j), want, 1e-9)
		}
		column := mat.Col(nil, i, &loadings)
		if greatest := slices.Max(column); greatest < -slices.Min(column) {
			t.Errorf("loadings %d: the greatest is negative: %v", i, column)
		}
	}
}
