package decode

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// countedSet makes Poisson counts of log rates linear in inputs.
func countedSet(trials, bins, inputs, outputs int) (x, y *dataset.Array) {
	src := rng.NewSource(rng.Derive(2, rng.Synthesis))
	x, y = dataset.NewArray(trials, bins, inputs), dataset.NewArray(trials, bins, outputs)
	for i := range x.Data {
		x.Data[i] = float32(src.Normal())
	}
	for trial := range trials {
		for bin := range bins {
			for o := range outputs {
				log := -1.
				for i, v := range x.Bin(trial, bin) {
					log += float64(v) * truth(i, o)
				}
				y.Bin(trial, bin)[o] = poisson(src, math.Exp(log))
			}
		}
	}
	return x, y
}

// truth is the weight that countedSet gives an input.
func truth(input, output int) float64 {
	return .6 * math.Cos(float64(1+input*(output+1))) / float64(1+input)
}

// poisson counts how many intervals of mean 1 fit into a span.
func poisson(src *rng.Source, span float64) (count float32) {
	for span += math.Log(src.Float64()); span > 0; span += math.Log(src.Float64()) {
		count++
	}
	return count
}

func TestPoissonFindsTheWeights(t *testing.T) {
	x, y := countedSet(20, 500, 4, 3)
	p, err := PoissonRegression(t.Context(), x, y, 1e-6, nil)
	if err != nil {
		t.Fatal(err)
	}
	for o := range 3 {
		for i := range 4 { // 1e4 rows of .4 counts: a standard error of .016
			if got := p.Weights.At(i, o); math.Abs(got-truth(i, o)) > .06 {
				t.Errorf("weight %d, %d is %v, want %v", i, o, got, truth(i, o))
			}
		}
	}
}

// Outputs do not know of each other, nor a fit of the number of cores.
func TestPoissonSameBits(t *testing.T) {
	x, y := countedSet(10, 80, 30, 15)
	y.Bin(2, 3)[4] = float32(math.NaN())
	all := poissonOn(t, 1, x, y, 1e-3)
	for _, cores := range []int{2, 3, 16} {
		if p := poissonOn(t, cores, x, y, 1e-3); !slices.Equal(p.Weights.RawMatrix().Data, all.Weights.RawMatrix().Data) || !slices.Equal(p.Intercept, all.Intercept) {
			t.Errorf("%d cores give another fit than one", cores)
		}
	}
	one := dataset.NewArray(y.Trials, y.Bins, 1)
	for i := range one.Data {
		one.Data[i] = y.Data[i*y.Features+13]
	}
	alone := poissonOn(t, 2, x, one, 1e-3)
	for i := range x.Features {
		if alone.Weights.At(i, 0) != all.Weights.At(i, 13) {
			t.Fatalf("weight %d of an output is %v alone and %v with others", i, alone.Weights.At(i, 0), all.Weights.At(i, 13))
		}
	}
}

func poissonOn(t *testing.T, cores int, x, y *dataset.Array, l2 float64) *Poisson {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	p, err := PoissonRegression(t.Context(), x, y, l2, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Without a count the rate is that of half a one; inputs that are constant say
// nothing; and rates stay numbers wherever inputs lie.
func TestPoissonOfNothing(t *testing.T) {
	x, y := countedSet(4, 50, 3, 3)
	for i := range 200 {
		x.Data[3*i], x.Data[3*i+1] = 5, 0
		y.Data[3*i+2] = 0
	}
	p := poissonOn(t, 2, x, y, 1e-4)
	if p.Weights.At(0, 0) != 0 || p.Weights.At(1, 1) != 0 || p.Weights.At(2, 0) == 0 {
		t.Errorf("weights %v: constant inputs have some, or another none", p.Weights.RawMatrix().Data)
	}
	far := dataset.NewArray(1, 2, 3)
	copy(far.Bin(0, 0), []float32{1e30, 1e30, 1e30})
	copy(far.Bin(0, 1), []float32{-1e30, 0, -1e30})
	for bin := range 2 {
		rates := p.Rates(far, 2).Bin(0, bin)
		if !Finite(rates) || slices.Min(rates) < 1e-9 {
			t.Errorf("rates %v far away", rates)
		}
		if math.Abs(float64(rates[2])-.5/200) > 1e-9 {
			t.Errorf("rate of a silent output %v, want half a count in 200 rows", rates[2])
		}
	}
}

func TestPoissonErrors(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, c := range []struct {
		l2   float64
		harm func(x, y *dataset.Array)
		says string
	}{
		{0, func(x, y *dataset.Array) {}, "a penalty of 0 for Poisson regression: it must be above 0"},
		{math.NaN(), func(x, y *dataset.Array) {}, "a penalty of NaN"},
		{1, func(x, y *dataset.Array) { x.Bin(2, 3)[1] = inf }, "trial 2, bin 3: input 1 is +Inf"},
		{1, func(x, y *dataset.Array) { y.Bin(1, 4)[0] = -1 }, "trial 1, bin 4: count 0 is -1"},
		{1, func(x, y *dataset.Array) { y.Bin(1, 4)[1] = inf }, "trial 1, bin 4: count 1 is +Inf"},
		{1, func(x, y *dataset.Array) { lose(y, 1, nan) }, "output 1 was recorded in no bin"},
		{1, func(x, y *dataset.Array) { lose(y, 0, nan); lose(y, 1, nan) }, "no bin of"},
	} {
		x, y := countedSet(4, 10, 3, 2)
		c.harm(x, y)
		if _, err := PoissonRegression(t.Context(), x, y, c.l2, nil); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	x, y := countedSet(4, 10, 3, 2)
	if _, err := PoissonRegression(ended, x, y, 1, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v after the end", err)
	}
}

func lose(y *dataset.Array, output int, nan float32) {
	for i := output; i < len(y.Data); i += y.Features {
		y.Data[i] = nan
	}
}

// Inputs a trillion times apart, all counts in one row, and hardly a penalty: a
// fit ends, near its minimum.
func TestPoissonHardInputs(t *testing.T) {
	for _, l2 := range []float64{1e-12, 1e-4, 1e6} {
		x, y := countedSet(6, 60, 8, 3)
		for i := range 360 {
			x.Data[8*i] *= 1e8
			x.Data[8*i+1] *= 1e-6
			y.Data[3*i+1] = 0
			y.Data[3*i+2] *= 1e6
		}
		y.Data[1] = 3
		if _, err := PoissonRegression(t.Context(), x, y, l2, nil); err != nil {
			t.Error(err)
		}
	}
}
