package correlate

import (
	"math"
	"slices"
	"sort"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// Trains are the spikes of units in bins of 1 ms, from the recording's time 0 on. They
// take 4 bytes a spike.
type Trains struct {
	base  int64 // bin that others are counted from: the first that was added
	based bool
	units []train
}

// train is one unit's.
type train struct {
	at       []int32   // bin of each spike that counts, ascending
	observed []stretch // bins observed as a whole
	said     bool      // that is what the recording says; else it does not
	group    int       // of units observed in the same bins
}

// Places further away are not told apart: 24 days behind the base, or before it.
const (
	farBefore = math.MinInt32
	farBehind = math.MaxInt32
)

// stretch is bins from up to, but not with, to.
type stretch struct{ from, to int32 }

// Add takes another unit's spikes: those that are numbers and, if the recording says
// where the unit was observed, lie there. What lies more than 24 days from the first is
// left out. Intervals are merged.
func (t *Trains) Add(times []float64, intervals []dataset.Interval, said bool) {
	u := train{at: make([]int32, 0, len(times)), said: said}
	for _, time := range times {
		if at, ok := t.place(math.Floor(grid.Behind(time, 0) / grid.NsPerMs)); ok {
			u.at = append(u.at, at)
		}
	}
	if !slices.IsSorted(u.at) {
		slices.Sort(u.at)
	}
	for _, i := range intervals {
		if s := (stretch{t.edge(math.Ceil(grid.Behind(i.Start, 0) / grid.NsPerMs)), t.edge(math.Floor(grid.Behind(i.Stop, 0) / grid.NsPerMs))}); s.from < s.to {
			u.observed = append(u.observed, s)
		}
	}
	if said {
		u.at = within(u.at, u.observed)
	}
	t.units = append(t.units, u)
}

// place is where a bin lies behind the base; false for what is no number, or too far
// away.
func (t *Trains) place(bin float64) (int32, bool) {
	if !(math.Abs(bin) < grid.MostLength) {
		return 0, false
	}
	if !t.based {
		t.base, t.based = int64(bin), true
	}
	at := int64(bin) - t.base
	return int32(at), farBefore < at && at < farBehind-1
}

// edge is where the edge of a stretch lies, or farBefore, or farBehind.
func (t *Trains) edge(bin float64) int32 {
	at := bin - float64(t.base)
	return int32(min(max(at, farBefore), farBehind))
}

// within returns those of ascending places that lie in a stretch, in the memory of all.
func within(all []int32, stretches []stretch) []int32 {
	in := all[:0]
	for _, s := range stretches {
		var part []int32
		part, all = s.cut(all)
		in = append(in, part...)
	}
	return in
}

// cut returns what of ascending places lies in a stretch, and what lies behind.
func (s stretch) cut(all []int32) (in, behind []int32) {
	all = all[sort.Search(len(all), func(i int) bool { return all[i] >= s.from }):]
	n := sort.Search(len(all), func(i int) bool { return all[i] >= s.to })
	return all[:n], all[n:]
}

// span is from the first spike of all to behind the last.
func (t *Trains) span() stretch {
	s := stretch{math.MaxInt32, math.MinInt32}
	for _, u := range t.units {
		if n := len(u.at); n > 0 {
			s.from, s.to = min(s.from, u.at[0]), max(s.to, u.at[n-1]+1)
		}
	}
	return s
}
