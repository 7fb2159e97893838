package dataset

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Numbering gives every trial a number that no other trial has.
type Numbering struct {
	Train, Valid, Test []int64
	Recorded           bool   // numbers are the file's: places in the recording
	Note               string // "": all are the file's, else what they are and why
	Trouble            bool   // the note tells of ids that cannot be used
}

// Numbering returns the trials' ids. Those that the file lacks for a split
// follow the largest of the others; where two trials have the same, all are
// numbered by place, split after split.
func (d *Dataset) Numbering() Numbering {
	var n Numbering
	var without []string
	seen, last := map[int64]string{}, int64(-1)
	for _, s := range d.splits() {
		if s.TrialIDs == nil {
			without = append(without, s.name)
		}
		for i, id := range s.TrialIDs {
			trial := fmt.Sprintf("trial %d of %s", i, s.name)
			if other, twice := seen[id]; twice {
				return d.byPlace(fmt.Sprintf("%s and %s have the same id, %d, in *_inds: trials are numbered by place instead, split after split", other, trial, id), true)
			}
			seen[id] = trial
			last = max(last, id)
		}
	}
	switch {
	case len(seen) == 0:
		return d.byPlace("the file has no *_inds: trials are numbered by place, split after split", false)
	case last > math.MaxInt64-int64(d.trials()):
		return d.byPlace(fmt.Sprintf("*_inds go up to %d: trials are numbered by place instead, split after split", last), true)
	}
	n.Recorded = true
	if len(without) > 0 {
		n.Trouble = true
		n.Note = fmt.Sprintf("%s trials have no *_inds: they are numbered from %d on, behind the others", strings.Join(without, " and "), last+1)
	}
	n.Train, last = idsAfter(d.Train, last)
	n.Valid, last = idsAfter(d.Valid, last)
	n.Test, _ = idsAfter(d.Test, last)
	return n
}

// trials returns how many trials there are in all.
func (d *Dataset) trials() int { return d.Train.Trials() + d.Valid.Trials() + d.Test.Trials() }

// byPlace numbers trials from 0 on, split after split.
func (d *Dataset) byPlace(note string, trouble bool) Numbering {
	n := Numbering{Note: note, Trouble: trouble}
	last := int64(-1)
	n.Train, last = placesAfter(d.Train, last)
	n.Valid, last = placesAfter(d.Valid, last)
	n.Test, _ = placesAfter(d.Test, last)
	return n
}

// idsAfter returns a split's ids; without any, the numbers after last.
func idsAfter(s *Split, last int64) ([]int64, int64) {
	if s != nil && s.TrialIDs != nil {
		return slices.Clone(s.TrialIDs), last
	}
	return placesAfter(s, last)
}

func placesAfter(s *Split, last int64) ([]int64, int64) {
	ids := make([]int64, s.Trials())
	for i := range ids {
		last++
		ids[i] = last
	}
	return ids, last
}
