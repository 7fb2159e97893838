package report

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// searched returns the values of generations, and those of a finish; nil: there is none.
func (j trajectories) searched() (generations [][]float64, finish []float64) {
	last := len(j.values) - 1
	if !j.finish || last < 1 {
		return j.values, nil
	}
	return j.values[:last], j.values[last]
}

// finish marks the members of a finish behind so many generations, and its best place (-1:
// none).
func (p *panel) finish(generations int, positions []float64, best int) {
	p.vertical(float64(generations) - .5)
	p.FillText(style(labelSize, muted, text.XRight, text.YBottom), vg.Point{X: p.Max.X, Y: p.Max.Y + 4}, "finish")
	for member, y := range positions {
		if member != best {
			p.square(float64(generations), y, guide)
		}
	}
	if best >= 0 {
		p.square(float64(generations), positions[best], inferred)
	}
}

// square marks a point; NaN: it has no place.
func (p *panel) square(x, y float64, c color.Color) {
	if !math.IsNaN(y) {
		p.DrawGlyph(draw.GlyphStyle{Color: c, Radius: 2.5, Shape: draw.BoxGlyph{}}, p.at(x, y))
	}
}

// ofAll returns the positions of values.
func (s *valueScale) ofAll(values []float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = s.position(v)
	}
	return out
}
