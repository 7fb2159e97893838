package infer

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
)

// MergeRates merges the rates of windows of a continuous recording, in data per bin, with
// neurons in the dataset's order; nil: trials are no windows of one.
func (r *Result) MergeRates(d *dataset.Dataset) *dataset.Merged {
	of := map[*dataset.Split]*lfads.Posterior{d.Train: r.Train, d.Valid: r.Valid, d.Test: r.Test}
	m, err := d.Merge(func(s *dataset.Split) *dataset.Array {
		if of[s] == nil {
			return nil
		}
		return of[s].Rates
	})
	if err != nil {
		return nil // Load keeps no windows that cannot be merged
	}
	return m
}
