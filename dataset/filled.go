package dataset

import "math"

// filled returns a with the mean of its feature where a value is missing, so that
// axes can be told apart; a itself if none is.
func (a *Array) filled() *Array {
	if a.missing() == 0 {
		return a
	}
	means, out := a.Means(), NewArray(a.Trials, a.Bins, a.Features)
	for i, v := range a.Data {
		if IsMissing(v) {
			v = means[i%a.Features]
		}
		out.Data[i] = v
	}
	return out
}

// Means returns the mean of what was observed of each feature; of one that never
// was, that of all.
func (a *Array) Means() []float32 {
	total, n, observed := 0., 0., a.Observed()
	means := make([]float32, a.Features)
	for f, sum := range sums(a, 2) {
		means[f] = float32(sum / float64(observed[f]))
		total, n = total+sum, n+float64(observed[f])
	}
	for f, mean := range means {
		if math.IsNaN(float64(mean)) {
			means[f] = float32(total / n)
		}
	}
	return means
}
