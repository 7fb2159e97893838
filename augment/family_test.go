package augment_test

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/augment/augmenttest"
)

func TestEveryAugmentation(t *testing.T) {
	t.Run("coordinated dropout", augmenttest.CoordinatedDropout)
	for _, name := range augment.Names() {
		t.Run(name, func(t *testing.T) { augmenttest.Run(t, name) })
	}
	for _, c := range []struct {
		strengths augment.Strengths
		want      string
	}{
		{augment.Strengths{"temporal_shift": .5}, "train.augment.temporal_shift is 0.5: it is the most bins, a whole number from 1 to 1000000; give 1"},
		{augment.Strengths{"temporal_shift": math.NaN()}, "train.augment.temporal_shift is NaN: a strength is a finite number above 0, and 0 is off"},
		{augment.Strengths{"temporal_shift": math.Inf(1)}, "train.augment.temporal_shift is +Inf: a strength"},
		{augment.Strengths{"temporal_shift": -1}, "train.augment.temporal_shift is -1: a strength"},
		{augment.Strengths{"spike_jitter": 1.5}, "train.augment.spike_jitter is 1.5: it is the most bins"},
		{augment.Strengths{"spike_jitter": 2e6}, "train.augment.spike_jitter is 2e+06: it is the most bins"},
		{augment.Strengths{"sample_validation": 1}, "train.augment.sample_validation is 1: it is the share of elements that is held out, above 0 and .99 at most; give .1"},
		{augment.Strengths{"nothing": 1}, `train.augment is "nothing": known are`},
	} {
		if _, err := augment.List(c.strengths, augment.CoordinatedDropout{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.strengths, err, c.want)
		}
	}
	list, err := augment.List(augment.Strengths{"temporal_shift": 2}, augment.CoordinatedDropout{Rate: .1})
	if _, last := list[len(list)-1].(augment.CoordinatedDropout); err != nil || len(list) != 2 || !last {
		t.Errorf("the list is %v (%v): coordinated dropout comes last", list, err)
	}
	if off, err := augment.List(augment.Strengths{"temporal_shift": 0}, augment.CoordinatedDropout{}); err != nil || len(off) > 0 {
		t.Errorf("of strength 0 there is %v (%v)", off, err)
	}
}
