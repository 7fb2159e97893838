package dataset

import (
	"fmt"
	"slices"
)

// Arrange brings the neurons into the order of a model whose neuron i was
// trained[i] of its file; nil: i. Reconstructed spikes tell which neurons are
// read: the model's in another order are brought into its own, others are an
// error. Without them nothing tells, and nothing is changed.
func (d *Dataset) Arrange(trained []int) error {
	recon := d.Reconstructed()
	if recon == nil || trained != nil && len(trained) != recon.Features {
		return nil // other numbers of neurons, the model itself refuses
	}
	order := d.placesOf(trained, recon.Features)
	if order == nil {
		return fmt.Errorf("neurons %v are no order of %d neurons", trained, recon.Features)
	}
	read := order[:d.First().Encod.Features]
	switch {
	case slices.IsSorted(order):
		return nil
	case d.reads(read): // equal neurons that were told apart by place
		d.rearrange(nil, order)
	default:
		columns := d.columnsOf(read)
		if columns == nil {
			return fmt.Errorf("%s: the neurons read stand at other places among those reconstructed than in the file that the model was trained on: give its neurons, in the same places, or a file of spikes read alone", d.Name)
		}
		d.rearrange(columns, order)
	}
	d.Order = trained
	return nil
}

// columnsOf returns which neuron read has the spikes of each of those
// reconstructed at places; of equal ones, each once; nil if some has none.
func (d *Dataset) columnsOf(places []int) []int {
	if len(d.paired()) == 0 {
		return places // all neurons are read, from the one array
	}
	read, all := d.fingerprints()
	columns, taken := make([]int, len(places)), make([]bool, len(read))
	for i, at := range places {
		j := 0
		for j < len(read) && (taken[j] || read[j] != all[at]) {
			j++
		}
		if j == len(read) {
			j = d.mostAgreeing(at, taken)
		}
		if j < 0 {
			return nil
		}
		columns[i], taken[j] = j, true
	}
	return columns
}

// placesOf returns where each of the model's neurons is in d now; nil if
// trained is no order of n neurons.
func (d *Dataset) placesOf(trained []int, n int) []int {
	now := make([]int, n)
	for i := range now {
		now[d.InFile(i)] = i
	}
	places, seen := make([]int, n), make([]bool, n)
	for i := range places {
		at := i
		if trained != nil {
			at = trained[i]
		}
		if at < 0 || at >= n || seen[at] {
			return nil
		}
		places[i], seen[at] = now[at], true
	}
	return places
}

// reads reports whether neuron i that is read has the spikes of neuron
// places[i] that is reconstructed, for all i.
func (d *Dataset) reads(places []int) bool {
	row := make([]float32, len(places))
	for _, s := range d.splits() {
		if s.Recon == nil {
			continue
		}
		for trial := range s.Encod.Trials {
			for bin := range s.Encod.Bins {
				all := s.Recon.Bin(trial, bin)
				for i, at := range places {
					row[i] = all[at]
				}
				if !alike(s.Encod.Bin(trial, bin), row) {
					return false
				}
			}
		}
	}
	return true
}

// rearrange brings neurons read (nil: they stay) and reconstructed into other
// places. Where both are one array it is one order, too.
func (d *Dataset) rearrange(read, all []int) {
	for _, s := range d.splits() {
		if read != nil && s.Encod != s.Recon {
			s.Encod.reorder(read)
		}
		for _, a := range []*Array{s.Recon, s.Truth} {
			if a != nil {
				a.reorder(all)
			}
		}
	}
}
