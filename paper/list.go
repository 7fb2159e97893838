package paper

import (
	"fmt"
	"strings"
)

// List names all experiments, in the order of the paper's figures. Another one is a file of
// this package, with a variable of type Experiment, and a line here; the command, the
// results' page and their tests find it by this list. Its tests inherit what
// paper_test.go asks of every experiment: that it comes to its end in small, goes on where it
// was stopped, and that its sentences say so when a claim does not hold.
func List() []*Experiment {
	return []*Experiment{
		&identityOverfitting,
		&coordinatedDropout,
		&pbtProgress,
		&smallData,
		&continuous,
		&joints,
		&timing,
		&modelSelection,
		&emg,
		&calcium,
	}
}

// Names are those of all experiments.
func Names() (names []string) {
	for _, e := range List() {
		names = append(names, e.Name)
	}
	return names
}

// Find returns the experiment of a name.
func Find(name string) (*Experiment, error) {
	for _, e := range List() {
		if e.Name == name {
			return e, nil
		}
	}
	return nil, fmt.Errorf("there is no experiment %q: known are %s", name, strings.Join(Names(), ", "))
}
