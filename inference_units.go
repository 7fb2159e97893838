package autolfads

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// sameUnits returns an error for a file whose units are those of the model's data in
// another order, and tells of others, where both files name them: a model knows neurons
// by their places alone.
func (r *Inference) sameUnits(was, d *dataset.Dataset) error {
	if len(d.Neurons) == 0 || len(was.Neurons) < len(d.Neurons) {
		return nil
	}
	want := was.Neurons[:len(d.Neurons)]
	switch {
	case slices.Equal(d.Neurons, want):
		return nil
	case slices.Equal(slices.Sorted(slices.Values(d.Neurons)), slices.Sorted(slices.Values(want))):
		return fmt.Errorf("%s has the units %s in another order than the model's data, %s: infer the recording that it was made of, whose units are found by their ids%s",
			r.Data, firstOf(d.Neurons), firstOf(want), sourceOf(d))
	}
	r.Resources.Observer.note(fmt.Sprintf("warning: %s has units called %s, the model's data %s: rates mean little unless these are the same neurons in the same order", r.Data, firstOf(d.Neurons), firstOf(want)))
	return nil
}

// sourceOf says in brackets of which recording a file was made; "": it does not say.
func sourceOf(d *dataset.Dataset) string {
	if source, _ := d.Attributes["source"].(string); source != "" {
		return " (" + source + ")"
	}
	return ""
}

// firstOf lists the first few of some ids.
func firstOf(ids []string) string {
	const most = 8
	if len(ids) > most {
		return strings.Join(ids[:most], ", ") + ", ..."
	}
	return strings.Join(ids, ", ")
}
