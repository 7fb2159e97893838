package dataset

import (
	"cmp"
	"slices"
)

// Of a neuron, more may be missing among the spikes read than among those
// reconstructed, or less: then their fingerprints differ, and it is found by what
// was observed in both.

// matchAgreeing finds neurons read, i in found[i], among those reconstructed that
// are not taken: the one nearest to where its neighbours lie that agrees with it.
// Those with the fewest to choose from go first. It returns those that none agrees
// with.
func (d *Dataset) matchAgreeing(read, found []int, taken []bool) (missing []int) {
	choice := map[int][]int{}
	for _, i := range read {
		for j := range taken {
			if _, ok := d.compare(i, j); ok {
				choice[i] = append(choice[i], j)
			}
		}
	}
	slices.SortStableFunc(read, func(a, b int) int { return cmp.Compare(len(choice[a]), len(choice[b])) })
	for _, i := range read {
		if found[i] = nearest(choice[i], taken, expected(found, i)); found[i] < 0 {
			missing = append(missing, i)
			continue
		}
		taken[found[i]] = true
		d.OrderByPlace = d.OrderByPlace || len(choice[i]) > 1
	}
	slices.Sort(missing)
	return missing
}

// mostAgreeing returns the neuron read, of those not taken, that agrees with one
// reconstructed over the most bins; -1: none does.
func (d *Dataset) mostAgreeing(reconstructed int, taken []bool) int {
	best, most := -1, -1
	for i, is := range taken {
		if is {
			continue
		}
		if bins, ok := d.compare(i, reconstructed); ok && bins > most {
			best, most = i, bins
		}
	}
	return best
}

// compare compares neuron i that is read with neuron j that is reconstructed: in
// how many bins both were observed, and whether they are the same in all of them.
func (d *Dataset) compare(i, j int) (bins int, same bool) {
	for _, s := range d.paired() {
		for trial := range s.Encod.Trials {
			for bin := range s.Encod.Bins {
				a, b := s.Encod.Bin(trial, bin)[i], s.Recon.Bin(trial, bin)[j]
				if IsMissing(a) || IsMissing(b) {
					continue
				}
				if a != b {
					return bins, false
				}
				bins++
			}
		}
	}
	return bins, true
}
