package metric

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// TrialBits are the sums that bits per spike are made of: of each trial and neuron
// the spikes, the bins that were recorded, and the negative log likelihood of the
// rates. Mean rates, which bits are measured from, are those of all trials, also for
// a selection: a selection's own would fit it better than they fit new trials, the more
// so the more often it holds a trial, and intervals would lie below the score.
type TrialBits struct {
	trials, neurons int
	means           []float64    // of each neuron over all trials, counts per bin; MinRate of a silent one
	sums            []neuronSums // [trials, neurons]
	factorials      float64      // sum of ln k!, which cancels in every score
	elements        int
	zeroRates       int
}

// neuronSums are sums over bins of one neuron.
type neuronSums struct {
	spikes, bins float64
	model        float64 // negative log likelihood of the rates less ln k!, in nats
}

func newTrialBits(rates, spikes *dataset.Array, w window) *TrialBits {
	w.checkIn(rates, spikes)
	b := &TrialBits{trials: spikes.Trials, neurons: spikes.Features - w.fromNeuron}
	b.sums = make([]neuronSums, b.trials*b.neurons)
	for trial := range b.trials {
		sums := b.trial(trial)
		for bin := w.fromBin; bin < w.toBin; bin++ {
			r, k := rates.Bin(trial, bin)[w.fromNeuron:], spikes.Bin(trial, bin)[w.fromNeuron:]
			for n, count := range k {
				if !dataset.IsMissing(count) {
					b.add(&sums[n], float64(count), float64(r[n]))
				}
			}
		}
	}
	b.means = meansOf(b.selected(nil))
	return b
}

// meansOf returns the mean counts per bin.
func meansOf(neurons []neuronSums) []float64 {
	means := make([]float64, len(neurons))
	for i, n := range neurons {
		means[i] = MinRate
		if n.spikes > 0 {
			means[i] = n.spikes / n.bins
		}
	}
	return means
}

func (b *TrialBits) trial(i int) []neuronSums { return b.sums[i*b.neurons : (i+1)*b.neurons] }

func (b *TrialBits) add(s *neuronSums, count, rate float64) {
	b.elements++
	if rate == 0 {
		b.zeroRates++
		rate = MinRate
	}
	s.spikes += count
	s.bins++
	if count == 0 && rate > 0 { // most bins; 0 ln(rate) is 0
		s.model += rate
		return
	}
	s.model += rate - float64(count*math.Log(rate))
	b.factorials += Exact(count)
}

// Trials returns how many trials there are.
func (b *TrialBits) Trials() int { return b.trials }

// Of returns bits per spike of a selection of trials; NaN if they have no spikes.
func (b *TrialBits) Of(times []int) float64 {
	model, null, spikes := b.total(b.selected(times))
	return bits(null, model, spikes)
}

// Bits returns the score of all trials, each once.
func (b *TrialBits) Bits() Bits {
	neurons := b.selected(nil)
	model, null, spikes := b.total(neurons)
	silent := 0
	for _, n := range neurons {
		if n.spikes == 0 {
			silent += int(n.bins)
		}
	}
	return Bits{
		PerSpike: bits(null, model, spikes), Spikes: spikes,
		Model: Likelihood{Sum: model + b.factorials, Elements: b.elements, ZeroRates: b.zeroRates},
		Null:  Likelihood{Sum: null + b.factorials, Elements: b.elements, ZeroRates: silent},
	}
}

// PerNeuron returns bits per spike of each scored neuron by itself, over all trials;
// NaN of one without spikes. The population's score weighs neurons by their spikes;
// here all count equally, so a few that fire much do not hide many that fire little.
func (b *TrialBits) PerNeuron() []float64 { return b.perNeuron(nil) }

func (b *TrialBits) perNeuron(times []int) []float64 {
	each := make([]float64, b.neurons)
	for i, n := range b.selected(times) {
		each[i] = bits(n.null(b.means[i]), n.model, n.spikes)
	}
	return each
}

// Median is the score of the median neuron, of any selection of trials.
func (b *TrialBits) Median() ByTrial { return medianBits{b} }

type medianBits struct{ *TrialBits }

func (m medianBits) Of(times []int) float64 {
	return QuartilesOf(m.perNeuron(times)).Median
}

// selected sums over selected trials: of each neuron.
func (b *TrialBits) selected(times []int) []neuronSums {
	checkTimes(times, b.trials)
	all := make([]neuronSums, b.neurons)
	for trial := range b.trials {
		t := timesOf(times, trial)
		if t == 0 {
			continue
		}
		for n, s := range b.trial(trial) {
			all[n].spikes += float64(t * s.spikes)
			all[n].bins += float64(t * s.bins)
			all[n].model += float64(t * s.model)
		}
	}
	return all
}

// total sums over neurons.
func (b *TrialBits) total(neurons []neuronSums) (model, null, spikes float64) {
	for i, n := range neurons {
		model, null, spikes = model+n.model, null+n.null(b.means[i]), spikes+n.spikes
	}
	return model, null, spikes
}

// null returns the negative log likelihood of a mean rate, less ln k!. Of a neuron
// without spikes only the rate term counts.
func (n neuronSums) null(mean float64) float64 {
	if n.spikes == 0 {
		return mean * n.bins
	}
	return float64(mean*n.bins) - float64(n.spikes*math.Log(mean))
}

// bits is how much less one negative log likelihood is than that of mean rates, per
// spike; NaN without spikes.
func bits(null, model, spikes float64) float64 {
	if !(spikes > 0) {
		return math.NaN()
	}
	return (null - model) / float64(spikes*math.Ln2)
}
