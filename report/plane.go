package report

import (
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// plane are panels side by side, in rows, whose axes have one scale: what is as far apart
// in one direction as in the other looks so.
type plane struct {
	n    int // panels
	x, y span
	own  bool // each panel has numbers of its own at its axes
}

// The layout of planes, in points.
const (
	planeTop    = vg.Length(88)
	planeLeft   = vg.Length(56)
	planeColumn = vg.Length(22)
	planeRow    = vg.Length(66) // between rows: axis and the next name
	planesInRow = 4
	planeLeast  = 3 // in the width, so that few are not large
)

// newPlane returns n panels for points: [trials, bins, features], of which two are x and y.
func newPlane(n int, points []*dataset.Array, x, y int) plane {
	p := plane{n: n, x: span{math.Inf(1), math.Inf(-1)}, y: span{math.Inf(1), math.Inf(-1)}}
	for _, a := range points {
		for i := 0; i < len(a.Data); i += a.Features {
			p.x.include(float64(a.Data[i+x]))
			p.y.include(float64(a.Data[i+y]))
		}
	}
	p.square()
	return p
}

// include widens s to hold v, if it is a number.
func (s *span) include(v float64) {
	if finite(v) {
		s.min, s.max = min(s.min, v), max(s.max, v)
	}
}

// finite reports whether v is a number that has a place.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// square gives both ranges room around, and a shape that panels can have.
func (p *plane) square() {
	for _, s := range []*span{&p.x, &p.y} {
		if s.min > s.max {
			*s = span{0, 0}
		}
	}
	room := .04 * max(p.x.size(), p.y.size())
	if room == 0 {
		room = 1
	}
	p.x.widen(p.x.size() + 2*room)
	p.y.widen(p.y.size() + 2*room)
	p.y.widen(flattest * p.x.size())
	p.x.widen(p.y.size() / steepest)
}

// The shapes that panels can have, height by width.
const flattest, steepest = .6, 1.2

// size is how wide a range is.
func (s span) size() float64 { return s.max - s.min }

// widen makes a range at least so wide, about its middle.
func (s *span) widen(to float64) {
	if more := (to - s.size()) / 2; more > 0 {
		s.min, s.max = s.min-more, s.max+more
	}
}

// columns is how many panels have room in a row.
func (p *plane) columns() int { return max(planeLeast, min(p.n, planesInRow)) }

// rows is how many rows there are.
func (p *plane) rows() int { return (p.n + p.columns() - 1) / p.columns() }

// gap is that between columns.
func (p *plane) gap() vg.Length {
	if p.own {
		return planeLeft
	}
	return planeColumn
}

// size is the width and height of a panel.
func (p *plane) size() (w, h vg.Length) {
	n := vg.Length(p.columns())
	w = (width - planeLeft - margin - p.gap()*(n-1)) / n
	return w, w * vg.Length(p.y.size()/p.x.size())
}

// height is that of the page.
func (p *plane) height() vg.Length {
	_, h := p.size()
	return planeTop + vg.Length(p.rows())*(h+planeRow) - planeRow + axisHeight
}

// panel places a panel and draws its frame, its name and its axes.
func (p *plane) panel(page draw.Canvas, i int, name string, axes [2]string) panel {
	column, row := i%p.columns(), i/p.columns()
	w, h := p.size()
	left := planeLeft + vg.Length(column)*(w+p.gap())
	at := newPanel(page, box{left, planeTop + vg.Length(row)*(h+planeRow), w, h}, p.x, p.y)
	at.title(shortened(name, int(w/6)), "")
	at.frame()
	at.xAxis(niceTicks(p.x, 4))
	at.xLabel(axes[0])
	if column == 0 || p.own {
		at.yAxis(niceTicks(p.y, 4))
		at.yLabel(axes[1], 34)
	}
	return at
}

// path draws a trial's course through two features; what is missing breaks it.
func (p *panel) path(a *dataset.Array, trial, x, y int, s draw.LineStyle) {
	var line []vg.Point
	values := a.Trial(trial)
	for i := 0; i < len(values); i += a.Features {
		at := [2]float64{float64(values[i+x]), float64(values[i+y])}
		if !finite(at[0]) || !finite(at[1]) {
			p.StrokeLines(s, line)
			line = nil
			continue
		}
		line = append(line, p.at(at[0], at[1]))
	}
	p.StrokeLines(s, line)
}

// note writes small print in a panel's lower right corner.
func (p *panel) note(s string) {
	p.FillText(style(tickSize, muted, text.XRight, text.YBottom), vg.Point{X: p.Max.X - 4, Y: p.Min.Y + 3}, s)
}
