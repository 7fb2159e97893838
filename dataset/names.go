package dataset

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// Quantity is one dimension of what goes with the spikes: what it is called, and its
// unit.
type Quantity struct {
	Name string `json:"name"`
	Unit string `json:"unit"` // "": not known
}

// String gives the name, and the unit behind it if it is known.
func (q Quantity) String() string {
	if q.Unit == "" {
		return q.Name
	}
	return q.Name + " (" + q.Unit + ")"
}

// Stem returns the name without its last part, as "_x" or " y": what dimensions that
// belong together have in common.
func (q Quantity) Stem() string {
	if i := strings.LastIndexAny(q.Name, "_ ."); i > 0 {
		return q.Name[:i]
	}
	return q.Name
}

// Attributes of a file that say what is called how.
const (
	attrNeurons       = "unit_ids"       // of neurons, in the file's order
	attrConditions    = "conditions"     // words for the numbers of conditions
	attrBehavior      = "behavior_names" // of the dimensions of behaviour
	attrBehaviorUnits = "behavior_units"
	attrInputs        = "ext_input_names" // of external inputs
	attrInputUnits    = "ext_input_units"
)

// provenance are attributes that say where a file comes from: Load keeps them in
// Attributes.
var provenance = []string{"source", "source_sha256", "prepare_command", "prepare_version", "prepare_options", "split_rule", "run_flags"}

// mostNames of an attribute: it takes 16 bytes each, of 64 KiB in all. Of more, none are
// written: no model needs them.
const mostNames = 4000

// names writes what is called how.
func (w *writer) names(d *Dataset) {
	w.words(attrNeurons, d.Neurons)
	w.words(attrAside, d.SetAside)
	w.words(attrConditions, d.Conditions)
	w.quantities(attrBehavior, attrBehaviorUnits, d.Outputs)
	w.quantities(attrInputs, attrInputUnits, d.Inputs)
}

func (w *writer) quantities(names, units string, all []Quantity) {
	var called, in []string
	for _, q := range all {
		called, in = append(called, q.Name), append(in, q.Unit)
	}
	w.words(names, called)
	w.words(units, in)
}

func (w *writer) words(name string, all []string) {
	if len(all) > 0 && len(all) <= mostNames {
		w.attribute(name, all)
	}
}

// names reads them. What does not fit the arrays is noted and left out: no model
// needs it.
func (l *loader) names(d *Dataset) {
	if l.err != nil || len(d.splits()) == 0 {
		return
	}
	first := d.First()
	d.Neurons = l.words(attrNeurons, first.counts().Features, "neurons")
	l.asideNames(d)
	d.Outputs = l.quantities(attrBehavior, attrBehaviorUnits, features(d, func(s *Split) *Array { return s.Behavior }))
	d.Inputs = l.quantities(attrInputs, attrInputUnits, features(d, func(s *Split) *Array { return s.External }))
	if d.Conditions == nil {
		d.Conditions = l.conditionWords(d)
	}
	for _, name := range provenance {
		if text, ok := tree.Text(l.group, name); ok {
			if d.Attributes == nil {
				d.Attributes = map[string]any{}
			}
			d.Attributes[name] = text
		}
	}
}

// features returns how many an array has in the first split that has it.
func features(d *Dataset, of func(*Split) *Array) int {
	for _, s := range d.splits() {
		if a := of(s.Split); a != nil {
			return a.Features
		}
	}
	return 0
}

// words reads an attribute of n words; nil if there is none.
func (l *loader) words(name string, n int, of string) []string {
	all, ok := tree.Words(l.group, name)
	if !ok || n == 0 {
		return nil
	}
	if len(all) != n {
		l.notes = append(l.notes, fmt.Sprintf("attribute %s is not used: it has %d words for %d %s", name, len(all), n, of))
		return nil
	}
	return all
}

func (l *loader) quantities(names, units string, n int) []Quantity {
	called := l.words(names, n, "features")
	if called == nil {
		return nil
	}
	all, in := make([]Quantity, n), l.words(units, n, "features")
	for i, name := range called {
		all[i].Name = name
		if in != nil {
			all[i].Unit = in[i]
		}
	}
	return all
}

// conditionWords reads the words for conditions; nil if there are none for some.
func (l *loader) conditionWords(d *Dataset) []string {
	all, _ := tree.Words(l.group, attrConditions)
	for _, s := range d.splits() {
		if slices.ContainsFunc(s.Condition, func(c int64) bool { return c < 0 || c >= int64(len(all)) }) {
			return nil
		}
	}
	return all
}
