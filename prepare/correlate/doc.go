// Package correlate tells which units fire together, to the millisecond: what is one
// neuron taken for two, or its spikes on two channels.
//
//	var t correlate.Trains
//	t.Add(spikes, observed, true) // each unit in turn, times in s
//	c := t.Correlate()
//	c.Of(0, 1) // Pearson's correlation of their counts in bins of 1 ms
//
// Bins are of the recording's clock, from its time 0 on, and only those count that were
// observed of both units. Spikes are kept as the numbers of their bins; what coincides is
// counted in one sweep over time, through the pairs of spikes in each bin, on all cores.
// All sums are of whole numbers, so that they are exact in any order.
//
// It lists and drops nothing: package prepare says what is too much.
package correlate
