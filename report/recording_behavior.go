package report

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// group is some trials of one condition, drawn in one colour.
type group struct {
	name   string
	colour color.RGBA
	trials []*block // their behaviour
}

const (
	groupsShown  = 6 // conditions
	trialsShown  = 4 // of each
	outputsShown = 4 // dimensions of behaviour
)

// outputsOf names the dimensions of behaviour; nil: there is none.
func outputsOf(d *dataset.Dataset) []dataset.Quantity {
	if d.Train.Behavior == nil {
		return nil
	}
	outputs := d.Outputs
	if outputs == nil {
		for i := range d.Train.Behavior.Features {
			outputs = append(outputs, dataset.Quantity{Name: fmt.Sprintf("output %d", i+1)})
		}
	}
	return outputs
}

// groupTrials chooses trials of some conditions, spread over all, to show behaviour of.
func (d *recordingData) groupTrials() (groups []group) {
	s := d.splits[0].Split
	if s.Behavior == nil {
		return nil
	}
	if s.Condition == nil {
		g := group{colour: sequential[5]}
		for _, i := range spreadTrials(s, 2*trialsShown) {
			g.trials = append(g.trials, d.behaviour(i))
		}
		return []group{g}
	}
	first := firstOfEach(s.Condition)
	n := min(len(first), groupsShown)
	for k := range n {
		c := s.Condition[first[k*len(first)/n]]
		g := group{name: d.Dataset.ConditionName(c), colour: groupColour(k, n)}
		for i, of := range s.Condition {
			if of == c && len(g.trials) < trialsShown {
				g.trials = append(g.trials, d.behaviour(i))
			}
		}
		groups = append(groups, g)
	}
	return groups
}

// groupColour spreads n colours over those of the sequence that show on paper.
func groupColour(k, n int) color.RGBA {
	at := .35
	if n > 1 {
		at += .6 * float64(k) / float64(n-1)
	}
	return shade(at)
}

func (d *recordingData) behaviour(trial int) *block {
	a := d.splits[0].Behavior
	return newBlock("behaviour", a.Bins, a.Features, a.Trial(trial), 1)
}

// drawOutputs draws each dimension of behaviour over time.
func (d *recordingData) drawOutputs(page draw.Canvas, top vg.Length) {
	n := min(len(d.outputs), outputsShown)
	for o, b := range rowOf(max(n, 2), top)[:n] {
		var values []float64
		for _, g := range d.groups {
			for _, t := range g.trials {
				values = append(values, t.column(o)...)
			}
		}
		p := newPanel(page, b, d.time, rangeOf(values, false))
		d.nameOutput(&p, o, n)
		p.axes(niceTicks(d.time, 4), d.clock.label)
		d.markTime(&p)
		for _, g := range d.groups {
			for _, t := range g.trials {
				p.curve(d.clock.centres(t.bins), t.column(o), draw.LineStyle{Color: g.colour, Width: .7 * curveLine})
			}
		}
		if o == n-1 {
			d.nameGroups(&p)
		}
	}
}

// nameOutput writes what a panel shows. Beside two others or more there is no room behind
// the name for which trials it is of, which are told above.
func (d *recordingData) nameOutput(p *panel, output, panels int) {
	const room = 90 // letters of all panels together
	name, detail := shortened(d.outputs[output].String(), min(room/panels, 34)), d.trialsOf(output)
	if panels > 2 {
		p.FillText(style(labelSize, muted, text.XLeft, text.YBottom), vg.Point{X: p.Min.X, Y: p.Max.Y + 4 + headingRow}, detail)
		detail = ""
	}
	p.title(name, detail)
}

// trialsOf says, once, which trials the curves are.
func (d *recordingData) trialsOf(output int) string {
	switch {
	case output > 0:
		return ""
	case d.splits[0].Condition == nil:
		return fmt.Sprintf("%d trials", len(d.groups[0].trials))
	}
	return fmt.Sprintf("up to %d trials of each condition", trialsShown)
}

// nameGroups names the conditions over the last panel, above its title.
func (d *recordingData) nameGroups(p *panel) {
	at := vg.Point{X: p.Max.X, Y: p.Max.Y + 4 + headingRow}
	for i := len(d.groups) - 1; i >= 0 && d.groups[i].name != ""; i-- {
		at = legendEntry(p, at, shortened(d.groups[i].name, 12), d.groups[i].colour)
	}
}
