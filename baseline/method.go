package baseline

import (
	"context"

	"github.com/autolfads/autolfads/dataset"
)

// Method makes rates of spikes as it was done before single trials were modelled.
// What a method has to set are fields of its type; zero values are its defaults.
type Method interface {
	// Fit learns from the training trials alone, and chooses what there is to
	// choose by cross-validation among them: neither validation nor test trials
	// are read. Spikes must be counts in bins of known width: what is not is refused, as
	// [Check] does. The error is a sentence, or ctx's end. The same data give the same
	// bits on any number of cores.
	Fit(ctx context.Context, d *dataset.Dataset, tell Progress) (Fitted, error)
}

// Fitted is what a method learned.
type Fitted interface {
	// Estimate returns the rates of the trials of a split, of which it reads what an
	// encoder would: Encod (held-in neurons, in bins read), and the conditions. What
	// is to be predicted, held-out neurons and forward bins, it never looks at.
	Estimate(ctx context.Context, s *dataset.Split) (Estimate, error)
	// Settings says in words what was chosen, of what and how, such as
	// "Gaussian, sd 40 ms, of 20 to 150 ms by ...".
	Settings() string
}

// Estimate is what a method says of the trials of a split.
type Estimate struct {
	// Rates are expected counts per bin, finite and not negative, [trials, bins +
	// forward bins, neurons], held-in neurons first, as [dataset.Split.Recon].
	Rates   *dataset.Array
	Factors *dataset.Array // [trials, bins or bins + forward bins, dimensions]; nil: none
	Note    string         // a sentence on what could not be done as for other trials; "": nothing
}

// Progress is told how much of a step is done. It may be nil, and is called by one
// goroutine at a time.
type Progress func(step string, done, total int)

// tell tells p, if it is there.
func (p Progress) tell(step string, done, total int) {
	if p != nil {
		p(step, done, total)
	}
}
