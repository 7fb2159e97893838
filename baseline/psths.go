package baseline

import (
	"context"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// psths are means over trials by condition.
type psths struct {
	row   map[int64]int  // of each condition with trials
	means *dataset.Array // [conditions + 1, bins, neurons]; the last is the mean of all trials
}

func (p *psths) has(condition int64) bool { _, has := p.row[condition]; return has }

// of returns the means of a condition, [bins, neurons]: those of all trials if it has
// none.
func (p *psths) of(condition int64) []float32 {
	if row, has := p.row[condition]; has {
		return p.means.Trial(row)
	}
	return p.all()
}

func (p *psths) all() []float32 { return p.means.Trial(p.means.Trials - 1) }

// newPSTHs averages the trials of counts that are in, by condition. The mean of all is
// one more trial of each condition, and the neuron's mean one more of all.
func newPSTHs(counts *dataset.Array, condition []int64, in func(trial int) bool) *psths {
	p := &psths{row: map[int64]int{}}
	for trial, c := range condition {
		if _, has := p.row[c]; !has && in(trial) {
			p.row[c] = len(p.row)
		}
	}
	of := make([][]int, len(p.row)+1)
	for trial, c := range condition {
		if in(trial) {
			of[p.row[c]] = append(of[p.row[c]], trial)
			of[len(p.row)] = append(of[len(p.row)], trial)
		}
	}
	p.means = dataset.NewArray(len(of), counts.Bins, counts.Features)
	all, none := p.all(), counts.Means()
	for i := range all {
		all[i] = none[i%counts.Features]
	}
	average(all, counts, of[len(p.row)], all)
	for row := range len(p.row) {
		average(p.means.Trial(row), counts, of[row], all)
	}
	return p
}

// average writes the means of some trials to dst, [bins, neurons], in which a prior, which
// may be dst, counts as one.
func average(dst []float32, counts *dataset.Array, trials []int, prior []float32) {
	sum, n := make([]float64, len(dst)), make([]float64, len(dst))
	for _, trial := range trials {
		for i, v := range counts.Trial(trial) {
			if !dataset.IsMissing(v) {
				sum[i] += float64(v)
				n[i]++
			}
		}
	}
	for i := range dst {
		dst[i] = float32((sum[i] + float64(prior[i])) / (n[i] + 1))
	}
}

// smooth smooths the means along time.
func (p *psths) smooth(ctx context.Context, sd, width time.Duration) (err error) {
	p.means, err = Smooth(ctx, p.means, sd, width)
	return err
}
