package report

import (
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// recordingData is what a Recording shows, in the units it shows.
type recordingData struct {
	*Recording
	splits  []part
	shown   []shownTrial
	order   []int // of the units, from the highest rate down
	spikes  bool  // the numbers are counts
	clock   clock
	time    span
	rates   []float64 // of each unit, in spikes/s, or the numbers themselves
	course  []float64 // the mean of all units in each bin
	used    int       // trials that rates and course were taken from
	outputs []dataset.Quantity
	groups  []group
}

// part is a split with its name and colour.
type part struct {
	*dataset.Split
	name string
}

// shownTrial is one of the trials drawn by themselves.
type shownTrial struct {
	label  string
	values *block
}

func (f *Recording) prepare() *recordingData {
	d := &recordingData{Recording: f}
	for _, p := range []part{{f.Dataset.Train, "to train on"}, {f.Dataset.Valid, "to validate with"}, {f.Dataset.Test, "to test with"}} {
		if p.Split != nil {
			d.splits = append(d.splits, p)
		}
	}
	all := d.values(d.splits[0].Split)
	d.clock = newClock(all.Bins, f.Dataset.BinWidth, f.Start, f.Event)
	d.time = d.clock.span(all.Bins)
	d.average()
	d.order = make([]int, all.Features)
	for i := range d.order {
		d.order[i] = i
	}
	slices.SortStableFunc(d.order, func(a, b int) int { return descending(d.rates[a], d.rates[b]) })
	d.showTrials()
	d.outputs, d.groups = outputsOf(f.Dataset), d.groupTrials()
	return d
}

// values are those of all units, of a split that has them, else of those that are read.
func (d *recordingData) values(s *dataset.Split) *dataset.Array {
	if s.Recon != nil {
		return s.Recon
	}
	return s.Encod
}

// descending compares for an order from high to low, NaN last.
func descending(a, b float64) int {
	switch {
	case a > b || b != b && a == a:
		return -1
	case a < b || a != a && b == b:
		return 1
	}
	return 0
}

// averaged is how many numbers are averaged at most: more do not look otherwise, and
// take time.
const averaged = 1 << 26

// average takes the mean of each unit and of each bin over trials that are spread over
// all to train on.
func (d *recordingData) average() {
	a := d.values(d.splits[0].Split)
	m := newMeans(a)
	step := 1 + (len(a.Data)-1)/averaged
	for trial := 0; trial < a.Trials; trial += step {
		m.add(a.Trial(trial))
		d.used++
	}
	d.spikes = m.counts
	scale := 1.
	if d.spikes {
		scale = 1 / d.Dataset.BinWidth.Seconds()
	}
	d.rates, d.course = m.byUnit.means(scale), m.byBin.means(scale)
}

// means are of the units and of the bins of trials.
type means struct {
	byUnit, byBin sums
	counts        bool // all numbers are whole and none is negative
}

type sums struct {
	sum []float64
	n   []int
}

func newSums(n int) sums { return sums{make([]float64, n), make([]int, n)} }

func newMeans(a *dataset.Array) *means {
	return &means{byUnit: newSums(a.Features), byBin: newSums(a.Bins), counts: true}
}

// add adds a trial.
func (m *means) add(trial []float32) {
	units := len(m.byUnit.n)
	for bin := range m.byBin.n {
		sum, n := 0., 0
		for unit, v := range trial[bin*units : (bin+1)*units] {
			if v != v {
				continue
			}
			n++
			m.byUnit.n[unit]++
			if v != 0 {
				sum += float64(v)
				m.byUnit.sum[unit] += float64(v)
				m.counts = m.counts && v > 0 && v == float32(math.Trunc(float64(v)))
			}
		}
		m.byBin.sum[bin] += sum
		m.byBin.n[bin] += n
	}
}

// means returns the means times a factor; NaN of nothing, and of what overflowed.
func (s *sums) means(factor float64) []float64 {
	m := make([]float64, len(s.n))
	for i, n := range s.n {
		if m[i] = s.sum[i] / float64(n) * factor; math.IsInf(m[i], 0) {
			m[i] = math.NaN()
		}
	}
	return m
}
