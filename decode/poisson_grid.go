package decode

import (
	"cmp"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
)

// grid is penalties under trial.
type grid struct {
	l2s     []float64
	order   []int // of l2s, the highest first: each begins where the one before led
	tallies []*tally
}

func newGrid(outputs int, l2s []float64) *grid {
	g := &grid{l2s: l2s}
	for i := range l2s {
		g.order = append(g.order, i)
		g.tallies = append(g.tallies, newTally(outputs))
	}
	slices.SortStableFunc(g.order, func(a, b int) int { return cmp.Compare(l2s[b], l2s[a]) })
	return g
}

// score fits rows and adds up what the fits say of other trials.
func (g *grid) score(w *work, r *rowset, left Counted) error {
	if r.len() == 0 {
		return nil
	}
	p, err := newPoissonProblem(w, r)
	if err != nil {
		return err
	}
	var last *poissonFit
	all := w.tell
	for n, i := range g.order {
		if err := checkL2(g.l2s[i]); err != nil {
			return err
		}
		w.tell = portion(all, n, len(g.order))
		if last, err = p.fit(w, g.l2s[i], last, roughly); err != nil {
			return err
		}
		g.tallies[i].add(last.model().Rates(left.Inputs, left.Counts.Bins), left.Counts)
	}
	return nil
}

func (g *grid) bits() (bits []float64) {
	for _, t := range g.tallies {
		bits = append(bits, t.bits())
	}
	return bits
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
