package lfads

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/rng"
)

const posteriorSeed, posteriorSplit = 9, 2

// sampleNoise returns the noise of one posterior sample as the reference wants
// it.
func sampleNoise(c *naive.Config, in *naive.Inputs, trials int, sample uint64) *naive.Inputs {
	d := Draws{Seed: posteriorSeed, Pass: rng.Inference, IDs: [4]uint64{sample, posteriorSplit}}
	with := *in
	draw := func(purpose rng.Purpose, bin, features int) *naive.Matrix {
		m, row := naive.NewMatrix(trials, features), make([]float32, features)
		for trial := range trials {
			d.Key(purpose, trial).Normals(row, bin)
			for i, v := range row {
				m.Set(trial, i, float64(v))
			}
		}
		return m
	}
	with.NoiseIC, with.NoiseInput = draw(rng.PosteriorIC, 0, c.InitialConditionDim), nil
	for bin := range c.ReconBins {
		with.NoiseInput = append(with.NoiseInput, draw(rng.PosteriorInput, bin, c.InferredInputs))
	}
	return &with
}

// averages are float64 averages over samples, by the field of Posterior.
type averages map[string][]float64

func (a averages) add(name string, s naive.Sequence, share float64) {
	if a[name] == nil {
		a[name] = make([]float64, s[0].Rows*len(s)*s[0].Cols)
	}
	i := 0
	for trial := range s[0].Rows {
		for _, m := range s {
			for f := range m.Cols {
				a[name][i] += share * m.At(trial, f)
				i++
			}
		}
	}
}

// Averages over one and two samples, taken by hand from the float64
// implementation, and of rates, not of their logarithms.
func TestPosteriorMatchesNaive(t *testing.T) {
	for name, change := range map[string]func(*naive.Config){
		"controller":         func(*naive.Config) {},
		"gaussian":           func(c *naive.Config) { c.Likelihood = naive.Gaussian },
		"no controller":      func(c *naive.Config) { c.InferredInputs, c.ControllerDim, c.CIEncoderDim = 0, 0, 0 },
		"no generator input": func(c *naive.Config) { c.InferredInputs, c.ExternalInputs = 0, 0 },
	} {
		t.Run(name, func(t *testing.T) {
			config := everyFeature()
			config.CoordinatedDropoutRate = 0
			change(config)
			eachLevel(t, func(t *testing.T) {
				for samples := 1; samples <= 2; samples++ {
					testPosterior(t, config, samples)
				}
			})
		})
	}
}

// More samples than go together: the sums go on.
func TestPosteriorInGroups(t *testing.T) {
	config := everyFeature()
	config.CoordinatedDropoutRate = 0
	testPosterior(t, config, togetherSamples+2)
}

func testPosterior(t *testing.T, config *naive.Config, samples int) {
	const trials = 21 // blocks of 16 and 8
	source := rng.NewSource(rng.Derive(1, rng.Synthesis))
	r := reference{config, config.RandomParams(source), config.RandomInputs(source, trials)}
	r.fixVariances()
	model, batch, _, _ := r.build(t)
	got, err := NewCPU(model, 1).Posterior(t.Context(), batch.Data, Sampling{Samples: samples, Seed: posteriorSeed, Split: posteriorSplit}, nil)
	if err != nil {
		t.Fatal(err)
	}

	want, share := averages{}, 1/float64(samples)
	for sample := range samples {
		o := naive.Evaluate(config, r.params, sampleNoise(config, r.in, trials, uint64(sample))).Outputs
		for name, s := range map[string]naive.Sequence{
			"Rates": o.Means, "Factors": o.Factors, "GeneratorStates": o.GeneratorStates, "GeneratorInputs": o.GeneratorInputs,
			"ControllerStates": o.ControllerStates, "InputMeans": o.InputMeans, "InputStds": o.InputStds,
			"ICMeans": {o.ICMean}, "ICStds": {o.ICStd}, "GeneratorInit": {o.GeneratorInit},
		} {
			if len(s) > 0 && s[0].Cols > 0 {
				want.add(name, s, share)
			}
		}
		if config.Likelihood == naive.Gaussian {
			want.add("variance", variances(o.Readout), share)
		}
	}
	for i, p := range model.readout.parameters() {
		golden.Near(t, p.Name, got.Parameters[i].Data, want[p.Name], golden.Tolerance)
	}
	fields := reflect.ValueOf(*got)
	for i := range fields.NumField() {
		name := fields.Type().Field(i).Name
		a, ok := fields.Field(i).Interface().(*dataset.Array)
		if !ok {
			continue // the likelihood's parameters: above
		}
		if (a == nil) != (want[name] == nil) {
			t.Errorf("%s is %v; the reference has %d numbers", name, a, len(want[name]))
		} else if a != nil {
			golden.Near(t, name, a.Data, want[name], golden.Tolerance)
		}
	}
	if samples == 2 && config.Likelihood == naive.Poisson {
		differsFromLogAverage(t, config, r, trials, want["Rates"])
	}
}

// variances are those of a Gaussian readout, [means, log variances].
func variances(readout naive.Sequence) naive.Sequence {
	var s naive.Sequence
	for _, m := range readout {
		v := naive.NewMatrix(m.Rows, m.Cols/2)
		for trial := range v.Rows {
			for n := range v.Cols {
				v.Set(trial, n, math.Exp(m.At(trial, v.Cols+n)))
			}
		}
		s = append(s, v)
	}
	return s
}

// differsFromLogAverage makes sure that the test above could tell averages of
// rates from averages of log rates.
func differsFromLogAverage(t *testing.T, config *naive.Config, r reference, trials int, rates []float64) {
	t.Helper()
	logs := averages{}
	for sample := range uint64(2) {
		logs.add("", naive.Evaluate(config, r.params, sampleNoise(config, r.in, trials, sample)).Outputs.Readout, .5)
	}
	worst := 0.
	for i, l := range logs[""] {
		worst = max(worst, math.Abs(math.Exp(l)-rates[i])/slices.Max(rates))
	}
	if worst < 100*golden.Tolerance {
		t.Errorf("averages of rates and of log rates differ by %g only", worst)
	}
}

// The same bits for any number of threads, and for any other trials beside one.
func TestPosteriorThreads(t *testing.T) {
	model, batch, _, _ := random(t, everyFeature(), 70)
	infer := func(threads int) *Posterior {
		var done []int
		p, err := NewCPU(model, threads).Posterior(t.Context(), batch.Data, Sampling{Samples: 2, Seed: posteriorSeed}, func(trials int) { done = append(done, trials) })
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(done) || done[len(done)-1] != 70 {
			t.Errorf("progress with %d threads: %v", threads, done)
		}
		return p
	}
	want := infer(1)
	for threads := 2; threads <= 3; threads++ {
		if got := infer(threads); !reflect.DeepEqual(got, want) {
			t.Errorf("%d threads give other numbers than one", threads)
		}
	}
}

// A context that ends stops it: after the batch under way, and among the
// samples of one, of which there may be any number.
func TestPosteriorStops(t *testing.T) {
	model, batch, _, _ := random(t, everyFeature(), 70)
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	p, err := NewCPU(model, 1).Posterior(ctx, batch.Data, Sampling{Samples: 1, Seed: posteriorSeed}, func(int) {
		calls++
		cancel()
	})
	if p != nil || !errors.Is(err, context.Canceled) || calls != 1 {
		t.Errorf("posterior %v, error %v after %d calls", p, err, calls)
	}
	const forever = math.MaxInt
	if p, err := NewCPU(model, 1).Posterior(ctx, batch.Data, Sampling{Samples: forever}, nil); p != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("posterior %v, error %v", p, err)
	}
}
