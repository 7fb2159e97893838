package outputs

import (
	"fmt"
	"math"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// writeContinuous merges what was inferred for windows of a continuous recording, of
// all splits together, into the group continuous: a row a bin of the whole recording,
// NaN where no window is, with each bin's time. Rates are in Hz for counts in bins of
// known width, else as output_params. Rows are made while they are written; gaps take
// no room.
func writeContinuous(w *writer, d *dataset.Dataset, splits []part, width time.Duration) error {
	if d.Chop == nil {
		return nil
	}
	if err := w.Group(groupContinuous); err != nil {
		return err
	}
	if d.Chop.Bins > dataset.MostBins {
		return w.SetAttr(groupContinuous, "note", fmt.Sprintf("windows are not merged: with its gaps the recording is %d bins long, and at most %d are", d.Chop.Bins, dataset.MostBins))
	}
	for i, q := range splits[0].quantities {
		if q.Values == nil || q.Kind == OfTrials {
			continue
		}
		values := merging(splits, i)
		m, err := d.Merge(func(s *dataset.Split) *dataset.Array { return values[s] })
		if err == nil {
			err = writeMerged(w, m, q, width)
		}
		if err != nil {
			return err
		}
	}
	if err := writeTime(w, d); err != nil {
		return err
	}
	for _, a := range []struct {
		name  string
		value any
	}{
		{"window_bins", int64(d.Chop.Window)}, {"overlap_bins", int64(d.Chop.Overlap)}, {"power", d.Chop.Power},
	} {
		if err := w.SetAttr(groupContinuous, a.name, a.value); err != nil {
			return err
		}
	}
	return nil
}

const groupContinuous = "continuous"

// merging returns what a file has of quantity i in each split.
func merging(splits []part, i int) map[*dataset.Split]*dataset.Array {
	values := map[*dataset.Split]*dataset.Array{}
	for _, s := range splits {
		values[s.split] = s.quantities[i].Values
	}
	return values
}

// writeMerged writes a quantity over the whole recording.
func writeMerged(w *writer, m *dataset.Merged, q Quantity, width time.Duration) error {
	factor := float32(1)
	if q.Name == outputParams && width != 0 {
		q.Name, q.Unit, factor = "rates_hz", unitHz, perSecond(width)
	}
	name := groupContinuous + "/" + q.Name
	err := hdf5.WriteRows(w.Writer, name, []int{int(m.Bins), m.Features}, float32(math.NaN()), func(first int, into []float32) bool {
		any := m.Rows(int64(first), into)
		for i := range into {
			into[i] *= factor
		}
		return any
	})
	if err != nil {
		return err
	}
	return w.says(name, q.Unit, q.Of)
}

// writeTime writes when each bin begins, if it is known how wide bins are.
func writeTime(w *writer, d *dataset.Dataset) error {
	if d.BinWidth == 0 {
		return nil
	}
	const name = groupContinuous + "/time"
	err := hdf5.WriteRows(w.Writer, name, []int{int(d.Chop.Bins)}, math.NaN(), func(first int, into []float64) bool {
		for i := range into {
			into[i] = d.Seconds(int64(first + i))
		}
		return true
	}, hdf5.Gzip(1), hdf5.Shuffle())
	if err != nil {
		return err
	}
	return w.SetAttr(name, "unit", "s")
}
