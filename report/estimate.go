package report

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// Estimate is what one method, a model or a rival, says of the trials of a split.
type Estimate struct {
	Name    string         // for example "AutoLFADS" or "smoothing"
	Rates   *dataset.Array // [trials, bins, neurons] as Recon, in spikes per bin; nil: none
	Decoded *dataset.Array // behaviour decoded from them, as the split's; nil: none
}

// checkEstimates refuses more methods than are told apart, and arrays that are not as
// the split's.
func checkEstimates(s *dataset.Split, estimates []Estimate) error {
	for _, e := range estimates {
		for _, p := range []struct {
			what     string
			got, has *dataset.Array
		}{{"rates", e.Rates, s.Recon}, {"decoded behaviour", e.Decoded, s.Behavior}} {
			if p.got == nil {
				continue
			}
			if p.has == nil || p.got.Trials != p.has.Trials || p.got.Bins != p.has.Bins || p.got.Features != p.has.Features {
				return fmt.Errorf("report: %s: %s %v where the data have %v: they must be of the same trials, bins and features", e.Name, p.what, p.got, p.has)
			}
		}
	}
	return checkMethods(len(estimates))
}

// drawMethods names the methods under a page's heading, from the right, each with its
// line.
func drawMethods(page draw.Canvas, names []string) {
	p := panel{Canvas: page}
	at := vg.Point{X: page.Max.X - margin, Y: page.Max.Y - methodsKey}
	for i := len(names) - 1; i >= 0; i-- {
		at = legendLine(&p, at, shortened(names[i], max(8, 96/len(names))), looks[i].line(1.3*curveLine))
	}
}

// methodsKey is how far from the page's top the names of methods end.
const methodsKey = vg.Length(62)

// namesOf are the methods'.
func namesOf(estimates []Estimate) (names []string) {
	for _, e := range estimates {
		names = append(names, e.Name)
	}
	return names
}

// neuronName is a neuron's id or place in the file, and whether the model did not read it.
func neuronName(d *dataset.Dataset, neuron int) string {
	name := "Neuron " + d.NeuronID(neuron)
	if neuron >= d.Train.Encod.Features {
		name += ", held out"
	}
	return name
}

// isVelocity reports whether outputs of behaviour are velocities, by their names or unit.
func isVelocity(outputs []dataset.Quantity) bool {
	for _, q := range outputs {
		if !strings.HasSuffix(q.Unit, "/s") && !strings.Contains(strings.ToLower(q.Name), "vel") {
			return false
		}
	}
	return len(outputs) > 0
}

// trialsOfSplit says how many trials a split has and which they are.
func trialsOfSplit(d *dataset.Dataset, s *dataset.Split) string {
	which := "training"
	switch s {
	case d.Valid:
		which = d.Judged()
	case d.Test:
		which = "test"
	}
	return fmt.Sprintf("%d %s trials", s.Trials(), which)
}

// someOf says how many trials of a split are meant.
func someOf(d *dataset.Dataset, s *dataset.Split, n int) string {
	if n == s.Trials() {
		return trialsOfSplit(d, s)
	}
	return fmt.Sprintf("%d of %s", n, trialsOfSplit(d, s))
}
