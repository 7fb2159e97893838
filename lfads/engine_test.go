package lfads

import (
	"slices"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/rng"
)

// random returns a model of a configuration, a batch of random trials and a
// training pass with dropout and coordinated dropout.
func random(t testing.TB, config *naive.Config, trials int) (*Model, Batch, *Objective, *Pass) {
	t.Helper()
	source := rng.NewSource(rng.Derive(7, rng.Synthesis))
	r := reference{config, config.RandomParams(source), config.RandomInputs(source, trials)}
	r.fixVariances()
	model, batch, objective, _ := r.build(t)
	return model, batch, objective, &Pass{
		Draws:         Draws{Seed: 3, Pass: rng.Training, IDs: [4]uint64{1, 2, 3, 4}},
		DropoutRate:   .25,
		Augmentations: []augment.Augmentation{augment.CoordinatedDropout{Rate: .4, PassRate: .2}},
	}
}

// The blocks of a batch hold all of its trials, the widest first, and leave at
// most 7 lanes empty.
func TestBlockWidths(t *testing.T) {
	for n := range 200 {
		lanes, last := 0, 32
		var widths []int
		for left := n; left > 0; left -= last {
			w := blockWidth(left)
			if w != 1 && w != 8 && w != 16 && w != 32 || w > last {
				t.Fatalf("%d trials: width %d after %v", n, w, widths)
			}
			widths, lanes, last = append(widths, w), lanes+w, w
		}
		if lanes < n || lanes > n+7 {
			t.Errorf("%d trials go into %d lanes: %v", n, lanes, widths)
		}
	}
}

// A batch is cut into its trials, in order.
func TestCut(t *testing.T) {
	model, batch, _, _ := random(t, everyFeature(), 65)
	for n, want := range map[int][]int{1: {1}, 2: {8}, 8: {8}, 9: {16}, 17: {16, 1}, 20: {16, 8}, 25: {32}, 33: {32, 1}, 65: {32, 32, 1}} {
		var widths, trials []int
		for _, p := range NewCPU(model, 1).cut(Batch{batch.Data, batch.Trials[:n]}, false) {
			widths, trials = append(widths, p.w), append(trials, p.trials...)
		}
		if !slices.Equal(widths, want) || !slices.Equal(trials, batch.Trials[:n]) {
			t.Errorf("%d trials: widths %v, want %v; trials %v", n, widths, want, trials)
		}
	}
}

// A trial that is alone in the last block has the bits that it has in a wider
// one, with either input path.
func TestLoneTrialHasTheSameBits(t *testing.T) {
	model, batch, objective, pass := random(t, everyFeature(), 3)
	lone := Batch{batch.Data, batch.Trials[2:]}
	for _, path := range []InputPath{DenseInput, SparseInput} {
		want, got := make([]float32, len(model.Params)), make([]float32, len(model.Params))
		wide := blockStep(model, 8, path, lone, objective, pass, want)
		narrow := blockStep(model, 1, path, lone, objective, pass, got)
		if wide != narrow || !slices.Equal(got, want) || slices.Max(want) == 0 {
			t.Errorf("%v input: loss %v, in a block of 8 %v; same gradient: %v", path, narrow, wide, slices.Equal(got, want))
		}
	}
}

// blockStep takes a batch through the model as one block of width w. It
// returns the terms of the loss, and writes the gradient.
func blockStep(m *Model, w int, path InputPath, b Batch, o *Objective, pass *Pass, grad []float32) [3]float64 {
	p, t := &part{block: block{trials: b.Trials}, w: w, gradient: m.newBlockGradient(nil, w)}, m.newTape(nil, w, path)
	t.block, t.batch, t.pass = p.block, &b, pass
	m.forward(t)
	m.scoreBackward(t, p, o, b)
	m.decodeBackward(t, p.gradient)
	m.encodeBackward(t, p.gradient)
	clear(grad)
	p.gradient.addTo(grad)
	return [3]float64{p.recon, p.klIC, p.klInput}
}

// The same bits for any number of threads.
func TestThreadsGiveTheSameBits(t *testing.T) {
	model, batch, objective, pass := random(t, everyFeature(), 109) // 32, 32, 32, 16
	want := make([]float32, len(model.Params))
	engine := NewCPU(model, 1)
	wantLoss, wantScore := engine.Gradient(want, batch, objective, pass), engine.Evaluate(batch, objective, pass)
	for _, threads := range []int{2, 3, 9} {
		engine, got := NewCPU(model, threads), make([]float32, len(want))
		for range 5 {
			if loss := engine.Gradient(got, batch, objective, pass); loss != wantLoss || !slices.Equal(got, want) {
				t.Fatalf("%d threads: loss %v, want %v; same gradient: %v", threads, loss, wantLoss, slices.Equal(got, want))
			}
			if score := engine.Evaluate(batch, objective, pass); score != wantScore {
				t.Fatalf("%d threads: evaluation %v, want %v", threads, score, wantScore)
			}
		}
	}
}

// An engine keeps its memory from step to step, and nothing of what another
// step left there is seen.
func TestStepsLeaveNoTrace(t *testing.T) {
	model, batch, objective, pass := random(t, everyFeature(), 65)
	few := Batch{batch.Data, batch.Trials[10:13]}
	plain := &Pass{Draws: pass.Draws}
	want, got, other := make([]float32, len(model.Params)), make([]float32, len(model.Params)), make([]float32, len(model.Params))
	used := NewCPU(model, 1)
	for _, p := range []*Pass{plain, pass} {
		loss := NewCPU(model, 1).Gradient(want, few, objective, p)
		for _, before := range []*Pass{pass, plain} {
			used.Gradient(other, batch, objective, before)
			if _, err := used.Posterior(t.Context(), batch.Data, Sampling{Samples: 2, Seed: 1}, nil); err != nil {
				t.Fatal(err)
			}
			used.Evaluate(batch, objective, before)
			if again := used.Gradient(got, few, objective, p); again != loss || !slices.Equal(got, want) {
				t.Errorf("after another step the loss is %v, in a fresh engine %v; same gradient: %v", again, loss, slices.Equal(got, want))
			}
		}
	}
}

// After its first step on one thread an engine allocates only the closure of
// what the threads do; a few objects more for each further thread.
func TestStepsDoNotAllocate(t *testing.T) {
	for name, change := range map[string]func(*naive.Config){
		"ar1":             func(*naive.Config) {},
		"normal":          func(c *naive.Config) { c.InputPrior = naive.Normal },
		"student t":       func(c *naive.Config) { c.InputPrior = naive.StudentT },
		"not variational": notVariational,
		"gaussian":        func(c *naive.Config) { c.Likelihood = naive.Gaussian },
		"gamma":           func(c *naive.Config) { c.Likelihood = naive.Gamma },
		"zero-inflated gamma": func(c *naive.Config) {
			c.Likelihood, c.ZIG = naive.ZeroInflatedGamma, naive.ZIG{Location: .1, Prior: 2, Penalty: .3}
		},
		"squared error": func(c *naive.Config) { c.Likelihood = naive.MSE },
	} {
		t.Run(name, func(t *testing.T) {
			config := everyFeature()
			change(config)
			source := rng.NewSource(rng.Derive(1, rng.Synthesis))
			r := reference{config, config.RandomParams(source), config.RandomInputs(source, 65)}
			r.in.HideAtRandom(source, .2)
			r.fixVariances()
			model, batch, objective, pass := r.build(t)
			pass.Noise, pass.DropoutRate = nil, .2
			pass.Augmentations = []augment.Augmentation{augment.SampleValidation{Share: .1}, augment.TemporalShift{Most: 2}, augment.SpikeJitter{Most: 1}, augment.CoordinatedDropout{Rate: .3, PassRate: .2}}
			engine, grad := NewCPU(model, 1), make([]float32, len(model.Params))
			if n := testing.AllocsPerRun(5, func() { engine.Gradient(grad, batch, objective, pass) }); n > 1 {
				t.Errorf("a training step makes %v allocations, want 1", n)
			}
			if n := testing.AllocsPerRun(5, func() { engine.Evaluate(batch, objective, pass) }); n > 1 {
				t.Errorf("an evaluation makes %v allocations, want 1", n)
			}
		})
	}
}

// One size far above all others: memory that layers share must hold each.
func TestEngineMatchesNaiveAtLopsidedSizes(t *testing.T) {
	for name, change := range map[string]func(*naive.Config){
		"many factors":           func(c *naive.Config) { c.Factors = 150 },
		"many inferred inputs":   func(c *naive.Config) { c.InferredInputs = 70 },
		"large IC encoder":       func(c *naive.Config) { c.ICEncoderDim = 80 },
		"large CI encoder":       func(c *naive.Config) { c.CIEncoderDim = 80 },
		"large controller":       func(c *naive.Config) { c.ControllerDim = 80 },
		"large generator":        func(c *naive.Config) { c.GeneratorDim = 80 },
		"wide initial condition": func(c *naive.Config) { c.InitialConditionDim = 90 },
		"many held-out neurons":  func(c *naive.Config) { c.ReconNeurons = 150 },
		"all of one":             allOnes,
	} {
		t.Run(name, func(t *testing.T) {
			config := everyFeature()
			config.CoordinatedDropoutRate = 0
			change(config)
			source := rng.NewSource(rng.Derive(1, rng.Synthesis))
			r := reference{config, config.RandomParams(source), config.RandomInputs(source, 5)}
			r.fixVariances()
			model, batch, objective, pass := r.build(t)
			r.check(t, model, batch, objective, pass)
		})
	}
}

// allOnes is the smallest model: one of everything.
func allOnes(c *naive.Config) {
	c.Neurons, c.ReconNeurons, c.Bins, c.ReconBins, c.ICSegmentBins, c.ExternalInputs = 1, 1, 1, 1, 0, 1
	c.GeneratorDim, c.Factors, c.InitialConditionDim, c.ICEncoderDim = 1, 1, 1, 1
	c.CIEncoderDim, c.ControllerDim, c.InferredInputs = 1, 1, 1
}
