package dataset

import (
	"cmp"
	"slices"
)

// SpikesAlone returns what a trained model infers from: the spikes that are read and the
// external inputs of all trials, in the order of their ids, as one test split.
func (d *Dataset) SpikesAlone() *Dataset {
	alone := *d
	alone.Train, alone.Valid, alone.Test = nil, nil, d.joined()
	alone.Conditions, alone.Outputs, alone.Divided, alone.alone = nil, nil, nil, true
	if n := alone.Test.Encod.Features; n < len(d.Neurons) {
		alone.Neurons = d.Neurons[:n]
	}
	return &alone
}

// joined is all splits in one, of what inference needs.
func (d *Dataset) joined() *Split {
	type place struct {
		split *Split
		trial int
		id    int64
	}
	var places []place
	for _, s := range d.splits() {
		for i := range s.Trials() {
			p := place{s.Split, i, int64(len(places))}
			if s.TrialIDs != nil {
				p.id = s.TrialIDs[i]
			}
			places = append(places, p)
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(a.id, b.id) })
	first := d.First()
	all := &Split{Encod: NewArray(len(places), first.Encod.Bins, first.Encod.Features)}
	if first.External != nil {
		all.External = NewArray(len(places), first.External.Bins, first.External.Features)
	}
	for to, p := range places {
		copy(all.Encod.Trial(to), p.split.Encod.Trial(p.trial))
		if all.External != nil {
			copy(all.External.Trial(to), p.split.External.Trial(p.trial))
		}
		if p.split.TrialIDs != nil {
			all.TrialIDs = append(all.TrialIDs, p.split.TrialIDs[p.trial])
		}
		if p.split.Starts != nil {
			all.Starts = append(all.Starts, p.split.Starts[p.trial])
		}
	}
	return all
}
