package lfads

import (
	"context"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/nn"
)

// togetherSamples bounds the memory of a sampler: the states of so many samples
// at a time are about the size of the second-level cache; the noise of their
// inputs, which is larger, is read once.
const togetherSamples = 64

// sampler runs the decoder for many posterior samples of a block in step, bin
// by bin: the weights and what the encoders gave the bin stay in the cache for
// all of them, and nothing is kept of a bin but sums. It works in the tape's
// first bin.
type sampler struct {
	model                          *Model
	tape                           *tape
	bin                            binView     // the tape's first; states and noise are of the sample under way
	generator, controller, factors []float32   // states of the samples, [samples][features][w]
	early                          []float32   // [ReconBins][3 Controller][w]: products of the CI encoder's part
	noise                          []float32   // [samples][ReconBins][InferredInputs][w]
	rates                          []float32   // [Neurons][w]
	natural                        []float32   // [parameters of the likelihood][Neurons][w]
	sums                           [][]float32 // by trace, [bins][features][w]: over the samples so far
}

// average averages posterior samples of the block's trials into p. Unlike
// a step it allocates: a sampler and the sums, for each block. If ctx ends it
// stops halfway, and what p has is worth nothing.
func (m *Model) average(ctx context.Context, t *tape, p *Posterior, which Sampling) {
	samples := which.Samples
	s := m.newSampler(t, min(samples, togetherSamples))
	m.load(t)
	m.encode(t)
	s.project()
	traces := s.traces(p)
	for _, tr := range traces {
		s.sums = append(s.sums, make([]float32, tr.into.Bins*tr.into.Features*t.w))
	}
	for first := 0; first < samples && ctx.Err() == nil; first += togetherSamples {
		s.run(traces, first, min(togetherSamples, samples-first), which)
	}
	for i, tr := range traces {
		scatter(tr.into, s.sums[i], t, 1/float32(samples))
	}
	scatter(p.ICMeans, t.initial.posterior, t, 1)
	scatter(p.ICStds, t.initial.std, t, 1)
}

func (m *Model) newSampler(t *tape, samples int) *sampler {
	s := &sampler{model: m, tape: t}
	state := func(features int) []float32 { return nn.NewActivations(nil, samples, features, t.w) }
	s.generator, s.factors = state(m.Config.GeneratorDim), state(m.Config.Factors)
	s.rates = nn.NewActivations(nil, 1, m.Shape.Neurons, t.w)
	s.natural = nn.NewActivations(nil, len(m.readout.parameters()), m.Shape.Neurons, t.w)
	if m.controller != nil {
		s.controller = state(m.Config.ControllerDim)
		s.noise = nn.NewActivations(nil, samples, m.Shape.ReconBins*m.Config.InferredInputs, t.w)
		s.early = nn.NewActivations(nil, m.Shape.ReconBins, 3*m.Config.ControllerDim, t.w)
	}
	s.bin = m.view(t, 0)
	return s
}

// project computes what all samples share of the controller.
func (s *sampler) project() {
	if s.model.controller != nil {
		for bin := range s.model.Shape.ReconBins {
			s.model.controller.project(s.tape, bin, at(s.early, bin, len(s.bin.controller.Gates)))
		}
	}
}

// run adds samples first, first+1, ... to the sums.
func (s *sampler) run(traces []trace, first, samples int, which Sampling) {
	m, t := s.model, s.tape
	for i := range samples {
		t.pass = &Pass{Draws: which.draws(first + i)}
		s.begin(i)
		s.add(traces, 0, true)
	}
	for bin := range m.Shape.ReconBins {
		if m.controller != nil {
			s.bin.controller.Early = at(s.early, bin, len(s.bin.controller.Gates))
		}
		for i := range samples {
			s.use(i, bin)
			m.decodeBin(t, bin, &s.bin)
			m.readout.expected(s.rates, s.natural, s.bin.output)
			s.add(traces, bin, false)
		}
	}
}

// begin draws the initial condition of a sample, and the noise of its inputs.
func (s *sampler) begin(sample int) {
	m, t := s.model, s.tape
	m.initial.sample(t, m.generator.firstState(t))
	m.prepareDecode(t)
	s.use(sample, 0)
	copy(s.bin.generator.After, t.generator.state)
	m.generator.readFactors(t, 0, s.bin.factorsAfter, s.bin.generator.After)
	if m.controller != nil {
		copy(s.bin.controller.After, t.controller.state)
		copy(at(s.noise, sample, len(t.controller.noise)), t.controller.noise)
	}
}

// use makes the bin's states and noise those of a sample; a state after a bin
// replaces the one before.
func (s *sampler) use(sample, bin int) {
	m, w, v := s.model, s.tape.w, &s.bin
	v.generator.Before = at(s.generator, sample, m.Config.GeneratorDim*w)
	v.factorsBefore = at(s.factors, sample, m.Config.Factors*w)
	v.generator.After, v.factorsAfter = v.generator.Before, v.factorsBefore
	if m.controller != nil {
		v.controller.Before = at(s.controller, sample, m.Config.ControllerDim*w)
		v.controller.After = v.controller.Before
		v.noise = at(at(s.noise, sample, len(s.tape.controller.noise)), bin, len(v.std))
	}
}

// trace is one quantity to average: where the averages go and where it lies
// when a bin of a sample was decoded, or, if it is the generator's first state,
// when the sample began.
type trace struct {
	into  *dataset.Array
	from  func() []float32
	begin bool
}

// traces lists what is averaged.
func (s *sampler) traces(p *Posterior) []trace {
	v := &s.bin
	generator := func() []float32 { return v.generator.After }
	traces := []trace{
		{into: p.Rates, from: func() []float32 { return s.rates }},
		{into: p.Factors, from: func() []float32 { return v.factorsAfter }},
		{into: p.GeneratorStates, from: generator},
		{into: p.GeneratorInit, from: generator, begin: true},
	}
	for i, a := range p.Parameters {
		values := at(s.natural, i, len(s.rates))
		traces = append(traces, trace{into: a, from: func() []float32 { return values }})
	}
	if p.GeneratorInputs != nil {
		traces = append(traces, trace{into: p.GeneratorInputs, from: func() []float32 { return v.generator.Late }})
	}
	if s.model.controller != nil {
		traces = append(traces,
			trace{into: p.ControllerStates, from: func() []float32 { return v.controller.After }},
			trace{into: p.InputMeans, from: func() []float32 { return v.posterior }},
			trace{into: p.InputStds, from: func() []float32 { return v.std }})
	}
	return traces
}

// add adds what the sample under way has to the sums of a bin.
func (s *sampler) add(traces []trace, bin int, begin bool) {
	for i, tr := range traces {
		if tr.begin != begin {
			continue
		}
		sum := at(s.sums[i], bin, tr.into.Features*s.tape.w)
		kernel.Add(sum, tr.from()[:len(sum)])
	}
}

// scatter writes sums [bins][features][w] of a block, scaled, to the rows of its
// trials.
func scatter(into *dataset.Array, sums []float32, t *tape, scale float32) {
	for lane, trial := range t.trials {
		for bin := range into.Bins {
			row := into.Bin(trial, bin)
			for f := range row {
				row[f] = sums[(bin*into.Features+f)*t.w+lane] * scale
			}
		}
	}
}
