package lfads

import (
	"fmt"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// augmentation is one made of functions.
type augmentation struct {
	changes augment.Changes
	apply   func(*augment.Block)
}

func (a augmentation) Changes() augment.Changes { return a.changes }

func (a augmentation) Apply(b *augment.Block) { a.apply(b) }

// backwards turns the time of what is read and of what is reconstructed, each
// within its own bins.
var backwards = augmentation{augment.Changes{Data: true}, func(b *augment.Block) {
	turn := func(x []float32, bins, n int) {
		for bin := range bins / 2 {
			for i := range n {
				x[bin*n+i], x[(bins-1-bin)*n+i] = x[(bins-1-bin)*n+i], x[bin*n+i]
			}
		}
	}
	turn(b.Input, b.Bins, b.HeldIn*b.Width)
	turn(b.Data, b.ReconBins, b.Neurons*b.Width)
}}

// turned is a split of the same trials backwards in time.
func turned(s *dataset.Split) *dataset.Split {
	turn := func(a *dataset.Array) *dataset.Array {
		out := dataset.NewArray(a.Trials, a.Bins, a.Features)
		for trial := range a.Trials {
			for bin := range a.Bins {
				copy(out.Bin(trial, a.Bins-1-bin), a.Bin(trial, bin))
			}
		}
		return out
	}
	return &dataset.Split{Encod: turn(s.Encod), Recon: turn(s.Recon)}
}

// hide makes what a function names unobserved, and gives it a value.
func hide(hidden func(i int) bool, value float32) augmentation {
	return augmentation{augment.Changes{Data: true, Observed: true}, func(b *augment.Block) {
		for i := range b.Data {
			if hidden(i / b.Width) { // the same elements of every trial, in blocks of any width
				nn.SetKept(b.Observed, i, b.Width, false)
				b.Data[i] = value
			}
		}
	}}
}

// augmented is a model with 20 trials: blocks of 16 and of 8 lanes.
type augmented struct {
	*Model
	split     *dataset.Split
	objective *Objective
}

func newAugmented(t *testing.T, likelihood string) augmented {
	t.Helper()
	c := DefaultConfig()
	c.GeneratorDim, c.Factors, c.InitialConditionDim, c.ICEncoderDim = 9, 3, 4, 5
	c.CIEncoderDim, c.ControllerDim, c.InferredInputs, c.Likelihood = 4, 5, 2, likelihood
	m, err := New(c, Shape{HeldIn: 4, Neurons: 5, Bins: 7, ReconBins: 9})
	if err != nil {
		t.Fatal(err)
	}
	m.Initialise(1, 0)
	src := rng.NewSource(rng.Derive(2, rng.Synthesis))
	s := &dataset.Split{Encod: dataset.NewArray(20, 7, 4), Recon: dataset.NewArray(20, 9, 5)}
	for _, a := range []*dataset.Array{s.Encod, s.Recon} {
		for i := range a.Data {
			a.Data[i] = float32(src.IntN(5))
		}
	}
	return augmented{m, s, &Objective{LossScale: 100, KLRamp: 1, KLICScale: .01, KLInputScale: .01}}
}

func everyTrial(s *dataset.Split) []int {
	trials := make([]int, s.Trials())
	for i := range trials {
		trials[i] = i
	}
	return trials
}

// step returns the loss and the gradient of a training step, and the loss of an
// evaluation.
func (m *augmented) step(s *dataset.Split, threads int, list ...augment.Augmentation) (Loss, []float32, Loss) {
	e, grad := NewCPU(m.Model, threads), make([]float32, len(m.Params))
	batch := Batch{Data: m.NewData(s), Trials: everyTrial(s)}
	p := &Pass{Draws: Draws{Seed: 5, Pass: rng.Training}, DropoutRate: .2, Augmentations: list}
	loss := e.Gradient(grad, batch, m.objective, p)
	return loss, grad, e.Evaluate(batch, m.objective, p)
}

// wantSame checks that two steps have the same bits.
func (m *augmented) wantSame(t *testing.T, what string, got, want *dataset.Split, gotList, wantList []augment.Augmentation) {
	t.Helper()
	wantLoss, wantGrad, wantValid := m.step(want, 1, wantList...)
	for _, threads := range []int{1, 2} {
		loss, grad, valid := m.step(got, threads, gotList...)
		if loss != wantLoss || valid != wantValid || !slices.Equal(grad, wantGrad) {
			t.Errorf("%s: loss %+v, want %+v; evaluated %+v, want %+v; gradients are equal: %v",
				what, loss, wantLoss, valid, wantValid, slices.Equal(grad, wantGrad))
		}
	}
}

func eachLikelihood(t *testing.T, test func(t *testing.T, m augmented)) {
	for _, l := range []string{"poisson", "gaussian", "zero_inflated_gamma"} {
		t.Run(l, func(t *testing.T) { test(t, newAugmented(t, l)) })
	}
}

type list = []augment.Augmentation

// Changed data are those of a recording made so: the whole loss, with its term of
// the data alone.
func TestChangedData(t *testing.T) {
	eachLikelihood(t, func(t *testing.T, m augmented) {
		m.wantSame(t, "turned", m.split, turned(m.split), list{backwards}, nil)
		cd := augment.CoordinatedDropout{Rate: .4, PassRate: .3}
		m.wantSame(t, "turned, with dropout", m.split, turned(m.split), list{backwards, cd}, list{cd})
	})
}

// An augmentation that may change all and changes nothing leaves the bits of none.
func TestUnchangedData(t *testing.T) {
	nothing := hide(func(int) bool { return false }, 0)
	eachLikelihood(t, func(t *testing.T, m augmented) {
		m.wantSame(t, "alone", m.split, m.split, list{nothing}, nil)
		cd := augment.CoordinatedDropout{Rate: .4, PassRate: .3}
		m.wantSame(t, "with dropout", m.split, m.split, list{nothing, cd}, list{cd})
	})
}

// What is read is scaled when all has been applied.
func TestScale(t *testing.T) {
	double := augmentation{augment.Changes{}, func(b *augment.Block) { b.Scale *= 2 }}
	eachLikelihood(t, func(t *testing.T, m augmented) {
		doubled := dataset.NewArray(20, 7, 4)
		for i, x := range m.split.Encod.Data {
			doubled.Data[i] = 2 * x
		}
		cd := augment.CoordinatedDropout{Rate: .4}
		m.wantSame(t, "doubled", m.split, &dataset.Split{Encod: doubled, Recon: m.split.Recon}, list{double, cd}, list{cd})
	})
}

// Keys of the run are the same in all passes over a trial, others are not.
func TestRunKey(t *testing.T) {
	m := newAugmented(t, "poisson")
	keys := func(d Draws, trials ...int) (run, step []rng.Key) {
		note := augmentation{augment.Changes{}, func(b *augment.Block) {
			for lane := range b.Trials {
				run, step = append(run, b.RunKey(rng.SampleValidation, lane)), append(step, b.Key(rng.SampleValidation, lane))
			}
		}}
		NewCPU(m.Model, 1).Evaluate(Batch{Data: m.NewData(m.split), Trials: trials}, m.objective, &Pass{Draws: d, Augmentations: list{note}})
		return run, step
	}
	run, step := keys(Draws{Seed: 5, Pass: rng.Training, IDs: [4]uint64{1, 2, 3, 4}}, 3, 7)
	otherRun, otherStep := keys(Draws{Seed: 5, Pass: rng.HeldOut, IDs: [4]uint64{2}}, 7, 3)
	if run[0] != otherRun[1] || run[1] != otherRun[0] || run[0] == run[1] {
		t.Errorf("keys of the run of trials 3 and 7 are %v, in another pass of 7 and 3 %v", run, otherRun)
	}
	if step[0] == otherStep[1] || step[0] == step[1] {
		t.Errorf("keys of a step of trials 3 and 7 are %v, in another pass of 7 and 3 %v", step, otherStep)
	}
	if seeded, _ := keys(Draws{Seed: 6, Pass: rng.Training}, 3); seeded[0] == run[0] {
		t.Error("two runs have the same key")
	}
}

// What lies where nothing is observed has no effect; what is observed has.
func TestHiddenData(t *testing.T) {
	third := func(i int) bool { return i%3 == 1 }
	cd := augment.CoordinatedDropout{Rate: .4, PassRate: .3}
	eachLikelihood(t, func(t *testing.T, m augmented) {
		for _, rest := range []list{nil, {cd}} {
			with := func(value float32) list { return append(list{hide(third, value)}, rest...) }
			m.wantSame(t, fmt.Sprint("hidden", rest), m.split, m.split, with(0), with(4))
		}
		whole, _, _ := m.step(m.split, 1)
		seen, _, _ := m.step(m.split, 1, hide(third, 0))
		rest, _, _ := m.step(m.split, 1, hide(func(i int) bool { return !third(i) }, 0))
		// Three sums of 900 losses of the size of 1, in single precision.
		if sum := seen.Recon + rest.Recon; seen.Recon == whole.Recon || !(abs(sum-whole.Recon) <= 1e-6*(1+abs(whole.Recon))) {
			t.Errorf("the whole loss is %v, of what is observed %v, of the rest %v", whole.Recon, seen.Recon, rest.Recon)
		}
	})
}

// An element that is hidden has no gradient, even where dropout lets it pass.
func TestPassLiesWithinObserved(t *testing.T) {
	all := hide(func(int) bool { return true }, 3)
	eachLikelihood(t, func(t *testing.T, m augmented) {
		loss, _, _ := m.step(m.split, 1, all, augment.CoordinatedDropout{Rate: .4, PassRate: .3})
		if !(abs(loss.Recon) <= 1e-30) {
			t.Errorf("the loss of nothing is %v", loss.Recon)
		}
		e, grad := NewCPU(m.Model, 1), make([]float32, len(m.Params))
		e.Gradient(grad, Batch{Data: m.NewData(m.split), Trials: []int{0, 1, 2}}, &Objective{LossScale: 100},
			&Pass{Draws: Draws{Seed: 5, Pass: rng.Training}, Augmentations: list{all}})
		if i := slices.IndexFunc(grad, func(g float32) bool { return g != 0 }); i >= 0 {
			t.Errorf("gradient %d of the loss of nothing is %v", i, grad[i])
		}
	})
}

func abs(x float64) float64 { return max(x, -x) }
