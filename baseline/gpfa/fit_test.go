package gpfa

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestClimbs: the likelihood grows with every iteration, and iterations end by
// the tolerance.
func TestClimbs(t *testing.T) {
	o := DefaultOptions(2)
	o.Tolerance = 1e-4
	m, err := Fit(t.Context(), simulated(6, 2, 14, 14, 9, 20).trials(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(m.LogLikelihood) - 1 {
		if m.LogLikelihood[i+1] < m.LogLikelihood[i] {
			t.Errorf("iteration %d: %v after %v", i+1, m.LogLikelihood[i+1], m.LogLikelihood[i])
		}
	}
	if !m.Converged || len(m.LogLikelihood) == 500 {
		t.Errorf("%d iterations, converged: %v", len(m.LogLikelihood), m.Converged)
	}
}

// TestCores: the same bits on any number of cores.
func TestCores(t *testing.T) {
	q := simulated(7, 3, 14, 14, 9, 20, 30)
	one, _ := modelled(t, q, 4)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(5))
	five, _ := modelled(t, q, 4)
	if !slices.Equal(one.LogLikelihood, five.LogLikelihood) || !slices.Equal(one.Timescales, five.Timescales) ||
		!slices.Equal(one.Loadings.RawMatrix().Data, five.Loadings.RawMatrix().Data) || !slices.Equal(one.Noise, five.Noise) {
		t.Errorf("%v on 5 cores, %v on 1", five.LogLikelihood, one.LogLikelihood)
	}
}

// TestConstantNeurons: neurons that do not vary change nothing, and may even
// be there in trials that are inferred.
func TestConstantNeurons(t *testing.T) {
	q := simulated(8, 2, 14, 14, 9)
	plain, d := modelled(t, q, 5)
	for _, trial := range q.Counts {
		for t := range trial {
			trial[t] = slices.Concat([]float64{0}, trial[t], []float64{4})
		}
	}
	m, with := modelled(t, q, 5)
	if !slices.Equal(m.LogLikelihood, plain.LogLikelihood) {
		t.Errorf("%v with constant neurons, %v without", m.LogLikelihood, plain.LogLikelihood)
	}
	if m.Noise[0] != 0 || m.Noise[11] != 0 || m.Mean[0] != 0 || m.Mean[11] != 2 {
		t.Errorf("noise %v, means %v", m.Noise, m.Mean)
	}
	with.Roots[1][0], with.Roots[2][11] = math.NaN(), 17
	got, want := infer(t, m, with), infer(t, plain, d)
	near(t, "log likelihood", got.LogLikelihood, want.LogLikelihood, 1e-12)
}

// TestGapsAreLeftOut: a trial with a gap is fitted as the two trials beside it.
func TestGapsAreLeftOut(t *testing.T) {
	q := simulated(9, 2, 9, 12, 9)
	q.Counts[1][5][2] = math.NaN()
	gap, d := modelled(t, q, 5)
	n := d.Neurons
	d.Roots = [][]float64{d.Roots[0], d.Roots[1][:5*n], d.Roots[1][6*n:], d.Roots[2]}
	o := DefaultOptions(2)
	o.Iterations = 5
	cut, err := Fit(t.Context(), d, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(gap.LogLikelihood, cut.LogLikelihood) {
		t.Errorf("%v with a gap, %v cut", gap.LogLikelihood, cut.LogLikelihood)
	}
}

func TestErrors(t *testing.T) {
	d := simulated(10, 2, 9, 12).trials()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Fit(ended, d, DefaultOptions(2), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
	constant := &Trials{2, [][]float64{{1, 2, 1, 2}}}
	for want, try := range map[string]struct {
		d       *Trials
		latents int
	}{
		"10 for 10 neurons":           {d, 10},
		"at least 1":                  {d, 0},
		"no neuron varies":            {constant, 1},
		"1 neuron varies in these":    {&Trials{2, [][]float64{{1, 2, 1, 3}}}, 1},
		"no whole bins of 2 neurons":  {&Trials{2, [][]float64{{1}}}, 1},
		"observed together in 1 bins": {&Trials{2, [][]float64{{1, math.NaN()}, {1, 2}}}, 1},
	} {
		if _, err := Fit(t.Context(), try.d, DefaultOptions(try.latents), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestAwkward: neurons that are copies, trials of one or two bins, and more latents
// than bins are fitted.
func TestAwkward(t *testing.T) {
	copies := simulated(14, 2, 12, 9, 12)
	for _, trial := range copies.Counts {
		for t := range trial {
			trial[t] = append(trial[t], trial[t][:4]...)
		}
	}
	short, wide := simulated(15, 2, slices.Repeat([]int{1, 2}, 20)...), simulated(16, 2, 3, 4)
	wide.Latents = 9
	for what, q := range map[string]question{"copies": copies, "short": short, "wide": wide} {
		m, d := modelled(t, q, 50)
		if l := infer(t, m, d); !(l.LogLikelihood >= m.LogLikelihood[0]) || math.IsInf(l.LogLikelihood, 0) {
			t.Errorf("%s: log likelihood %v after %v", what, l.LogLikelihood, m.LogLikelihood[0])
		}
		for _, tau := range m.Timescales {
			if !(tau >= leastTau && tau <= greatestTau*12) {
				t.Errorf("%s: timescales %v", what, m.Timescales)
			}
		}
	}
}
