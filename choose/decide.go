package choose

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/pbt"
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
		worse, deviation := pbt.Difference(c.losses[i], c.losses[chosen])
		each := float64(len(c.losses[i])) / elements // of means over trials, those over elements
		f.Worse = score(worse * each)
		if !math.IsNaN(deviation) {
			f.Error = score(deviation * each)
		}
	}
}

func score(v float64) *run.Score {
	s := run.Score(v)
	return &s
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
