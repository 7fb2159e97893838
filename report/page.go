package report

import (
	"io"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/internal/durable"
)

// drawPage paints a page of the theme's width and writes it to path, whole or not at
// all, as what the path's ending says.
func drawPage(path string, height vg.Length, paint func(page draw.Canvas)) error {
	s, err := newSheet(path, height)
	if err != nil {
		return err
	}
	paint(draw.New(s))
	return durable.WriteFile(path, func(w io.Writer) error {
		_, err := s.WriteTo(w)
		return err
	})
}

// heading writes a page's title, and what it is about beneath.
func heading(page draw.Canvas, title, subtitle string) {
	at := vg.Point{X: margin, Y: page.Max.Y - margin}
	page.FillText(bold(style(titleSize, ink, text.XLeft, text.YTop)), at, title)
	at.Y -= titleSize + 5
	page.FillText(style(panelSize, muted, text.XLeft, text.YTop), at, subtitle)
}
