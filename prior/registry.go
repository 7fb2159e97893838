package prior

import "github.com/autolfads/autolfads/internal/registry"

// Settings are what a configuration says of the prior, all positive:
// model.input_prior_tau (bins), model.input_prior_noise_variance and
// model.input_prior_degrees_of_freedom.
type Settings struct{ Tau, NoiseVariance, DegreesOfFreedom float64 }

// NoneName names the prior that says nothing.
const NoneName = "none"

// Maker makes a prior for a model.
type Maker func(Settings) Prior

// family holds the priors that model.input_prior may name: a line each.
var family = registry.New("model.input_prior",
	registry.Entry[Maker]{Name: "ar1", Member: newAR1},
	registry.Entry[Maker]{Name: "normal", Member: newNormal},
	registry.Entry[Maker]{Name: "student_t", Member: newStudentT},
	registry.Entry[Maker]{Name: NoneName, Member: func(Settings) Prior { return None{} }},
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
