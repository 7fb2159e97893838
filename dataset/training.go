package dataset

// AllTraining returns what a model trains on that has no trials to validate it: those of
// the training split, then those of the validation split, of what training reads alone.
func (d *Dataset) AllTraining() *Dataset {
	all, a, b := *d, d.Train, d.Valid
	all.Train = &Split{Encod: a.Encod.append(b.Encod), External: a.External.append(b.External)}
	if all.Train.Recon = all.Train.Encod; a.Recon != a.Encod || b.Recon != b.Encod {
		all.Train.Recon = a.Recon.append(b.Recon)
	}
	all.Valid, all.Test = nil, nil
	return &all
}

// JudgedByTest returns d with its test trials in the place of the validation trials, for
// a model that was trained on these: who scores or draws the trials of Valid then has
// test trials, and calls them so. It is nil if no test trials have all neurons.
func (d *Dataset) JudgedByTest() *Dataset {
	if d.Test == nil || d.Test.Recon == nil {
		return nil
	}
	judged := *d
	judged.Valid, judged.Test, judged.judged = d.Test, nil, "test"
	judged.OracleLikelihood, judged.Oracle = "", 0 // it is of the validation trials
	return &judged
}

// Judged is what the trials of Valid are called: validation, as of nil, or test.
func (d *Dataset) Judged() string {
	if d == nil || d.judged == "" {
		return "validation"
	}
	return d.judged
}
