package report

import (
	"image/color"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// The look of every figure is decided in this file.

const (
	dpi    = 180
	width  = vg.Length(800) // of a page, in points
	margin = vg.Length(18)

	titleSize = vg.Length(14)
	panelSize = vg.Length(10)
	labelSize = vg.Length(9)
	tickSize  = vg.Length(8)

	hairline  = vg.Length(.6)
	curveLine = vg.Length(1.5)
	tickMark  = vg.Length(3)
)

var (
	paper    = hex(0xFFFFFF)
	ink      = hex(0x1B2430) // text that matters, spikes
	muted    = hex(0x66707D) // labels and ticks
	faint    = hex(0xD5DAE0) // frames and zero lines
	guide    = hex(0xA9B2BC) // events
	missing  = hex(0xE6E8EB) // no data
	truth    = hex(0x8A94A1) // what is known: true rates, measured velocity
	inferred = hex(0xE8590C) // what the model says
)

// sequential goes from light to dark in steps of equal lightness, so that it
// reads in grey and by colour-blind eyes.
var sequential = []color.RGBA{
	hex(0xF7FAFC), hex(0xD8EEEA), hex(0xA6D9D1), hex(0x68BBC3), hex(0x3D95B8),
	hex(0x2F6CAB), hex(0x304595), hex(0x2A2673), hex(0x190F45),
}

func hex(rgb uint32) color.RGBA {
	return color.RGBA{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), 255}
}

// shade returns the colour of v in 0..1; what is outside takes the end's.
func shade(v float64) color.RGBA {
	if v != v {
		return missing
	}
	at := min(max(v, 0), 1) * float64(len(sequential)-1)
	i := min(int(at), len(sequential)-2)
	return blend(sequential[i], sequential[i+1], at-float64(i))
}

func blend(a, b color.RGBA, t float64) color.RGBA {
	mix := func(x, y uint8) uint8 {
		return uint8(float64(float64(x)*(1-t)) + float64(float64(y)*t) + .5)
	}
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// style returns sans-serif text of one size and colour.
func style(size vg.Length, c color.Color, x text.XAlignment, y text.YAlignment) text.Style {
	return text.Style{
		Color:   c,
		Font:    font.From(font.Font{Typeface: "Liberation", Variant: "Sans"}, size),
		XAlign:  x,
		YAlign:  y,
		Handler: plot.DefaultTextHandler,
	}
}

// bold makes a style's weight bold.
func bold(s text.Style) text.Style {
	s.Font.Weight = xfont.WeightBold
	return s
}
