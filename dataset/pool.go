package dataset

import "slices"

// Pooled returns a copy of the training trials with the validation trials behind them
// as one split: what a division of one's own is made of. What one of the two lacks, the
// whole lacks; test trials are left out. Arrays that were one stay one.
func (d *Dataset) Pooled() *Split {
	t, v := d.Train, d.Valid
	all := &Split{Encod: t.Encod.append(v.Encod), DecodeMask: t.DecodeMask.append(v.DecodeMask)}
	if all.Recon = all.Encod; t.Recon != t.Encod || v.Recon != v.Encod {
		all.Recon = t.Recon.append(v.Recon)
	}
	all.SetAside, all.External = t.SetAside.append(v.SetAside), t.External.append(v.External)
	all.Truth, all.Latents = t.Truth.append(v.Truth), t.Latents.append(v.Latents)
	all.Behavior = t.Behavior.append(v.Behavior)
	all.Condition, all.TrialIDs, all.Starts = appended(t.Condition, v.Condition), appended(t.TrialIDs, v.TrialIDs), appended(t.Starts, v.Starts)
	return all
}

// append returns a copy of both arrays' trials; nil if one is nil or they are not alike.
func (a *Array) append(b *Array) *Array {
	if a == nil || b == nil || a.Bins != b.Bins || a.Features != b.Features {
		return nil
	}
	return &Array{a.Trials + b.Trials, a.Bins, a.Features, slices.Concat(a.Data, b.Data)}
}

// appended is append for what there is one of a trial.
func appended[T any](a, b []T) []T {
	if a == nil || b == nil {
		return nil
	}
	return slices.Concat(a, b)
}

// Pick returns a copy of some trials, in the order given. Arrays that were one stay one.
func (s *Split) Pick(trials []int) *Split {
	pick := func(a *Array) *Array {
		if a == nil {
			return nil
		}
		return a.Pick(trials)
	}
	some := &Split{Encod: pick(s.Encod), SetAside: pick(s.SetAside), External: pick(s.External), Truth: pick(s.Truth)}
	if some.Recon = some.Encod; s.Recon != s.Encod {
		some.Recon = pick(s.Recon)
	}
	some.Latents, some.Behavior, some.DecodeMask = pick(s.Latents), pick(s.Behavior), pick(s.DecodeMask)
	some.Condition, some.TrialIDs = picked(s.Condition, trials), picked(s.TrialIDs, trials)
	some.Starts, some.words = picked(s.Starts, trials), picked(s.words, trials)
	return some
}

// picked is Pick for what there is one of a trial.
func picked[T any](of []T, trials []int) (some []T) {
	if of == nil {
		return nil
	}
	for _, i := range trials {
		some = append(some, of[i])
	}
	return some
}
