package report

import (
	"image"
	"image/color"
)

// ticks draws spikes as raster does, but pixel by pixel, which stays quick however many
// there are: a row a feature in the given order from the top, a tick a bin, wider for
// several spikes. What was not observed is grey.
func (p *panel) ticks(b *block, order []int) {
	w, h := int(p.Size().X.Dots(dpi)+.5), int(p.Size().Y.Dots(dpi)+.5)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	t := ticked{img, float64(w) / float64(b.bins)}
	for y := range h {
		row := y * len(order) / h
		if gap := y > 0 && h >= 6*len(order) && (y-1)*len(order)/h != row; gap {
			continue // a line of paper between rows that have room for it
		}
		for bin := range b.bins {
			t.cell(bin, y, b.at(bin, order[row]))
		}
	}
	p.DrawImage(p.Rectangle, img)
	p.frame()
}

// ticked is a picture of spikes; column is the width of a bin in pixels.
type ticked struct {
	img    *image.RGBA
	column float64
}

// cell draws one bin of one line.
func (t *ticked) cell(bin, y int, spikes float64) {
	left, right := t.column*float64(bin), t.column*float64(bin+1)
	switch {
	case spikes != spikes:
		t.fill(int(left+.5), int(right+.5), y, missing)
	case spikes > 0:
		w := min(max(2, t.column/4)*(1+.5*(spikes-1)), max(t.column, 2))
		from := int((left+right-w)/2 + .5)
		t.fill(from, from+int(w+.5), y, ink)
	}
}

// fill fills pixels of a line; spikes lie above what was not observed.
func (t *ticked) fill(from, to, y int, c color.RGBA) {
	for x := max(from, 0); x < min(to, t.img.Rect.Dx()); x++ {
		t.img.SetRGBA(x, y, c)
	}
}
