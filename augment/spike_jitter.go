package augment

import (
	"errors"

	"github.com/autolfads/autolfads/rng"
)

// SpikeJitter moves each spike in time by a number of bins of its own, uniform from
// -Most to Most, in what is read and in what is reconstructed alike: the model must
// reconstruct what it reads, and cannot take the bin in which a spike happened to fall
// for a feature of the rate.
//
// A spike stays where it is if it would leave the trial, or cross from the bins that
// are read to the forward bins or back, or come to where it was not observed: so no
// spike is lost, and none that is seen comes from what is hidden. The draw of a spike
// depends on its bin, its neuron and its number within the bin. Where spikes that are
// read are other than those that are reconstructed, each array is jittered with the
// same draws.
type SpikeJitter struct{ Most int }

// newSpikeJitter is a [Maker]: the strength is the most bins.
func newSpikeJitter(strength float64) (Augmentation, error) {
	most, err := wholeBins(strength)
	return SpikeJitter{most}, err
}

// Changes implements [Augmentation].
func (SpikeJitter) Changes() Changes { return Changes{Data: true} }

// Takes implements [Choosy].
func (SpikeJitter) Takes(counts bool) error {
	if counts {
		return nil
	}
	return errors.New("it moves spikes, and data of this model.likelihood are no counts of spikes: leave it out, or model counts with model.likelihood=poisson")
}

// Apply implements [Augmentation].
func (j SpikeJitter) Apply(b *Block) {
	clear(b.Series)
	for lane := range b.Trials {
		key := b.Key(rng.SpikeJitter, lane)
		for n := range b.Neurons {
			at := place{b, key, n, lane}
			j.series(at, b.Data[b.DataAt(0, n, lane):], b.Neurons*b.Width, b.ReconBins)
			if n < b.HeldIn {
				j.series(at, b.Input[b.InputAt(0, n, lane):], b.HeldIn*b.Width, b.Bins)
			}
		}
	}
}

// place is a neuron in a trial, with the key of its spikes.
type place struct {
	*Block
	key          rng.Key
	neuron, lane int
}

// series moves the spikes of a series, one count every stride. Series holds what each
// bin gains, 0 before and after.
func (j SpikeJitter) series(at place, counts []float32, stride, bins int) {
	gain, moved := at.Series[:bins], false
	for bin := range bins {
		count := counts[bin*stride]
		if count < 1 || !at.IsObserved(bin, at.neuron, at.lane) {
			continue
		}
		for spike := range int(count) {
			if to := j.target(at, bin, spike); to != bin {
				gain[bin]--
				gain[to]++
				moved = true
			}
		}
	}
	if !moved {
		return
	}
	for bin, g := range gain {
		counts[bin*stride] += g
	}
	clear(gain)
}

// target returns the bin that a spike goes to.
func (j SpikeJitter) target(at place, bin, spike int) int {
	word := at.key.Uint32(bin, at.neuron+spike*at.Neurons)
	to := bin - j.Most + int(uint64(word)*uint64(2*j.Most+1)>>32)
	outside := to < 0 || to >= at.ReconBins || (to < at.Bins) != (bin < at.Bins)
	if outside || !at.IsObserved(to, at.neuron, at.lane) {
		return bin
	}
	return to
}
