package prior

import "github.com/autolfads/autolfads/internal/registry"

// Settings are what a configuration says of the prior: model.input_prior_tau (bins)
// and model.input_prior_noise_variance, both positive.
type Settings struct{ Tau, NoiseVariance float64 }

// Maker makes a prior for a model.
type Maker func(Settings) Prior

// family holds the priors that model.input_prior may name: a line each.
var family = registry.New("model.input_prior",
	registry.Entry[Maker]{Name: "ar1", Member: newAR1},
	registry.Entry[Maker]{Name: "normal", Member: newNormal},
)

// Register adds a prior under a name for model.input_prior. It is for programs
// that import this module, before they start anything: a run is resumed by
// programs that have it alone. It panics if the name is taken.
func Register(name string, m Maker) { family.Register(name, m) }

// New makes the prior called name. The error lists those known.
func New(name string, s Settings) (Prior, error) {
	m, err := family.Get(name)
	if err != nil {
		return nil, err
	}
	return m(s), nil
}

// Names returns the names of all priors.
func Names() []string { return family.Names() }
