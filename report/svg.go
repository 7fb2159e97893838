package report

import (
	"bytes"
	"io"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// vectors is paper for SVG: text stays text, maps and rasters are images in it.
type vectors struct{ *vgsvg.Canvas }

// newVectors returns white paper of the theme's width.
func newVectors(height vg.Length) vectors {
	v := vectors{vgsvg.New(width, height)}
	v.SetColor(paper)
	v.Fill(vg.Rectangle{Max: vg.Point{X: width, Y: height}}.Path())
	return v
}

// FillString writes text, with a space for what XML cannot hold.
func (v vectors) FillString(f font.Face, at vg.Point, text string) {
	v.Canvas.FillString(f, at, strings.Map(func(r rune) rune {
		if r < ' ' || r == '\uFFFE' || r == '\uFFFF' {
			return ' '
		}
		return r
	}, text))
}

// mended says what vgsvg writes otherwise than readers need it: its images are PNG and
// fill their place; and where the font is missing, one of the same widths will do.
var mended = strings.NewReplacer(
	`xlink:href="data:image/jpg;`, `preserveAspectRatio="none" xlink:href="data:image/png;`,
	`font-family:Liberation Sans;`, `font-family:Liberation Sans,Arial,Helvetica,sans-serif;`,
)

// WriteTo writes the file; the same drawing gives the same bytes.
func (v vectors) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	if _, err := v.Canvas.WriteTo(&b); err != nil {
		return 0, err
	}
	n, err := mended.WriteString(w, b.String())
	return int64(n), err
}

// isVectors reports whether a panel is on paper for SVG.
func (p *panel) isVectors() bool {
	_, ok := p.Canvas.Canvas.(vectors)
	return ok
}
