package signal

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// ruler says when each sample of a stream was taken, and where its clock jumps.
type ruler struct {
	n        int
	rate     float64 // samples a second
	start    float64 // s, of an even stream
	at       []int   // samples whose times are known; nil: it is even
	times    []float64
	segments []extent // without a jump between their samples
}

// extent is samples from up to, but not with, to.
type extent struct{ from, to int }

// RateHz is how many samples a second a stream has, by its clock.
func RateHz(s *dataset.Stream) (float64, error) {
	r, err := newRuler(s)
	if err != nil {
		return 0, err
	}
	return r.rate, nil
}

// newRuler reads the clock of a stream.
func newRuler(s *dataset.Stream) (*ruler, error) {
	n := s.Len()
	if n < 2 {
		return nil, fmt.Errorf("%s has %d samples: there is nothing to bin", s.Name, n)
	}
	r := &ruler{n: n, rate: s.Rate, start: s.Start, segments: []extent{{0, n}}}
	if s.Clock == nil {
		if !(s.Rate > 0) || math.IsInf(s.Rate, 0) || s.Start-s.Start != 0 {
			return nil, fmt.Errorf("%s starts at %g s with %g samples a second: both must be known; correct the file", s.Name, s.Start, s.Rate)
		}
		return r, nil
	}
	if err := r.read(s); err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	return r, nil
}

// Of a long clock, the time of one sample in so many is kept; between them, samples are
// taken to be evenly spaced.
const (
	clockBlock = 1 << 16
	mostTimes  = 1 << 20
)

// jump is how many usual steps apart samples are between which some are missing.
const jump = 1.5

// read goes through a clock once for its steps and once more for its jumps.
func (r *ruler) read(s *dataset.Stream) error {
	first, err := s.Times(0, min(r.n, clockBlock))
	if err != nil {
		return err
	}
	step := usualStep(first)
	if !(step > 0) || math.IsInf(step, 0) {
		return fmt.Errorf("its samples are usually %g s apart: their times must ascend", step)
	}
	r.segments = nil
	every, from, length := r.n/mostTimes+1, 0, 0.
	last := math.NaN()
	for at := 0; at < r.n; at += clockBlock {
		times, err := s.Times(at, min(r.n, at+clockBlock))
		if err != nil {
			return err
		}
		for k, t := range times {
			i := at + k
			if t-t != 0 || t < last {
				return fmt.Errorf("sample %d is at %g s, behind one at %g s: times must be finite and ascend", i, t, last)
			}
			broken := i > 0 && t-last > jump*step
			if broken {
				r.segments = append(r.segments, extent{from, i})
				r.know(i-1, last)
				from = i
			} else if i > 0 {
				length += t - last
			}
			if broken || i%every == 0 || i == r.n-1 {
				r.know(i, t)
			}
			last = t
		}
	}
	r.segments = append(r.segments, extent{from, r.n})
	r.rate = float64(r.n-len(r.segments)) / length
	if 10*len(r.segments) > r.n {
		return fmt.Errorf("its clock jumps %d times in %d samples: samples must be evenly spaced but for gaps; resample them first", len(r.segments)-1, r.n)
	}
	return nil
}

// know keeps the time of a sample, once.
func (r *ruler) know(sample int, t float64) {
	if n := len(r.at); n == 0 || r.at[n-1] < sample {
		r.at, r.times = append(r.at, sample), append(r.times, t)
	}
}

// usualStep is the median of the steps.
func usualStep(times []float64) float64 {
	steps := make([]float64, 0, len(times))
	for i := 1; i < len(times); i++ {
		steps = append(steps, times[i]-times[i-1])
	}
	slices.Sort(steps)
	return steps[len(steps)/2]
}

// time returns when a sample was taken, in s.
func (r *ruler) time(i int) float64 {
	if r.at == nil {
		return r.start + float64(i)/r.rate
	}
	k := min(max(1, sort.SearchInts(r.at, i)), len(r.at)-1)
	a, b := r.at[k-1], r.at[k]
	return r.times[k-1] + float64((r.times[k]-r.times[k-1])*float64(i-a)/float64(b-a))
}

// near returns about which sample was taken at a time.
func (r *ruler) near(t float64) float64 {
	if r.at == nil {
		return (t - r.start) * r.rate
	}
	k := min(max(1, sort.SearchFloat64s(r.times, t)), len(r.at)-1)
	part := (t - r.times[k-1]) / (r.times[k] - r.times[k-1])
	return float64(r.at[k-1]) + float64(part*float64(r.at[k]-r.at[k-1]))
}

// first returns the first sample at least so many ns behind a start in s, or how many
// samples there are: as spikes are binned, after rounding to a ns.
func (r *ruler) first(start float64, ns int64) int {
	edge := float64(ns)
	i := int(min(max(r.near(start+edge/grid.NsPerS), 0), float64(r.n)))
	for i > 0 && grid.Behind(r.time(i-1), start) >= edge {
		i--
	}
	for i < r.n && grid.Behind(r.time(i), start) < edge {
		i++
	}
	return i
}

// span returns the stretches of time in which samples were taken, each until a sample
// more would have been.
func (r *ruler) spans() []dataset.Interval {
	spans := make([]dataset.Interval, len(r.segments))
	for i, s := range r.segments {
		spans[i] = dataset.Interval{Start: r.time(s.from), Stop: r.time(s.to-1) + 1/r.rate}
	}
	return spans
}
