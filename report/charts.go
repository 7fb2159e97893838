package report

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Charts is a figure of panels whose axes are numbers, up to three in a row. A series of
// one name looks alike in all of them.
type Charts struct {
	Title    string
	Subtitle string
	Panels   []Chart
}

// Chart is one panel.
type Chart struct {
	Name   string // above it; "": none
	X, Y   string // what the axes are, with their units
	Series []Series
	Rules  []Rule
}

// Series is points of one kind: dots, or a line through them in their order. What is to
// be both is two series of one name.
type Series struct {
	Name  string
	X, Y  []float64 // as many of both; where one is not finite, there is no point
	Line  bool      // else dots
	Known bool      // a line of what is known, such as true rates: grey
}

// Rule is a dashed guide across a panel.
type Rule struct {
	Name   string // beside it
	At     float64
	Across bool // at a number of the y axis; else of the x axis
}

// The layout of Charts, in points.
const (
	chartsTop    = vg.Length(92)
	chartsInRow  = 3
	chartLeft    = vg.Length(58)
	chartHeight  = vg.Length(190)
	loneHeight   = vg.Length(250) // of a panel that has the page's width for itself
	chartsBelow  = vg.Length(64)  // between rows: axis and the next name
	chartsLabels = vg.Length(38)  // room of the y axis' numbers
)

// Write draws the figure to a file. Without panels it is an error, and with more series
// than are told apart, or one that lacks numbers.
func (f *Charts) Write(path string) error {
	if len(f.Panels) == 0 {
		return errors.New("report: no charts to show")
	}
	if err := checkMethods(len(f.names(false))); err != nil {
		return err
	}
	for _, c := range f.Panels {
		for _, s := range c.Series {
			if len(s.X) != len(s.Y) {
				return fmt.Errorf("report: series %s has %d numbers along x and %d along y", s.Name, len(s.X), len(s.Y))
			}
		}
	}
	rows := vg.Length((len(f.Panels) + f.columns() - 1) / f.columns())
	return drawPage(path, chartsTop+rows*(f.height()+chartsBelow)-chartsBelow+axisHeight, f.draw)
}

// columns is how many panels have room in a row.
func (f *Charts) columns() int {
	if len(f.Panels) == 4 {
		return 2
	}
	return min(len(f.Panels), chartsInRow)
}

// height is that of every panel.
func (f *Charts) height() vg.Length {
	if len(f.Panels) == 1 {
		return loneHeight
	}
	return chartHeight
}

// names are those of all series of what is known, or of what is not, each once.
func (f *Charts) names(known bool) (names []string) {
	for _, c := range f.Panels {
		for _, s := range c.Series {
			if s.Known == known && !slices.Contains(names, s.Name) {
				names = append(names, s.Name)
			}
		}
	}
	return names
}

// draw draws the page.
func (f *Charts) draw(page draw.Canvas) {
	heading(page, f.Title, f.Subtitle)
	names := f.names(false)
	p := panel{Canvas: page}
	at := vg.Point{X: page.Max.X - margin, Y: page.Max.Y - methodsKey}
	for _, name := range f.names(true) {
		at = legendEntry(&p, at, name, truth)
	}
	marksFrom(page, at, names)
	for i := range f.Panels {
		f.Panels[i].draw(page, f.box(i), names)
	}
}

// box is where a panel stands.
func (f *Charts) box(i int) box {
	column := (width - margin) / vg.Length(f.columns())
	row := vg.Length(i / f.columns())
	return box{chartLeft + column*vg.Length(i%f.columns()), chartsTop + row*(f.height()+chartsBelow), column - chartLeft, f.height()}
}

// draw draws the panel: lines below dots, in the looks of their names, and of either the
// first above the others.
func (c *Chart) draw(page draw.Canvas, b box, names []string) {
	x, y := c.spans()
	p := newPanel(page, b, x, y)
	p.title(c.Name, "")
	p.frame()
	p.xAxis(niceTicks(p.x, 5))
	p.xLabel(c.X)
	p.yAxis(niceTicks(p.y, 5))
	p.yLabel(c.Y, chartsLabels)
	for _, r := range c.Rules {
		p.ruled(r)
	}
	for _, s := range slices.Backward(c.Series) {
		if s.Line {
			p.curve(s.X, s.ys(), s.line(names))
		}
	}
	for _, s := range slices.Backward(c.Series) {
		for i, y := range s.ys() {
			if !s.Line && y == y {
				p.DrawGlyph(s.glyph(names), p.at(s.X[i], y))
			}
		}
	}
}

// line is the look of a series that is a line.
func (s *Series) line(names []string) draw.LineStyle {
	if s.Known {
		return draw.LineStyle{Color: truth, Width: curveLine}
	}
	return looks[slices.Index(names, s.Name)].line(curveLine)
}

// glyph is the mark of a series of dots.
func (s *Series) glyph(names []string) draw.GlyphStyle {
	if s.Known {
		return partGlyph
	}
	return looks[slices.Index(names, s.Name)].glyph()
}

// ys are the numbers along y; NaN where there is no point.
func (s *Series) ys() []float64 {
	ys := slices.Clone(s.Y)
	for i, x := range s.X {
		if !finite(x) || !finite(ys[i]) {
			ys[i] = math.NaN()
		}
	}
	return ys
}

// spans are those of the axes, with room around all points and guides.
func (c *Chart) spans() (x, y span) {
	var xs, ys []float64
	for _, s := range c.Series {
		for i, v := range s.ys() {
			if v == v {
				xs, ys = append(xs, s.X[i]), append(ys, v)
			}
		}
	}
	for _, r := range c.Rules {
		if r.Across {
			ys = append(ys, r.At)
		} else {
			xs = append(xs, r.At)
		}
	}
	return rangeOf(xs, false), rangeOf(ys, false)
}

// ruled draws a guide, its name at its lower or right end: on the side where there is room.
func (p *panel) ruled(r Rule) {
	if !finite(r.At) {
		return
	}
	line := draw.LineStyle{Color: guide, Width: hairline, Dashes: []vg.Length{3, 2}}
	if r.Across {
		at := p.at(p.x.max, r.At)
		p.StrokeLine2(line, p.Min.X, at.Y, p.Max.X, at.Y)
		p.FillText(style(tickSize, muted, text.XRight, text.YBottom), vg.Point{X: at.X - 2, Y: at.Y + 1}, r.Name)
		return
	}
	p.vertical(r.At)
	at, name := p.at(r.At, p.y.min), style(tickSize, muted, text.XLeft, text.YBottom)
	at.X += 3
	if at.X+name.Width(r.Name) > p.Max.X {
		at.X -= 6
		name.XAlign = text.XRight
	}
	p.FillText(name, vg.Point{X: at.X, Y: at.Y + 3}, r.Name)
}
