package report

import (
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/metric"
)

// glyph is a method's mark.
func (l look) glyph() draw.GlyphStyle {
	return draw.GlyphStyle{Color: l.colour, Radius: 3.5, Shape: l.mark}
}

// drawMarks names the methods under a page's heading, each with its mark; and the line
// of the true rates, if one is shown.
func drawMarks(page draw.Canvas, names []string, best bool) {
	p := panel{Canvas: page}
	at := vg.Point{X: page.Max.X - margin, Y: page.Max.Y - methodsKey}
	if best {
		at = legendLine(&p, at, "true rates", bestLine)
	}
	marksFrom(page, at, names)
}

// marksFrom names methods from a place to the left, each with its mark.
func marksFrom(page draw.Canvas, at vg.Point, names []string) {
	s := style(labelSize, muted, text.XRight, text.YBottom)
	names = fitting(names, at.X-margin, s)
	for i := len(names) - 1; i >= 0; i-- {
		page.FillText(s, at, names[i])
		x := at.X - s.Width(names[i]) - markRoom
		page.DrawGlyph(looks[i].glyph(), vg.Point{X: x, Y: at.Y + labelSize*.35})
		at.X = x - markGap
	}
}

// Between a name and its mark, and a mark and the name before it, in points.
const markRoom, markGap = vg.Length(8), vg.Length(18)

// fitting are names with their marks that fit side by side: those too long for it are
// shortened, though not below eight letters.
func fitting(names []string, room vg.Length, s draw.TextStyle) []string {
	for letters := 40; ; letters-- {
		short, taken := make([]string, len(names)), vg.Length(0)
		for i, name := range names {
			short[i] = shortened(name, letters)
			taken += s.Width(short[i]) + markRoom + markGap
		}
		if taken <= room || letters == 8 {
			return short
		}
	}
}

// bestLine is that of the true rates.
var bestLine = draw.LineStyle{Color: truth, Width: curveLine, Dashes: []vg.Length{4, 2}}

// rule draws the true rates' score through a row.
func (p *panel) rule(x float64) {
	at := p.at(x, 0).X
	p.StrokeLine2(bestLine, at, p.Min.Y, at, p.Max.Y)
}

// interval draws where a score lies, along x.
func (p *panel) interval(i *metric.Interval, y float64, l look) {
	if i != nil && i.Known() {
		a, b := p.at(i.Low, y), p.at(i.High, y)
		p.StrokeLine2(draw.LineStyle{Color: l.colour, Width: 1.2}, a.X, a.Y, b.X, b.Y)
	}
}

// intervalUp draws where a score lies, along y.
func (p *panel) intervalUp(i *metric.Interval, x float64, l look) {
	if i != nil && i.Known() {
		a, b := p.at(x, i.Low), p.at(x, i.High)
		p.StrokeLine2(draw.LineStyle{Color: l.colour, Width: 1.2}, a.X, a.Y, b.X, b.Y)
	}
}
