package infer

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
)

// Data whose mean is so many times what a model expects of them, or so small a part,
// are of another kind than those it was trained on; of less than a number of spikes,
// too little is known.
const (
	mostUnlike  = 10
	leastSpikes = 50
)

// Unlike says so, in a sentence, if the mean of what was read is far from the mean that
// the model expects there: the unit may be another than that of the data it was
// trained on. "": it is not, or the data may be negative, so that means say nothing.
func (r *Result) Unlike(d *dataset.Dataset) string {
	if r.Likelihood.Check(-1) == "" {
		return ""
	}
	var data, expected float64
	for _, s := range []struct {
		split *dataset.Split
		p     *lfads.Posterior
	}{{d.Train, r.Train}, {d.Valid, r.Valid}, {d.Test, r.Test}} {
		if s.split != nil && s.p != nil {
			y, of := sums(s.split.Encod, s.p.Rates)
			data, expected = data+y, expected+of
		}
	}
	few := r.Likelihood.Counts() && max(data, expected) < leastSpikes
	if few || data <= mostUnlike*expected && expected <= mostUnlike*data {
		return ""
	}
	return fmt.Sprintf("data of %s are %.3g times what the model expects of them on average: the model knows the unit of the data it was trained on alone; "+
		"if these are in another one, scale them, for their rates mean little", d.Name, data/expected)
}

// sums adds up what was observed of the data, and the rates of the same places: held-in
// neurons come first, and bins that are read before others.
func sums(data, rates *dataset.Array) (of, expected float64) {
	for trial := range data.Trials {
		for bin := range data.Bins {
			means := rates.Bin(trial, bin)
			for n, y := range data.Bin(trial, bin) {
				if !dataset.IsMissing(y) {
					of, expected = of+float64(y), expected+float64(means[n])
				}
			}
		}
	}
	return of, expected
}
