package lfads

import (
	"context"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// Posterior holds what the model infers about trials: averages over posterior
// samples. Rates are averaged as rates, not as log rates, and each parameter of the
// likelihood on its natural scale: so rates are not what the averages of parameters
// would give. What belongs to the controller is nil in a model without one.
type Posterior struct {
	Rates            *dataset.Array   // expected data: counts per bin [trials, reconstructed bins, neurons]
	Parameters       []*dataset.Array // of the likelihood, as rates; those of [likelihood.Parametric], in its order
	Factors          *dataset.Array   // [trials, reconstructed bins, factors]
	GeneratorStates  *dataset.Array
	GeneratorInputs  *dataset.Array // inferred, then external inputs
	ControllerStates *dataset.Array
	InputMeans       *dataset.Array // inferred inputs
	InputStds        *dataset.Array
	ICMeans          *dataset.Array // initial condition, one bin
	ICStds           *dataset.Array
	GeneratorInit    *dataset.Array // generator's first state, one bin
}

// Sampling says which posterior samples of trials are averaged.
type Sampling struct {
	Samples int    // how many
	Seed    uint64 // of their random numbers
	Split   uint64 // which set of trials it is: trial 0 of one is not trial 0 of another
}

// draws are the random numbers of one sample.
func (s Sampling) draws(sample int) Draws {
	return Draws{Seed: s.Seed, Pass: rng.Inference, IDs: [4]uint64{uint64(sample), s.Split}}
}

// Posterior implements [Engine]: it stops after the samples under way.
func (e *CPU) Posterior(ctx context.Context, d *Data, s Sampling, each func(trials int)) (*Posterior, error) {
	m := e.Model
	p := m.newPosterior(d.Trials())
	batch := 32 * len(e.threads)
	for first := 0; first < d.Trials(); first += batch {
		var trials []int
		for i := first; i < min(first+batch, d.Trials()); i++ {
			trials = append(trials, i)
		}
		b := Batch{Data: d, Trials: trials}
		e.each(e.cut(b, false), func(t *tape, part *part) {
			m.average(ctx, t, p, s)
		}, b, &Pass{})
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if each != nil {
			each(first + len(trials))
		}
	}
	return p, nil
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
	for range m.readout.parameters() {
		p.Parameters = append(p.Parameters, dataset.NewArray(trials, bins, m.Shape.Neurons))
	}
	if inputs := m.generator.cell.In; inputs > 0 {
		p.GeneratorInputs = dataset.NewArray(trials, bins, inputs)
	}
	if m.controller != nil {
		p.ControllerStates = dataset.NewArray(trials, bins, c.ControllerDim)
		p.InputMeans = dataset.NewArray(trials, bins, c.InferredInputs)
		p.InputStds = dataset.NewArray(trials, bins, c.InferredInputs)
	}
	return p
}
