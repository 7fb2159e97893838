package metric

import (
	"maps"
	"math"
	"slices"
)

// TrialSpeeds are what the correlation of speed with produced intervals is made of.
type TrialSpeeds struct {
	speeds, produced []float64
	trials           [][]int // of each condition
}

// SpeedByTrial is [SpeedCorrelation] of any selection of trials.
func SpeedByTrial(speeds, produced []float64, condition []int64) *TrialSpeeds {
	of := map[int64][]int{}
	for trial, c := range condition {
		if c >= 0 {
			of[c] = append(of[c], trial)
		}
	}
	s := &TrialSpeeds{speeds: speeds, produced: produced}
	for _, c := range slices.Sorted(maps.Keys(of)) {
		s.trials = append(s.trials, of[c])
	}
	return s
}

// Trials returns how many trials there are.
func (s *TrialSpeeds) Trials() int { return len(s.speeds) }

// Of returns the correlation within conditions of a selection of trials, averaged
// over the conditions that it has; NaN if speeds or intervals of one do not vary.
func (s *TrialSpeeds) Of(times []int) float64 {
	checkTimes(times, len(s.speeds))
	var sum, n float64
	for _, trials := range s.trials {
		if r, some := s.pearson(trials, times); some {
			sum += r
			n++
		}
	}
	return sum / n
}

// pearson returns the correlation of some trials, each so many times, and whether
// there are any.
func (s *TrialSpeeds) pearson(trials, times []int) (r float64, some bool) {
	var n, mx, my, xx, yy, xy float64
	for _, trial := range trials {
		t := timesOf(times, trial)
		if t > 0 {
			n, mx, my = n+t, mx+float64(t*s.speeds[trial]), my+float64(t*s.produced[trial])
		}
	}
	mx, my = mx/n, my/n
	for _, trial := range trials {
		t := timesOf(times, trial)
		if t == 0 {
			continue
		}
		dx, dy := s.speeds[trial]-mx, s.produced[trial]-my
		xx, yy, xy = xx+float64(t*float64(dx*dx)), yy+float64(t*float64(dy*dy)), xy+float64(t*float64(dx*dy))
	}
	return xy / math.Sqrt(float64(xx*yy)), n > 0
}
