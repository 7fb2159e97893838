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
	if s := f.sample(train); train.Trials() > 1 && anySpikes(s.counts) {
		return f.chooseByHeldOut(ctx, s, tell)
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

// chooseByHeldOut chooses by how well counts of held-out neurons are predicted. A
// penalty weighs as much among so many fewer trials as it will among all if it is so
// many times larger.
func (f *fittedSmoothing) chooseByHeldOut(ctx context.Context, s sample, tell Progress) error {
	sizes := place{len(f.sds), len(f.penalties)}
	if sizes == (place{1, 1}) {
		return nil
	}
	const each = 1000
	done, total := 0, (sizes[0]+sizes[1])*each // about: a walk may be shorter
	best, scored, err := climb(sizes, place{sizes[0] / 2, sizes[1] / 2}, func(p place) (float64, error) {
		rates, err := f.smooth(ctx, s.spikes, f.sds[p[0]])
		if err != nil {
			return 0, err
		}
		penalty := f.penalties[p[1]] * float64(s.every)
		bits, err := decode.CrossValidatePoisson(ctx, logarithms(rates), s.counts, []float64{penalty}, foldsOf, func(thousandths, _ int) {
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
	f.sd, f.penalty, f.by = f.sds[best[0]], f.penalties[best[1]], s.by()
	f.compared = len(f.penalties) > 1
	return nil
}

// sample is training trials to choose by, in the bins that are read.
type sample struct {
	spikes, counts *dataset.Array // of held-in, and of held-out neurons
	every          int            // it is one in so many trials
}

func (f *fittedSmoothing) sample(train *dataset.Split) sample {
	every := (train.Trials()*f.read + chooseBins - 1) / chooseBins
	every = min(every, (train.Trials()+1)/2) // two trials at least
	return sample{train.Encod.OneIn(every), f.heldOutCounts(train.Recon.OneIn(every)), every}
}

// by says how it chooses.
func (s *sample) by() string {
	text := fmt.Sprintf("bits per spike of held-out neurons in %d contiguous folds of training trials", min(foldsOf, s.counts.Trials))
	if s.every > 1 {
		text += fmt.Sprintf(" (one in %d)", s.every)
	}
	return text
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
	f.heldOut, err = regress(ctx, logarithms(rates), f.heldOutCounts(train.Recon), f.penalty)
	return err
}
