package infer

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/outputs"
)

// Source says where an output file comes from; it becomes attributes.
type Source struct {
	Version string // of this program
	Run     string // run folder or checkpoint
	Data    string // data file
	Seed    uint64
	// AllTrials says that the model was trained on the validation trials, too.
	AllTrials bool
}

// Write writes a result to a file of outputs (outputs.Write), which has for each split,
// beside rates, the trials' indices and what goes over all splits:
//
//	train_output_NAME    each parameter of a likelihood whose mean does not say all (Gaussian: variance; Gamma:
//	                     alpha, beta), averaged on its natural scale; rates are the average of means, which
//	                     the averages of parameters do not give
//	train_factors                                  [trials, bins, factors]
//	train_gen_states, train_gen_inputs, train_con_states, train_co_means, train_co_stds
//	train_ic_mean, train_ic_std, train_gen_init    [trials, dims]
func Write(path string, d *dataset.Dataset, r *Result, from Source) error {
	return outputs.Write(path, d, r.content(), from.outputs(r.Samples))
}

// Settings that a file says of what was inferred.
const (
	settingSamples = "posterior_samples"
	settingSeed    = "seed"
)

// outputs says where a file comes from, and of how many posterior samples it is.
func (s *Source) outputs(samples int) outputs.Source {
	settings := []outputs.Setting{{Name: settingSamples, Value: int64(samples)}, {Name: settingSeed, Value: fmt.Sprint(s.Seed)}}
	if s.AllTrials {
		settings = append(settings, outputs.OfAllTrials())
	}
	return outputs.Source{Version: s.Version, Run: s.Run, Data: s.Data, Settings: settings}
}

// content is what a file has of a result.
func (r *Result) content() outputs.Content {
	return outputs.Content{
		Counts: r.Likelihood.Counts(), Unit: r.Likelihood.Unit(),
		Train: r.part(r.Train), Valid: r.part(r.Valid), Test: r.part(r.Test),
	}
}

const factors = "factors"

// parameterName is what files call a parameter of the likelihood.
func parameterName(p likelihood.Parameter) string { return "output_" + p.Name }

// part is what a file has of a split; nil: nothing.
func (r *Result) part(p *lfads.Posterior) *outputs.Part {
	if p == nil {
		return nil
	}
	const unit = "arbitrary"
	others := []outputs.Quantity{
		{Name: factors, Unit: unit, Values: p.Factors},
		{Name: "gen_states", Unit: unit, Values: p.GeneratorStates},
		{Name: "gen_inputs", Unit: unit, Values: p.GeneratorInputs},
		{Name: "con_states", Unit: unit, Values: p.ControllerStates},
		{Name: "co_means", Unit: unit, Values: p.InputMeans},
		{Name: "co_stds", Unit: unit, Values: p.InputStds},
		{Name: "ic_mean", Unit: unit, Values: p.ICMeans, Kind: outputs.OfTrials},
		{Name: "ic_std", Unit: unit, Values: p.ICStds, Kind: outputs.OfTrials},
		{Name: "gen_init", Unit: unit, Values: p.GeneratorInit, Kind: outputs.OfTrials},
	}
	for i, q := range likelihood.ParametersOf(r.Likelihood) {
		others = append(others, outputs.Quantity{Name: parameterName(q), Unit: q.Unit, Values: p.Parameters[i], Kind: outputs.OfNeurons, Power: q.Power})
	}
	return &outputs.Part{Rates: p.Rates, Others: others}
}
