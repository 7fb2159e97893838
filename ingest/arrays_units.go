package ingest

import (
	"fmt"
	"path"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// Names in use, the likeliest first.
var (
	namesTimes  = []string{"spike_times", "spiketimes", "spike_time", "spike_times_s", "spike_times_sec", "spikes_times", "times", "timestamp", "time", "timestamps", "ts"}
	namesUnits  = []string{"spike_clusters", "spike_units", "spike_unit", "spike_unit_ids", "spike_neurons", "spike_ids", "spikes_clusters", "units", "unit", "unit_ids", "unit_id", "clusters", "cluster", "neurons", "neuron", "neuron_ids", "ids", "id"}
	namesIDs    = []string{"unit_ids", "unit_id", "unit_names", "chan_names", "channel_names", "neuron_ids", "cluster_ids", "uid", "ids", "id", "names", "label", "labels"}
	namesSpikes = []string{"spikes", "spike_times", "spiketimes", "spks", "spike_trains", "spiketrains", "units", "neurons", "spike_table", "spike"}
)

// finder finds units in a group in one of the ways in use. Found is false if the
// group has none of that way.
type finder func(a *arrays, g tree.Group) (found bool, err error)

// finders are the ways, the strictest first.
var finders = []finder{(*arrays).unreadable, (*arrays).trialUnits, (*arrays).raggedUnits, (*arrays).pairedUnits, (*arrays).tabledUnits, (*arrays).cellUnits, (*arrays).groupedUnits, (*arrays).paddedUnits, (*arrays).matrixUnits, (*arrays).namedUnits}

// holdsSpikes reports whether any way finds units. A way that recognises its own
// but cannot read it has found them, too.
func holdsSpikes(root tree.Group) bool {
	found, err := (&arrays{r: &dataset.Recording{}, used: map[string]bool{}, looking: true}).find(root)
	return found || err != nil
}

// units finds the units of a file.
func (a *arrays) units(root tree.Group) error {
	found, err := a.find(root)
	if err == nil && !found {
		err = fmt.Errorf("no spike times: the file has %s; known are %s with a unit for each, %s as cells, a group of arrays, or two columns",
			someOf(root.Keys()), namesTimes[0], namesSpikes[0])
	}
	return err
}

// find tries the ways, near the file's top before deep in it.
func (a *arrays) find(root tree.Group) (bool, error) {
	for _, in := range []func(tree.Group) []tree.Group{places, deeperPlaces} {
		groups := in(root)
		for _, find := range finders {
			for _, g := range groups {
				if found, err := find(a, g); found || err != nil {
					return found, err
				}
			}
		}
	}
	return false, nil
}

// unreadable reports the error of an array that is called as spikes are and cannot
// be opened: an array of objects, for instance.
func (a *arrays) unreadable(g tree.Group) (bool, error) {
	key := firstOf(g, slices.Concat(namesSpikes, namesTimes[:4]))
	if key == "" {
		return false, nil
	}
	return false, whyUnreadable(g, key)
}

// whyUnreadable returns the error of what stands at a name and cannot be read.
func whyUnreadable(g tree.Group, key string) error {
	n, err := g.Open(key)
	if a, ok := n.(tree.Array); err == nil && ok && !a.IsNumber() && !a.IsText() && a.Fields() == nil {
		_, err = a.Float64s()
	}
	return err
}

// take marks nodes as read.
func (a *arrays) take(nodes ...tree.Node) {
	for _, n := range nodes {
		a.used[n.Path()] = true
	}
}

// raggedUnits are times unit after unit, and where each unit's end, as in the
// tables of NWB.
func (a *arrays) raggedUnits(g tree.Group) (bool, error) {
	times, n := vector(g, firstOf(g, namesTimes[:4]))
	if times == nil {
		return false, nil
	}
	index, units := vector(g, path.Base(times.Path())+"_index")
	if index == nil {
		return false, nil
	}
	a.take(times, index)
	if a.looking {
		return true, nil
	}
	ends, err := index.Int64s()
	if err != nil {
		return true, err
	}
	from := int64(0)
	all := make([]tree.Array, units)
	for i, to := range ends {
		if to < from || to > int64(n) {
			return true, fmt.Errorf("%s: unit %d ends at %d, after one that ends at %d, of %d spikes", index.Path(), i, to, from, n)
		}
		if all[i], err = part(times, int(from), int(to)); err != nil {
			return true, err
		}
		from = to
	}
	if from < int64(n) {
		a.note("%s ends at %d of %d spikes: the others belong to no unit", index.Path(), from, n)
	}
	return true, a.unitsOf(g, all, nil)
}

// part is a view of a vector, whichever of its axes is the long one.
func part(v tree.Array, from, to int) (tree.Array, error) {
	shape := v.Shape()
	start, count := make([]int, len(shape)), slices.Clone(shape)
	long := max(0, slices.IndexFunc(shape, func(n int) bool { return n != 1 }))
	start[long], count[long] = from, to-from
	return v.Slab(start, count)
}

// cellUnits are cells with an array of times each: units, or channels x units. In a
// group that is called as spikes are, they may be called times.
func (a *arrays) cellUnits(g tree.Group) (bool, error) {
	cells := nodeAt[tree.Cells](g, firstOf(g, namesSpikes))
	if cells == nil && isOneOf(namesSpikes, lastName(g)) {
		cells = nodeAt[tree.Cells](g, firstOf(g, namesTimes))
	}
	if cells == nil {
		return false, nil
	}
	a.take(cells)
	if a.looking {
		return true, nil
	}
	if g.Has("trialtime") && isOneOf([]string{"time"}, lastName(cells)) {
		return true, fmt.Errorf("%s counts from each trial's start (FieldTrip): keep spike.timestamp in it, or store the spike times of the session", cells.Path())
	}
	all, err := cellsOf(cells)
	if err != nil {
		return true, err
	}
	if found, err := a.gridOfTrials(g, cells.Path(), all, cells.Shape()); found {
		return true, err
	}
	return true, a.unitsOf(g, all, cells.Shape())
}

// unitsOf makes units of arrays of times, read when asked for. Shape, if it has
// two axes longer than 1, is channels x units.
func (a *arrays) unitsOf(g tree.Group, all []tree.Array, shape []int) error {
	scale, err := a.clockOf(g, all...)
	if err != nil {
		return err
	}
	a.r.Units.Spikes = &arrayTimes{all, scale}
	if a.r.Units.IDs == nil {
		a.r.Units.IDs = a.idsOf(g, len(all), shape)
	}
	return nil
}

// arrayTimes are spike times with an array for each unit; nil: no spikes.
type arrayTimes struct {
	units []tree.Array
	rate  float64 // samples per second; 1: they are in seconds
}

// Count implements dataset.SpikeTimes.
func (t *arrayTimes) Count(unit int) int {
	if t.units[unit] == nil {
		return 0
	}
	return sizeOf(t.units[unit].Shape())
}

// Times implements dataset.SpikeTimes.
func (t *arrayTimes) Times(unit int) ([]float64, error) {
	if t.Count(unit) == 0 {
		return nil, nil
	}
	times, err := t.units[unit].Float64s()
	return inSeconds(times, t.rate), err
}

func inSeconds(times []float64, rate float64) []float64 {
	if rate != 1 {
		for i := range times {
			times[i] /= rate
		}
	}
	return times
}
