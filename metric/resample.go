package metric

import (
	"context"
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"

	"github.com/autolfads/autolfads/internal/parallel"
	"github.com/autolfads/autolfads/rng"
)

// Resampling says how intervals are made: scores are taken of as many trials,
// drawn with replacement, many times over (the bootstrap, Efron 1979), and the
// interval is that of the middle of these scores (the percentile method).
//
// Trials are drawn within each stratum, for instance each condition. Strata of
// fewer than [SmallStratum] trials are one stratum together: to draw one trial
// from one says that nothing varies.
type Resampling struct {
	Draws  int     // at least 1
	Level  float64 // what part of the scores an interval holds, for instance .95
	Seed   uint64
	Strata []int64 // of each trial; nil: all trials are one stratum
}

// SmallStratum is how many trials a stratum has at least that is drawn from alone.
// An interval of strata of m trials is too narrow by about 1/2m.
const SmallStratum = 5

// FewestTrials is how many trials there are at least for an interval. That n trials all
// lie on one side of 0 is chance in 2 of 2^n cases, and every draw of them lies there:
// of five trials an interval of 95 % would leave 0 out too often whatever it is of.
const FewestTrials = 6

// DefaultResampling is 1,000 draws, and 95 % of them; strata are the trials'
// conditions, nil if they have none.
func DefaultResampling(conditions []int64) Resampling {
	return Resampling{Draws: 1000, Level: .95, Strata: conditions}
}

// purposeResampling keeps the draws of trials apart from all other random numbers.
var purposeResampling = rng.Named("github.com/autolfads/autolfads/metric: trials drawn with replacement")

// Interval returns the interval of a score.
func (r Resampling) Interval(s ByTrial) Interval {
	scores, _ := r.Scores(context.Background(), s) // without an end there is no error
	return r.Middle(scores)
}

// Difference returns the interval of the score of a less that of b, each draw being
// of the same trials for both: 0 outside it says that they differ.
func (r Resampling) Difference(a, b ByTrial) Interval {
	first, _ := r.Scores(context.Background(), a)
	second, _ := r.Scores(context.Background(), b)
	return r.Middle(Differences(first, second))
}

// Scores returns the score of each draw. Draw i of one Resampling is of the same
// trials for every score of as many trials, and its score the same bits on any
// number of cores. Fewer trials than [FewestTrials] have no scores. The only error is
// ctx's end.
func (r Resampling) Scores(ctx context.Context, s ByTrial) ([]float64, error) {
	strata := r.strata(s.Trials())
	scores := slices.Repeat([]float64{math.NaN()}, r.Draws)
	if s.Trials() < FewestTrials {
		return scores, ctx.Err()
	}
	workers := runtime.GOMAXPROCS(0)
	times := make([][]int, workers)
	for w := range times {
		times[w] = make([]int, s.Trials())
	}
	err := parallel.Do(ctx, workers, r.Draws, func(worker, draw int) {
		r.draw(times[worker], strata, draw)
		scores[draw] = s.Of(times[worker])
	})
	return scores, err
}

// draw counts how often each trial is drawn.
func (r Resampling) draw(times []int, strata [][]int, draw int) {
	clear(times)
	from := rng.NewSource(rng.Derive(r.Seed, purposeResampling, uint64(draw)))
	for _, trials := range strata {
		for range trials {
			times[trials[from.IntN(len(trials))]]++
		}
	}
}

// strata returns the trials of each stratum, those of small ones together and last.
func (r Resampling) strata(trials int) (strata [][]int) {
	if r.Strata != nil && len(r.Strata) != trials {
		panic(fmt.Sprintf("metric: strata of %d trials for %d", len(r.Strata), trials))
	}
	of := map[int64][]int{}
	for trial := range trials {
		var stratum int64
		if r.Strata != nil {
			stratum = r.Strata[trial]
		}
		of[stratum] = append(of[stratum], trial)
	}
	var small []int
	for _, stratum := range slices.Sorted(maps.Keys(of)) {
		if len(of[stratum]) < SmallStratum {
			small = append(small, of[stratum]...)
		} else {
			strata = append(strata, of[stratum])
		}
	}
	if small != nil {
		strata = append(strata, small)
	}
	return strata
}

// Differences returns the scores of one less those of another, draw by draw.
func Differences(a, b []float64) []float64 {
	if len(a) != len(b) {
		panic(fmt.Sprintf("metric: %d draws against %d", len(a), len(b)))
	}
	d := make([]float64, len(a))
	for i := range d {
		d[i] = a[i] - b[i]
	}
	return d
}

// Middle returns the interval that holds the middle part, Level, of scores. Draws
// without a finite score are left out; if these are more than half, the interval is
// not known.
func (r Resampling) Middle(scores []float64) Interval {
	var known []float64
	for _, s := range scores {
		if s-s == 0 {
			known = append(known, s)
		}
	}
	if 2*len(known) < len(scores) || len(known) == 0 {
		return Interval{math.NaN(), math.NaN()}
	}
	slices.Sort(known)
	tail := (1 - r.Level) / 2
	return Interval{quantile(known, tail), quantile(known, 1-tail)}
}
