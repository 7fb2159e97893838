package report

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// span is a range of data.
type span struct{ min, max float64 }

// fraction returns where v lies between the ends, 0 to 1.
func (s span) fraction(v float64) float64 { return (v - s.min) / (s.max - s.min) }

// wide reports whether the ends differ by more than rounding.
func (s span) wide() bool { return s.max-s.min > 1e-12*max(math.Abs(s.min), math.Abs(s.max)) }

// panel is a rectangle of the page with data coordinates.
type panel struct {
	draw.Canvas
	x, y span
}

// box is a rectangle by its left and top edges, measured from the page's top left
// corner, and its size.
type box struct{ left, top, w, h vg.Length }

// newPanel places a panel.
func newPanel(page draw.Canvas, b box, x, y span) panel {
	at := vg.Point{X: b.left, Y: page.Max.Y - b.top - b.h}
	page.Rectangle = vg.Rectangle{Min: at, Max: vg.Point{X: at.X + b.w, Y: at.Y + b.h}}
	return panel{page, x, y}
}

func (p *panel) at(x, y float64) vg.Point {
	return vg.Point{X: p.X(p.x.fraction(x)), Y: p.Y(p.y.fraction(y))}
}

// title writes a panel's name above its left edge, and what it shows beside.
func (p *panel) title(name, detail string) {
	s := bold(style(panelSize, ink, text.XLeft, text.YBottom))
	at := vg.Point{X: p.Min.X, Y: p.Max.Y + 4}
	p.FillText(s, at, name)
	at.X += s.Width(name) + 6
	p.FillText(style(labelSize, muted, text.XLeft, text.YBottom), at, detail)
}

// frame draws a hairline around the data.
func (p *panel) frame() {
	p.SetLineStyle(draw.LineStyle{Color: faint, Width: hairline})
	p.Stroke(p.Rectangle.Path())
}

// xAxis draws ticks and their numbers under the panel.
func (p *panel) xAxis(ticks []float64) {
	number := style(tickSize, muted, text.XCenter, text.YTop)
	for _, v := range ticks {
		at := vg.Point{X: p.at(v, 0).X, Y: p.Min.Y}
		p.StrokeLine2(draw.LineStyle{Color: faint, Width: hairline}, at.X, at.Y, at.X, at.Y-tickMark)
		p.FillText(number, vg.Point{X: at.X, Y: at.Y - tickMark - 1}, decimal(v))
	}
}

// xLabel writes what the x axis is, under its numbers.
func (p *panel) xLabel(label string) {
	p.FillText(style(labelSize, muted, text.XCenter, text.YTop), vg.Point{X: p.Center().X, Y: p.Min.Y - 16}, label)
}

// yAxis draws ticks and their numbers beside the panel.
func (p *panel) yAxis(ticks []float64) {
	labels := make([]string, len(ticks))
	for i, v := range ticks {
		labels[i] = decimal(v)
	}
	p.labelledTicks(ticks, labels)
}

// labelledTicks draws ticks beside the panel, with what stands at each.
func (p *panel) labelledTicks(ticks []float64, labels []string) {
	number := style(tickSize, muted, text.XRight, text.YCenter)
	for i, v := range ticks {
		at := vg.Point{X: p.Min.X, Y: p.at(0, v).Y}
		p.StrokeLine2(draw.LineStyle{Color: faint, Width: hairline}, at.X, at.Y, at.X-tickMark, at.Y)
		p.FillText(number, vg.Point{X: at.X - tickMark - 2, Y: at.Y}, labels[i])
	}
}

// yLabel writes along the left side, away from it by the room that numbers need.
func (p *panel) yLabel(label string, room vg.Length) {
	s := style(labelSize, muted, text.XCenter, text.YBottom)
	s.Rotation = math.Pi / 2
	p.FillText(s, vg.Point{X: p.Min.X - room, Y: p.Center().Y}, label)
}

// vertical draws a dashed guide at x.
func (p *panel) vertical(x float64) {
	at := p.at(x, 0).X
	dashes := []vg.Length{3, 2}
	p.StrokeLine2(draw.LineStyle{Color: guide, Width: hairline, Dashes: dashes}, at, p.Min.Y, at, p.Max.Y)
}

// horizontal draws a faint guide at y.
func (p *panel) horizontal(y float64) {
	at := p.at(0, y).Y
	p.StrokeLine2(draw.LineStyle{Color: faint, Width: hairline}, p.Min.X, at, p.Max.X, at)
}

// curve draws a line through points; NaN breaks it.
func (p *panel) curve(xs, ys []float64, s draw.LineStyle) {
	var line []vg.Point
	for i, y := range ys {
		if y != y {
			p.StrokeLines(s, line)
			line = nil
			continue
		}
		line = append(line, p.at(xs[i], y))
	}
	p.StrokeLines(s, line)
}

// legendEntry writes a name with a stroke of its colour before it, ending at
// right, and returns where an entry to its left ends.
func legendEntry(p *panel, right vg.Point, name string, c color.Color) vg.Point {
	return legendLine(p, right, name, draw.LineStyle{Color: c, Width: 1.3 * curveLine})
}

// legendLine is legendEntry with a line of any style.
func legendLine(p *panel, right vg.Point, name string, l draw.LineStyle) vg.Point {
	s := style(labelSize, muted, text.XRight, text.YBottom)
	p.FillText(s, right, name)
	x := right.X - s.Width(name) - 4
	y := right.Y + labelSize*.35
	stroke := vg.Length(14)
	if l.Dashes != nil {
		stroke = 22 // room for the dashes
	}
	p.StrokeLine2(l, x-stroke, y, x, y)
	return vg.Point{X: x - stroke - 12, Y: right.Y}
}

// decimal writes a number without rounding's tail, its sign a true minus.
func decimal(v float64) string {
	s := strconv.FormatFloat(math.Abs(v), 'g', 6, 64)
	if v < 0 && s != "0" {
		return "\u2212" + s
	}
	return s
}
