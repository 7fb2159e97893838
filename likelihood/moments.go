package likelihood

import "iter"

// Moments are the mean and the variance of a neuron's data.
type Moments struct {
	Elements       int // trials x bins
	Mean, Variance float64
}

// MomentsOf goes once through a neuron's data.
func MomentsOf(neuron iter.Seq[float32]) Moments {
	n, sum, squares := 0, 0., 0.
	for y := range neuron {
		n++
		sum += float64(y)
		squares += float64(float64(y) * float64(y))
	}
	mean := sum / float64(n)
	return Moments{n, mean, max(squares/float64(n)-float64(mean*mean), 0)}
}
