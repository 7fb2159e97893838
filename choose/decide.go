package choose

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/run"
)

// decide marks the finalist of the lowest mean loss, the first of several, and says of the
// others by how much they are worse. A loss that is no number is never the lowest; if
// none is a number, the search's best stays.
func (c *choosing) decide() {
	elements := observed(c.Data.Valid.Recon)
	chosen := 0
	for i := range c.losses {
		c.choice.Finalists[i].FinalScore = score(sum(c.losses[i]) / elements)
		if now, best := sum(c.losses[i]), sum(c.losses[chosen]); now < best || math.IsNaN(best) && !math.IsNaN(now) {
			chosen = i
		}
	}
	for i := range c.losses {
		f := &c.choice.Finalists[i]
		if f.Chosen = i == chosen; f.Chosen {
			continue
		}
		worse, spread := paired(c.losses[i], c.losses[chosen])
		f.Worse = score(worse / elements)
		if !math.IsNaN(spread) {
			f.Error = score(spread / elements)
		}
	}
}

func score(v float64) *run.Score {
	s := run.Score(v)
	return &s
}

// paired returns the sum of the differences a - b of trials, and its standard error: that
// of a sum over as many trials drawn anew; NaN for fewer than two.
func paired(a, b []float64) (total, spread float64) {
	n := float64(len(a))
	total = sum(a) - sum(b)
	squares := 0.
	for i := range a {
		d := a[i] - b[i] - total/n
		squares += float64(d * d)
	}
	if n < 2 {
		return total, math.NaN()
	}
	return total, math.Sqrt(n * squares / (n - 1))
}

func sum(values []float64) (total float64) {
	for _, v := range values {
		total += v
	}
	return total
}

// observed is how many elements of an array there are, but for those that are missing.
func observed(a *dataset.Array) float64 {
	n := 0
	for _, v := range a.Data {
		if !dataset.IsMissing(v) {
			n++
		}
	}
	return float64(n)
}
