package decode

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
)

// BestPoisson fits all trials with the penalty of l2s that predicts trials left
// out best (see [CrossValidatePoisson]); the first wins a tie.
func BestPoisson(ctx context.Context, inputs, counts *dataset.Array, l2s []float64, folds int, tell Progress) (*Poisson, error) {
	bits, err := CrossValidatePoisson(ctx, inputs, counts, l2s, folds, tell)
	if err != nil {
		return nil, err
	}
	best := Best(bits)
	p, err := PoissonRegression(ctx, inputs, counts, l2s[best], nil)
	if err == nil {
		p.CrossValidated = bits[best]
	}
	return p, err
}

// Best returns the index of the highest score, the first of equals; a NaN is
// below all.
func Best(scores []float64) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] || math.IsNaN(scores[best]) && !math.IsNaN(s) {
			best = i
		}
	}
	return best
}

// CrossValidatePoisson returns for each penalty how well regressions fitted on
// other trials predict counts, in bits per spike over all trials and outputs
// (metric.BitsPerSpike; NaN without a spike). Trials are cut into contiguous
// folds, as many as there are trials if these are fewer. Outputs that were
// recorded in none of the other folds are left out of a fold. Errors are those
// of [PoissonRegression], and fewer than two trials or folds.
func CrossValidatePoisson(ctx context.Context, inputs, counts *dataset.Array, l2s []float64, folds int, tell Progress) ([]float64, error) {
	folds = min(folds, counts.Trials)
	if folds < 2 || len(l2s) == 0 {
		return nil, fmt.Errorf("decode: %d penalties and %d folds of %d trials: choosing a penalty takes two trials and folds or more", len(l2s), folds, counts.Trials)
	}
	g := newGrid(inputs, counts, l2s)
	for fold := range folds {
		from, to := fold*counts.Trials/folds, (fold+1)*counts.Trials/folds
		if err := g.score(newWork(ctx, portion(tell, fold, folds)), from, to); err != nil {
			return nil, err
		}
	}
	bits := make([]float64, len(l2s))
	for i := range bits {
		bits[i] = g.tallies[i].bits()
	}
	return bits, nil
}

// portion is the progress of one of several equal parts.
func portion(tell Progress, i, parts int) Progress {
	if tell == nil {
		return nil
	}
	return func(done, total int) { tell(1000*i/parts+1000*done/(parts*total), 1000) }
}

// grid is penalties under trial.
type grid struct {
	inputs, counts *dataset.Array
	l2s            []float64
	order          []int // of l2s, the highest first: each begins where the one before led
	tallies        []*tally
}

func newGrid(inputs, counts *dataset.Array, l2s []float64) *grid {
	g := &grid{inputs: inputs, counts: counts, l2s: l2s}
	for i := range l2s {
		g.order = append(g.order, i)
		g.tallies = append(g.tallies, newTally(counts.Features))
	}
	slices.SortStableFunc(g.order, func(a, b int) int { return cmp.Compare(l2s[b], l2s[a]) })
	return g
}

// score fits the trials outside from..to-1 and adds up what they say of these.
func (g *grid) score(w *work, from, to int) error {
	r := &rowset{p: g.inputs.Features, q: g.counts.Features}
	for trial := range g.counts.Trials {
		if trial >= from && trial < to {
			continue
		}
		if err := r.addTrial(g.inputs, g.counts, trial); err != nil {
			return err
		}
	}
	if r.len() == 0 {
		return nil
	}
	p, err := newPoissonProblem(w, r)
	if err != nil {
		return err
	}
	return g.scoreAll(w, p, from, to)
}

func (g *grid) scoreAll(w *work, p *poissonProblem, from, to int) error {
	var last *poissonFit
	all := w.tell
	for n, i := range g.order {
		if err := checkL2(g.l2s[i]); err != nil {
			return err
		}
		w.tell = portion(all, n, len(g.order))
		f, err := p.fit(w, g.l2s[i], last, roughly)
		if err != nil {
			return err
		}
		m := f.model()
		rates := m.Rates(trials(g.inputs, from, to), g.counts.Bins)
		g.tallies[i].add(rates, trials(g.counts, from, to))
		last = f
	}
	return nil
}

// trials is a view of trials from..to-1.
func trials(a *dataset.Array, from, to int) *dataset.Array {
	n := a.Bins * a.Features
	return &dataset.Array{Trials: to - from, Bins: a.Bins, Features: a.Features, Data: a.Data[from*n : to*n]}
}

// tally adds up bits per spike over parts of the data.
type tally struct {
	nll          float64   // without the factorials
	spikes, bins []float64 // of each output
}

func newTally(outputs int) *tally {
	return &tally{spikes: make([]float64, outputs), bins: make([]float64, outputs)}
}

// add adds rates, NaN where an output has none, and counts.
func (t *tally) add(rates, counts *dataset.Array) {
	for i, k := range counts.Data {
		rate := rates.Data[i]
		if dataset.IsMissing(k) || dataset.IsMissing(rate) {
			continue
		}
		o := i % counts.Features
		t.spikes[o] += float64(k)
		t.bins[o]++
		t.nll += float64(rate)
		if k > 0 {
			t.nll -= float64(float64(k) * maths.Log(float64(rate)))
		}
	}
}

// bits is NaN without a spike.
func (t *tally) bits() float64 {
	null, total := 0., 0.
	for o, k := range t.spikes {
		total += k
		if k > 0 {
			null += k - float64(k*maths.Log(k/t.bins[o]))
		}
	}
	if total == 0 {
		return math.NaN()
	}
	return (null - t.nll) / (total * math.Ln2)
}
