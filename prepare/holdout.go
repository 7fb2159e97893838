package prepare

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// HoldOutOptions say which units the model does not read, but has to predict from the
// others. The zero value holds out none.
type HoldOutOptions struct {
	Share float64 `json:"share,omitempty"` // of the units kept, to the nearest, one at least and not all; which, the seed of the split says
	Units string  `json:"units,omitempty"` // ids with commas between, or a condition on the units' columns
}

func (o *HoldOutOptions) check() error {
	switch {
	case o.Share != 0 && !(o.Share > 0 && o.Share < 1):
		return fmt.Errorf("the share of units to hold out is %g: it must be between 0 and 1 (--hold-out)", o.Share)
	case o.Share != 0 && o.Units != "":
		return errors.New("units to hold out are given by a share and by name: leave out --hold-out or --hold-out-units")
	}
	return nil
}

// heldOut is the purpose of the random numbers that say which units are held out.
var heldOut = rng.Named("prepare: units held out")

// places returns which of some units are held out, ascending.
func (o *HoldOutOptions) places(r *dataset.Recording, units []UnitReport, seed uint64) ([]int, error) {
	n := len(units)
	if o.Share != 0 {
		count := max(1, min(n-1, int(math.Round(o.Share*float64(n)))))
		places := rng.NewSource(rng.Derive(seed, heldOut)).Perm(n)[:count]
		slices.Sort(places)
		return places, nil
	}
	meant, err := unitsMeant(r, o.Units)
	if err != nil {
		return nil, fmt.Errorf("--hold-out-units %w", err)
	}
	var places []int
	for i, u := range units {
		if meant[u.ID] {
			places = append(places, i)
		}
	}
	if len(places) == 0 || len(places) == n {
		return nil, fmt.Errorf("--hold-out-units %q are %d of the %d units kept: some must be held out, and some read", o.Units, len(places), n)
	}
	return places, nil
}

// holdOut brings the units to hold out behind the others.
func (m *maker) holdOut() error {
	if m.o.HoldOut == (HoldOutOptions{}) {
		return nil
	}
	if len(m.units) < 2 {
		return errors.New("of one unit none can be held out: leave out --hold-out and --hold-out-units")
	}
	out, err := m.o.HoldOut.places(m.r, m.units, m.o.Split.Seed)
	if err != nil {
		return err
	}
	var order []int
	for i := range m.units {
		if _, is := slices.BinarySearch(out, i); !is {
			order = append(order, i)
		}
	}
	m.heldOut = len(out)
	m.reorder(append(order, out...))
	return nil
}

// reorder puts units in another order.
func (m *maker) reorder(order []int) {
	m.units = at(m.units, order)
	was := make([]float32, len(order))
	for row := range slices.Chunk(m.counts.Data, len(order)) {
		copy(was, row)
		for to, from := range order {
			row[to] = was[from]
		}
	}
}

// at returns the values at some places.
func at[T any](all []T, places []int) []T {
	if all == nil {
		return nil
	}
	some := make([]T, len(places))
	for to, from := range places {
		some[to] = all[from]
	}
	return some
}

// readCounts are the counts that the model reads: of the units not held out, in the
// bins of the window. Where these are all, they are the counts themselves.
func (m *maker) readCounts() *dataset.Array {
	if m.forward == 0 && m.heldOut == 0 {
		return m.counts
	}
	read := dataset.NewArray(m.counts.Trials, m.read(), m.counts.Features-m.heldOut)
	for trial := range read.Trials {
		for bin := range read.Bins {
			copy(read.Bin(trial, bin), m.counts.Bin(trial, bin))
		}
	}
	return read
}
