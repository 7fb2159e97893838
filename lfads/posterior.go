package lfads

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/rng"
)

// Posterior holds what the model infers about trials: averages over posterior
// samples. Rates are averaged as rates, not as log rates. What belongs to the
// controller is nil in a model without one.
type Posterior struct {
	Rates            *dataset.Array // expected data: counts per bin [trials, reconstructed bins, neurons]
	Factors          *dataset.Array // [trials, reconstructed bins, factors]
	GeneratorStates  *dataset.Array
	GeneratorInputs  *dataset.Array // inferred, then external inputs
	ControllerStates *dataset.Array
	InputMeans       *dataset.Array // inferred inputs
	InputStds        *dataset.Array
	ICMeans          *dataset.Array // initial condition, one bin
	ICStds           *dataset.Array
	GeneratorInit    *dataset.Array // generator's first state, one bin
}

// trace is one quantity to average: where it lies in a tape and where the
// averages go.
type trace struct {
	into     *dataset.Array
	from     func(t *tape) []float32
	features int // of a bin in the tape; the first ones are wanted
}

// Posterior averages samples posterior samples of every trial of d. The random
// numbers depend on the seed, the trial and the sample alone. each is called
// when a batch of trials is done, with the number of trials done so far; if it
// returns an error, Posterior stops and returns it.
func (e *Engine) Posterior(d *Data, samples int, seed uint64, each func(trials int) error) (*Posterior, error) {
	m := e.Model
	p := m.newPosterior(d.Trials())
	traces := p.traces(m)
	batch := 32 * len(e.threads)
	for first := 0; first < d.Trials(); first += batch {
		var trials []int
		for i := first; i < min(first+batch, d.Trials()); i++ {
			trials = append(trials, i)
		}
		b := Batch{Data: d, Trials: trials}
		e.each(e.cut(b, false), func(t *tape, part *part) {
			m.average(t, traces, samples, seed)
		}, b, &Pass{})
		if err := each(first + len(trials)); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// average runs the encoders over a block once, then the decoder for every
// sample.
func (m *Model) average(t *tape, traces []trace, samples int, seed uint64) {
	if m.HasController() { // samples must not overwrite what they all begin with
		t.controllerEarly = make([]float32, len(t.controllerAct))
		defer func() { t.controllerEarly = t.controllerAct }()
	}
	m.load(t)
	m.encode(t)
	sums := make([][]float32, len(traces))
	for i, tr := range traces {
		sums[i] = make([]float32, tr.into.Bins*tr.features*t.w)
	}
	rates := make([]float32, m.Shape.Neurons*t.w)
	for sample := range samples {
		t.pass = &Pass{Draws: Draws{Seed: seed, Pass: rng.Inference, IDs: [4]uint64{uint64(sample)}}}
		m.sampleInitialCondition(t)
		m.decode(t)
		m.expect(t, rates)
		for i, tr := range traces {
			kernel.Add(sums[i], tr.from(t)[:len(sums[i])])
		}
	}
	for i, tr := range traces {
		tr.scatter(sums[i], t, 1/float32(samples))
	}
}

// expect replaces the output by the expected data: its first Neurons rows in
// every bin.
func (m *Model) expect(t *tape, rates []float32) {
	for bin := range m.Shape.ReconBins {
		out := at(t.output, bin, m.readout.Out*t.w)
		m.likelihood.Mean(rates, out)
		copy(out, rates)
	}
}

// scatter writes a block's sums, scaled, to the rows of its trials.
func (tr *trace) scatter(sums []float32, t *tape, scale float32) {
	for lane, trial := range t.trials {
		for bin := range tr.into.Bins {
			row := tr.into.Bin(trial, bin)
			for f := range row {
				row[f] = sums[(bin*tr.features+f)*t.w+lane] * scale
			}
		}
	}
}

func (m *Model) newPosterior(trials int) *Posterior {
	c, bins := &m.Config, m.Shape.ReconBins
	p := &Posterior{
		Rates:           dataset.NewArray(trials, bins, m.Shape.Neurons),
		Factors:         dataset.NewArray(trials, bins, c.Factors),
		GeneratorStates: dataset.NewArray(trials, bins, c.GeneratorDim),
		ICMeans:         dataset.NewArray(trials, 1, c.InitialConditionDim),
		ICStds:          dataset.NewArray(trials, 1, c.InitialConditionDim),
		GeneratorInit:   dataset.NewArray(trials, 1, c.GeneratorDim),
	}
	if m.generator.In > 0 {
		p.GeneratorInputs = dataset.NewArray(trials, bins, m.generator.In)
	}
	if m.HasController() {
		p.ControllerStates = dataset.NewArray(trials, bins, c.ControllerDim)
		p.InputMeans = dataset.NewArray(trials, bins, c.InferredInputs)
		p.InputStds = dataset.NewArray(trials, bins, c.InferredInputs)
	}
	return p
}

// traces lists where each quantity lies. Sequences of states begin with the
// state before the first bin, which only GeneratorInit wants.
func (p *Posterior) traces(m *Model) []trace {
	c := &m.Config
	after := func(features int, get func(*tape) []float32) func(*tape) []float32 {
		return func(t *tape) []float32 { return get(t)[features*t.w:] }
	}
	traces := []trace{
		{p.Rates, func(t *tape) []float32 { return t.output }, m.readout.Out},
		{p.Factors, after(c.Factors, func(t *tape) []float32 { return t.factors }), c.Factors},
		{p.GeneratorStates, after(c.GeneratorDim, func(t *tape) []float32 { return t.generatorState }), c.GeneratorDim},
		{p.GeneratorInit, func(t *tape) []float32 { return t.generatorState }, c.GeneratorDim},
		{p.ICMeans, func(t *tape) []float32 { return t.icPosterior }, 2 * c.InitialConditionDim},
		{p.ICStds, func(t *tape) []float32 { return t.icStd }, c.InitialConditionDim},
	}
	if p.GeneratorInputs != nil {
		traces = append(traces, trace{p.GeneratorInputs, func(t *tape) []float32 { return t.generatorInput }, m.generator.In})
	}
	if m.HasController() {
		traces = append(traces,
			trace{p.ControllerStates, after(c.ControllerDim, func(t *tape) []float32 { return t.controllerState }), c.ControllerDim},
			trace{p.InputMeans, func(t *tape) []float32 { return t.inputPosterior }, 2 * c.InferredInputs},
			trace{p.InputStds, func(t *tape) []float32 { return t.inputStd }, c.InferredInputs})
	}
	return traces
}
