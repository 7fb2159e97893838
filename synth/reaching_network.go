package synth

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// The network between hand and neurons: its units, their gain, and their time constant
// in s. What it is told has driveSize numbers.
const (
	reachingUnits = 30
	reachingGain  = 1.2
	reachingTau   = .025
	driveSize     = 8
)

// Sizes of position and velocity of a usual reach, mm and mm/s, and of its turned
// direction: what the network is told of each is of the size of 1.
const (
	usualPosition = 30.
	usualVelocity = 80.
	usualTurning  = .4
)

// drive is what the network is told of the hand.
func (h *hand) drive() [driveSize]float64 {
	return [driveSize]float64{
		h.position[0] / usualPosition, h.position[1] / usualPosition,
		h.velocity[0] / usualVelocity, h.velocity[1] / usualVelocity,
		h.direction[0], h.direction[1],
		h.turning[0] / usualTurning, h.turning[1] / usualTurning,
	}
}

// motorNetwork is tanh units at random, which the hand's plan drives.
type motorNetwork struct {
	weights, inputs []float64 // [to][from], [to][drive]
	x, active       []float64 // of each unit, and tanh(x)
}

// newMotorNetwork draws weights of variance gain^2 / units, and 1 / driveSize of inputs.
func newMotorNetwork(seed uint64) *motorNetwork {
	n := &motorNetwork{
		weights: make([]float64, reachingUnits*reachingUnits), inputs: make([]float64, reachingUnits*driveSize),
		x: make([]float64, reachingUnits), active: make([]float64, reachingUnits),
	}
	normals(n.weights, rng.Derive(seed, rng.Synthesis, reachingRecurrent), reachingGain/math.Sqrt(reachingUnits))
	normals(n.inputs, rng.Derive(seed, rng.Synthesis, reachingInputs), 1/math.Sqrt(driveSize))
	return n
}

// step takes the network a bin on, and leaves tanh(x) of where it then is.
func (n *motorNetwork) step(drive [driveSize]float64) {
	for i, x := range n.x {
		sum := -x
		for j, w := range n.weights[i*reachingUnits : (i+1)*reachingUnits] {
			sum += float64(w * n.active[j])
		}
		for j, w := range n.inputs[i*driveSize : (i+1)*driveSize] {
			sum += float64(w * drive[j])
		}
		n.x[i] += float64(reachingBin.Seconds() / reachingTau * sum)
	}
	for i, x := range n.x {
		n.active[i] = tanh(x)
	}
}

// states returns tanh(x) of each bin, [1, bins, units]. The network is told what the hand
// does reachingLag later, and, as it follows by its time constant, that much earlier
// still. It has run for a while when the recording begins.
func (n *motorNetwork) states(all []reach, bins int) *dataset.Array {
	states := dataset.NewArray(1, bins, reachingUnits)
	dt := reachingBin.Seconds()
	for bin := -int(warmUp / dt); bin < bins; bin++ {
		h := handAt(all, float64(float64(bin)*dt)+reachingLag+reachingTau)
		n.step(h.drive())
		if bin >= 0 {
			toFloat32(states.Bin(0, bin), n.active...)
		}
	}
	return states
}

// reachingRates returns counts per bin, [1, bins, neurons]: the logarithm of each is a sum
// of standardised states by weights of variance 1 / units, and a constant that gives
// the neuron its mean rate.
func reachingRates(o *ReachingOptions, states *dataset.Array) *dataset.Array {
	standard := standardised(states)
	rates := dataset.NewArray(1, states.Bins, o.Neurons)
	w, relative := make([]float64, reachingUnits), make([]float64, states.Bins)
	counts := o.MeanRateHz * reachingBin.Seconds()
	for n := range o.Neurons {
		normals(w, rng.Derive(o.Seed, rng.Synthesis, reachingReadout, uint64(n)), 1/math.Sqrt(reachingUnits))
		mean := 0.
		for bin := range relative {
			sum := 0.
			for i, s := range standard[bin*reachingUnits : (bin+1)*reachingUnits] {
				sum += float64(w[i] * s)
			}
			relative[bin] = maths.Exp(sum)
			mean += relative[bin] / float64(len(relative))
		}
		for bin, r := range relative {
			rates.Bin(0, bin)[n] = float32(counts * (r / mean))
		}
	}
	return rates
}

// standardised returns states [bins][units] with mean 0 and variance 1 of each unit.
func standardised(states *dataset.Array) []float64 {
	out := make([]float64, len(states.Data))
	for unit := range states.Features {
		mean, square, n := 0., 0., float64(states.Bins)
		for bin := range states.Bins {
			mean += float64(states.Bin(0, bin)[unit]) / n
		}
		for bin := range states.Bins {
			d := float64(states.Bin(0, bin)[unit]) - mean
			out[bin*states.Features+unit] = d
			square += float64(d*d) / n
		}
		sd := math.Sqrt(square)
		for bin := range states.Bins {
			out[bin*states.Features+unit] /= sd
		}
	}
	return out
}
