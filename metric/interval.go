package metric

import (
	"math"
	"slices"
)

// Interval is where a score lies, with some certainty. Of NaN, it is not known.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Known reports whether there is an interval.
func (i Interval) Known() bool { return i.Low <= i.High }

// Holds reports whether a number lies in the interval, its ends included.
func (i Interval) Holds(v float64) bool { return i.Low <= v && v <= i.High }

// Quartiles divide numbers into four parts of equally many.
type Quartiles struct {
	Lower  float64 `json:"lower"`
	Median float64 `json:"median"`
	Upper  float64 `json:"upper"`
	Of     int     `json:"of"` // how many numbers
}

// QuartilesOf returns the quartiles of those numbers that are finite; NaN if none
// is.
func QuartilesOf(numbers []float64) Quartiles {
	var finite []float64
	for _, v := range numbers {
		if v-v == 0 {
			finite = append(finite, v)
		}
	}
	slices.Sort(finite)
	return Quartiles{quantile(finite, .25), quantile(finite, .5), quantile(finite, .75), len(finite)}
}

// quantile returns the number below which a part of sorted numbers lies, on the
// straight line between two neighbours (type 7 of Hyndman and Fan 1996, as NumPy
// and R take it); NaN of none.
func quantile(sorted []float64, part float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := max(0, min(1, part)) * float64(len(sorted)-1)
	i := min(int(at), len(sorted)-1)
	next := min(i+1, len(sorted)-1)
	return sorted[i] + float64((at-float64(i))*(sorted[next]-sorted[i]))
}
