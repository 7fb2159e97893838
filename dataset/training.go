package dataset

// AllTraining returns what a model trains on that has no trials to validate it: those of
// the training split, then those of the validation split, of what training reads alone.
func (d *Dataset) AllTraining() *Dataset {
	all, a, b := *d, d.Train, d.Valid
	all.Train = &Split{Encod: stacked(a.Encod, b.Encod), External: stacked(a.External, b.External)}
	if a.Recon == a.Encod && b.Recon == b.Encod {
		all.Train.Recon = all.Train.Encod
	} else {
		all.Train.Recon = stacked(a.Recon, b.Recon)
	}
	all.Valid, all.Test = nil, nil
	return &all
}

// stacked returns a's trials and then b's; nil for arrays that are not there.
func stacked(a, b *Array) *Array {
	if a == nil {
		return nil
	}
	out := NewArray(a.Trials+b.Trials, a.Bins, a.Features)
	copy(out.Data[copy(out.Data, a.Data):], b.Data)
	return out
}
