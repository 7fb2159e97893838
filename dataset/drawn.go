package dataset

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Drawn says which neurons of a file were set aside when it was loaded, and what was
// known of the file's neurons with them. The neurons that remain are numbered as if the
// file had no others: Dataset.Order, Neurons and Scale are theirs.
type Drawn struct {
	Places []int  // of those set aside, among the neurons that the file has read, ascending
	Of     int    // neurons that the file has read
	Order  []int  // Dataset.Order with them
	Scale  *Scale // Dataset.Scale with them

	all, rest []int // places in the file of those set aside, and of those that remain, ascending
}

// Check returns an error for what was not drawn from a file.
func (w *Drawn) Check() error {
	for i, p := range w.Places {
		if p < 0 || p >= w.Of || i > 0 && p <= w.Places[i-1] || w.Order != nil && p >= len(w.Order) {
			return fmt.Errorf("%v are no places of neurons set aside among %d", w.Places, w.Of)
		}
	}
	return nil
}

// inFile returns the place in the file of neuron i, as it was ordered with all.
func (w *Drawn) inFile(i int) int {
	if i < len(w.Order) {
		return w.Order[i]
	}
	return i
}

// RestOrder returns the order of the neurons that remain among themselves; nil: as in the
// file.
func (w *Drawn) RestOrder() []int {
	if w.Order == nil {
		return nil
	}
	left := remaining(w.Order, w.Places)
	sorted := slices.Sorted(slices.Values(left))
	for i, place := range left {
		left[i], _ = slices.BinarySearch(sorted, place)
	}
	if slices.IsSorted(left) {
		return nil
	}
	return left
}

// RestScale returns the scale of the neurons that remain.
func (w *Drawn) RestScale() *Scale {
	if w.Scale == nil {
		return nil
	}
	out := make([]int, len(w.Places))
	for i, p := range w.Places {
		out[i] = w.inFile(p)
	}
	slices.Sort(out)
	rest := *w.Scale
	rest.Factor, rest.Offset = remaining(rest.Factor, out), remaining(rest.Offset, out)
	return &rest
}

// remaining is a copy without what stands at some places, which ascend; nil of nil.
func remaining[T any](all []T, without []int) (rest []T) {
	for i, v := range all {
		if _, is := slices.BinarySearch(without, i); !is {
			rest = append(rest, v)
		}
	}
	return rest
}

// SetAsideAt sets neurons at some places among those read aside, ascending, at least one
// and not all. Their counts are gone from all that models see; Split.SetAside has them
// where they are reconstructed, but of spikes alone.
func (d *Dataset) SetAsideAt(places []int) {
	recon := d.Reconstructed()
	neurons := d.First().Encod.Features
	w := &Drawn{Places: places, Of: neurons, Order: d.Order, Scale: d.Scale}
	if recon != nil {
		neurons = recon.Features
	}
	for _, p := range places {
		w.all = append(w.all, w.inFile(p))
		d.SetAside = append(d.SetAside, d.NeuronID(p))
	}
	out := slices.Sorted(slices.Values(w.all))
	for i := range max(neurons, len(w.Order)) {
		if _, is := slices.BinarySearch(out, i); !is {
			w.rest = append(w.rest, i)
		}
	}
	if recon == nil {
		out = places
	}
	d.Neurons = remaining(d.Neurons, out)
	d.Drawn, d.Order, d.Scale = w, w.RestOrder(), w.RestScale()
	d.Oracle, d.OracleLikelihood = 0, "" // it is of them, too
	d.moveAside(places, recon != nil)
}

// moveAside takes neurons out of all arrays. Where it is not known which neurons are
// reconstructed, neither is it whose the true rates are: they are gone.
func (d *Dataset) moveAside(places []int, known bool) {
	done := map[*Array]bool{}
	for _, s := range d.splits() {
		if s.Recon != nil && !d.alone {
			s.SetAside = s.Recon.Columns(places)
		}
		if !known {
			s.Truth = nil
		}
		for _, a := range []*Array{s.Encod, s.Recon, s.Truth} {
			if a != nil && !done[a] {
				a.removeColumns(places)
				done[a] = true
			}
		}
	}
}

// NeuronID is the id of neuron i, or its place in the file.
func (d *Dataset) NeuronID(i int) string {
	at := d.InFile(i)
	if d.Reconstructed() == nil { // ids of spikes alone are of the neurons as they are read
		at = i
	}
	if at < len(d.Neurons) {
		return d.Neurons[at]
	}
	return strconv.Itoa(d.Place(i))
}

// removeColumns takes features out of a, within its memory. Zeros in the place of zeros
// are not written, for they take no memory.
func (a *Array) removeColumns(places []int) {
	keep := make([]int, a.Features)
	for i := range keep {
		keep[i] = i
	}
	keep = remaining(keep, places)
	rows := a.Trials * a.Bins
	for row := range rows {
		for i, p := range keep {
			if v, to := a.Data[row*a.Features+p], &a.Data[row*len(keep)+i]; math.Float32bits(*to) != math.Float32bits(v) {
				*to = v
			}
		}
	}
	a.Features, a.Data = len(keep), a.Data[:rows*len(keep):rows*len(keep)]
}

// Place returns the place in the file of neuron i, for messages: those set aside when the
// file was loaded are counted.
func (d *Dataset) Place(i int) int {
	at := d.InFile(i)
	if d.Drawn != nil && at < len(d.Drawn.rest) {
		return d.Drawn.rest[at]
	}
	return at
}

// placeRead is Place of a neuron in the array of those read.
func (d *Dataset) placeRead(i int) int {
	if d.Drawn == nil {
		return i
	}
	for _, p := range d.Drawn.Places { // they ascend
		if p <= i {
			i++
		}
	}
	return i
}

// draw sets neurons aside as the options say.
func (l *loader) draw(d *Dataset) error {
	if l.options.SetAside == 0 {
		return nil
	}
	if n := len(d.SetAside); n > 0 {
		return fmt.Errorf("it has %s set aside already (%s, in *%s): leave out --set-aside (data.set_aside)", plural(n, "neuron"), strings.Join(d.SetAside[:min(n, mostNamed)], ", "), suffixAside)
	}
	places, err := DrawAside(d.First().Encod.Features, l.options.SetAside, l.options.SplitSeed)
	if err != nil {
		return err
	}
	if d.OracleLikelihood != "" {
		l.notes = append(l.notes, attrOracle+" is not used: it is of all neurons, also of those set aside")
	}
	d.SetAsideAt(places)
	return nil
}
