package outputs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// perSecondWords are units of spikes per second, in small letters.
var perSecondWords = []string{"hz", unitHz, "spikes/second", "spikes/s", "spikes/sec", "sp/s", "spk/s"}

// unit returns what makes numbers of the file, of neurons in its order, those of the
// dataset; nil: they are.
func (r *reader) unit(a tree.Array, key string) (func(v float64, neuron int) float64, error) {
	unit, _ := tree.Text(a, "unit")
	own := r.file.Layout == OfAutoLFADS
	switch {
	case slices.Contains(perSecondWords, strings.ToLower(strings.TrimSpace(unit))):
		return r.perBin(key, unit)
	case own && unit != perBin:
		r.file.Counts = false
	}
	if r.d.Scale == nil || !own && unit == "" {
		return nil, nil
	}
	scale, known := r.d.Scale.InUnit(unit)
	switch {
	case !known && !own:
		return nil, nil
	case !known && unit != "as the data":
		r.note("%s is in %s, the data are in %s: they are taken to be the same", key, unit, inWords(r.d.Scale.Unit))
	}
	return func(v float64, neuron int) float64 {
		if scale.Offset != nil {
			v -= scale.Offset[neuron]
		}
		return v / scale.Factor[neuron]
	}, nil
}

// perBin makes counts per bin of spikes per second.
func (r *reader) perBin(key, unit string) (func(v float64, neuron int) float64, error) {
	seconds := r.d.BinWidth.Seconds()
	if seconds == 0 {
		return nil, fmt.Errorf("%s is in %s, and the data file does not say how wide bins are: say so with --bin-ms", key, unit)
	}
	return func(v float64, _ int) float64 { return v * seconds }, nil
}

func inWords(unit string) string {
	if unit == "" {
		return "a unit that is not known"
	}
	return unit
}
