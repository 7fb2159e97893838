package metric

import "fmt"

// Score is the coefficient of determination of several outputs.
type Score struct {
	Mean      float64   // uniform average over outputs
	Weighted  float64   // average over outputs, weighted by their variance: 1 - all residuals / all variation
	PerOutput []float64 // 1 - residual / total sum of squares
}

// R2 returns the coefficient of determination of predictions over rows x
// outputs, row-major: for rates of [trials, bins, neurons] the Data of both
// arrays and the number of neurons, which pools trials and bins. An element
// whose truth is NaN is left out. As in scikit-learn's r2_score, an output
// that never varies scores 1 if it is predicted exactly, otherwise 0.
func R2[T float32 | float64](truth, predicted []T, outputs int) Score {
	if len(truth) != len(predicted) || outputs < 1 || len(truth)%outputs != 0 {
		panic(fmt.Sprintf("metric: R2 of %d true and %d predicted numbers in %d outputs", len(truth), len(predicted), outputs))
	}
	s := Score{PerOutput: make([]float64, outputs)}
	var residuals, totals float64
	for o := range outputs {
		residual, total := sumsOfSquares(truth, predicted, o, outputs)
		residuals, totals = residuals+residual, totals+total
		s.PerOutput[o] = determination(residual, total)
		s.Mean += s.PerOutput[o] / float64(outputs)
	}
	s.Weighted = determination(residuals, totals)
	return s
}

// sumsOfSquares returns those of one output's residuals and of its variation.
func sumsOfSquares[T float32 | float64](truth, predicted []T, first, stride int) (residual, total float64) {
	var mean, n float64
	for i := first; i < len(truth); i += stride {
		if v := truth[i]; v == v {
			mean += float64(v)
			n++
		}
	}
	mean /= n
	for i := first; i < len(truth); i += stride {
		if v := truth[i]; v == v {
			r, t := float64(v)-float64(predicted[i]), float64(v)-mean
			residual += r * r
			total += t * t
		}
	}
	return residual, total
}

func determination(residual, total float64) float64 {
	switch {
	case total != 0:
		return 1 - residual/total
	case residual == 0:
		return 1
	default:
		return 0
	}
}
