package nlb

import "github.com/autolfads/autolfads/metric"

// fit is true and predicted rows of some outputs.
type fit struct {
	outputs          int
	truth, predicted []float32
}

// newFit has room for so many numbers of each.
func newFit(outputs, numbers int) *fit {
	return &fit{outputs, make([]float32, 0, numbers), make([]float32, 0, numbers)}
}

func (f *fit) add(truth, predicted []float32) {
	f.truth, f.predicted = append(f.truth, truth...), append(f.predicted, predicted...)
}

// r2 is R2 averaged over outputs as scikit-learn's r2_score does: an output that does
// not vary counts as 1 if it is predicted exactly, else as 0.
func (f *fit) r2() float64 {
	sum := 0.
	for o, v := range metric.R2(f.truth, f.predicted, f.outputs).PerOutput {
		switch {
		case finite(v):
			sum += v
		case f.exact(o):
			sum++
		}
	}
	return sum / float64(f.outputs)
}

// exact reports whether an output is predicted exactly.
func (f *fit) exact(output int) bool {
	for i := output; i < len(f.truth); i += f.outputs {
		if f.truth[i] != f.predicted[i] {
			return false
		}
	}
	return true
}
