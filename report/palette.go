package report

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// look is how a method is drawn: no two share a colour, a line or a mark, so that they
// are told apart in grey, too.
type look struct {
	colour color.RGBA
	dashes []vg.Length
	mark   draw.GlyphDrawer
}

// looks are those of the model and its rivals. Their colours stay apart, and apart from
// what is known (truth), for eyes that see two kinds of colour only.
var looks = []look{
	{inferred, nil, draw.CircleGlyph{}},
	{hex(0x0072B2), []vg.Length{6, 2}, draw.BoxGlyph{}},
	{hex(0x009E73), []vg.Length{2, 1.5}, draw.PyramidGlyph{}},
	{hex(0xAA5599), []vg.Length{6, 1.5, 1.5, 1.5}, draw.SquareGlyph{}},
	{hex(0x56B4E9), []vg.Length{10, 3}, draw.TriangleGlyph{}},
	{hex(0x1B2430), []vg.Length{1, 2}, draw.RingGlyph{}},
}

// line is a method's line.
func (l look) line(w vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: l.colour, Width: w, Dashes: l.dashes}
}

// MostMethods is how many methods a figure tells apart.
var MostMethods = len(looks)

// checkMethods refuses more methods than there are looks.
func checkMethods(n int) error {
	if n > len(looks) {
		return fmt.Errorf("report: %d methods, and a figure tells %d apart: leave some out", n, len(looks))
	}
	return nil
}

// wheel are colours of directions, 30 degrees apart, counter-clockwise from the right.
// Opposite ones differ by how light and how blue they are, which all eyes see, so that
// they are a full circle of hues to most, and told apart by the colour-blind, too.
var wheel = []color.RGBA{
	hex(0x78BDB0), hex(0xA7AD79), hex(0xB58D42), hex(0xAC6717), hex(0x96440E), hex(0x7D3022),
	hex(0x653243), hex(0x48456A), hex(0x006191), hex(0x0C80A7), hex(0x12A0C1), hex(0x00BACD),
}

// direction is the colour of an angle in radians; what is no angle is grey.
func direction(angle float64) color.RGBA {
	if math.IsNaN(angle) || math.IsInf(angle, 0) {
		return truth
	}
	turn := angle / (2 * math.Pi)
	at := (turn - math.Floor(turn)) * float64(len(wheel))
	i := int(at) % len(wheel)
	return blend(wheel[i], wheel[(i+1)%len(wheel)], at-math.Floor(at))
}

// drawWheel draws the key of directions at the page's top right, under what it is of.
func drawWheel(page draw.Canvas, of string) {
	const outer, inner, parts = 13, 7, 72
	c := vg.Point{X: page.Max.X - margin - outer, Y: page.Max.Y - margin - outer}
	at := func(part, radius float64) vg.Point {
		sin, cos := math.Sincos(2 * math.Pi * part / parts)
		return vg.Point{X: c.X + vg.Length(radius*cos), Y: c.Y + vg.Length(radius*sin)}
	}
	for i := range parts {
		from, to := float64(i), float64(i)+1.2 // else paper shines through between parts
		page.FillPolygon(direction(2*math.Pi*(from+.5)/parts), []vg.Point{at(from, inner), at(from, outer), at(to, outer), at(to, inner)})
	}
	page.FillText(style(labelSize, muted, text.XRight, text.YCenter), vg.Point{X: c.X - outer - 6, Y: c.Y}, of)
}
