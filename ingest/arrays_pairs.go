package ingest

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// pairedUnits are a time and a unit for each spike, in two arrays.
func (a *arrays) pairedUnits(g tree.Group) (bool, error) {
	times, n := vector(g, firstOf(g, namesTimes))
	if times == nil {
		return false, nil
	}
	for _, name := range namesUnits {
		units, length := vector(g, firstOf(g, []string{name}))
		if units == nil || length != n || units.Path() == times.Path() {
			continue
		}
		a.take(times, units)
		if a.looking {
			return true, nil
		}
		return true, a.pairs(g, times, units)
	}
	return false, nil
}

// tabledUnits are the same as fields of a table; or an array of structs, one for
// each unit, with a field of its times.
func (a *arrays) tabledUnits(g tree.Group) (bool, error) {
	f := tableAt(g, firstOf(g, namesSpikes))
	if f == nil {
		return false, nil
	}
	times, n := vector(f, firstOf(f, namesTimes))
	units, length := vector(f, firstOf(f, namesUnits))
	if cells := nodeAt[tree.Cells](f, firstOf(f, slices.Concat(namesTimes, namesSpikes))); cells != nil {
		a.take(f)
		if a.looking {
			return true, nil
		}
		all, err := cellsOf(cells)
		if err != nil {
			return true, err
		}
		return true, a.unitsOf(f, all, nil)
	}
	if times == nil || units == nil || n != length {
		return false, nil
	}
	a.take(f)
	if a.looking {
		return true, nil
	}
	return true, a.pairs(g, times, units)
}

// matrixUnits are the same as two columns of one array. The units are the column
// of whole numbers; if both are, the one with fewer different ones.
func (a *arrays) matrixUnits(g tree.Group) (bool, error) {
	m := nodeAt[tree.Array](g, firstOf(g, namesSpikes))
	if m == nil || !m.IsNumber() || len(m.Shape()) != 2 || m.Shape()[1] != 2 || m.Shape()[0] < 2 {
		return false, nil
	}
	a.take(m)
	if a.looking {
		return true, nil
	}
	if err := a.holds(m); err != nil {
		return true, err
	}
	both, err := m.Float64s()
	if err != nil {
		return true, err
	}
	n := len(both) / 2
	columns := [2][]float64{make([]float64, n), make([]float64, n)}
	for i, v := range both {
		columns[i%2][i/2] = v
	}
	units := 0
	if whole := [2]bool{areWhole(columns[0]), areWhole(columns[1])}; !whole[0] || whole[1] && distinct(columns[1]) < distinct(columns[0]) {
		units = 1
	}
	if !areWhole(columns[units]) {
		return true, fmt.Errorf("%s has two columns, neither of whole numbers: one must be the unit of each spike", m.Path())
	}
	a.note("%s: column %d is taken for the unit of each spike, column %d for its time", m.Path(), units+1, 2-units)
	times, err := m.Slab([]int{0, 1 - units}, []int{n, 1})
	if err != nil {
		return true, err
	}
	scale, err := a.clockOf(g, times)
	if err != nil {
		return true, err
	}
	return true, a.grouped(g, inSeconds(columns[1-units], scale), columns[units])
}

func areWhole(v []float64) bool {
	return !slices.ContainsFunc(v, func(x float64) bool { return x != math.Trunc(x) || math.IsInf(x, 0) })
}

func distinct(v []float64) int {
	set := map[float64]bool{}
	for _, x := range v {
		set[x] = true
	}
	return len(set)
}

// What is held in memory is bounded by the file: compressed spike times are a
// half of themselves, ids perhaps a thirtieth; what shrinks more is no spikes.
const (
	mostExpansion = 32
	freeBytes     = 64 << 20
)

// holds returns an error for numbers that unpack to more than a file of this size
// can mean.
func (a *arrays) holds(n tree.Array) error {
	if need := 8 * int64(sizeOf(n.Shape())); need > freeBytes+mostExpansion*a.size {
		return fmt.Errorf("%s takes %d MB of memory, and the file has %d MB: spike times do not shrink so far; write the file again without compression if it is whole",
			n.Path(), need>>20, a.size>>20)
	}
	return nil
}

// clockOf is the clock of arrays of spike times, which that of trials is, too.
func (a *arrays) clockOf(g tree.Group, all ...tree.Array) (perSecond float64, err error) {
	a.perSecond, err = a.clock(g, all)
	return a.perSecond, err
}

func (a *arrays) pairs(g tree.Group, times, units tree.Array) error {
	scale, err := a.clockOf(g, times)
	if err != nil {
		return err
	}
	for _, n := range []tree.Array{times, units} {
		if err := a.holds(n); err != nil {
			return err
		}
	}
	t, err := times.Float64s()
	if err != nil {
		return err
	}
	u, err := units.Float64s()
	if err != nil {
		return err
	}
	return a.grouped(g, inSeconds(t, scale), u)
}

// grouped makes units of a time and a unit for each spike. Units are in ascending
// order, or as a list of ids in the file has them: units without spikes, too.
func (a *arrays) grouped(g tree.Group, times, units []float64) error {
	ids := slices.Clone(units)
	if listed := a.listed(g, len(times)); listed != nil {
		ids = listed
	} else {
		slices.Sort(ids)
		ids = slices.Compact(ids)
	}
	place := make(map[float64]int, len(ids))
	for i, id := range ids {
		if _, twice := place[id]; twice || math.IsNaN(id) {
			return fmt.Errorf("unit %s is listed twice, or is no number", idText(id))
		}
		place[id] = i
	}
	counts := make([]int, len(ids))
	for i, u := range units {
		p, known := place[u]
		if !known {
			return fmt.Errorf("spike %d is of unit %s, which is not in the list of units", i, idText(u))
		}
		counts[p]++
	}
	trains := make(dataset.SpikeTrains, len(ids))
	for i, n := range counts {
		trains[i] = make([]float64, 0, n)
		a.r.Units.IDs = append(a.r.Units.IDs, idText(ids[i]))
	}
	for i, u := range units {
		trains[place[u]] = append(trains[place[u]], times[i])
	}
	a.r.Units.Spikes = trains
	return nil
}

// listed returns the file's list of units, if it has one: numbers, not one for
// each spike.
func (a *arrays) listed(g tree.Group, spikes int) []float64 {
	for _, name := range namesIDs {
		list, n := vector(g, firstOf(g, []string{name}))
		if list == nil || n == spikes || a.used[list.Path()] {
			continue
		}
		if a.holds(list) != nil {
			continue
		}
		if ids, err := list.Float64s(); err == nil {
			a.take(list)
			return ids
		}
	}
	return nil
}
