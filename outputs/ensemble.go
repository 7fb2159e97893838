package outputs

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// Attributes of a file whose rates are the mean of several models', and of its arrays.
const (
	attrEnsemble = "ensemble" // of the file: the names of the models
	attrOf       = "of"       // of an array: whose it is
)

// GroupSingle is the group in which the rates of one model stand, the first, in a file
// whose rates are the mean of several models'.
const GroupSingle = "single"

// Rates is a content and where it comes from.
type Rates struct {
	Content
	Source
}

// WriteEnsemble writes the mean of several models' rates as [Write] does, and those of the
// first model alone into the group single, which is laid out as the top of a file; what is
// merged over a continuous recording is of the mean alone.
func WriteEnsemble(path string, d *dataset.Dataset, mean, single Rates) error {
	return create(path, func(w *writer) error {
		if err := w.write(d, &mean.Content, mean.Source); err != nil {
			return err
		}
		w.group = GroupSingle
		return w.write(d, &single.Content, single.Source)
	})
}

// OfEnsemble are the settings of a file whose rates are the mean of the models named.
func OfEnsemble(models []string) []Setting { return []Setting{{attrEnsemble, models}} }

// ensembleOf returns the models whose mean a group's rates are, fit for a terminal; nil:
// they are of one.
func ensembleOf(g tree.Group) []string {
	names, _ := tree.Words(g, attrEnsemble)
	for i := range names {
		names[i] = printable(names[i])
	}
	return names
}

// areOfOther reports whether an array says that it is another's than the rates are.
func areOfOther(a, rates tree.Array) bool {
	is, _ := tree.Text(a, attrOf)
	are, _ := tree.Text(rates, attrOf)
	return is != are
}
