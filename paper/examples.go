package paper

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/pbt"
)

// example is a model that may be one of those that a figure shows.
type example struct {
	run     *Run
	place   pbt.Place
	group   string
	nll, r2 float64
}

// exampleKinds are the kinds of models that are shown, in their order.
var exampleKinds = []string{"under-fit", "good", "copying spikes"}

// Names of courses of rates.
const (
	trueRates     = "true rates"
	inferredRates = "inferred rates"
)

// examples adds the rates of three models to a result: of the worst likelihood, of the best
// rates, and of the best likelihood without coordinated dropout. Of models without the last
// there are none of that kind.
func (l *Lab) examples(ctx context.Context, all []example, r *Result) error {
	if len(all) == 0 {
		return nil
	}
	byNLL := func(a, b example) int { return cmp.Compare(a.nll, b.nll) }
	shown := map[string]example{
		"under-fit": slices.MaxFunc(all, byNLL),
		"good":      slices.MaxFunc(all, func(a, b example) int { return cmp.Compare(a.r2, b.r2) }),
	}
	without := slices.DeleteFunc(slices.Clone(all), func(e example) bool { return e.group != withoutDropout })
	if len(without) > 0 {
		shown["copying spikes"] = slices.MinFunc(without, byNLL)
	}
	for _, kind := range exampleKinds {
		if e, ok := shown[kind]; ok {
			if err := l.example(ctx, kind, e, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// example adds true and inferred rates of the neuron that varies most in the first
// validation trial.
func (l *Lab) example(ctx context.Context, kind string, e example, r *Result) error {
	d, err := e.run.Set.Load()
	if err != nil {
		return err
	}
	f, err := l.Rates(ctx, e.run, e.place)
	if err != nil {
		return err
	}
	neuron := liveliest(d.Valid.Truth)
	for _, of := range []struct {
		name  string
		rates *dataset.Array
	}{{trueRates, d.Valid.Truth}, {inferredRates, f.Valid.Rates}} {
		c := Course{Part: kind, Name: of.name}
		for bin := range of.rates.Bins {
			c.X = append(c.X, (float64(bin)+.5)*d.BinWidth.Seconds())
			c.Y = append(c.Y, float64(of.rates.Bin(0, bin)[neuron])/d.BinWidth.Seconds())
		}
		c.X, c.Y = short(c.X), short(c.Y)
		r.Courses = append(r.Courses, c)
	}
	return nil
}

// liveliest is the neuron whose rate goes furthest from its lowest in the first trial.
func liveliest(rates *dataset.Array) (neuron int) {
	most := -1.
	for n := range rates.Features {
		low, high := math.Inf(1), math.Inf(-1)
		for bin := range rates.Bins {
			v := float64(rates.Bin(0, bin)[n])
			low, high = min(low, v), max(high, v)
		}
		if high-low > most {
			neuron, most = n, high-low
		}
	}
	return neuron
}
