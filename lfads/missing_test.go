package lfads

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/rng"
)

// without returns a copy of an array with a value where elements are missing.
func without(a *dataset.Array, missing func(trial, bin, neuron int) bool, value float64) *dataset.Array {
	out := dataset.NewArray(a.Trials, a.Bins, a.Features)
	copy(out.Data, a.Data)
	for trial := range a.Trials {
		for bin := range a.Bins {
			for n := range a.Features {
				if missing(trial, bin, n) {
					out.Bin(trial, bin)[n] = float32(value)
				}
			}
		}
	}
	return out
}

// ways are the ways in which a recording may lack elements.
var ways = map[string]func(trial, bin, neuron int) bool{
	"elements":           func(trial, bin, n int) bool { return (trial+2*bin+n)%3 == 1 },
	"a neuron":           func(_, _, n int) bool { return n == 2 },
	"a held-out neuron":  func(_, _, n int) bool { return n == 4 },
	"a trial, the last":  func(trial, _, _ int) bool { return trial == 19 },
	"bins":               func(_, bin, _ int) bool { return bin < 2 || bin == 8 },
	"a block of trials":  func(trial, _, _ int) bool { return trial < 16 },
	"all but an element": func(trial, bin, n int) bool { return trial != 17 || bin != 3 || n != 1 },
}

func (m *augmented) lacking(missing func(trial, bin, neuron int) bool) *dataset.Split {
	return &dataset.Split{Encod: without(m.split.Encod, missing, math.NaN()), Recon: without(m.split.Recon, missing, math.NaN())}
}

// What is not observed is read as 0.
func TestMissingIsReadAsZero(t *testing.T) {
	cd := augment.CoordinatedDropout{Rate: .4, PassRate: .3}
	eachLikelihood(t, func(t *testing.T, m augmented) {
		for name, missing := range ways {
			got := &dataset.Split{Encod: without(m.split.Encod, missing, math.NaN()), Recon: m.split.Recon}
			want := &dataset.Split{Encod: without(m.split.Encod, missing, 0), Recon: m.split.Recon}
			m.wantSame(t, name, got, want, nil, nil)
			m.wantSame(t, name+", with dropout", got, want, list{cd}, list{cd})
		}
	})
}

// Data that are missing give the gradient of data that are hidden, but for the
// weight: the mean is one over those that were observed. Sums of some hundred
// numbers in single precision.
func TestMissingIsHidden(t *testing.T) {
	eachLikelihood(t, func(t *testing.T, m augmented) {
		for name, missing := range ways {
			got := &dataset.Split{Encod: m.split.Encod, Recon: without(m.split.Recon, missing, math.NaN())}
			hidden := augmentation{augment.Changes{Observed: true}, func(b *augment.Block) { m.hide(b, missing) }}
			for _, rest := range []list{nil, {augment.CoordinatedDropout{Rate: .4, PassRate: .3}}} {
				m.objective.KLRamp = 0
				loss, grad, _ := m.step(got, 1, rest...)
				other, want, _ := m.step(m.split, 1, append(list{hidden}, rest...)...)
				weight := float64(other.Elements) / float64(loss.Elements)
				if loss.Counted != loss.Elements || other.Counted != loss.Elements || other.Elements != 20*9*5 {
					t.Errorf("%s: %d elements were observed and %d count; hidden, %d and %d", name, loss.Elements, loss.Counted, other.Elements, other.Counted)
				}
				golden.NearScalar(t, name+": loss", loss.Recon, weight*other.Recon)
				golden.Near(t, name+": gradient", grad, scaled(want, weight), golden.Tolerance)
			}
		}
	})
}

// hide hides elements of a block by their trial.
func (m *augmented) hide(b *augment.Block, missing func(trial, bin, neuron int) bool) {
	for lane := range b.Trials {
		trial := lane
		if b.Width == 8 {
			trial += 16 // the second block
		}
		for bin := range b.ReconBins {
			for n := range b.Neurons {
				if missing(trial, bin, n) {
					b.Hide(bin, n, lane)
				}
			}
		}
	}
}

func scaled(x []float32, by float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v) * by
	}
	return out
}

// A batch's loss is that of its trials, each with the weight of what was observed of
// it; a sum is what it would be if all had been observed.
func TestElementsAreWeights(t *testing.T) {
	m := newAugmented(t, "poisson")
	for name, missing := range ways {
		data, e := m.NewData(m.lacking(missing)), NewCPU(m.Model, 1)
		pass := &Pass{Draws: Draws{Seed: 5, Pass: rng.Validation}}
		all := e.Evaluate(Batch{Data: data, Trials: everyTrial(m.split)}, &Objective{}, pass)
		sum, elements := 0., 0
		for trial := range 20 {
			one := e.Evaluate(Batch{Data: data, Trials: []int{trial}}, &Objective{}, pass)
			sum += one.Recon * float64(one.Elements)
			elements += one.Elements
		}
		if elements != all.Elements || elements != data.Observed() {
			t.Errorf("%s: %d elements, in its trials %d, of all %d", name, all.Elements, elements, data.Observed())
		}
		golden.NearScalar(t, name, all.Recon, sum/float64(elements))
		summed := e.Evaluate(Batch{Data: data, Trials: everyTrial(m.split)}, &Objective{SumRecon: true}, pass)
		golden.NearScalar(t, name+", summed", summed.Recon, all.Recon*9*5)
	}
}

// Where nothing was observed there is no loss and no gradient.
func TestNothingObserved(t *testing.T) {
	eachLikelihood(t, func(t *testing.T, m augmented) {
		m.objective.KLRamp = 0
		for _, rest := range []list{nil, {augment.CoordinatedDropout{Rate: .4, PassRate: .3}}} {
			loss, grad, valid := m.step(m.lacking(func(int, int, int) bool { return true }), 1, rest...)
			if loss.Recon != 0 || valid.Recon != 0 || loss.Elements != 0 || loss.Counted != 0 || !(loss.KLIC > 0) {
				t.Errorf("the loss of nothing is %+v, evaluated %+v", loss, valid)
			}
			if i := slices.IndexFunc(grad, func(g float32) bool { return g != 0 }); i >= 0 {
				t.Errorf("gradient %d of the loss of nothing is %v", i, grad[i])
			}
		}
	})
}

// The same bits on any number of threads, and in a fresh engine as in one that has
// seen other data.
func TestMissingThreads(t *testing.T) {
	eachLikelihood(t, func(t *testing.T, m augmented) {
		for name, missing := range ways {
			s := m.lacking(missing)
			m.wantSame(t, name, s, s, list{augment.CoordinatedDropout{Rate: .4}}, list{augment.CoordinatedDropout{Rate: .4}})
		}
	})
}

// What is held out for the run and what is not make up the whole loss, and the weight
// of the latter makes up for the former.
func TestHoldout(t *testing.T) {
	const share = .3
	h := augment.SampleValidation{Share: share}
	read := augmentation{augment.Changes{Observed: true}, func(b *augment.Block) { // as h has it read, and all of it asked for
		h.Apply(b)
		fill(b.Observed, 0xff)
	}}
	eachLikelihood(t, func(t *testing.T, m augmented) {
		_, _, all := m.step(m.split, 1, read)
		_, _, kept := m.step(m.split, 1, h)
		_, _, held := m.step(m.split, 1, h.HeldOut())
		if kept.Counted+held.Counted != all.Counted || held.Counted == 0 || kept.Elements != all.Elements || held.Elements != all.Elements {
			t.Errorf("of %d elements %d are held out and %d are not", all.Counted, held.Counted, kept.Counted)
		}
		golden.NearScalar(t, "sum of parts", kept.Recon*(1-share)+held.Recon, all.Recon)
		m.objective.KLRamp = 0
		_, plain, _ := m.step(m.split, 1, augmentation{h.Changes(), h.Apply})
		_, weighed, _ := m.step(m.split, 1, h)
		golden.Near(t, "gradient", weighed, scaled(plain, 1/(1-share)), golden.Tolerance)
	})
}

// A readout starts from what was observed; that of a neuron that never was, from all
// that was observed of others.
func TestStartWithMissing(t *testing.T) {
	eachLikelihood(t, func(t *testing.T, m augmented) {
		missing := func(trial, bin, n int) bool { return n == 1 || (trial+bin+n)%4 == 0 }
		m.StartReadout(m.lacking(missing).Recon)
		bias := m.readout.linear.Bias.Of(m.Params)
		for n := range 5 {
			var values []float32
			for trial := range 20 {
				for bin := range 9 {
					for other, y := range m.split.Recon.Bin(trial, bin) {
						if (other == n || n == 1) && !missing(trial, bin, other) {
							values = append(values, y)
						}
					}
				}
			}
			for i, want := range m.Likelihood().Start(slices.Values(values)) {
				if got := bias[i*5+n]; got != float32(want) {
					t.Errorf("output %d of neuron %d starts at %v, want %v", i, n, got, want)
				}
			}
		}
	})
}
