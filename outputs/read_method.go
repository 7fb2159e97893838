package outputs

import "github.com/autolfads/autolfads/tree"

// Attributes of files whose rates a method made that is no model of a run.
const (
	attrMethod = "method"
	attrChosen = "settings"
)

// The attribute of files whose model was trained on all trials but those of the test
// split, and what it says.
const (
	attrTrained = "trained_on"
	onAllTrials = "training and validation trials"
)

// OfAllTrials is the setting of a file whose model was trained on the validation trials,
// too: nothing that it says of them is a score.
func OfAllTrials() Setting { return Setting{attrTrained, onAllTrials} }

// ofAllTrials reports whether a file says so.
func ofAllTrials(g tree.Group) bool {
	text, _ := tree.Text(g, attrTrained)
	return text == onAllTrials
}

// OfMethod are the settings of a file whose rates a method made: what it is called, and
// what was chosen for it, in words.
func OfMethod(name, chosen string) []Setting {
	return []Setting{{attrMethod, name}, {attrChosen, chosen}}
}

// madeBy returns what made a file's rates, a model or a method, and what was chosen for
// it, fit for a terminal; "" where the file does not say it.
func madeBy(g tree.Group) (who, chosen string) {
	who, _ = tree.Text(g, attrRun)
	if who == "" {
		who, _ = tree.Text(g, attrMethod)
	}
	chosen, _ = tree.Text(g, attrChosen)
	return printable(who), printable(chosen)
}
