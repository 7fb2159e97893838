package baseline

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/baseline/gpfa"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
)

// GPFA is Gaussian-process factor analysis of square-rooted counts in bins of 20 ms
// (package gpfa): a few latents that change smoothly.
//
// Latents are read at the middle of every bin of the recording: between the bins of 20
// ms, and beyond the last, as the process predicts. From them, rates come as in the
// baseline of the Neural Latents Benchmark (Pei et al. 2021): those of held-in neurons
// by ridge regression of their counts, and not below a tenth of their mean; those of
// held-out neurons by Poisson regression on these.
type GPFA struct {
	Latents   int       // 0: chosen by cross-validated likelihood ([gpfa.Choose])
	Penalties []float64 // of the Poisson regression, to choose of; nil: [GPFAPenalties]
}

// GPFAPenalties are those that the Poisson regression chooses of: small, as rates in
// counts per bin are.
var GPFAPenalties = []float64{1e-6, 1e-5, 1e-4, 1e-3, 1e-2}

// Fit fits the model to the held-in neurons of training trials, and the regressions to
// its latents. On some hundred trials it takes a minute or so, most of it to choose the
// number of latents.
func (m GPFA) Fit(ctx context.Context, d *dataset.Dataset, tell Progress) (Fitted, error) {
	s, err := sessionOf(d)
	if err != nil {
		return nil, err
	}
	if err := checkPenalties(m.Penalties); err != nil {
		return nil, err
	}
	if m.Latents < 0 {
		return nil, fmt.Errorf("%d latents: give 1 or more, or 0 to have them chosen (--latents)", m.Latents)
	}
	f := &fittedGPFA{session: s, GPFA: m, means: d.Train.Recon.Means(), grid: newCoarse(s)}
	if f.grid.bins == 0 {
		return nil, fmt.Errorf("trials are read for %d bins of %v, and GPFA needs one of 20 ms: take longer trials, or another baseline", s.read, s.width)
	}
	f.observed = observedNeurons(d.Train.Encod)
	if err := f.fitModel(ctx, f.roots(d.Train.Encod), tell); err != nil {
		return nil, err
	}
	return f, f.fitRates(ctx, d.Train, tell)
}

// fittedGPFA is what GPFA learns.
type fittedGPFA struct {
	session
	GPFA
	grid     coarse
	means    []float32 // of each neuron
	observed []int     // held-in neurons that were observed in training
	tried    []gpfa.Tried
	model    *gpfa.Model
	turn     *mat.Dense     // orthonormalises latents
	readout  *decode.Linear // from latents to counts of held-in neurons
	penalty  float64
	heldOut  *regression // nil: there are no held-out neurons
}

// observedNeurons are those of which anything was.
func observedNeurons(a *dataset.Array) (which []int) {
	for n, values := range a.Observed() {
		if values > 0 {
			which = append(which, n)
		}
	}
	return which
}

// fitModel chooses the number of latents and fits the model.
func (f *fittedGPFA) fitModel(ctx context.Context, d *gpfa.Trials, tell Progress) error {
	o := gpfa.DefaultOptions(f.Latents)
	o.Timescale = 100 / f.grid.ms(f.session)
	if f.Latents == 0 {
		if err := f.choose(ctx, d, &o, tell); err != nil {
			return err
		}
	}
	m, err := gpfa.Fit(ctx, d, o, func(done, most int, _ float64) { tell.tell("fitting GPFA", done, most) })
	if err != nil && f.Latents > 0 {
		return fmt.Errorf("%w (--latents %d)", err, f.Latents)
	}
	if err != nil {
		return err
	}
	f.model, f.turn = m, m.Orthonormal()
	return nil
}

// fewTrials is how many latents one trial gets, of which no number can be chosen, if it
// has neurons for so many.
const fewTrials = 2

func (f *fittedGPFA) choose(ctx context.Context, d *gpfa.Trials, o *gpfa.Options, tell Progress) (err error) {
	c := gpfa.DefaultChoice()
	c.Folds = min(c.Folds, len(d.Roots))
	if c.Folds < 2 {
		o.Latents = max(1, min(fewTrials, d.Varying()-1))
		return nil
	}
	o.Latents, f.tried, err = gpfa.Choose(ctx, d, *o, c, func(done, total int) { tell.tell("choosing latents", done, total) })
	return err
}

// Settings says how many latents there are, and how they were chosen.
func (f *fittedGPFA) Settings() string {
	width := f.grid.ms(f.session)
	text := fmt.Sprintf("GPFA of square-rooted counts in bins of %g ms, %d latents", width, len(f.model.Timescales))
	switch {
	case f.Latents > 0:
		text += " as given"
	case f.tried == nil:
		text += ", as there is one trial"
	default:
		text += fmt.Sprintf(", of %d to %d by the likelihood of training trials left out", f.tried[0].Latents, f.tried[len(f.tried)-1].Latents)
	}
	least, most := math.Inf(1), 0.
	for _, tau := range f.model.Timescales {
		least, most = min(least, tau*width), max(most, tau*width)
	}
	text += fmt.Sprintf("; timescales %.0f to %.0f ms; %d iterations", least, most, len(f.model.LogLikelihood))
	if f.heldOut != nil {
		text += fmt.Sprintf("; held-out neurons by Poisson regression on rates of the others, L2 %g", f.penalty)
	}
	return text
}

// Estimate infers the latents of a split, and reads rates off them.
func (f *fittedGPFA) Estimate(ctx context.Context, s *dataset.Split) (Estimate, error) {
	if err := f.check(s); err != nil {
		return Estimate{}, err
	}
	factors, err := f.factors(ctx, s.Encod)
	if err != nil || s.Trials() == 0 {
		return Estimate{Rates: f.newRates(0)}, err
	}
	return Estimate{Rates: f.rates(factors), Factors: factors}, nil
}
