package outputs

import (
	"cmp"
	"slices"
	"time"
)

// writeOriginalOrder writes the trials of all splits by their index in the
// recording; where the file does not say it, split after split. Without a width
// of bins there are no rates in Hz.
func writeOriginalOrder(w *writer, splits []part, recorded bool, width time.Duration) error {
	trials := trialsOf(splits)
	if recorded {
		slices.SortStableFunc(trials, func(a, b trial) int { return cmp.Compare(a.id, b.id) })
	}
	ids := make([]int64, len(trials))
	for i, t := range trials {
		ids[i] = t.id
	}
	if err := w.Write(w.in("trial_ids"), ids, []int{len(ids)}); err != nil || width == 0 {
		return err
	}
	shape, name := splits[0].rates(), w.in("rates_hz")
	if err := w.Write(name, inHz(trials, width), []int{len(ids), shape.Bins, shape.Features}); err != nil {
		return err
	}
	return w.says(name, unitHz, splits[0].quantities[0].Of)
}

// trial is one with its index in the recording.
type trial struct {
	id    int64
	rates []float32
}

func trialsOf(splits []part) []trial {
	var trials []trial
	for _, p := range splits {
		for i, id := range p.ids {
			trials = append(trials, trial{id, p.rates().Trial(i)})
		}
	}
	return trials
}

func inHz(trials []trial, width time.Duration) []float32 {
	hz := make([]float32, 0, len(trials)*len(trials[0].rates))
	factor := perSecond(width)
	for _, t := range trials {
		for _, rate := range t.rates {
			hz = append(hz, rate*factor)
		}
	}
	return hz
}

const unitHz = "spikes per second"

// perSecond turns what is in a bin into what is in a second.
func perSecond(width time.Duration) float32 { return float32(1 / width.Seconds()) }
