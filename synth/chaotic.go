package synth

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// Chaotic makes the set that o describes. A fifth of each condition's trials, at
// least one, chosen by the seed, are for validation. Both splits hold spikes (Encod
// and Recon share them), Truth in counts per bin, Latents (see the package's
// comment; [trials, bins, neurons], and one more with a pulse), Condition and
// TrialIDs.
//
// Options that make no sense are an error.
func Chaotic(o ChaoticOptions) (*dataset.Dataset, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	n := newNetwork(&o)
	rates := dataset.NewArray(o.Conditions, o.Bins, o.Neurons)
	latents := dataset.NewArray(o.Conditions, o.Bins, o.latents())
	for c := range o.Conditions {
		n.run(latents, c)
		n.rates(rates, latents, c)
	}
	train, valid := splitTrials(o.Seed, o.Conditions, o.TrialsPerCondition)
	return &dataset.Dataset{
		Name:       "chaotic",
		BinWidth:   chaoticBin,
		Train:      chaoticSplit(&o, train, rates, latents),
		Valid:      chaoticSplit(&o, valid, rates, latents),
		Attributes: o.attributes(),
	}, nil
}

// attributes say what else made the set, and what its states are.
func (o *ChaoticOptions) attributes() map[string]any {
	states := "tanh(x) of each unit"
	if o.Pulse != 0 {
		states += ", then the pulse"
	}
	return map[string]any{
		"generator": "chaotic", "seed": o.Seed, "gain": o.Gain, "pulse": o.Pulse, "peak_rate_hz": o.PeakRateHz, "latents": states,
	}
}

// network is the units and a state of them.
type network struct {
	*ChaoticOptions
	weights []float64 // g W, [to][from]
	input   []float64 // B
	x       []float64 // of each unit
	active  []float64 // tanh(x)
}

func newNetwork(o *ChaoticOptions) *network {
	n := &network{
		ChaoticOptions: o,
		weights:        make([]float64, o.Neurons*o.Neurons),
		input:          make([]float64, o.Neurons),
		x:              make([]float64, o.Neurons),
		active:         make([]float64, o.Neurons),
	}
	normals(n.weights, rng.Derive(o.Seed, rng.Synthesis, chaoticWeights), o.Gain/math.Sqrt(float64(o.Neurons)))
	normals(n.input, rng.Derive(o.Seed, rng.Synthesis, chaoticInput), 1)
	return n
}

// normals draws normal numbers of mean 0.
func normals(dst []float64, key rng.Key, sd float64) {
	src := rng.NewSource(key)
	for i := range dst {
		dst[i] = float64(sd * src.Normal())
	}
}

// run writes the states of a condition.
func (n *network) run(latents *dataset.Array, condition int) {
	normals(n.x, rng.Derive(n.Seed, rng.Synthesis, chaoticStart, uint64(condition)), 1)
	pulse := n.pulseBin(condition)
	for bin := range n.Bins {
		for i, x := range n.x {
			n.active[i] = tanh(x)
		}
		q := 0.
		if bin == pulse {
			q = n.Pulse
		}
		toFloat32(latents.Bin(condition, bin), append(n.active, q)[:n.latents()]...)
		n.step(q)
	}
}

// pulseBin is the bin of a condition's pulse, in the middle half of the trial.
func (n *network) pulseBin(condition int) int {
	src := rng.NewSource(rng.Derive(n.Seed, rng.Synthesis, chaoticPulse, uint64(condition)))
	return n.Bins/4 + src.IntN(n.Bins/2)
}

// step takes x one bin on.
func (n *network) step(q float64) {
	const share = float64(chaoticBin) / float64(chaoticTau)
	for i := range n.x {
		drive := float64(n.input[i] * q)
		for j, w := range n.weights[i*n.Neurons : (i+1)*n.Neurons] {
			drive += float64(w * n.active[j])
		}
		n.x[i] += float64(share * (drive - n.x[i]))
	}
}

// rates brings the states of each unit in a condition to counts per bin, 0 to those
// of the peak rate. A unit that does not move is silent.
func (n *network) rates(rates, latents *dataset.Array, condition int) {
	peak := n.PeakRateHz * chaoticBin.Seconds()
	for i := range n.Neurons {
		low, high := math.Inf(1), math.Inf(-1)
		for bin := range n.Bins {
			r := float64(latents.Bin(condition, bin)[i])
			low, high = min(low, r), max(high, r)
		}
		if low == high {
			continue
		}
		for bin := range n.Bins {
			r := float64(latents.Bin(condition, bin)[i])
			rates.Bin(condition, bin)[i] = float32(peak * ((r - low) / (high - low)))
		}
	}
}

// chaoticSplit draws the spikes of the trials named by ids.
func chaoticSplit(o *ChaoticOptions, ids []int64, rates, latents *dataset.Array) *dataset.Split {
	s := ofConditions(ids, o.TrialsPerCondition, rates, latents)
	for i, id := range ids {
		within := uint64(id) % uint64(o.TrialsPerCondition)
		drawSpikes(s.Recon, s.Truth, i, rng.Derive(o.Seed, rng.Synthesis, chaoticSpikes, uint64(s.Condition[i]), within))
	}
	return s
}

// tanh has the same bits on every amd64, and an absolute error of about 1e-16.
func tanh(x float64) float64 {
	e := maths.Exp(-2 * math.Abs(x))
	return math.Copysign((1-e)/(1+e), x)
}
