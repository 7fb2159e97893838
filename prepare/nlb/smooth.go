package nlb

import (
	"math"
	"sort"
)

// kernel is a Gaussian of a standard deviation in ms, int(6 sd) values that sum to 1.
func kernel(sdMs float64) []float64 {
	k := make([]float64, int(6*sdMs))
	sum := 0.
	for i := range k {
		x := (float64(i) - float64(len(k)-1)/2) / sdMs
		k[i] = math.Exp(-x * x / 2)
		sum += k[i]
	}
	for i := range k {
		k[i] /= sum
	}
	return k
}

// stretch is ms of the clock from one up to, but not with, another.
type stretch struct{ from, to int }

// stretches are where a group of units was observed.
func (s *session) stretches(group int) (all []stretch) {
	for _, p := range s.parts {
		for ms, seen := range p.observed[group] {
			at := p.from + ms
			switch n := len(all); {
			case !seen:
			case n > 0 && all[n-1].to == at:
				all[n-1].to++
			default:
				all = append(all, stretch{at, at + 1})
			}
		}
	}
	return all
}

// smooth puts a kernel about each spike, as far as the stretch that the spike lies in
// reaches. Out has a value for each ms.
func smooth(out []float64, spikes []int, kernel []float64, stretches []stretch) {
	clear(out)
	before := (len(kernel) - 1) / 2
	for _, at := range spikes {
		i := sort.Search(len(stretches), func(i int) bool { return stretches[i].to > at })
		from := max(stretches[i].from, at-before)
		to := min(stretches[i].to, at-before+len(kernel))
		part := kernel[from-(at-before):]
		for k, ms := 0, out[from:to]; k < len(ms); k++ {
			ms[k] += part[k]
		}
	}
}
