package dataset

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Beyond these, models of data that are no counts train badly: readouts start as wide
// for any unit, and learning rates are those for numbers of the size of 1. Synthetic
// envelopes and events times powers of ten say so.
const (
	leastSize, mostSize = .1, 20 // root mean square of what is not 0
	mostUneven          = 100    // times the size of another neuron
	mostOffset          = 10     // mean over standard deviation
)

// numbers is what is looked at of one neuron whose data are no counts.
type numbers struct {
	least, most  float32
	n, nonzero   int // observed
	sum, squares float64
}

// numbersOf returns those of each neuron, of what was observed.
func numbersOf(a *Array) []numbers {
	all := make([]numbers, a.Features)
	for i, v := range a.Data {
		if !IsMissing(v) {
			all[i%a.Features].add(v)
		}
	}
	return all
}

func (x *numbers) add(v float32) {
	if x.n == 0 {
		x.least, x.most = v, v
	}
	x.least, x.most = min(x.least, v), max(x.most, v)
	x.n++
	if v != 0 {
		x.nonzero++
	}
	x.sum += float64(v)
	x.squares += float64(float64(v) * float64(v))
}

// size is the root mean square of what is not 0; 0 if all is.
func (x *numbers) size() float64 { return math.Sqrt(x.squares / float64(max(x.nonzero, 1))) }

// offset is how many standard deviations the mean is from 0.
func (x *numbers) offset() float64 {
	mean := x.sum / float64(x.n)
	return math.Abs(mean) / math.Sqrt(max(0, x.squares/float64(x.n)-float64(mean*mean)))
}

func (x *numbers) varies() bool { return x.least < x.most }

// numberWarnings looks at training data that are no counts: what of them no model can
// learn, and what should be scaled first.
func (d *Dataset) numberWarnings(e Expected) []string {
	all := numbersOf(d.Train.counts())
	varying, constant := d.apart(all)
	var w []string
	if len(constant) > 0 {
		w = append(w, fmt.Sprintf("%s: one value throughout training trials: there is nothing to learn of them, and they can rule the score; better leave them out", neurons(constant, len(all))))
	}
	if len(varying) == 0 {
		return w
	}
	offset := ""
	if e.Check(-1) == "" { // what must be positive has none
		offset = offsetWarning(all, varying)
	}
	// The first is told: one artefact changes every size, and so do offsets.
	if first := d.artefactWarning(); first != "" {
		return append(w, first)
	}
	if first := cmp.Or(offset, d.unevenWarning(all, varying), d.sizeWarning(all)); first != "" {
		w = append(w, first+d.scaledBy())
	}
	return w
}

// scaledBy says what scales signals that prepare has made trials of.
func (d *Dataset) scaledBy() string {
	if d.Scale == nil {
		return ""
	}
	return "; `autolfads prepare` does it, and outputs stay in their unit: --scale std"
}

// apart returns the neurons that vary, by place, and those observed that do not, by
// their place in the file.
func (d *Dataset) apart(all []numbers) (varying, constant []int) {
	for n := range all {
		if all[n].varies() {
			varying = append(varying, n)
		} else if all[n].n > 0 {
			constant = append(constant, d.Place(n))
		}
	}
	return varying, constant
}

// offsetWarning tells of neurons that are far from 0 for how little they vary.
func offsetWarning(all []numbers, varying []int) string {
	far := 0
	for _, n := range varying {
		if all[n].offset() > mostOffset {
			far++
		}
	}
	if far == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d neurons have a mean more than %d times their standard deviation: training goes best with numbers about 0 of the size of 1; subtract each neuron's mean and divide by its standard deviation",
		far, len(all), mostOffset)
}

// unevenWarning tells of neurons whose numbers are of other sizes than others'.
func (d *Dataset) unevenWarning(all []numbers, varying []int) string {
	bySize := func(a, b int) int { return cmp.Compare(all[a].size(), all[b].size()) }
	least, most := slices.MinFunc(varying, bySize), slices.MaxFunc(varying, bySize)
	if all[most].size() <= mostUneven*all[least].size() {
		return ""
	}
	return fmt.Sprintf("neurons are of very different sizes (root mean square of what is not 0: %.3g of neuron %d, %.3g of neuron %d): models learn little of the small ones; divide each neuron by its size%s",
		all[least].size(), d.Place(least), all[most].size(), d.Place(most), d.truthToo())
}

// sizeWarning tells of data whose numbers are small or large as a whole.
func (d *Dataset) sizeWarning(all []numbers) string {
	total := numbers{}
	for _, x := range all {
		total.nonzero, total.squares = total.nonzero+x.nonzero, total.squares+x.squares
	}
	size := total.size()
	if size >= leastSize && size <= mostSize {
		return ""
	}
	return fmt.Sprintf("numbers are of the size of %.3g (root mean square of what is not 0): training goes best with those of the size of 1, and may learn nothing of these; %s%s",
		size, toOne(size), d.truthToo())
}

// toOne says which power of ten brings numbers to the size of 1.
func toOne(size float64) string {
	factor := 10.
	if size < 1 {
		for size*factor < .3 {
			factor *= 10
		}
		return fmt.Sprintf("multiply all by %.6g", factor)
	}
	for size/factor > 3 {
		factor *= 10
	}
	return fmt.Sprintf("divide all by %.6g", factor)
}

// truthToo says that what is compared with the data must be scaled with them.
func (d *Dataset) truthToo() string {
	if d.Train.Truth == nil {
		return ""
	}
	return ", true rates, too"
}
