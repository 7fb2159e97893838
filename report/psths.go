package report

import (
	"errors"
	"fmt"
	"math"
	"time"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// PSTHs is a figure of means by condition (peri-stimulus time histograms): a row a
// neuron, a panel for the data and for each method, a curve a condition. The panels of a
// row have one scale.
type PSTHs struct {
	Title     string
	Subtitle  string
	BinWidth  time.Duration
	Neurons   []string  // what those shown are called
	Columns   []Means   // the data first
	Colouring Colouring // of the conditions
}

// Means are means by condition: [conditions, bins, neurons shown], in spikes per bin.
type Means struct {
	Name  string
	Rates *dataset.Array
}

// The layout of PSTHs, in points.
const (
	psthTop    = vg.Length(98)
	psthLeft   = vg.Length(56)
	psthHeight = vg.Length(84)
	psthGap    = vg.Length(34) // between rows: the next neuron's name
	psthColumn = vg.Length(10)
)

// Write draws the figure to a file. Without a bin width, conditions or neurons it is an
// error, and with more methods than colours.
func (f *PSTHs) Write(path string) error {
	if err := errors.Join(checkBinWidth(f.BinWidth), checkMethods(len(f.Columns)-1)); err != nil {
		return err
	}
	if len(f.Columns) == 0 || len(f.Neurons) == 0 || f.Columns[0].Rates.Trials == 0 {
		return errors.New("report: no conditions, or neurons, to show means of")
	}
	rows := vg.Length(len(f.Neurons))
	return drawPage(path, psthTop+rows*(psthHeight+psthGap)-psthGap+axisHeight, f.draw)
}

// draw draws the page.
func (f *PSTHs) draw(page draw.Canvas) {
	heading(page, f.Title, f.Subtitle)
	f.Colouring.drawKey(page)
	clock := newClock(f.Columns[0].Rates.Bins, f.BinWidth, 0, "")
	for row := range f.Neurons {
		scale := rangeOf(f.ratesOf(row), true)
		for column := range f.Columns {
			p := f.panel(page, row, column, scale)
			if row == len(f.Neurons)-1 {
				p.xAxis(f.times(p.x, column))
				p.xLabel(clock.label)
			}
		}
	}
}

// times are the numbers under a panel: few where it is narrow, and none at its end where
// the next begins.
func (f *PSTHs) times(x span, column int) []float64 {
	all := niceTicks(x, 3)
	if len(f.Columns) > 4 {
		all = niceTicks(x, 2)
	}
	if last := len(all) - 1; last > 0 && column < len(f.Columns)-1 && x.fraction(all[last]) > .95 {
		return all[:last]
	}
	return all
}

// hertz turns spikes per bin into spikes/s.
func (f *PSTHs) hertz() float64 { return 1 / f.BinWidth.Seconds() }

// ratesOf are all numbers of a row, in spikes/s.
func (f *PSTHs) ratesOf(neuron int) (all []float64) {
	for _, c := range f.Columns {
		for condition := range c.Rates.Trials {
			all = append(all, f.curve(c.Rates, condition, neuron)...)
		}
	}
	return all
}

// curve is a condition's mean of a neuron, in spikes/s.
func (f *PSTHs) curve(a *dataset.Array, condition, neuron int) []float64 {
	return newBlock("means", a.Bins, a.Features, a.Trial(condition), f.hertz()).column(neuron)
}

// panel draws a neuron's means as one column has them.
func (f *PSTHs) panel(page draw.Canvas, row, column int, scale span) panel {
	c := f.Columns[column]
	n := vg.Length(len(f.Columns))
	w := (width - psthLeft - margin - psthColumn*(n-1)) / n
	clock := newClock(c.Rates.Bins, f.BinWidth, 0, "")
	left := psthLeft + vg.Length(column)*(w+psthColumn)
	p := newPanel(page, box{left, psthTop + vg.Length(row)*(psthHeight+psthGap), w, psthHeight}, clock.span(c.Rates.Bins), scale)
	p.frame()
	for condition := range c.Rates.Trials {
		p.curve(clock.centres(c.Rates.Bins), f.curve(c.Rates, condition, row), draw.LineStyle{Color: f.Colouring.colour(condition), Width: .8 * curveLine})
	}
	f.name(&p, row, column)
	return p
}

// name writes what a panel is: its neuron over the first of a row, its method over the
// first of a column.
func (f *PSTHs) name(p *panel, row, column int) {
	if column == 0 {
		p.title(f.Neurons[row], "spikes/s")
		p.yAxis(niceTicks(p.y, 3))
	}
	if row == 0 {
		at := vg.Point{X: p.Center().X, Y: p.Max.Y + 4 + headingRow}
		name := shortened(f.Columns[column].Name, int(math.Max(8, float64(p.Size().X/4.6))))
		p.FillText(style(labelSize, ink, text.XCenter, text.YBottom), at, name)
	}
}

// countOf writes how many of how many there are.
func countOf(n, of int, what string) string {
	if n == of {
		return fmt.Sprintf("%d %s", n, what)
	}
	return fmt.Sprintf("%d of %d %s", n, of, what)
}
