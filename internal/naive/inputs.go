package naive

import (
	"math"

	"github.com/autolfads/autolfads/rng"
)

// Inputs is a batch with everything random about it.
type Inputs struct {
	Data     Sequence // read, T x [B, N], before coordinated dropout; NaN is missing
	Target   Sequence // reconstructed, T' x [B, M]; NaN is missing
	External Sequence // external inputs, T x [B, inputs]; zeros are read in bins T..T'

	NoiseIC    *Matrix  // standard normal, [B, dims]; nil: posterior means
	NoiseInput Sequence // of the inferred inputs, T' x [B, inputs]; nil: posterior means
	NoisePrior Sequence // of the fresh sample in the AR(1) divergence, as NoiseInput

	// Kept is the mask of coordinated dropout, T x [B, N]: 1 is read, 0 zeroed;
	// nil is no coordinated dropout. It lies over Data bin by bin: with an IC
	// segment, its first bins are those of the segment.
	Kept Sequence
	Pass Sequence // 1: passes reconstruction gradient although it is read; used with Kept

	Dropout Dropout
}

// Dropout holds masks of 0 and 1/(1-rate), one for each place where LFADS
// drops. A nil mask is no dropout.
type Dropout struct {
	EncoderInput    Sequence // T x [B, N], read by both encoders
	ICHead          *Matrix  // [B, 2 encoder dims], before the posterior of the initial condition
	ControllerInput Sequence // T' x [B, 2 encoder dims + factors]
	External        Sequence // T' x [B, inputs]
	Factors         Sequence // T'+1 x [B, generator dims]: for g_0, then for the state after each bin
}

// at returns bin t, or nil where there is no sequence.
func (s Sequence) at(t int) *Matrix {
	if s == nil {
		return nil
	}
	return s[t]
}

// RandomInputs returns a batch with counts of mean 1 (and a quarter, where there must be
// no zero), noise, external inputs
// if the model has them, and coordinated dropout masks if its rate is not 0
// (a quarter of the read elements pass gradient).
func (c *Config) RandomInputs(source *rng.Source, trials int) *Inputs {
	least := 0.
	if c.Likelihood == Gamma {
		least = .25 // it has no zeros
	}
	counts := func() float64 { return least + float64(int(-1.45*math.Log(source.Float64()))) }
	normal := func() float64 { return float64(float32(source.Normal())) }
	in := &Inputs{
		Data:       fill(NewSequence(c.Bins, trials, c.Neurons), counts),
		Target:     fill(NewSequence(c.ReconBins, trials, c.ReconNeurons), counts),
		External:   fill(NewSequence(c.Bins, trials, c.ExternalInputs), normal),
		NoiseIC:    randomMatrix(source, trials, c.InitialConditionDim, 1),
		NoiseInput: fill(NewSequence(c.ReconBins, trials, c.InferredInputs), normal),
		NoisePrior: fill(NewSequence(c.ReconBins, trials, c.InferredInputs), normal),
	}
	if c.CoordinatedDropoutRate > 0 {
		in.Kept = bernoulli(source, NewSequence(c.Bins, trials, c.Neurons), 1-c.CoordinatedDropoutRate, 1)
		in.Pass = bernoulli(source, NewSequence(c.Bins, trials, c.Neurons), .25, 1)
	}
	return in
}

// RandomDropout returns a mask of the given rate for every place.
func (c *Config) RandomDropout(source *rng.Source, trials int, rate float64) Dropout {
	keep := 1 - rate
	mask := func(bins, features int) Sequence {
		return bernoulli(source, NewSequence(bins, trials, features), keep, float64(float32(1/keep)))
	}
	return Dropout{
		EncoderInput:    mask(c.Bins, c.Neurons),
		ICHead:          mask(1, 2*c.ICEncoderDim)[0],
		ControllerInput: mask(c.ReconBins, 2*c.CIEncoderDim+c.Factors),
		External:        mask(c.ReconBins, c.ExternalInputs),
		Factors:         mask(c.ReconBins+1, c.GeneratorDim),
	}
}

func bernoulli(source *rng.Source, s Sequence, probability, value float64) Sequence {
	return fill(s, func() float64 {
		if source.Float64() < probability {
			return value
		}
		return 0
	})
}

func fill(s Sequence, draw func() float64) Sequence {
	for _, m := range s {
		for i := range m.Data {
			m.Data[i] = draw()
		}
	}
	return s
}
