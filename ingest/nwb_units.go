package ingest

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

const (
	nwbUnits  = "units" // where the units of a session are
	nwbSpikes = "spike_times"
)

// isUnits reports whether a table is one of units.
func (g *nwbGroup) isUnits() bool {
	return g.kind == "Units" || g.path == nwbUnits || g.has(nwbSpikes)
}

// unitsTable returns the table of units: the session's own, else the first found
// that has spikes, else nil.
func (n *nwbFile) unitsTable() (units *nwbGroup) {
	var all []*nwbGroup
	for _, g := range n.tables {
		if g.isUnits() {
			all = append(all, g)
		}
	}
	for _, g := range all {
		better := units == nil || g.path == nwbUnits || units.path != nwbUnits && g.has(nwbSpikes) && !units.has(nwbSpikes)
		if better {
			units = g
		}
	}
	for _, g := range all {
		if g != units {
			n.leave(g.path, "units are taken of one table, "+units.path)
		}
	}
	if units != nil && units.path != nwbUnits {
		n.note("the session has no units of its own: they are taken from %s", units.path)
	}
	return units
}

// readUnits finds the spikes of units and reads what else is known of them. A
// broken table of units is an error.
func (n *nwbFile) readUnits(r *dataset.Recording) error {
	g := n.unitsTable()
	switch {
	case g == nil:
		return n.readSorted(r)
	case !g.has(nwbSpikes):
		n.note("%s has no spike_times, so that there are no spikes in the file (it has %s)", g.path, someOf(g.keys))
		return nil
	}
	names := n.columnNames(g)
	ids, err := n.rowIDs(g, names)
	if err != nil {
		return err
	}
	u := &r.Units
	u.IDs, n.notes = uniqueIDs(ids, n.notes)
	if u.Spikes, err = n.spikes(g, len(ids)); err != nil {
		return fmt.Errorf("%s: %w", g.below(nwbSpikes), err)
	}
	if g.has(nwbObserved) {
		if u.Observed, err = n.observed(g, len(ids)); err != nil {
			return fmt.Errorf("%s: %w", g.below(nwbObserved), err)
		}
	}
	u.Columns = dataset.Table{Name: nwbUnits, About: oneLine(g.attrs.text("description")), Rows: len(ids)}
	for _, name := range names {
		if !slices.Contains([]string{nwbSpikes, nwbObserved, "waveforms"}, name) {
			n.addColumn(g, &u.Columns, name)
		}
	}
	n.addElectrodes(&u.Columns)
	if g.has("waveforms") {
		n.leave(g.below("waveforms"), "waveforms are not read")
	}
	return nil
}

// spikes finds the spike times of units, without reading them.
func (n *nwbFile) spikes(g *nwbGroup, units int) (dataset.SpikeTimes, error) {
	d, err := g.Dataset(nwbSpikes)
	if err != nil {
		return nil, err
	}
	total, err := oneSeries(d)
	if err != nil {
		return nil, err
	}
	if err := n.plausible(d); err != nil {
		return nil, err
	}
	r, err := n.index(g, nwbSpikes, total)
	switch {
	case err != nil:
		return nil, err
	case r == nil && units == 1:
		r = &ragged{ends: []int{total}}
	case r == nil:
		return nil, fmt.Errorf("%d spike times of %d units, but no spike_times_index that says whose they are", total, units)
	case len(r.ends) != units:
		return nil, fmt.Errorf("its index has %d rows, but there are %d units", len(r.ends), units)
	}
	if last := len(r.ends) - 1; last >= 0 && r.ends[last] < total {
		n.note("%d of %d spike times belong to no unit: the index ends before them", total-r.ends[last], total)
	}
	return n.spikeTimes(d, r), nil
}

func (n *nwbFile) spikeTimes(d *hdf5.Dataset, r *ragged) *nwbSpikeTimes {
	return &nwbSpikeTimes{d, r, int(n.reasonable() / 8), byteSize(n.size)}
}

// oneSeries is how many numbers a data set has that must have one a row.
func oneSeries(d *hdf5.Dataset) (int, error) {
	shape := d.Shape()
	if len(shape) == 0 || len(shape) > 2 || len(shape) == 2 && shape[1] != 1 {
		return 0, fmt.Errorf("has the shape %v, should have one dimension", shape)
	}
	if t := d.Type(); !t.IsNumber() {
		return 0, fmt.Errorf("holds %v, should hold numbers", t)
	}
	return shape[0], nil
}

// nwbSpikeTimes are the spikes of units in a file.
type nwbSpikeTimes struct {
	times *hdf5.Dataset
	index *ragged
	most  int    // spikes of one unit that a file of this size can mean
	size  string // of the file
}

// Count implements dataset.SpikeTimes.
func (s *nwbSpikeTimes) Count(unit int) int {
	from, to := s.index.row(unit)
	return to - from
}

// Times implements dataset.SpikeTimes.
func (s *nwbSpikeTimes) Times(unit int) ([]float64, error) {
	from, to := s.index.row(unit)
	if to-from > s.most {
		return nil, fmt.Errorf("%s: %d spikes of one unit, too many for a file of %s: is it damaged?", s.times.Path(), to-from, s.size)
	}
	return readRows(s.times, from, to)
}

// readRows reads rows of a data set, row after row.
func readRows(d *hdf5.Dataset, from, to int) ([]float64, error) {
	count := d.Shape()
	start := make([]int, len(count))
	start[0], count[0] = from, to-from
	part, err := d.Slab(start, count)
	if err != nil {
		return nil, err
	}
	return part.Float64s()
}
