package likelihood

import (
	"iter"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
)

// Bind implements [Learned].
func (z *ZeroInflatedGamma) Bind(l *nn.Layout, neurons int) {
	z.neurons, z.scales = neurons, l.New("likelihood.scale", 2, neurons)
	z.start = make([]float64, 2*neurons)
	z.inUse, z.logs = make([]float32, 2*neurons), make([]float32, 2*neurons)
}

// Initialise implements [Learned].
func (z *ZeroInflatedGamma) Initialise(params []float32) {
	for i := range z.start {
		z.set(params, i, z.scale)
	}
}

// StartLearned implements [Learned].
func (z *ZeroInflatedGamma) StartLearned(params []float32, neuron int, data iter.Seq[float32]) {
	f := z.fit(data)
	z.set(params, neuron, f.shapeScale)
	z.set(params, z.neurons+neuron, f.rateScale)
}

// set starts a scale, as it is in single precision: of a large one what rounding takes
// would have a penalty.
func (z *ZeroInflatedGamma) set(params []float32, i int, scale float64) {
	start := float32(scale)
	z.scales.Of(params)[i], z.start[i] = start, float64(start)
}

// Prepare implements [Learned].
func (z *ZeroInflatedGamma) Prepare(params []float32) {
	copy(z.inUse, z.scales.Of(params))
	for i, s := range z.inUse {
		z.inUse[i] = max(s, zigLeastScale)
		z.logs[i] = float32(maths.Log(float64(z.inUse[i])))
	}
}

// Penalty implements [Learned]: half the penalty of the configuration times the squared
// distance of all scales from where they started.
func (z *ZeroInflatedGamma) Penalty(weight float64, grad []float32) float64 {
	total := 0.
	for i, s := range z.inUse {
		d := float64(s) - z.start[i]
		total += float64(.5 * z.penalty * d * d)
		if grad != nil {
			z.scales.Of(grad)[i] += float32(weight * z.penalty * d)
		}
	}
	return total
}
