package outputs

import (
	"github.com/autolfads/autolfads/dataset"
)

// Content is what a file is to hold.
type Content struct {
	Counts bool   // rates are expected counts: they are written in Hz, too, where it is known how wide bins are
	Unit   string // of rates, where the data have no unit of their own (dataset.Scale)
	Of     string // whose the rates are, where files say it of each array; ""

	Train, Valid, Test *Part // nil: nothing is known of that split
}

// Part is what is known of one split. Arrays have the split's trials, in its order.
type Part struct {
	Rates  *dataset.Array // [trials, bins, neurons], in the dataset's order and on its scale
	Others []Quantity     // as they are to stand in the file, the same of each split
}

// Quantity is what a data set of the file holds.
type Quantity struct {
	Name   string         // in the file, behind the split's: factors
	Unit   string         // of the values, where the data have no unit of their own
	Values *dataset.Array // nil: it is left out
	Kind   Kind
	Power  int    // of the data's unit that a quantity of neurons is in: 2 of a variance; 0: none
	Of     string // whose the values are; "": all are of one
}

// Kind says what the values of a quantity go with.
type Kind int

// Kinds of quantities.
const (
	OfBins    Kind = iota // [trials, bins, dims]
	OfTrials              // [trials, dims]: values have one bin
	OfNeurons             // [trials, bins, neurons], in the dataset's order and on its scale, as rates
)

// Estimates are rates and, perhaps, factors of the trials of one split.
type Estimates struct {
	Rates   *dataset.Array // [trials, bins, neurons], in the dataset's order and on its scale
	Factors *dataset.Array // [trials, bins, factors]; nil: none
}

const (
	outputParams = "output_params" // what lfads-torch calls rates
	factors      = "factors"
	arbitrary    = "arbitrary" // unit of what has none
	perBin       = "spikes per bin"
)

// OfCounts is the content of a file of expected counts per bin; nil: nothing is known
// of that split.
func OfCounts(train, valid, test *Estimates) Content {
	return Content{Counts: true, Unit: perBin, Train: train.part(), Valid: valid.part(), Test: test.part()}
}

func (e *Estimates) part() *Part {
	if e == nil {
		return nil
	}
	return &Part{e.Rates, []Quantity{{Name: factors, Unit: arbitrary, Values: e.Factors}}}
}
