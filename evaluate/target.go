package evaluate

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

// target is what is decoded: the outputs that vary in training. One that has no
// value in a split, or the same everywhere, has no R2 and teaches nothing.
type target struct {
	train, valid *dataset.Array
	kept         []int     // which outputs these are of all
	judged       string    // what the trials of valid are called
	single       []float32 // of an output that is not kept, its one value; NaN: it has none
}

func newTarget(judged string, train, valid *dataset.Array) (*target, error) {
	if train.Features != valid.Features || train.Bins != valid.Bins {
		return nil, fmt.Errorf("training trials have %v, %s trials %v: bins and outputs must agree", train, judged, valid)
	}
	t := &target{judged: judged, single: make([]float32, train.Features)}
	var valued []int
	for o := range train.Features {
		t.single[o] = float32(math.NaN())
		if hasValue(train, o) && hasValue(valid, o) {
			valued = append(valued, o)
		}
	}
	some := columns(train, valued)
	for i, o := range valued {
		least, most := extent(some, i)
		if least < most {
			t.kept = append(t.kept, o)
		} else if least == most {
			t.single[o] = least
		}
	}
	if len(t.kept) == 0 {
		return nil, fmt.Errorf("none of %s varies in the training bins where all are numbers: there is nothing to decode", count(train.Features, "output"))
	}
	t.train, t.valid = columns(train, t.kept), columns(valid, t.kept)
	return t, nil
}

// columns returns some outputs of a, in ascending order; a itself if they are all.
func columns(a *dataset.Array, outputs []int) *dataset.Array {
	if len(outputs) == a.Features {
		return a
	}
	return a.Columns(outputs)
}

// hasValue reports whether output o is finite anywhere.
func hasValue(a *dataset.Array, o int) bool {
	for i := o; i < len(a.Data); i += a.Features {
		if a.Data[i]-a.Data[i] == 0 {
			return true
		}
	}
	return false
}

// extent returns the least and the most that an output is in the bins where
// all outputs are finite.
func extent(a *dataset.Array, output int) (least, most float32) {
	least, most = float32(math.Inf(1)), float32(math.Inf(-1))
	for row := range a.Trials * a.Bins {
		values := a.Data[row*a.Features : (row+1)*a.Features]
		if decode.Finite(values) {
			least, most = min(least, values[output]), max(most, values[output])
		}
	}
	return least, most
}

// perOutput returns the R2 of all outputs, nil for those without.
func (t *target) perOutput(s metric.Score) []*float64 {
	all := make([]*float64, len(t.single))
	for i, o := range t.kept {
		all[o] = finiteOrNil(&s.PerOutput[i])
	}
	return all
}

// note says what does not count.
func (t *target) note(s metric.Score) (note string) {
	if without := len(t.single) - s.Varying; without > 0 {
		note = fmt.Sprintf("%d of %s constant or without numbers: no R2, not in the mean", without, count(len(t.single), "output"))
	}
	for _, split := range []struct {
		name string
		a    *dataset.Array
	}{{"training", t.train}, {t.judged, t.valid}} {
		bins, out := split.a.Trials*split.a.Bins, 0
		for row := range bins {
			if !decode.Finite(split.a.Data[row*split.a.Features : (row+1)*split.a.Features]) {
				out++
			}
		}
		if out > 0 {
			note = joined(note, fmt.Sprintf("%d of %d %s bins left out: not all outputs are numbers there", out, bins, split.name))
		}
	}
	return note
}

// spread puts decoded outputs where they are among all.
func (t *target) spread(decoded *dataset.Array) *dataset.Array {
	all := dataset.NewArray(decoded.Trials, decoded.Bins, len(t.single))
	for row := range decoded.Trials * decoded.Bins {
		out := all.Data[row*all.Features : (row+1)*all.Features]
		copy(out, t.single)
		for i, o := range t.kept {
			out[o] = decoded.Data[row*decoded.Features+i]
		}
	}
	return all
}
