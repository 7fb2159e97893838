package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/synth"
	"github.com/autolfads/autolfads/train"
)

type missingCmd struct {
	Seeds      []uint64 `help:"A set, and models, for each." default:"1,2,3"`
	Data       string   `help:"A file with true rates in Hz, in bins of 10 ms, for all seeds instead of sets of its own."`
	Conditions int      `help:"Of the Lorenz set, 20 trials each." default:"65"`
	RateHz     float64  `help:"Of every neuron, on average." default:"5"`
	Epochs     int      `help:"Of each model." default:"40"`
	Set        []string `help:"Change a setting of all models: KEY=VALUE." sep:"none"`
	Gaps       []string `help:"Kinds of gaps." default:"bins,channels"`
	Fillings   []string `help:"What is put there." default:"NaN,zeros,means"`
	Threads    int      `help:"Of each model." default:"2"`
}

// Run trains one model on the whole set, and one for each kind of gap and each way
// to go on with it, and prints how well the true rates were found in the gaps of
// validation trials.
func (c *missingCmd) Run(ctx context.Context) error {
	fmt.Println("R2 of true rates of validation trials, neurons weighted by their variance")
	fmt.Printf("%-5s %-9s %-10s %8s %8s\n", "seed", "gaps", "model of", "in gaps", "beside")
	for _, seed := range c.Seeds {
		if err := c.set(ctx, seed); err != nil {
			return err
		}
	}
	return nil
}

// set prints the rows of a set.
func (c *missingCmd) set(ctx context.Context, seed uint64) error {
	whole, err := c.recording(seed)
	if err != nil {
		return err
	}
	rates, err := c.model(ctx, whole, seed)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		if !slices.Contains(c.Gaps, g.name) {
			continue
		}
		hidden := func(s *dataset.Split) func(trial, bin, neuron int) bool { return g.in(seed, s) }
		g.print(seed, "all data", whole, rates, hidden(whole.Valid))
		for _, f := range fillings {
			if !slices.Contains(c.Fillings, f.name) {
				continue
			}
			d, err := c.recording(seed)
			if err != nil {
				return err
			}
			f.fillBoth(d, hidden)
			rates, err := c.model(ctx, d, seed)
			if err != nil {
				return err
			}
			g.print(seed, f.name, whole, rates, hidden(whole.Valid))
		}
	}
	return nil
}

// recording returns a fresh copy of a set.
func (c *missingCmd) recording(seed uint64) (*dataset.Dataset, error) {
	if c.Data == "" {
		return c.lorenz(seed)
	}
	d, err := (&config.Data{BinMs: 10, TruthUnit: "hz"}).Load(c.Data)
	if err != nil {
		return nil, err
	}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		if s.Truth == nil || s.TrialIDs == nil {
			return nil, fmt.Errorf("%s lacks true rates or the trials' places in the recording", c.Data)
		}
		if !slices.Equal(s.Encod.Data, s.Recon.Data) {
			return nil, fmt.Errorf("%s has neurons or bins that are not read, or lacks data already: what would be a gap is not known", c.Data)
		}
		s.Encod = s.Recon // a gap is one in both
	}
	return d, nil
}

func (c *missingCmd) lorenz(seed uint64) (*dataset.Dataset, error) {
	o := synth.DefaultLorenz()
	o.Seed, o.Conditions, o.MeanRateHz = seed, c.Conditions, c.RateHz
	return synth.Lorenz(o)
}

// gap is a way in which a recording may lack data: 30 % of all bins of a trial, for
// all neurons, or 4 of 30 channels in a third of the trials.
type gap struct {
	name string
	at   func(key rng.Key, bin, neuron, neurons int) bool // in the trial of the key
}

var gaps = []gap{
	{"bins", func(key rng.Key, bin, _, _ int) bool { return key.Float64(bin, 0) < .3 }},
	{"channels", func(key rng.Key, _, neuron, neurons int) bool {
		return key.Float64(0, 0) < 1./3 && slices.Contains(someOf(key, neurons, max(1, neurons*4/30)), neuron)
	}},
}

// someOf draws n of so many neurons: those with the least numbers of a trial.
func someOf(key rng.Key, neurons, n int) []int {
	order := make([]int, neurons)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return int(math.Copysign(1, key.Float64(1, a)-key.Float64(1, b)))
	})
	return order[:n]
}

// in says where a split has gaps: a function of the trial's place in the recording.
func (g gap) in(seed uint64, s *dataset.Split) func(trial, bin, neuron int) bool {
	return func(trial, bin, neuron int) bool {
		return g.at(rng.Derive(seed, rng.Named("gaps "+g.name), uint64(s.TrialIDs[trial])), bin, neuron, s.Recon.Features)
	}
}

// print prints a row.
func (g gap) print(seed uint64, model string, d *dataset.Dataset, rates *dataset.Array, hidden func(trial, bin, neuron int) bool) {
	score := func(where bool) float64 {
		truth := &dataset.Array{Trials: rates.Trials, Bins: rates.Bins, Features: rates.Features, Data: slices.Clone(d.Valid.Truth.Data)}
		each(truth, func(trial, bin, neuron int, v *float32) {
			if hidden(trial, bin, neuron) != where {
				*v = float32(math.NaN()) // left out
			}
		})
		return metric.R2(truth.Data, rates.Data, truth.Features).Weighted
	}
	fmt.Printf("%-5d %-9s %-10s %8.3f %8.3f\n", seed, g.name, model, score(true), score(false))
}

// filling is what is put into a gap: of a neuron, given its mean elsewhere.
type filling struct {
	name  string
	datum func(mean float32) float32
}

var fillings = []filling{
	{"NaN", func(float32) float32 { return float32(math.NaN()) }},
	{"zeros", func(float32) float32 { return 0 }},
	{"means", func(mean float32) float32 { return mean }},
}

// fillBoth fills the gaps of both splits; means are those of training trials outside
// of them.
func (f filling) fillBoth(d *dataset.Dataset, hidden func(*dataset.Split) func(trial, bin, neuron int) bool) {
	nothing := fillings[0]
	nothing.fill(d.Train.Recon, hidden(d.Train), make([]float32, d.Train.Recon.Features))
	means := d.Train.Recon.Means()
	f.fill(d.Train.Recon, hidden(d.Train), means)
	f.fill(d.Valid.Recon, hidden(d.Valid), means)
}

func (f filling) fill(a *dataset.Array, hidden func(trial, bin, neuron int) bool, means []float32) {
	each(a, func(trial, bin, neuron int, v *float32) {
		if hidden(trial, bin, neuron) {
			*v = f.datum(means[neuron])
		}
	})
}

func each(a *dataset.Array, visit func(trial, bin, neuron int, v *float32)) {
	for trial := range a.Trials {
		for bin := range a.Bins {
			row := a.Bin(trial, bin)
			for neuron := range row {
				visit(trial, bin, neuron, &row[neuron])
			}
		}
	}
}

// settings are those of the fixed model of docs/results.md (b), which is of another
// Lorenz set, but for the default rates of learning and of coordinated dropout, and
// smaller batches.
func (c *missingCmd) settings() (config.Config, error) {
	all := config.Default()
	for _, s := range append([]string{
		"train.batch_size=32",
		"train.dropout_rate=.05",
		"train.kl_ic_scale=6.65e-7",
		"train.kl_input_scale=5e-5",
		"train.l2_generator_scale=2.25e-5",
		"train.l2_controller_scale=3e-4",
		"model.inferred_inputs=1",
		"model.ic_encoder_dim=64",
		"model.ci_encoder_dim=64",
		"model.controller_dim=64",
		"model.generator_dim=64",
	}, c.Set...) {
		key, value, _ := strings.Cut(s, "=")
		if err := all.Set(key, value); err != nil {
			return all, err
		}
	}
	return all, nil
}

// model returns the rates of validation trials from a model after so many epochs: of a
// set whose likelihood comes within a thousandth of the true rates', the best epoch is
// one of many that hardly differ in it, and much in their rates. It does not look
// whether data are counts: means are none.
func (c *missingCmd) model(ctx context.Context, d *dataset.Dataset, seed uint64) (*dataset.Array, error) {
	s, err := c.settings()
	if err != nil {
		return nil, err
	}
	m, err := train.New(s.Model, s.Train, d, train.Identity{Seed: seed}, lfads.Threads(c.Threads))
	if err != nil {
		return nil, err
	}
	for range c.Epochs {
		if _, err := m.RunEpoch(ctx); err != nil {
			return nil, err
		}
		m.Advance() // the learning rate's schedule
	}
	r, err := infer.Run(ctx, m.Model, d, infer.Options{Samples: s.Infer.Samples, Seed: seed, Engine: lfads.Threads(c.Threads)})
	if err != nil {
		return nil, err
	}
	return r.Valid.Rates, nil
}
