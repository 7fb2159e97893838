package dataset

import "math"

// Axes that lie in another order than they are taken for are seen where the
// numbers leave no doubt. Two things tell axes apart:
//
//   - The neurons of training and validation trials are the same ones: their
//     correlations with each other and their mean rates repeat. Trials are
//     others: theirs do not.
//   - Neighbouring bins are more alike than distant ones. Neighbouring neurons
//     rarely are, and their mean rates differ more than those of bins.
//
// Both are numbers that are about normal, of variance 1, where there is nothing
// to see. A recording in order has one of the signs of another order at most; a
// refusal needs two at a time.
const (
	seenAxis   = 3.5 // standard deviations that leave no doubt: one in 4,000 by chance
	unseenAxis = 2.  // no more than chance
	leastPlace = 8   // places on an axis; fewer tell nothing
	leastRough = 12  // places that can be told to be in no order: a peak in the middle of ten is rough
	mostPlaces = 64  // places compared, so that it takes no time
	mostShared = 2e4 // values of each compared
)

// exchanged returns the order in which the axes seem to lie and what shows it;
// "" if nothing does.
func (d *Dataset) exchanged() (axes, string) {
	if d.Train != nil && d.Valid != nil {
		if seen, ok := trialsLast(d.Train.counts().filled(), d.Valid.counts().filled()); ok {
			return seen, "what is taken for trials repeats from training to validation, as neurons do and trials do not"
		}
	}
	if binsAndNeurons(d.splits()[0].counts().filled()) {
		return axes{0, 2, 1}, "what is taken for neurons changes smoothly from one to the next, as bins do, and what is taken for bins does not"
	}
	return usualAxes, ""
}

// trialsLast looks for trials that lie on the last axis. That they lie on the
// second, no tool does, and trials of the same conditions in the same order, with
// nothing that happens at a time, look like it.
func trialsLast(train, valid *Array) (axes, bool) {
	if !(repeats(train, valid, 0) >= seenAxis && repeats(train, valid, 2) < unseenAxis) {
		return usualAxes, false
	}
	if smoothness(train, 1) > smoothness(train, 0) {
		return axes{2, 1, 0}, true
	}
	return axes{2, 0, 1}, true
}

// binsAndNeurons reports whether the second axis looks like neurons and the
// third like bins. Neurons that are sorted, by depth or by what they are tuned
// to, change smoothly, too; but then bins do as well, or neurons differ in rate,
// or what all have in common changes smoothly from bin to bin.
func binsAndNeurons(a *Array) bool {
	if a.Bins < leastRough {
		return false
	}
	neurons, bins := smoothness(a, 2), smoothness(a, 1)
	return neurons >= seenAxis && bins < neurons/3 && dispersion(a, 1) > 2*dispersion(a, 2) && roughness(sums(a, 1)) > 1
}

// repeats measures how far what sets apart the places of an axis in a is there
// in b, too; NaN if they cannot be the same places.
func repeats(a, b *Array, axis int) float64 {
	n := a.length(axis)
	if n != b.length(axis) || n < leastPlace {
		return math.NaN()
	}
	pairs, others := upper(correlations(a, axis)), upper(correlations(b, axis))
	byPairs := correlation(pairs, others) * math.Sqrt(float64(len(pairs)-1))
	bySums := correlation(sums(a, axis), sums(b, axis)) * math.Sqrt(float64(n-1))
	return (byPairs + bySums) / math.Sqrt2
}

// smoothness measures how much more alike neighbours on an axis are than any
// two places; NaN where there are too few.
func smoothness(a *Array, axis int) float64 {
	if a.length(axis) < leastPlace {
		return math.NaN()
	}
	c := correlations(a, axis)
	mean, sd := moments(upper(c))
	neighbours := 0.
	for i := range len(c) - 1 {
		neighbours += c[i][i+1] / float64(len(c)-1)
	}
	if sd == 0 {
		return 0
	}
	return (neighbours - mean) / (sd / math.Sqrt(float64(len(c)-1)))
}

// dispersion is the variance over the mean of the counts at the places of an
// axis: 1 if they differ by chance alone.
func dispersion(a *Array, axis int) float64 {
	mean, sd := moments(sums(a, axis))
	if mean == 0 {
		return 0
	}
	return sd * sd / mean
}

// roughness compares steps from one to the next with differences from the mean:
// about 2 in any order, less where neighbours are alike (von Neumann's ratio).
func roughness(x []float64) float64 {
	_, sd := moments(x)
	steps := 0.
	for i := range len(x) - 1 {
		steps += (x[i+1] - x[i]) * (x[i+1] - x[i]) / float64(len(x)-1)
	}
	if sd == 0 {
		return 2
	}
	return steps / (sd * sd)
}

func (a *Array) length(axis int) int { return [3]int{a.Trials, a.Bins, a.Features}[axis] }

// sums adds up the values observed at each place of an axis.
func sums(a *Array, axis int) []float64 {
	out := make([]float64, a.length(axis))
	for trial := range a.Trials {
		for bin := range a.Bins {
			sum := 0.
			for feature, v := range a.Bin(trial, bin) {
				if IsMissing(v) {
					continue
				}
				sum += float64(v)
				if axis == 2 {
					out[feature] += float64(v)
				}
			}
			if axis < 2 {
				out[[2]int{trial, bin}[axis]] += sum
			}
		}
	}
	return out
}

// correlations correlates the first places of an axis over what they share,
// without what all have in common.
func correlations(a *Array, axis int) [][]float64 {
	rows := placesOn(a, axis)
	for j := range rows[0] {
		mean := 0.
		for i := range rows {
			mean += rows[i][j] / float64(len(rows))
		}
		for i := range rows {
			rows[i][j] -= mean
		}
	}
	for i := range rows {
		standardise(rows[i])
	}
	c := make([][]float64, len(rows))
	for i := range rows {
		c[i] = make([]float64, len(rows))
		for j := range i {
			c[i][j] = product(rows[i], rows[j]) / float64(len(rows[i]))
			c[j][i] = c[i][j]
		}
	}
	return c
}

// placesOn returns the values of the first places of an axis, a row each; where
// there are many, some of them, evenly spread.
func placesOn(a *Array, axis int) [][]float64 {
	stride := [3]int{a.Bins * a.Features, a.Features, 1}
	places := min(a.length(axis), mostPlaces)
	outer, inner := (axis+1)%3, (axis+2)%3
	shared := a.length(outer) * a.length(inner)
	step := max(1, shared/mostShared)
	rows := make([][]float64, places)
	for i := range rows {
		rows[i] = make([]float64, 0, shared/step+1)
		for k := 0; k < shared; k += step {
			at := i*stride[axis] + k/a.length(inner)*stride[outer] + k%a.length(inner)*stride[inner]
			rows[i] = append(rows[i], float64(a.Data[at]))
		}
	}
	return rows
}

// upper returns what stands above the diagonal.
func upper(c [][]float64) []float64 {
	var out []float64
	for i := range c {
		out = append(out, c[i][i+1:]...)
	}
	return out
}

func moments(x []float64) (mean, sd float64) {
	n := float64(len(x))
	for _, v := range x {
		mean += v
	}
	mean /= n
	for _, v := range x {
		sd += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(sd / n)
}

// standardise gives x mean 0 and standard deviation 1; 0 where it is constant.
func standardise(x []float64) {
	mean, sd := moments(x)
	for i := range x {
		x[i] -= mean
		if sd > 0 {
			x[i] /= sd
		}
	}
}

func product(x, y []float64) float64 {
	sum := 0.
	for i, v := range x {
		sum += v * y[i]
	}
	return sum
}

// correlation returns Pearson's; 0 where one of both is constant. It changes x
// and y.
func correlation(x, y []float64) float64 {
	standardise(x)
	standardise(y)
	return product(x, y) / float64(len(x))
}
