package metric

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// experiment is trials of three neurons whose rates go up and down, trial by trial
// more or less, with two models: one that knows the rates, one that knows their mean
// course.
func experiment(seed uint64) (spikes, knows, means *dataset.Array) {
	const trials, bins, neurons = 60, 5, 3
	from := rand.New(rand.NewPCG(seed, 9))
	spikes, knows, means = dataset.NewArray(trials, bins, neurons), dataset.NewArray(trials, bins, neurons), dataset.NewArray(trials, bins, neurons)
	for trial := range trials {
		gain := .5 + from.Float64()
		for i := range spikes.Trial(trial) {
			course := .3 + .2*float64(i%4)
			knows.Trial(trial)[i], means.Trial(trial)[i] = float32(gain*course), float32(course)
			spikes.Trial(trial)[i] = poisson(from, gain*course)
		}
	}
	return spikes, knows, means
}

func poisson(from *rand.Rand, rate float64) (count float32) {
	for p := from.Float64(); p > math.Exp(-rate); p *= from.Float64() {
		count++
	}
	return count
}

// Of 200 experiments about 95 % have the expected score in their interval, and the
// expected difference of the two models in that: 190, give or take 3 at one standard
// deviation, and a few less, for 60 trials know their own variance a little low.
func TestIntervalsHoldWhatIsExpected(t *testing.T) {
	const experiments = 200
	var score, difference values
	var scores, differences [experiments]Interval
	for i := range experiments {
		spikes, knows, means := experiment(uint64(i))
		a, b := BitsByTrial(knows, spikes), BitsByTrial(means, spikes)
		r := Resampling{Draws: 400, Level: .95, Seed: uint64(i)}
		score, difference = append(score, a.Of(nil)), append(difference, a.Of(nil)-b.Of(nil))
		scores[i], differences[i] = r.Interval(a), r.Difference(a, b)
	}
	for what, c := range map[string]struct {
		intervals [experiments]Interval
		expected  float64
	}{"score": {scores, score.Of(nil)}, "difference": {differences, difference.Of(nil)}} {
		hold := 0
		for _, i := range c.intervals {
			if i.Holds(c.expected) {
				hold++
			}
		}
		if hold < 178 || hold > 198 {
			t.Errorf("%d of %d intervals hold the expected %s, %v", hold, experiments, what, c.expected)
		}
	}
}
