package lfads

import (
	"iter"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// Initialise draws the first parameters of a member: weights N(0, 1/fan), where
// fan counts inputs and states together in encoder cells, and inputs and states
// separately in the decoder's; biases of update and reset gates 1, of all else 0;
// initial states 0. StartReadout goes on from there.
func (m *Model) Initialise(seed uint64, member int) {
	clear(m.Params)
	draw := func(t nn.Tensor, fan int) {
		src := rng.NewSource(rng.Derive(seed, rng.Initialise, uint64(member), uint64(t.Offset)))
		sd := 1 / math.Sqrt(float64(max(fan, 1)))
		weights := t.Of(m.Params)
		for i := range weights {
			weights[i] = float32(src.Normal() * sd)
		}
	}
	for _, l := range m.layers {
		l.Initialise(m.Params, draw)
	}
	m.Prepare()
}

// StartReadout sets the readout's bias to what describes the training data [trials,
// reconstructed bins, neurons] best as long as it is constant, so that learning
// starts from each neuron's mean rate. With a bias of 0 a model of counts starts at
// one spike a bin, ten times too many or more, and the first thing that all of its
// weights learn is to undo that (docs/decisions/006). What the likelihood learns of its
// own is set likewise. A neuron that was never observed starts as one with the data of
// all others.
func (m *Model) StartReadout(recon *dataset.Array) {
	bias := m.readout.linear.Bias.Of(m.Params)
	for n := range m.Shape.Neurons {
		data := observedOf(recon, n)
		if l := m.readout.learned; l != nil {
			l.StartLearned(m.Params, n, data)
		}
		for i, v := range m.Likelihood().Start(data) {
			bias[i*m.Shape.Neurons+n] = float32(v)
		}
	}
	m.Prepare()
}

// observedOf returns what was observed of a neuron; if nothing was, of all.
func observedOf(recon *dataset.Array, neuron int) iter.Seq[float32] {
	for range seen(recon.Feature(neuron)) {
		return seen(recon.Feature(neuron))
	}
	return seen(slices.Values(recon.Data))
}
