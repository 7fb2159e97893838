package experiment

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/autolfads/autolfads/metric"
)

// certainty is that of the intervals of pages.
const certainty = .95

// Summary is what several numbers say of where their mean is.
type Summary struct {
	Of       int              // how many numbers
	Mean, SD float64          // SD with n - 1; NaN of one number
	Interval *metric.Interval // of the mean, by Student's t with n - 1 degrees of freedom; nil of one number
	Least    float64
	Most     float64
}

// Summarise summarises numbers, one at least.
func Summarise(values []float64) Summary {
	s := Summary{Of: len(values), Mean: stat.Mean(values, nil), SD: math.NaN(), Least: slices.Min(values), Most: slices.Max(values)}
	if s.Of < 2 {
		return s
	}
	s.SD = stat.StdDev(values, nil)
	half := distuv.StudentsT{Sigma: 1, Nu: float64(s.Of - 1)}.Quantile(.5+certainty/2) * s.SD / math.Sqrt(float64(s.Of))
	s.Interval = &metric.Interval{Low: s.Mean - half, High: s.Mean + half}
	return s
}

// bySplit are means over the seeds of each split, by split. What several seeds of one
// split say is not independent: they share their trials.
type bySplit map[int]float64

// values are the means in the order of the splits.
func (b bySplit) values() (all []float64) {
	for _, split := range b.splits() {
		all = append(all, b[split])
	}
	return all
}

func (b bySplit) splits() (all []int) {
	for split := range b {
		all = append(all, split)
	}
	slices.Sort(all)
	return all
}

// less are the differences to another method on the splits that both have.
func (b bySplit) less(other bySplit) bySplit {
	out := bySplit{}
	for split, value := range b {
		if theirs, ok := other[split]; ok {
			out[split] = value - theirs
		}
	}
	return out
}
