package likelihood

import "github.com/autolfads/autolfads/internal/registry"

// Settings are what a configuration says of likelihoods that have something to set:
// model.zig_location, model.zig_scale and model.zig_scale_penalty.
type Settings struct{ ZIGLocation, ZIGScale, ZIGScalePenalty float64 }

// Maker makes a likelihood for a model.
type Maker func(Settings) Likelihood

// family holds the likelihoods that model.likelihood may name: a line each.
var family = registry.New("model.likelihood",
	registry.Entry[Maker]{Name: "poisson", Member: func(Settings) Likelihood { return Poisson{} }},
	registry.Entry[Maker]{Name: "gaussian", Member: func(Settings) Likelihood { return Gaussian{} }},
	registry.Entry[Maker]{Name: "gamma", Member: func(Settings) Likelihood { return Gamma{} }},
	registry.Entry[Maker]{Name: "zero_inflated_gamma", Member: newZeroInflatedGamma},
	registry.Entry[Maker]{Name: "mse", Member: func(Settings) Likelihood { return MSE{} }},
)

// Register adds a likelihood under a name for model.likelihood. It is for
// programs that import this module, before they start anything: a run is resumed
// by programs that have it alone. It panics if the name is taken.
func Register(name string, m Maker) { family.Register(name, m) }

// New makes the likelihood called name. The error lists those known.
func New(name string, s Settings) (Likelihood, error) {
	m, err := family.Get(name)
	if err != nil {
		return nil, err
	}
	return m(s), nil
}

// Names returns the names of all likelihoods.
func Names() []string { return family.Names() }
