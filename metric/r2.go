package metric

import (
	"fmt"
	"math"
)

// Score is the coefficient of determination of several outputs.
type Score struct {
	Mean      float64   // average over the outputs that have an R2; NaN: none has
	Weighted  float64   // average over outputs, weighted by their variance: 1 - all residuals / all variation
	PerOutput []float64 // 1 - residual / total sum of squares; NaN: the output never varies
	Varying   int       // outputs that have an R2
}

// R2 returns the coefficient of determination of predictions over rows x
// outputs, row-major: for rates of [trials, bins, neurons] the Data of both
// arrays and the number of neurons, which pools trials and bins. An element
// whose truth is not finite is left out. An output whose truth never varies has
// no R2: there is nothing to explain.
func R2[T float32 | float64](truth, predicted []T, outputs int) Score {
	if len(truth) != len(predicted) || outputs < 1 || len(truth)%outputs != 0 {
		panic(fmt.Sprintf("metric: R2 of %d true and %d predicted numbers in %d outputs", len(truth), len(predicted), outputs))
	}
	s := Score{PerOutput: make([]float64, outputs)}
	var residuals, totals, sum float64
	for o := range outputs {
		residual, total, varies := sumsOfSquares(truth, predicted, o, outputs)
		residuals, totals = residuals+residual, totals+total
		if !varies {
			s.PerOutput[o] = math.NaN()
			continue
		}
		s.PerOutput[o] = 1 - residual/total
		sum += s.PerOutput[o]
		s.Varying++
	}
	s.Mean = sum / float64(s.Varying)
	s.Weighted = 1 - residuals/totals
	if s.Varying == 0 {
		s.Weighted = math.NaN()
	}
	return s
}

// sumsOfSquares returns those of one output's residuals and of its variation,
// and whether it varies at all: rounding of the mean of equal numbers does not
// count as variation.
func sumsOfSquares[T float32 | float64](truth, predicted []T, first, stride int) (residual, total float64, varies bool) {
	var mean, n float64
	least, most := math.Inf(1), math.Inf(-1)
	for i := first; i < len(truth); i += stride {
		if v := float64(truth[i]); v-v == 0 {
			mean += v
			n++
			least, most = min(least, v), max(most, v)
		}
	}
	mean /= n
	for i := first; i < len(truth); i += stride {
		if v := float64(truth[i]); v-v == 0 {
			r := v - float64(predicted[i])
			residual += r * r
			total += (v - mean) * (v - mean)
		}
	}
	if !(most > least) {
		total = 0
	}
	return residual, total, most > least
}
