package report

import (
	"fmt"
	"image"
	"math"
	"slices"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// block is bins x features of numbers to draw.
type block struct {
	bins, features int
	data           []float32
}

// newBlock returns data times f; what is not finite becomes NaN.
func newBlock(what string, bins, features int, data []float32, f float64) *block {
	if len(data) == 0 || len(data) != bins*features {
		panic(fmt.Sprintf("report: %s: %d numbers for %d bins x %d", what, len(data), bins, features))
	}
	b := &block{bins, features, make([]float32, len(data))}
	for i, v := range data {
		b.data[i] = float32(float64(v) * f)
		if math.IsInf(float64(b.data[i]), 0) {
			b.data[i] = float32(math.NaN())
		}
	}
	return b
}

func (b *block) at(bin, feature int) float64 { return float64(b.data[bin*b.features+feature]) }

// column returns one feature over time.
func (b *block) column(feature int) []float64 {
	c := make([]float64, b.bins)
	for bin := range c {
		c[bin] = b.at(bin, feature)
	}
	return c
}

// heatMap draws one row per feature, in the given order from the top, and one
// column per bin, 0 to top from light to dark.
func (p *panel) heatMap(b *block, order []int, top float64) {
	w, h := int(p.Size().X.Dots(dpi)+.5), int(p.Size().Y.Dots(dpi)+.5)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		feature := order[y*len(order)/h]
		for x := range w {
			img.SetRGBA(x, y, shade(b.at(x*b.bins/w, feature)/top))
		}
	}
	p.DrawImage(p.Rectangle, img)
	p.frame()
}

// raster draws spikes as ticks, one row per feature in the given order from
// the top; several spikes in a bin make a thicker tick, what was not observed is
// grey. In SVG it is an image.
func (p *panel) raster(b *block, order []int) {
	if p.isVectors() {
		p.ticks(b, order)
		return
	}
	p.gaps(b, order)
	row := p.Size().Y / vg.Length(len(order))
	column := p.Size().X / vg.Length(b.bins)
	gap := max(.12*row-.1, 0) // none between the rows of many neurons
	for i, feature := range order {
		y := p.Max.Y - row*vg.Length(i)
		for bin := range b.bins {
			if k := b.at(bin, feature); k > 0 {
				x := p.Min.X + column*(vg.Length(bin)+.5)
				p.spike(x, y-gap, y-row+gap, column, k)
			}
		}
	}
	p.frame()
}

// gaps draws what is missing, one row per feature in the given order from the top.
func (p *panel) gaps(b *block, order []int) {
	row := p.Size().Y / vg.Length(len(order))
	column := p.Size().X / vg.Length(b.bins)
	for i, feature := range order {
		y := p.Max.Y - row*vg.Length(i)
		for bin := 0; bin < b.bins; bin++ {
			first := bin
			for bin < b.bins && math.IsNaN(b.at(bin, feature)) {
				bin++
			}
			if bin > first {
				p.grey(p.Min.X+column*vg.Length(first), y, p.Min.X+column*vg.Length(bin), y-row)
			}
		}
	}
}

// grey fills a rectangle with the colour of missing data.
func (p *panel) grey(left, top, right, bottom vg.Length) {
	p.FillPolygon(missing, []vg.Point{{X: left, Y: top}, {X: right, Y: top}, {X: right, Y: bottom}, {X: left, Y: bottom}})
}

// greyIs says what grey is among spikes.
const greyIs = "grey: not observed"

// hasGaps reports whether anything is missing.
func (b *block) hasGaps() bool {
	return slices.ContainsFunc(b.data, func(v float32) bool { return v != v })
}

// spike draws k spikes in a column: a quarter of its width, but not too thin to
// see, and half as much again for each further one.
func (p *panel) spike(x, top, bottom, column vg.Length, k float64) {
	w := min(max(column/4, .8)*vg.Length(1+.5*(k-1)), max(column, .8))
	p.StrokeLine2(draw.LineStyle{Color: ink, Width: w}, x, top, x, bottom)
}

// barWidth is that of a colour bar.
const barWidth = 8

// colourBar draws the scale of heat maps, 0 to top, upright at the right of
// what lies between the panels' edges.
func colourBar(page draw.Canvas, b box, rates span, clipped bool, label string) {
	p := newPanel(page, b, span{0, 1}, rates)
	bar := &block{1, 256, make([]float32, 256)}
	order := make([]int, 256)
	for i := range bar.data {
		bar.data[i] = float32(i) / 255
		order[i] = 255 - i
	}
	p.heatMap(bar, order, 1)
	number := style(tickSize, muted, text.XLeft, text.YCenter)
	ticks := niceTicks(rates, 4)
	for i, v := range ticks {
		name := decimal(v)
		if clipped && i == len(ticks)-1 {
			name = "\u2265" + name
		}
		p.FillText(number, vg.Point{X: p.Max.X + 4, Y: p.at(0, v).Y}, name)
	}
	s := style(labelSize, muted, text.XCenter, text.YTop)
	s.Rotation = math.Pi / 2
	p.FillText(s, vg.Point{X: p.Max.X + 18, Y: p.Center().Y}, label)
}
