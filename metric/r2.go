package metric

import "fmt"

// Score is the coefficient of determination of several outputs.
type Score struct {
	Mean      float64   // average over the outputs that have an R2; NaN: none has
	Weighted  float64   // average over outputs, weighted by their variance: 1 - all residuals / all variation
	Uniform   float64   // average over all outputs; one that never varies counts as 1 if predicted exactly, else as 0: scikit-learn's r2_score
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
	references := references(truth, outputs)
	sums := make([]moments, outputs)
	addRows(sums, truth, predicted, references)
	return scoreOf(sums)
}

// references returns the mean of each output's finite numbers.
func references[T float32 | float64](rows []T, outputs int) []float64 {
	r := reference{make([]float64, outputs), make([]float64, outputs)}
	addTo(r, rows)
	return r.means()
}

// reference is what the means of outputs' finite numbers are made of.
type reference struct{ sum, n []float64 }

func addTo[T float32 | float64](r reference, rows []T) {
	for i := 0; i < len(rows); i += len(r.sum) {
		for o, v := range rows[i : i+len(r.sum)] {
			if v-v == 0 {
				r.sum[o] += float64(v)
				r.n[o]++
			}
		}
	}
}

func (r reference) means() []float64 {
	means := make([]float64, len(r.sum))
	for o := range means {
		means[o] = r.sum[o] / max(r.n[o], 1)
	}
	return means
}

// addRows adds rows to the sums of their outputs.
func addRows[T float32 | float64](sums []moments, truth, predicted []T, references []float64) {
	for i := 0; i < len(truth); i += len(sums) {
		for o := range sums {
			sums[o].add(float64(truth[i+o]), float64(predicted[i+o]), references[o])
		}
	}
}
