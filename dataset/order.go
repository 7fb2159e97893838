package dataset

import (
	"fmt"
	"math"
	"slices"
)

// findHeldIn finds the held-in neurons among those reconstructed and brings
// them to the front, in the order in which they are read. Where they differ on
// purpose, the first ones are taken to be they.
func (d *Dataset) findHeldIn(differs bool) {
	if differs {
		return
	}
	if d.heldInFirst() {
		d.OrderByPlace = d.readTwins()
		return
	}
	order, missing := d.matchHeldIn()
	if len(missing) > 0 {
		d.unlike = d.differ(missing)
		return
	}
	if slices.IsSorted(order) && order[len(order)-1] == len(order)-1 {
		return
	}
	d.Order = order
	for _, s := range d.splits() {
		for _, a := range []*Array{s.Recon, s.Truth} {
			if a != nil {
				a.reorder(order)
			}
		}
	}
}

// paired are the splits with both arrays, where they are two.
func (d *Dataset) paired() []namedSplit {
	return slices.DeleteFunc(d.splits(), func(s namedSplit) bool { return s.Recon == nil || s.Recon == s.Encod })
}

// heldInFirst reports whether the neurons read are the first of those
// reconstructed, over the bins read, wherever both were observed.
func (d *Dataset) heldInFirst() bool {
	for _, s := range d.paired() {
		for trial := range s.Encod.Trials {
			for bin := range s.Encod.Bins {
				if !agree(s.Encod.Bin(trial, bin), s.Recon.Bin(trial, bin)) {
					return false
				}
			}
		}
	}
	return true
}

// readTwins reports whether a neuron read has the spikes of another one
// reconstructed than that at its own place: in short or silent data it may be
// either.
func (d *Dataset) readTwins() bool {
	read, all := d.fingerprints()
	for i, f := range read {
		for j, other := range all {
			if i != j && f == other {
				return true
			}
		}
	}
	return false
}

// alike compares a with the first of b; missing is like missing.
func alike(a, b []float32) bool {
	for i, v := range a {
		if v != b[i] && !(IsMissing(v) && IsMissing(b[i])) {
			return false
		}
	}
	return true
}

// agree compares a with the first of b where both were observed.
func agree(a, b []float32) bool {
	for i, v := range a {
		if v != b[i] && !IsMissing(v) && !IsMissing(b[i]) {
			return false
		}
	}
	return true
}

// matchHeldIn returns the order that brings held-in neurons to the front, or
// those that equal no neuron reconstructed. Neurons with equal spikes, silent
// ones for example, go by place: next to where their neighbours are found; so do
// those of which more is missing in one array than in the other.
func (d *Dataset) matchHeldIn() (order, missing []int) {
	read, all := d.fingerprints()
	places := map[uint64][]int{}
	for i, f := range all {
		places[f] = append(places[f], i)
	}
	found := make([]int, len(read)) // -1: not yet
	taken := make([]bool, len(all))
	for i, f := range read {
		if found[i] = -1; len(places[f]) == 1 && !taken[places[f][0]] {
			found[i] = places[f][0]
			taken[found[i]] = true
		}
	}
	for i, f := range read {
		if found[i] >= 0 {
			continue
		}
		if found[i] = nearest(places[f], taken, expected(found, i)); found[i] < 0 {
			missing = append(missing, i)
			continue
		}
		taken[found[i]] = true
		d.OrderByPlace = true
	}
	missing = d.matchAgreeing(missing, found, taken)
	for i := range all {
		if !taken[i] {
			found = append(found, i)
		}
	}
	return found, missing
}

// expected is where neuron i should be by the neighbour found nearest to it.
func expected(found []int, i int) int {
	for away := 1; away < len(found); away++ {
		if i-away >= 0 && found[i-away] >= 0 {
			return found[i-away] + away
		}
		if i+away < len(found) && found[i+away] >= 0 {
			return found[i+away] - away
		}
	}
	return i
}

// nearest returns the place nearest to one that is not taken; -1: none.
func nearest(places []int, taken []bool, to int) int {
	best := -1
	for _, p := range places {
		if !taken[p] && (best < 0 || distance(p, to) < distance(best, to)) {
			best = p
		}
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }

// fingerprints returns a number for each neuron read and each reconstructed
// that is the same for the same spikes over the bins read. Two in a million
// neurons of unequal spikes share one with a chance of 1e-7.
func (d *Dataset) fingerprints() (read, all []uint64) {
	for _, s := range d.paired() {
		if read == nil {
			read, all = make([]uint64, s.Encod.Features), make([]uint64, s.Recon.Features)
		}
		for trial := range s.Encod.Trials {
			for bin := range s.Encod.Bins {
				addTo(read, s.Encod.Bin(trial, bin))
				addTo(all, s.Recon.Bin(trial, bin))
			}
		}
	}
	return read, all
}

// missingBits stand for every NaN.
const missingBits = 0x7fc00000

// addTo mixes the next value of each neuron into its fingerprint.
func addTo(prints []uint64, values []float32) {
	for i, v := range values {
		prints[i] = mix(prints[i], v)
	}
}

// mix takes a value into a fingerprint.
func mix(h uint64, v float32) uint64 {
	const multiplier = 0x9e3779b97f4a7c15 // odd, with its bits well spread: 2^64 over the golden ratio
	bits := uint64(math.Float32bits(v))
	switch {
	case v == 0:
		bits = 0 // -0, too
	case IsMissing(v):
		bits = missingBits
	}
	h = (h ^ bits) * multiplier
	return h ^ h>>29
}

// reorder brings feature order[i] to place i.
func (a *Array) reorder(order []int) {
	row := make([]float32, a.Features)
	for trial := range a.Trials {
		for bin := range a.Bins {
			values := a.Bin(trial, bin)
			for i, from := range order {
				row[i] = values[from]
			}
			copy(values, row)
		}
	}
}

// differ says how held-in neurons differ from all that are reconstructed, and
// what to do.
func (d *Dataset) differ(missing []int) string {
	s := d.paired()[0]
	encod, recon := d.keys().keysOf(s.name)
	return fmt.Sprintf("%d of %d neurons of %s equal none of %s (the first: neuron %d), over the bins that both have: if the spikes read differ on purpose from those reconstructed, say so with --encod-differs (data.encod_differs), and the first %d neurons of %s are taken to be they; if not, store the same counts in both",
		len(missing), s.Encod.Features, encod, recon, missing[0], s.Encod.Features, recon)
}
