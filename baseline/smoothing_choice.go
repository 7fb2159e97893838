package baseline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

// chooseBins is how many training bins choose settings of a regression: with more,
// dozens of fits would take minutes, and hardly choose better.
const chooseBins = 20000

// choose chooses the kernel and the penalty.
func (f *fittedSmoothing) choose(ctx context.Context, train *dataset.Split, tell Progress) error {
	f.sd, f.penalty = f.sds[len(f.sds)/2], f.penalties[len(f.penalties)/2]
	if spikes, counts, by := f.some(train); train.Trials() > 1 && anySpikes(counts) {
		return f.chooseByHeldOut(ctx, spikes, counts, by, tell)
	}
	if len(f.sds) == 1 {
		return nil
	}
	done := 0
	best, _, err := choose(f.sds, func(sd time.Duration) (float64, error) {
		tell.tell("choosing a kernel", done, len(f.sds))
		done++
		rates, err := SmoothOthers(ctx, train.Encod, f.means, sd, f.width)
		if err != nil {
			return 0, err
		}
		Fill(rates, f.means)
		return metric.BitsPerSpike(rates, train.Encod).PerSpike, nil
	})
	if err != nil {
		return err
	}
	f.sd, f.by = f.sds[best], "bits per spike of each bin of training trials predicted from their other bins"
	return nil
}

// anySpikes reports whether any were recorded.
func anySpikes(counts *dataset.Array) bool {
	return slices.ContainsFunc(counts.Data, func(v float32) bool { return v > 0 })
}

// chooseByHeldOut chooses by how well counts of held-out neurons are predicted from
// spikes.
func (f *fittedSmoothing) chooseByHeldOut(ctx context.Context, spikes, counts *dataset.Array, by string, tell Progress) error {
	sizes := place{len(f.sds), len(f.penalties)}
	if sizes == (place{1, 1}) {
		return nil
	}
	const each = 1000
	done, total := 0, (sizes[0]+sizes[1])*each // about: a walk may be shorter
	best, scored, err := climb(sizes, place{sizes[0] / 2, sizes[1] / 2}, func(p place) (float64, error) {
		rates, err := f.smooth(ctx, spikes, f.sds[p[0]])
		if err != nil {
			return 0, err
		}
		bits, err := decode.CrossValidatePoisson(ctx, logarithms(rates), counts, f.penalties[p[1]:p[1]+1], foldsOf, func(thousandths, _ int) {
			tell.tell("choosing kernel and penalty", min(done+thousandths, total-1), total)
		})
		done += each
		if err != nil {
			return 0, err
		}
		return bits[0], nil
	})
	if err != nil {
		return err
	}
	if !scored {
		return errNoScore
	}
	f.sd, f.penalty, f.by = f.sds[best[0]], f.penalties[best[1]], by
	f.compared = len(f.penalties) > 1
	return nil
}

// some returns spikes of training trials to choose by, counts of held-out neurons in
// the bins that are read, and in words how they choose.
func (f *fittedSmoothing) some(train *dataset.Split) (spikes, counts *dataset.Array, by string) {
	every := (train.Trials()*f.read + chooseBins - 1) / chooseBins
	every = min(every, (train.Trials()+1)/2) // two trials at least
	trials := (train.Trials() + every - 1) / every
	spikes, counts = dataset.NewArray(trials, f.read, f.heldIn), dataset.NewArray(trials, f.read, f.neurons-f.heldIn)
	for i := range trials {
		copy(spikes.Trial(i), train.Encod.Trial(i*every))
		copyHeldOut(counts, i, train.Recon, i*every)
	}
	by = fmt.Sprintf("bits per spike of held-out neurons in %d contiguous folds of training trials", min(foldsOf, trials))
	if every > 1 {
		by += fmt.Sprintf(" (one in %d)", every)
	}
	return spikes, counts, by
}

// copyHeldOut copies a trial's counts of the last neurons, as many as to has, in the
// bins that it has.
func copyHeldOut(to *dataset.Array, trial int, from *dataset.Array, of int) {
	for bin := range to.Bins {
		row := from.Bin(of, bin)
		copy(to.Bin(trial, bin), row[len(row)-to.Features:])
	}
}

// regress fits held-out neurons of all training trials.
func (f *fittedSmoothing) regress(ctx context.Context, train *dataset.Split, tell Progress) error {
	if f.neurons == f.heldIn {
		return ctx.Err()
	}
	tell.tell("fitting held-out neurons", 0, 1)
	rates, err := f.smooth(ctx, train.Encod, f.sd)
	if err != nil {
		return err
	}
	counts := dataset.NewArray(train.Trials(), f.read, f.neurons-f.heldIn)
	for trial := range counts.Trials {
		copyHeldOut(counts, trial, train.Recon, trial)
	}
	f.heldOut, err = regress(ctx, logarithms(rates), counts, f.penalty)
	return err
}
