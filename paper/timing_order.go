package paper

import (
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// timeOrder is how well the order of means of rates before set is that of the intervals
// measured. It is a score of any selection of trials (metric.ByTrial). Where means are of few
// trials, a draw with replacement has fewer different ones in each, and is less in order than
// all trials are: intervals then lie low, and are wide.
type timeOrder struct {
	of     []orderOfGroup
	trials int
}

// orderOfGroup is the trials of one group that have rates before set.
type orderOfGroup struct {
	samples []float64         // that were measured, ascending, ms
	trials  [][]projectedRate // of each
}

// projectedRate is one trial's.
type projectedRate struct {
	trial int
	along float64
}

// order projects the rates of each trial before set, [trials][neurons], on the slopes of its
// group, which are of other trials: those that [intervals.slopes] returns, group by group. A
// group whose slopes are not known is left out.
func (t *intervals) order(before [][]float64, slopes []float64) *timeOrder {
	s := &timeOrder{trials: len(before)}
	for g := range len(t.groups) {
		neurons := len(slopes) / len(t.groups)
		axis := slopes[g*neurons : (g+1)*neurons]
		if sum := floats.Sum(axis); sum-sum != 0 {
			continue
		}
		of := map[float64][]projectedRate{}
		for trial, rates := range before {
			if rates != nil && t.group[trial] == int64(g) {
				of[t.sample[trial]] = append(of[t.sample[trial]], projectedRate{trial, floats.Dot(rates, axis)})
			}
		}
		group := orderOfGroup{samples: slices.Sorted(maps.Keys(of))}
		for _, sample := range group.samples {
			group.trials = append(group.trials, of[sample])
		}
		s.of = append(s.of, group)
	}
	return s
}

// Trials returns how many trials there are.
func (s *timeOrder) Trials() int { return s.trials }

// Of returns the rank correlation of means over the trials of an interval with the interval,
// averaged over the groups that have one; NaN: none has.
func (s *timeOrder) Of(times []int) float64 {
	var all []float64
	for i := range s.of {
		if r := s.of[i].rank(times); r == r {
			all = append(all, r)
		}
	}
	return stat.Mean(all, nil)
}

// rank is the rank correlation of a group; NaN: fewer than three intervals have trials.
func (g *orderOfGroup) rank(times []int) float64 {
	var samples, means []float64
	for i, trials := range g.trials {
		var sum, n float64
		for _, p := range trials {
			count := 1.
			if times != nil {
				count = float64(times[p.trial])
			}
			sum, n = sum+float64(count*p.along), n+count
		}
		if n > 0 {
			samples, means = append(samples, g.samples[i]), append(means, sum/n)
		}
	}
	return spearman(samples, means)
}

// meansOf is how many trials the means are of, at least and at most; 0: there are none.
func (s *timeOrder) meansOf() (fewest, most int) {
	fewest = math.MaxInt
	for i := range s.of {
		for _, trials := range s.of[i].trials {
			fewest, most = min(fewest, len(trials)), max(most, len(trials))
		}
	}
	return min(fewest, most), most
}
