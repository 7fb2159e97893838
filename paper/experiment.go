package paper

import (
	"context"
	"fmt"
	"strings"
)

// Experiment is a figure of the paper, or a part of one, that can be made again.
type Experiment struct {
	Name   string  // of the command, its results and its figures
	Shows  string  // what, in a line
	Panels []Panel // of the paper, in its order
	// Data says which data it makes itself; Recording which recordings the paper has, and
	// where they are to be had. "": the paper's data are made, too.
	Data, Recording string
	Gives           bool   // a file given by --data takes the place of what it makes
	Wants           string // what such a file must have; "": spikes are enough

	// Plan says what is trained. It trains nothing, but may make data sets.
	Plan func(l *Lab) (*Plan, error)
	// Judge measures what was trained: numbers by panel, and figures that need more than
	// these.
	Judge func(ctx context.Context, l *Lab, p *Plan, r *Result) error
	// Draw returns the figures that a result's numbers give.
	Draw func(r *Result) []Figure
	// Found says what the numbers say of each panel's claim.
	Found func(r *Result) []Finding
}

// Panel is a panel of the paper.
type Panel struct {
	Name  string // as the paper has it: "1b", "Ext. 1"
	Claim string // what it shows, in our words
}

// Plan is what an experiment trains.
type Plan struct {
	Seeds    []uint64 // of all runs, named beforehand
	Sets     []*Set   // that they are of
	Runs     []*Run
	Searches []*Search
}

// trained counts the runs of a plan, each cell of a comparison as one.
func (p *Plan) trained() int {
	n := len(p.Runs)
	for _, s := range p.Searches {
		n += s.cells()
	}
	return n
}

// Verdict says whether a claim holds in the numbers of a result.
type Verdict string

// The verdicts.
const (
	Holds       Verdict = "holds"
	HoldsNot    Verdict = "does not hold"
	Undecided   Verdict = "is neither shown nor refuted"
	notMeasured         = "was not measured"
)

// verdict is that of a claim that must hold or not.
func verdict(holds bool) Verdict {
	if holds {
		return Holds
	}
	return HoldsNot
}

// Finding is what was found of a panel.
type Finding struct {
	Panel   string
	Verdict Verdict
	Text    string // sentences with the numbers on which the verdict rests
}

// String is the finding in words.
func (f Finding) String() string {
	return fmt.Sprintf("%s The claim of %s %s here.", f.Text, figureName(f.Panel), f.Verdict)
}

// figureName is a panel with the word before it: "Fig. 1b", but "Ext. Data Fig. 1"; what
// begins with another word is no panel of the paper and is called as it is.
func figureName(panel string) string {
	if of, ok := strings.CutPrefix(panel, "Ext. "); ok {
		return "Extended Data Fig. " + of
	}
	if panel != "" && (panel[0] < '0' || panel[0] > '9') {
		return panel
	}
	return "Fig. " + panel
}

// paragraph is what was found of all panels.
func (e *Experiment) paragraph(r *Result) string {
	var words []string
	for _, f := range e.Found(r) {
		words = append(words, f.String())
	}
	return strings.Join(words, " ")
}

// scaled returns the size of a scale.
func scaled[T any](s Scale, tinySize, quickSize, fullSize T) T {
	switch s {
	case tiny:
		return tinySize
	case Quick:
		return quickSize
	}
	return fullSize
}

// Scale says how large an experiment is.
type Scale string

// The scales.
const (
	Quick Scale = "quick" // ends in minutes on two cores
	Full  Scale = "full"  // the paper's size
	tiny  Scale = "tiny"  // of tests: in seconds; says nothing
)

// ScaleOf returns the scale that a word names.
func ScaleOf(word string) (Scale, error) {
	for _, s := range []Scale{Quick, Full} {
		if word == string(s) {
			return s, nil
		}
	}
	return "", fmt.Errorf("there is no scale %q: known are %s (minutes on two cores) and %s (the paper's size)", word, Quick, Full)
}

// alsoChose is said where validation trials both choose and score.
const alsoChose = " The validation trials that score here also chose among LFADS models, by likelihood alone."

// withChoice says so of the first finding, of those that were measured.
func withChoice(found ...Finding) []Finding {
	if len(found) > 0 && found[0].Verdict != notMeasured {
		found[0].Text += alsoChose
	}
	return found
}
