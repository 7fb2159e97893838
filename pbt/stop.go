package pbt

import (
	"fmt"
	"math"
)

// ended says in a sentence by which stop rule a search is over; "" if it goes on. Both
// may be on; each is by itself.
func (c Config) ended(h History) string {
	if c.converged(h) {
		return fmt.Sprintf("the best score changed by less than pbt.stop_ratio, %v, over the last %d generations", c.StopRatio, c.StopGenerations)
	}
	gain, deviation, known := c.gain(h)
	if !known || !(gain <= c.StopErrors*deviation) { // of one trial the deviation is NaN
		return ""
	}
	moved := "fell"
	if gain < 0 {
		moved = "rose"
	}
	return fmt.Sprintf("the best model's loss of a validation trial, over common draws, %s by %.3g over the last %d generations, with a standard error of %.3g: a gain below pbt.stop_errors, %v, standard errors",
		moved, math.Abs(gain), c.StopGenerations, deviation, c.StopErrors)
}

// converged applies the paper's stop rule: with the best scores b of the last
// generations, (b_first - min b) / mean |b| <= ratio. Generations without a
// finite score do not count. A ratio of 0 is never reached, also not by scores
// that stand still: the population goes on to its last generation.
func (c Config) converged(h History) bool {
	if c.StopRatio <= 0 {
		return false
	}
	var bests []float64
	for g := range h {
		if b, ok := h.bestScore(g); ok {
			bests = append(bests, b)
		}
	}
	n := c.StopGenerations
	if len(bests) < n {
		return false
	}
	bests = bests[len(bests)-n:]
	least, size := bests[0], 0.
	for _, b := range bests {
		least = min(least, b)
		size += math.Abs(b)
	}
	return bests[0]-least <= c.StopRatio*size/float64(n)
}

// gain is what the rule by standard errors compares. Of the last StopGenerations
// generations that were reviewed, the later ones are compared with what there was before:
//
//	before  the losses of trials of the lowest mean up to the first of them
//	after   those of the lowest mean among the others
//	gain    the mean over trials of before - after, in the unit of the loss
//	deviation  its standard error: the standard deviation of before - after over trials, / sqrt(trials)
//
// All are reviewed with the same posterior draws, so that a difference is of models and
// trials alone. The search is over when the gain is at most StopErrors deviations: also
// when there is none, or nothing has changed at all. Generations without a review (no
// finite score, or losses that are not finite) do not count. known is false as long as
// there are too few, or the rule is off; of one trial there is no standard error (NaN),
// and the search goes on.
func (c Config) gain(h History) (gain, deviation float64, known bool) {
	reviews := h.reviews()
	first := len(reviews) - c.StopGenerations
	if c.StopErrors <= 0 || first < 0 {
		return 0, 0, false
	}
	gain, deviation = Difference(lowest(reviews[:first+1]), lowest(reviews[first+1:]))
	return gain, deviation, true
}

// reviews are the losses of the generations that were reviewed, in order.
func (h History) reviews() (reviews [][]float64) {
	for _, outcomes := range h {
		for _, o := range outcomes {
			if m := mean(o.Losses); !math.IsNaN(m) && !math.IsInf(m, 0) {
				reviews = append(reviews, o.Losses)
			}
		}
	}
	return reviews
}

// lowest returns the losses with the lowest mean, the earliest of equals.
func lowest(reviews [][]float64) []float64 {
	best := reviews[0]
	for _, losses := range reviews[1:] {
		if mean(losses) < mean(best) {
			best = losses
		}
	}
	return best
}

// Difference returns the mean over trials of before - after, and its standard error; NaN
// for one trial.
func Difference(before, after []float64) (gain, deviation float64) {
	d := make([]float64, len(before))
	for i := range d {
		d[i] = before[i] - after[i]
	}
	gain, n := mean(d), float64(len(d))
	squares := 0.
	for _, x := range d {
		squares += float64((x - gain) * (x - gain))
	}
	return gain, math.Sqrt(squares / (n - 1) / n)
}

// mean is NaN of no numbers.
func mean(x []float64) float64 {
	sum := 0.
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
