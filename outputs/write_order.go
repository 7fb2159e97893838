package outputs

import (
	"cmp"
	"slices"
	"time"

	"github.com/autolfads/autolfads/hdf5"
)

// writeOriginalOrder writes the trials of all splits by their index in the
// recording; where the file does not say it, split after split. Without a width
// of bins there are no rates in Hz.
func writeOriginalOrder(w *hdf5.Writer, splits []part, recorded bool, width time.Duration) error {
	trials := trialsOf(splits)
	if recorded {
		slices.SortStableFunc(trials, func(a, b trial) int { return cmp.Compare(a.id, b.id) })
	}
	ids := make([]int64, len(trials))
	for i, t := range trials {
		ids[i] = t.id
	}
	if err := w.Write("trial_ids", ids, []int{len(ids)}); err != nil || width == 0 {
		return err
	}
	shape := splits[0].rates()
	if err := w.Write("rates_hz", inHz(trials, width), []int{len(ids), shape.Bins, shape.Features}); err != nil {
		return err
	}
	return w.SetAttr("rates_hz", "unit", unitHz)
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
