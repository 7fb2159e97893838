package pace

import (
	"context"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// fewBatches is how many batches an epoch has by which it is found out how long whole ones are.
const fewBatches = 2

// MeasureSample is [Run.Measure] for who will not wait for an epoch of all trials: if one of
// them takes longer than members are to be trained for, they train on some of the trials, whole
// batches of them, and the times of all trials follow in proportion. share is of how many of the
// training trials the times are, 1 if of all. Scores are estimated of all.
func (r *Run) MeasureSample(ctx context.Context, during time.Duration) (s Speed, share float64, err error) {
	trials := r.sampled(ctx, during)
	if trials == r.Data.Train.Trials() {
		s, err = r.Measure(ctx, during)
		return s, 1, err
	}
	few := r.of(trials)
	s, err = few.Measure(ctx, during)
	share = float64(trials) / float64(r.Data.Train.Trials())
	return s.forAll(few.Data, r), share, err
}

// sampled is how many training trials make an epoch that is about as long as is given; all if
// that is shorter, or if the first trials tell nothing, as those of which nothing was observed.
func (r *Run) sampled(ctx context.Context, during time.Duration) int {
	batch, all := r.Config.Train.BatchSize, r.Data.Train.Trials()
	if all <= fewBatches*batch {
		return all
	}
	s, err := r.of(fewBatches*batch).Measure(ctx, 0)
	if err != nil {
		return all
	}
	each := max(s.Epoch/fewBatches, 1) // of a batch
	fit := max(fewBatches, min(int64(during/each), int64(all)))
	return int(min(fit*int64(batch), int64(all)))
}

// of returns the run on so many training trials, with the same share of the others.
func (r *Run) of(trials int) *Run {
	few, d := *r, *r.Data
	all := d.Train.Trials()
	d.Train = firstOf(d.Train, trials)
	d.Valid = firstOf(d.Valid, part(d.Valid.Trials(), trials, all))
	d.Test = firstOf(d.Test, part(d.Test.Trials(), trials, all))
	few.Data = &d
	return &few
}

// part is as many of n as few are of all, 1 at the least.
func part(n, few, all int) int { return max(1, n*few/all) }

// firstOf is a split's first trials, what models read and reconstruct of them.
func firstOf(s *dataset.Split, trials int) *dataset.Split {
	if s == nil || trials >= s.Trials() {
		return s
	}
	few := &dataset.Split{Encod: firstTrials(s.Encod, trials), External: firstTrials(s.External, trials)}
	if few.Recon = few.Encod; s.Recon != s.Encod {
		few.Recon = firstTrials(s.Recon, trials)
	}
	return few
}

func firstTrials(a *dataset.Array, trials int) *dataset.Array {
	if a == nil {
		return nil
	}
	return &dataset.Array{Trials: trials, Bins: a.Bins, Features: a.Features, Data: a.Data[:trials*a.Bins*a.Features]}
}

// forAll is the speed on all trials of a run, of that on few of them.
func (s Speed) forAll(few *dataset.Dataset, r *Run) Speed {
	more := func(d time.Duration, few, all int) time.Duration {
		return time.Duration(float64(d) * float64(all) / float64(max(few, 1)))
	}
	d := r.Data
	s.Epoch = more(s.Epoch, few.Train.Trials(), d.Train.Trials())
	s.Review = more(s.Review, few.Valid.Trials(), d.Valid.Trials())
	s.Infer = more(s.Infer, few.Train.Trials()+few.Valid.Trials()+few.Test.Trials(), d.Train.Trials()+d.Valid.Trials()+d.Test.Trials())
	s.Score = r.scoring()
	return s
}
