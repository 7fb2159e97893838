package experiment

import "github.com/autolfads/autolfads/evaluate"

// Measure is a score that cells hold.
type Measure struct {
	Key    string // in a cell
	Title  string // in tables
	Unit   string // as report has it
	Digits int    // behind the point that tables show
	Higher bool   // is better
	of     string // what evaluate calls it
}

// Measures are the scores of test trials that cells hold, where data allow them.
func Measures() []Measure {
	return []Measure{
		{"co_bps", "co-bps", "bits", 4, true, evaluate.NameCo},
		{"behavior_r2", "behaviour R2", "R2", 3, true, evaluate.NameBehavior},
		{"rates_r2", "true rates R2", "R2", 4, true, evaluate.NameTruth},
		{"bps", "bits per spike", "bits", 4, true, evaluate.NameBits},
		{"fp_bps", "fp-bps", "bits", 4, true, evaluate.NameFp},
		{"nll", "nll", "nats", 5, false, evaluate.NameNLL},
	}
}
