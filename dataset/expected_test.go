package dataset

import "math"

// values stands in for the likelihoods: their package imports this one.
type values struct{ counts bool }

var counted, measured = values{true}, values{false}

func (e values) Counts() bool { return e.counts }

func (e values) Check(y float32) string {
	if y-y != 0 || e.counts && (y < 0 || y > 1e6 || y != float32(math.Trunc(float64(y)))) {
		return "do something else"
	}
	return ""
}
