package train

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
)

// holding has a share of .3 held out.
func holding(c *Config) { c.Augment = augment.Strengths{"sample_validation": .3} }

// The score of what is held out is the mean over those elements, whatever the batches.
func TestHeldOutScore(t *testing.T) {
	m := newMember(t, Identity{Seed: 1}, 2, holding)
	pass := lfads.Pass{Draws: lfads.Draws{Seed: 1, Pass: rng.HeldOut}, Augmentations: []augment.Augmentation{m.holdout.HeldOut()}}
	sum, elements := 0., 0
	for trial := range m.train.Trials() {
		l := m.engine.Evaluate(lfads.Batch{Data: m.train, Trials: []int{trial}}, m.Config.objective(0), &pass)
		sum += l.Recon * float64(l.Elements)
		elements += l.Counted
	}
	if got, want := m.scoreHeldOut(), sum/float64(elements); !(math.Abs(got-want) <= 1e-6*want) {
		t.Errorf("what is held out scores %v, its elements %v", got, want)
	}
	all := float64(m.train.Observed())
	if share := float64(elements) / all; !(math.Abs(share-.3) <= 5*math.Sqrt(.3*.7/all)) {
		t.Errorf("a share of %v is held out, want .3", share)
	}
}

// Learning lowers the loss of what is held out; without a holdout there is none.
func TestHeldOutIsReported(t *testing.T) {
	m := newMember(t, Identity{Seed: 1}, 2, holding)
	first := epochs(t, m, 1).HeldOut
	if last := epochs(t, m, 14).HeldOut; !(last < first) {
		t.Errorf("after 15 epochs what is held out scores %v, after one %v", last, first)
	}
	if e := epochs(t, newMember(t, Identity{Seed: 1}, 1, nil), 1); e.HeldOut == e.HeldOut {
		t.Errorf("nothing is held out, and scores %v", e.HeldOut)
	}
}

// The data of what is held out have no effect on training, for no member and in no
// generation: the elements are the same.
func TestHeldOutIsNotTrainedOn(t *testing.T) {
	for _, id := range []Identity{{Seed: 1}, {Seed: 1, Member: 3, Generation: 2}} {
		d, model, c := small(t)
		holding(&c)
		plain, err := New(model, c, d, id, lfads.Threads(1))
		if err != nil {
			t.Fatal(err)
		}
		epochs(t, plain, 2)
		other, err := New(model, c, d, id, lfads.Threads(1)) // its readout starts from the same data
		if err != nil {
			t.Fatal(err)
		}
		falsify(d.Train)
		other.train = other.Model.NewData(d.Train)
		epochs(t, other, 2)
		if digest(plain) != digest(other) {
			t.Errorf("%+v: training depends on what is held out", id)
		}
	}
}

// falsify gives what is held out, by the definition of its draws, other data.
func falsify(s *dataset.Split) {
	for trial := range s.Recon.Trials {
		key := lfads.Draws{Seed: 1}.RunKey(rng.SampleValidation, trial)
		for bin := range s.Recon.Bins {
			for n, y := range s.Recon.Bin(trial, bin) {
				if key.Float64(bin, n) >= .3 {
					continue
				}
				s.Recon.Bin(trial, bin)[n] = 7 - y
				if bin < s.Encod.Bins && n < s.Encod.Features {
					s.Encod.Bin(trial, bin)[n] = 7 - y
				}
			}
		}
	}
}

// What data of a likelihood cannot have done to them is refused before training.
func TestAugmentationsOfOtherData(t *testing.T) {
	d, model, c := small(t)
	model.Likelihood, c.Augment = "gaussian", augment.Strengths{"spike_jitter": 1}
	if _, err := New(model, c, d, Identity{}, lfads.Threads(1)); err == nil || !strings.Contains(err.Error(), "train.augment.spike_jitter: it moves spikes") {
		t.Errorf("spikes of numbers that are no counts are moved: %v", err)
	}
}
