package evaluate

import (
	"fmt"
	"math"
	"time"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

// Inferred is what a model says of one split.
type Inferred struct {
	Rates   *dataset.Array // counts per bin [trials, bins, neurons]
	Factors *dataset.Array // [trials, bins, factors]; nil: none
}

// Figure is one score.
type Figure struct {
	Name      string    `json:"name"`
	Value     float64   `json:"value"`
	Unit      string    `json:"unit"`
	PerOutput []float64 `json:"per_output,omitempty"` // for example velocity x and y
	Smoothing *float64  `json:"smoothing,omitempty"`  // the same score of Gaussian smoothing
	Best      *float64  `json:"true_rates,omitempty"` // the same score of the true rates
	Note      string    `json:"note,omitempty"`
}

// Scores scores a model against a dataset. Splits without what a score needs
// go without it; a score that the numbers do not allow, such as that of
// behaviour that is NaN throughout, is skipped, for a reason.
func Scores(d *dataset.Dataset, train, valid Inferred) (figures []Figure, skipped []string) {
	e := &evaluation{d: d, train: train, valid: valid}
	e.likelihood()
	e.bits()
	for _, score := range []func() error{e.truth, e.latents, e.behavior} {
		if err := score(); err != nil {
			skipped = append(skipped, err.Error())
		}
	}
	return e.figures, skipped
}

type evaluation struct {
	d            *dataset.Dataset
	train, valid Inferred
	figures      []Figure
}

func (e *evaluation) add(f Figure) { e.figures = append(e.figures, f) }

// likelihood scores the rates' negative log likelihood per element, beside the
// true rates'.
func (e *evaluation) likelihood() {
	f := Figure{
		Name: "negative log likelihood", Unit: "nats per element",
		Value: metric.PoissonNLL(e.valid.Rates, e.d.Valid.Recon, metric.Stirling).Mean(),
	}
	if oracle, ok := Oracle(e.d); ok {
		f.Best = &oracle
	}
	e.add(f)
}

// Oracle returns the negative log likelihood per element of the validation
// trials under their true rates. It reports false if they are not known.
func Oracle(d *dataset.Dataset) (float64, bool) {
	if d.Valid.Truth == nil {
		return 0, false
	}
	return metric.PoissonNLL(d.Valid.Truth, d.Valid.Recon, metric.Stirling).Mean(), true
}

// bits scores in bits per spike: all neurons, held-out neurons, forward bins.
func (e *evaluation) bits() {
	spikes, heldIn, bins := e.d.Valid.Recon, e.d.Valid.Encod.Features, e.d.Valid.Encod.Bins
	for _, s := range []struct {
		name string
		bits metric.Bits
	}{
		{"bits per spike", metric.BitsPerSpike(e.valid.Rates, spikes)},
		{"co-bps (held-out neurons)", metric.CoBPS(e.valid.Rates, spikes, heldIn, bins)},
		{"fp-bps (forward bins)", metric.FpBPS(e.valid.Rates, spikes, bins)},
	} {
		if !math.IsNaN(s.bits.PerSpike) {
			e.add(Figure{Name: s.name, Value: s.bits.PerSpike, Unit: "bits", Note: s.bits.Model.Warning()})
		}
	}
}

// truth scores rates against true rates. Neurons count by their variance: the
// plain average would be ruled by neurons that hardly fire.
func (e *evaluation) truth() error {
	truth, trainTruth := e.d.Valid.Truth, e.d.Train.Truth
	if truth == nil || trainTruth == nil {
		return nil
	}
	f := Figure{Name: "true rates", Unit: "R2", Value: metric.R2(truth.Data, e.valid.Rates.Data, truth.Features).Weighted}
	s := e.smoothing(func(train *dataset.Array) (float64, error) {
		return metric.R2(trainTruth.Data, train.Data, train.Features).Weighted, nil
	})
	if s != nil {
		v := metric.R2(truth.Data, s.valid.Data, truth.Features).Weighted
		f.Smoothing, f.Note = &v, s.note()
	}
	e.add(f)
	return nil
}

// latents scores true latent states from factors by linear regression.
func (e *evaluation) latents() error {
	if e.d.Train.Latents == nil || e.d.Valid.Latents == nil || e.train.Factors == nil {
		return nil
	}
	return e.decoded("true states from factors", e.d.Train.Latents, e.d.Valid.Latents, e.train.Factors, e.valid.Factors, decode.LeastSquares)
}

// behavior scores behaviour from rates by ridge regression.
func (e *evaluation) behavior() error {
	if e.d.Train.Behavior == nil || e.d.Valid.Behavior == nil {
		return nil
	}
	return e.decoded("behaviour from rates", e.d.Train.Behavior, e.d.Valid.Behavior, e.train.Rates, e.valid.Rates, decode.Ridge)
}

type fit func(inputs, outputs *dataset.Array) (*decode.Linear, error)

// decoded fits a decoder on training trials and scores it on validation
// trials, from the model's numbers and from smoothed spikes.
func (e *evaluation) decoded(name string, trainY, validY, trainX, validX *dataset.Array, fit fit) error {
	score, err := decoderScore(fit, trainX.FirstBins(trainY.Bins), trainY, validX.FirstBins(validY.Bins), validY)
	if err != nil {
		return fmt.Errorf("scoring %s: %w", name, err)
	}
	f := Figure{Name: name, Unit: "R2", Value: score.Mean, PerOutput: score.PerOutput}
	s := e.smoothing(func(rates *dataset.Array) (float64, error) {
		s, err := decoderScore(fit, rates.FirstBins(trainY.Bins), trainY, rates.FirstBins(trainY.Bins), trainY)
		return s.Mean, err
	})
	if s != nil {
		smooth, err := decoderScore(fit, s.train.FirstBins(trainY.Bins), trainY, s.valid.FirstBins(validY.Bins), validY)
		if err == nil {
			f.Smoothing, f.Note = &smooth.Mean, s.note()
		}
	}
	e.add(f)
	return nil
}

func decoderScore(fit fit, trainX, trainY, validX, validY *dataset.Array) (metric.Score, error) {
	l, err := fit(trainX, trainY)
	if err != nil {
		return metric.Score{}, err
	}
	return l.Score(validX, validY)
}

// smoothing is the baseline: spikes smoothed with the kernel that does best on
// training trials at what it is compared on.
type smoothing struct {
	sd           time.Duration
	train, valid *dataset.Array
}

func (s *smoothing) note() string {
	return fmt.Sprintf("smoothing: Gaussian, sd %d ms, chosen on training trials", s.sd.Milliseconds())
}

// kernelsTried are the standard deviations of the sweep, wide enough for slow
// and for fast dynamics.
var kernelsTried = []time.Duration{
	20 * time.Millisecond, 30 * time.Millisecond, 40 * time.Millisecond, 50 * time.Millisecond, 60 * time.Millisecond,
	80 * time.Millisecond, 100 * time.Millisecond, 150 * time.Millisecond,
}

// smoothing returns the baseline, its kernel chosen by a score of training
// rates; nil if the bin width is not known or no kernel has a score.
func (e *evaluation) smoothing(score func(train *dataset.Array) (float64, error)) *smoothing {
	if e.d.BinWidth == 0 {
		return nil
	}
	kernels, best, err := baseline.Sweep(e.d.Train.Recon, e.d.BinWidth, kernelsTried, score)
	if err != nil {
		return nil
	}
	sd := kernels[best].SD
	return &smoothing{sd, baseline.Smooth(e.d.Train.Recon, sd, e.d.BinWidth), baseline.Smooth(e.d.Valid.Recon, sd, e.d.BinWidth)}
}
