package nlb

import "math"

// unknown is a moment that is not known.
const unknown = math.MinInt64

const nsPerMs = 1_000_000

// moment returns a time of s in whole ns as pandas 1.5 has it: seconds and their
// fraction apart, the fraction rounded to 9 decimals, and then truncated.
func moment(seconds float64) int64 {
	if math.IsNaN(seconds) || math.Abs(seconds) > 1e9 {
		return unknown
	}
	whole := math.Trunc(seconds)
	fraction := math.RoundToEven((seconds-whole)*1e9) / 1e9
	return int64(whole)*1e9 + int64(fraction*1e9)
}

// micro rounds to 6 decimals as NumPy does.
func micro(v float64) float64 { return math.RoundToEven(v*1e6) / 1e6 }

// millisecond returns the place on a clock of whole ms of a sample's time in s; ok is
// false if it lies off the clock.
func millisecond(seconds float64) (ms int, ok bool) {
	t := micro(seconds)
	ms = int(math.Round(t * 1000))
	return ms, t == micro(float64(ms)/1000)
}

// ceil rounds a moment up to whole steps.
func ceil(t, step int64) int64 { return -floorDiv(-t, step) * step }

// floorDiv rounds a quotient down.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
