package paper

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/report"
)

// example is a model that may be one of those that a figure shows.
type example struct {
	run     *Run
	place   pbt.Place
	group   string
	nll, r2 float64
}

// The kinds of models that are shown.
const (
	worstLikelihood = "worst likelihood"
	bestRates       = "best rates"
	bestLikelihood  = "best likelihood, without"
)

var exampleKinds = []string{worstLikelihood, bestRates, bestLikelihood}

// exampleTitle is what figures call one. That of the best likelihood copies spikes only if
// its numbers say so.
func (r *Result) exampleTitle(kind string) string {
	switch {
	case kind == worstLikelihood:
		return "under-fit: worst likelihood"
	case kind == bestRates:
		return "good: best rates"
	case r.table("1c, e").bestCopies(withoutDropout, r.number("oracle_nll")):
		return "copies spikes: best likelihood"
	}
	return "best likelihood"
}

// Names of courses.
const (
	trueRates     = "true rates"
	inferredRates = "inferred rates"
	ownSpikes     = "spikes" // of bins that have some: how many
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
		worstLikelihood: slices.MaxFunc(all, byNLL),
		bestRates:       slices.MaxFunc(all, func(a, b example) int { return cmp.Compare(a.r2, b.r2) }),
	}
	without := slices.DeleteFunc(slices.Clone(all), func(e example) bool { return e.group != withoutDropout })
	if len(without) > 0 {
		shown[bestLikelihood] = slices.MinFunc(without, byNLL)
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

// example adds true and inferred rates, in spikes/s over s, of the neuron that varies most
// in the first validation trial, and its spikes.
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
	width := d.BinWidth.Seconds()
	for _, of := range []struct {
		name  string
		rates *dataset.Array
	}{{trueRates, d.Valid.Truth}, {inferredRates, f.Valid.Rates}} {
		r.Courses = append(r.Courses, courseOf(kind, of.name, of.rates, neuron, width, 1/width))
	}
	spikes := courseOf(kind, ownSpikes, d.Valid.Recon, neuron, width, 1)
	for bin := len(spikes.X) - 1; bin >= 0; bin-- {
		if spikes.Y[bin] == 0 {
			spikes.X, spikes.Y = slices.Delete(spikes.X, bin, bin+1), slices.Delete(spikes.Y, bin, bin+1)
		}
	}
	r.Courses = append(r.Courses, spikes)
	return nil
}

// courseOf is what a neuron has in the bins of the first trial, times a factor; bins have a
// width in s.
func courseOf(part, name string, a *dataset.Array, neuron int, width, factor float64) Course {
	c := Course{Part: part, Name: name}
	for bin := range a.Bins {
		c.X = append(c.X, (float64(bin)+.5)*width)
		c.Y = append(c.Y, float64(a.Bin(0, bin)[neuron])*factor)
	}
	c.X, c.Y = short(c.X), short(c.Y)
	return c
}

// drawExamples is the figure of the models that are shown; nil without any.
func (r *Result) drawExamples() *Figure {
	f := &report.Charts{Title: "Under-fit, good, and of the best likelihood", Subtitle: "the same neuron in the same validation trial; dashed: its spikes; the last of the models without coordinated dropout"}
	for _, kind := range exampleKinds {
		chart := report.Chart{Name: r.exampleTitle(kind), X: "time, s", Y: "spikes/s"}
		for _, c := range r.courses(kind) {
			if c.Name != ownSpikes {
				chart.Series = append(chart.Series, report.Series{Name: c.Name, X: c.X, Y: c.Y, Line: true, Known: c.Name == trueRates})
				continue
			}
			for _, at := range c.X {
				chart.Rules = append(chart.Rules, report.Rule{At: at})
			}
		}
		if len(chart.Series) > 0 {
			f.Panels = append(f.Panels, chart)
		}
	}
	if len(f.Panels) == 0 {
		return nil
	}
	return &Figure{"identity-overfitting-examples", "True and inferred rates of a neuron by the models of the worst likelihood, of the best rates, and of the best likelihood without coordinated dropout", f}
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
