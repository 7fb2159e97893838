package outputs

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/autolfads/autolfads/tree"
)

// ErrNoRates: a file has no rates in a layout that Read knows.
var ErrNoRates = errors.New(noRates)

// Description is what there is to know about a file of rates without the data that they
// are of.
type Description struct {
	Group      string            `json:"group,omitempty"` // in which its arrays stand; "": at the top
	Layout     Layout            `json:"layout"`
	Version    string            `json:"version,omitempty"` // of the program that wrote it
	Run        string            `json:"run,omitempty"`     // what made the rates
	Data       string            `json:"data,omitempty"`    // file that they are of
	Splits     []SplitOf         `json:"splits"`
	Quantities []Stored          `json:"quantities"`           // rates come first
	Continuous []Stored          `json:"continuous,omitempty"` // merged over a whole recording
	Settings   map[string]string `json:"settings,omitempty"`   // all else that attributes say
}

// SplitOf is the size of one split.
type SplitOf struct {
	Name   string `json:"name"`
	Trials int    `json:"trials"`
}

// Stored is what a file has of a quantity.
type Stored struct {
	Name  string `json:"name"`  // behind the split's
	Shape []int  `json:"shape"` // of what there is of a trial: bins x features, or features
	Unit  string `json:"unit,omitempty"`
}

// Describe says what is in a file of rates, one answer for each group that has some. The
// error is ErrNoRates for any other file that can be read.
func Describe(path string) ([]Description, error) {
	f, err := tree.Open(path)
	if err != nil {
		return nil, fmt.Errorf("outputs: %w", err)
	}
	defer f.Close()
	var all []Description
	if hasRates(f.Root()) {
		all = append(all, describe(f.Root(), ""))
		if ensembleOf(f.Root()) == nil {
			return all, nil
		}
	}
	for _, name := range groupsOf(f.Root()) {
		if g, err := tree.GroupAt(f.Root(), name); err == nil {
			all = append(all, describe(g, name))
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("outputs: %s: %w", path, ErrNoRates)
	}
	return all, nil
}

func describe(g tree.Group, name string) Description {
	d := Description{Group: printable(name), Layout: OfLFADSTorch, Settings: settingsOf(g)}
	d.Run, _ = madeBy(g)
	d.Version, d.Data = d.Settings[attrVersion], d.Settings[attrData]
	for _, told := range []string{attrVersion, attrRun, attrMethod, attrData} {
		delete(d.Settings, told)
	}
	switch {
	case isSubmission(g):
		d.Layout = OfNLB
	case d.Version != "":
		d.Layout = OfAutoLFADS
	}
	for _, split := range slices.Concat(splitNames, []string{"eval"}) {
		d.addSplit(g, split)
	}
	isRates := func(s Stored) bool { return s.Name == outputParams }
	if at := slices.IndexFunc(d.Quantities, isRates); at > 0 {
		rates := d.Quantities[at]
		d.Quantities = slices.Insert(slices.Delete(d.Quantities, at, at+1), 0, rates)
	}
	if c, err := tree.GroupAt(g, groupContinuous); err == nil {
		d.Continuous = arraysOf(c, "")
	}
	return d
}

// addSplit adds a split that the file has, and quantities that no other split had.
func (d *Description) addSplit(g tree.Group, split string) {
	trials := -1
	for _, s := range arraysOf(g, split+"_") {
		if len(s.Shape) < 2 {
			continue // indices
		}
		trials = s.Shape[0]
		s.Shape = s.Shape[1:]
		if !slices.ContainsFunc(d.Quantities, func(q Stored) bool { return q.Name == s.Name }) {
			d.Quantities = append(d.Quantities, s)
		}
	}
	if trials >= 0 {
		d.Splits = append(d.Splits, SplitOf{split, trials})
	}
}

// arraysOf are those whose names begin with a word, without it.
func arraysOf(g tree.Group, prefix string) (all []Stored) {
	for _, key := range g.Keys() {
		name, is := strings.CutPrefix(key, prefix)
		if !is {
			continue
		}
		if a, err := tree.ArrayAt(g, key); err == nil {
			unit, _ := tree.Text(a, "unit")
			all = append(all, Stored{printable(name), a.Shape(), printable(unit)})
		}
	}
	return all
}

// settingsOf are a group's attributes in words, fit for a terminal.
func settingsOf(g tree.Group) map[string]string {
	attrs, err := g.Attrs()
	if err != nil {
		return nil
	}
	all := map[string]string{}
	for _, a := range attrs {
		if words, err := a.Strings(); err == nil && a.IsText() {
			all[printable(a.Name())] = printable(strings.Join(words, " "))
		} else if numbers, err := a.Float64s(); err == nil {
			all[printable(a.Name())] = strings.Trim(fmt.Sprint(numbers), "[]")
		}
	}
	return all
}

// printable is text without what moves a terminal's cursor.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, text)
}
