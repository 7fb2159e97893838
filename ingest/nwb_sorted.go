package ingest

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// readSorted finds spikes where files keep them that have no table of units:
// Clustering, a number of a cluster for each spike, or UnitTimes, a group for each
// unit.
func (n *nwbFile) readSorted(r *dataset.Recording) error {
	if len(n.sorted) == 0 {
		n.note("the file has no units, so that there are no spikes: look for the sorted edition of the session, or model a signal (prepare --signal)")
		return nil
	}
	g := n.sorted[0]
	for _, other := range n.sorted[1:] {
		n.leave(other.path, "there is no table of units, and they are taken from "+g.path)
	}
	read := n.clustering
	if g.kind == "UnitTimes" {
		read = n.unitTimes
	}
	n.note("the file has no table of units: they are taken from %s (%s)", g.path, g.kind)
	if err := read(g, &r.Units); err != nil {
		return fmt.Errorf("%s: %w", g.path, err)
	}
	return nil
}

// clustering reads spikes that each have a cluster's number.
func (n *nwbFile) clustering(g *nwbGroup, u *dataset.Units) error {
	times, err := n.spikesAt(g.Group, "times")
	if err != nil {
		return err
	}
	d, err := g.Dataset("num")
	if err != nil {
		return err
	}
	spikes, err := oneSeries(d)
	if err != nil {
		return fmt.Errorf("num: %w", err)
	}
	if spikes != times.Count(0) {
		return fmt.Errorf("num has %d numbers of clusters, but there are %d times", spikes, times.Count(0))
	}
	if int64(spikes) > n.reasonable()/16 {
		return fmt.Errorf("%d spikes, too many for a file of %s: is it damaged?", spikes, byteSize(n.size))
	}
	numbers, err := d.Int64s()
	if err != nil {
		return err
	}
	all, err := times.Times(0)
	if err != nil {
		return err
	}
	u.IDs, u.Spikes = nwbClusters(numbers, all)
	return nil
}

// nwbClusters sorts spikes by the clusters they belong to, in ascending order.
func nwbClusters(numbers []int64, times []float64) (ids []string, trains dataset.SpikeTrains) {
	clusters := slices.Clone(numbers)
	slices.Sort(clusters)
	clusters = slices.Compact(clusters)
	trains = make(dataset.SpikeTrains, len(clusters))
	place := make(map[int64]int, len(clusters))
	for i, c := range clusters {
		ids = append(ids, strconv.FormatInt(c, 10))
		place[c] = i
	}
	for i, c := range numbers {
		trains[place[c]] = append(trains[place[c]], times[i])
	}
	return ids, trains
}

// unitTimes finds the spikes of units that have a group each.
func (n *nwbFile) unitTimes(g *nwbGroup, u *dataset.Units) error {
	var spikes nwbSpikeGroups
	for _, name := range g.keys {
		unit, err := g.Group.Group(name)
		if err != nil || !unit.Has("times") {
			continue // a data set beside the units
		}
		s, err := n.spikesAt(unit, "times")
		if err != nil {
			return err
		}
		u.IDs = append(u.IDs, name)
		spikes = append(spikes, s)
	}
	u.Spikes = spikes
	return nil
}

// spikesAt finds the spikes of one unit in a data set.
func (n *nwbFile) spikesAt(g *hdf5.Group, name string) (*nwbSpikeTimes, error) {
	d, err := g.Dataset(name)
	if err != nil {
		return nil, err
	}
	total, err := oneSeries(d)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.Path(), err)
	}
	if err := n.plausible(d); err != nil {
		return nil, fmt.Errorf("%s: %w", d.Path(), err)
	}
	return n.spikeTimes(d, &ragged{ends: []int{total}}), nil
}

// nwbSpikeGroups are the spikes of units that have a data set each.
type nwbSpikeGroups []*nwbSpikeTimes

// Count implements dataset.SpikeTimes.
func (s nwbSpikeGroups) Count(unit int) int { return s[unit].Count(0) }

// Times implements dataset.SpikeTimes.
func (s nwbSpikeGroups) Times(unit int) ([]float64, error) { return s[unit].Times(0) }
