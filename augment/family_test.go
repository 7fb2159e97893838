package augment_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/augment/augmenttest"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// shift moves a trial in time by up to a number of bins, what is read and what is
// reconstructed alike: an augmentation as another module would write it. What comes
// in from outside was not observed. (Were the ends repeated, a count would be in two
// bins, hidden from the encoders in one and read in the other.)
type shift struct{ most int }

func (shift) Changes() augment.Changes { return augment.Changes{Data: true, Observed: true} }

func (s shift) Apply(b *augment.Block) {
	for lane := range b.Trials {
		by := int(b.Key(rng.Named("test shift"), lane).Uint32(0, 0)%uint32(2*s.most+1)) - s.most
		move(b, b.Input, b.Bins, b.HeldIn, lane, by)
		move(b, b.Data, b.ReconBins, b.Neurons, lane, by)
		for bin := range b.ReconBins {
			for n := range b.Neurons {
				if from := bin - by; from < 0 || from >= b.ReconBins {
					nn.SetKept(b.Observed, b.DataAt(bin, n, lane), b.Width, false)
				}
			}
		}
	}
}

func move(b *augment.Block, x []float32, bins, neurons, lane, by int) {
	for n := range neurons {
		for bin := range bins {
			b.Series[bin] = x[(bin*neurons+n)*b.Width+lane]
		}
		for bin := range bins {
			v := float32(0)
			if from := bin - by; from >= 0 && from < bins {
				v = b.Series[from]
			}
			x[(bin*neurons+n)*b.Width+lane] = v
		}
	}
}

func TestEveryAugmentation(t *testing.T) {
	augment.Register("test_shift", func(strength float64) (augment.Augmentation, error) {
		if strength != float64(int(strength)) || strength < 1 {
			return nil, fmt.Errorf("give whole bins, for example 1")
		}
		return shift{int(strength)}, nil
	})
	t.Run("coordinated dropout", augmenttest.CoordinatedDropout)
	for _, name := range augment.Names() {
		t.Run(name, func(t *testing.T) { augmenttest.Run(t, name) })
	}
	for _, c := range []struct {
		strengths augment.Strengths
		want      string
	}{
		{augment.Strengths{"test_shift": .5}, "train.augment.test_shift is 0.5: give whole bins"},
		{augment.Strengths{"test_shift": math.NaN()}, "train.augment.test_shift is NaN: a strength is a finite number above 0, and 0 is off"},
		{augment.Strengths{"test_shift": math.Inf(1)}, "train.augment.test_shift is +Inf: a strength"},
		{augment.Strengths{"test_shift": -1}, "train.augment.test_shift is -1: a strength"},
		{augment.Strengths{"nothing": 1}, `train.augment is "nothing": known are`},
	} {
		if _, err := augment.List(c.strengths, augment.CoordinatedDropout{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.strengths, err, c.want)
		}
	}
	list, err := augment.List(augment.Strengths{"test_shift": 2}, augment.CoordinatedDropout{Rate: .1})
	if _, last := list[len(list)-1].(augment.CoordinatedDropout); err != nil || len(list) != 2 || !last {
		t.Errorf("the list is %v (%v): coordinated dropout comes last", list, err)
	}
	if off, err := augment.List(augment.Strengths{"test_shift": 0}, augment.CoordinatedDropout{}); err != nil || len(off) > 0 {
		t.Errorf("of strength 0 there is %v (%v)", off, err)
	}
}
