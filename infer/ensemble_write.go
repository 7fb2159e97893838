package infer

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/outputs"
)

// Write writes an ensemble to a file as [Write] does a result, and the rates, parameters
// and factors of the first model into the group single (outputs.WriteEnsemble). The
// attribute of says of each array whose it is. Of from, the models say all but version and data.
func (e *Ensemble) Write(path string, d *dataset.Dataset, from Source) error {
	mean, single := e.Mean.content(), e.First.content()
	mean.Of = "mean of " + e.String()
	for _, p := range []*outputs.Part{mean.Train, mean.Valid, mean.Test} {
		e.sayWhose(p)
	}
	first := e.Models[0]
	single.Of = first.Name
	for _, p := range []*outputs.Part{single.Train, single.Valid, single.Test} {
		beside(p, first.Name)
	}
	from.Run, from.Seed, from.AllTrials = first.Name, first.Seed, first.AllTrials
	alone := outputs.Rates{Content: single, Source: from.outputs(first.Samples)}
	return outputs.WriteEnsemble(path, d, outputs.Rates{Content: mean, Source: e.source(from)}, alone)
}

// sayWhose says of each quantity whose it is: the first model's, but for what is known of
// the mixture.
func (e *Ensemble) sayWhose(p *outputs.Part) {
	if p == nil {
		return
	}
	mixed := map[string]string{}
	kinds := likelihood.MixturesOf(e.First.Likelihood)
	for i, q := range likelihood.ParametersOf(e.First.Likelihood) {
		mixed[parameterName(q)] = map[likelihood.Mixture]string{
			likelihood.MeanOfParts:     "mean of " + e.String(),
			likelihood.VarianceOfParts: "mixture of " + e.String(),
		}[kinds[i]]
	}
	for i := range p.Others {
		q := &p.Others[i]
		if q.Of = mixed[q.Name]; q.Of == "" {
			q.Of = e.Models[0].Name
		}
	}
}

// beside leaves of what one model says that which stands beside the mean: states and
// inferred inputs are the top's.
func beside(p *outputs.Part, of string) {
	if p == nil {
		return
	}
	var kept []outputs.Quantity
	for _, q := range p.Others {
		if q.Kind == outputs.OfNeurons || q.Name == factors {
			q.Of = of
			kept = append(kept, q)
		}
	}
	p.Others = kept
}

// source says where the mean comes from.
func (e *Ensemble) source(from Source) outputs.Source {
	s := outputs.Source{Version: from.Version, Run: "mean of " + e.String(), Data: from.Data, Settings: outputs.OfEnsemble(e.names())}
	var samples []int64
	var seeds []string
	for _, m := range e.Models {
		samples, seeds = append(samples, int64(m.Samples)), append(seeds, fmt.Sprint(m.Seed))
	}
	s.Settings = append(s.Settings, outputs.Setting{Name: settingSamples, Value: samples}, outputs.Setting{Name: settingSeed, Value: seeds})
	if slices.ContainsFunc(e.Models, func(m Model) bool { return m.AllTrials }) {
		s.Settings = append(s.Settings, outputs.OfAllTrials())
	}
	return s
}
