package dataset

// statistics is what is looked at to tell counts from what only looks like them.
type statistics struct {
	bins    []int     // observed, trials x bins, by neuron
	spikes  []float64 // by neuron
	max     float32
	at      int                // where the maximum stands ...
	where   string             // ... in which split
	often   [histogramSize]int // how often each count is there; the last: that and more
	divisor uint32             // greatest common divisor of all counts
	nonzero int                // values
}

// histogramSize is beyond the counts of any bin that is shorter than a second.
const histogramSize = 1025

func newStatistics(neurons int) *statistics {
	return &statistics{spikes: make([]float64, neurons), bins: make([]int, neurons)}
}

// add takes in an array of counts; those that are missing count nowhere.
func (s *statistics) add(a *Array) {
	for i, n := 0, 0; i < len(a.Data); i++ {
		v := a.Data[i]
		if !IsMissing(v) {
			s.bins[n]++
		}
		if v != 0 && !IsMissing(v) {
			s.count(v, i, n)
		}
		if n++; n == a.Features {
			n = 0
		}
	}
}

func (s *statistics) count(v float32, i, neuron int) {
	s.nonzero++
	s.spikes[neuron] += float64(v)
	whole := uint32(v)
	s.often[min(whole, histogramSize-1)]++
	if s.divisor != 1 {
		s.divisor = greatestDivisor(s.divisor, whole)
	}
	if v > s.max {
		s.max, s.at = v, i
	}
}

func greatestDivisor(a, b uint32) uint32 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// usual is the largest count that is there not only now and then; ok is false
// if there are too few to say, or they are beyond the histogram.
func (s *statistics) usual() (count int, ok bool) {
	rare := max(3, s.nonzero/1000)
	if s.nonzero < 4*rare {
		return 0, false
	}
	for count := histogramSize - 1; count > 0; count-- {
		if rare -= s.often[count]; rare < 0 {
			return count, count < histogramSize-1
		}
	}
	return 0, false
}
