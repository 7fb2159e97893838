package metric

import "github.com/autolfads/autolfads/dataset"

// The mean of trials misses a PSTH by the mean of what each trial misses it by. With
// e_i a trial's errors over bins, one neuron's squared residual of a selection is
//
//	|sum_i w_i e_i|^2 / (sum_i w_i)^2 = sum_ij w_i w_j (e_i . e_j) / (sum_i w_i)^2
//
// so that the products of pairs, formed once, are all that a selection needs.

// pairsOf returns the products e_i . e_j of the trials' errors in each neuron, over
// the bins where the PSTH is known: pairs (0, 0), (1, 0), (1, 1), (2, 0), ...
func pairsOf(rates *dataset.Array, trials []int, psth []float32) []float64 {
	neurons := rates.Features
	pairs := make([]float64, len(trials)*(len(trials)+1)/2*neurons)
	errors := make([]float64, len(trials)*rates.Bins)
	for n := range neurons {
		for i, trial := range trials {
			errorsOf(errors[i*rates.Bins:][:rates.Bins], rates.Trial(trial)[n:], psth[n:], neurons)
		}
		pair := n
		for i := range trials {
			first := errors[i*rates.Bins:][:rates.Bins]
			for j := range i + 1 {
				pairs[pair] = dot(first, errors[j*rates.Bins:][:rates.Bins])
				pair += neurons
			}
		}
	}
	return pairs
}

// errorsOf writes what every stride-th of the rates misses the PSTH by; 0 where it is
// not known.
func errorsOf(dst []float64, rates, psth []float32, stride int) {
	for bin := range dst {
		dst[bin] = 0
		if truth := float64(psth[bin*stride]); truth-truth == 0 {
			dst[bin] = float64(rates[bin*stride]) - truth
		}
	}
}

// dot returns a product in four sums, which the processor forms side by side.
func dot(a, b []float64) float64 {
	var s [4]float64
	b = b[:len(a)]
	for len(a) >= 4 {
		s[0] += float64(a[0] * b[0])
		s[1] += float64(a[1] * b[1])
		s[2] += float64(a[2] * b[2])
		s[3] += float64(a[3] * b[3])
		a, b = a[4:], b[4:]
	}
	for i, v := range a {
		s[i] += float64(v * b[i])
	}
	return s[0] + s[1] + s[2] + s[3]
}

// ofPairs adds each neuron's squared residual of a selection, of which there is one
// trial at least.
func (r *psthRow) ofPairs(residuals []float64, times []int) {
	var all float64
	neurons := len(residuals)
	for i, trial := range r.trials {
		first := timesOf(times, trial)
		if first == 0 {
			continue
		}
		all += first
		row := r.pairs[i*(i+1)/2*neurons:]
		for j, other := range r.trials[:i] {
			if second := timesOf(times, other); second != 0 {
				addTimes(residuals, row[j*neurons:], 2*first*second)
			}
		}
		addTimes(residuals, row[i*neurons:], first*first)
	}
	for n := range residuals {
		residuals[n] /= all * all
	}
}

// addTimes adds numbers so many times.
func addTimes(dst, numbers []float64, times float64) {
	for n, v := range numbers[:len(dst)] {
		dst[n] += float64(times * v)
	}
}
