package factors

import (
	"context"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// Figure is a model's figure, of any selection of validation trials.
func (c *Crossing) Figure(model int) metric.ByTrial { return figure{c, model} }

// Resample finds the intervals in which figures would lie for other validation trials;
// decoders stay as they are. The only error is ctx's end.
func (c *Crossing) Resample(ctx context.Context, r metric.Resampling) error {
	c.Intervals = make([]*metric.Interval, len(c.Names))
	for i := range c.Names {
		draws, err := r.Scores(ctx, c.Figure(i))
		if err != nil {
			return err
		}
		if between := r.Middle(draws); between.Known() {
			c.Intervals[i] = &between
		}
	}
	return nil
}

type figure struct {
	*Crossing
	to int
}

func (f figure) Trials() int { return len(f.targets[f.to].sums) }

// Of returns the median over the models decoded from.
func (f figure) Of(times []int) float64 {
	total := f.targets[f.to].of(times)
	var others []float64
	for from := range f.Names {
		if from != f.to {
			others = append(others, explained(f.residuals[from][f.to], total, times))
		}
	}
	return median(others)
}

// explained is 1 less the squared errors over the squared distances from the mean.
func explained(residuals []float64, total float64, times []int) float64 {
	sum := 0.
	for trial, v := range residuals {
		sum += float64(timesOf(times, trial) * v)
	}
	return 1 - sum/total
}

// timesOf is how often a trial counts.
func timesOf(times []int, trial int) float64 {
	if times == nil {
		return 1
	}
	return float64(times[trial])
}

// errorsOf returns the squared errors of each trial, summed over bins and features.
func errorsOf(truth, predicted *dataset.Array) []float64 {
	out := make([]float64, truth.Trials)
	for trial := range out {
		of := predicted.Trial(trial)
		for i, v := range truth.Trial(trial) {
			d := float64(v) - float64(of[i])
			out[trial] += float64(d * d)
		}
	}
	return out
}

// variation is what squared distances from the mean need of factors: sums over each
// trial, less a mean that all trials share.
type variation struct {
	bins    float64
	sums    [][]float64 // [trials][features]
	squares []float64   // [trials], of all features
}

func newVariation(a *dataset.Array) *variation {
	v, means := &variation{bins: float64(a.Bins)}, a.Means()
	for trial := range a.Trials {
		sums, squares := make([]float64, a.Features), 0.
		for i, x := range a.Trial(trial) {
			d := float64(x) - float64(means[i%a.Features])
			sums[i%a.Features] += d
			squares += float64(d * d)
		}
		v.sums, v.squares = append(v.sums, sums), append(v.squares, squares)
	}
	return v
}

// of returns the squared distances from the mean of a selection of trials.
func (v *variation) of(times []int) float64 {
	bins, total, sums := 0., 0., make([]float64, len(v.sums[0]))
	for trial, of := range v.sums {
		n := timesOf(times, trial)
		bins += n * v.bins
		total += float64(n * v.squares[trial])
		for f, s := range of {
			sums[f] += float64(n * s)
		}
	}
	for _, s := range sums {
		total -= float64(s*s) / bins
	}
	return total
}
