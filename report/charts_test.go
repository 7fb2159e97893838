package report

import (
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
)

// charted are two panels: dots and a line of one series, what is known, guides.
func charted() *Charts {
	return &Charts{Title: "Charts", Subtitle: "of numbers", Panels: []Chart{
		{Name: "first", X: "members", Y: "R\u00B2", Series: []Series{
			{Name: "ours", X: []float64{2, 4, 8}, Y: []float64{.1, .5, .8}},
			{Name: "ours", X: []float64{2, 4, 8}, Y: []float64{.1, .5, .8}, Line: true},
			{Name: "theirs", X: []float64{8, math.NaN(), 3}, Y: []float64{.3, .2, math.Inf(1)}},
		}, Rules: []Rule{{Name: "oracle", At: 5}, {Name: "none", At: .2, Across: true}}},
		{Name: "second", X: "s", Y: "spikes/s", Series: []Series{
			{Name: "true rates", X: []float64{0, 1, 2}, Y: []float64{1, math.NaN(), 3}, Line: true, Known: true},
			{Name: "theirs", X: []float64{0, 1, 2}, Y: []float64{2, 2, 2}, Line: true},
		}},
	}}
}

// A point stands where its numbers are, in the look of its series' name.
func TestCharts(t *testing.T) {
	f := charted()
	if g := svg(t, f); !g.has("Charts", "first", "second", "members", "R\u00B2", "ours", "theirs", "true rates", "oracle", "none") {
		t.Errorf("texts are %q", g.texts)
	}
	img, _ := render(t, f)
	x, y := f.Panels[0].spans()
	b := f.box(0)
	p := newPanel(pageOf(chartsTop+chartHeight+axisHeight), b, x, y)
	for _, c := range []struct {
		x, y float64
		of   int
	}{{4, .5, 0}, {8, .8, 0}, {8, .3, 1}, {6, .65, 0}} {
		at := p.at(c.x, c.y)
		top := chartsTop + p.Max.Y - at.Y
		if got := pixel(img, at.X, top); got != looks[c.of].colour {
			t.Errorf("at %v, %v is %v, want %v", c.x, c.y, got, looks[c.of].colour)
		}
	}
	for _, v := range []vg.Length{b.left, b.left + b.w} {
		if v < 0 || v > width {
			t.Errorf("the panel ends at %v of %v", v, width)
		}
	}
}

// What cannot be drawn is said, and what has no numbers is an empty panel.
func TestChartsOfAnything(t *testing.T) {
	if (&Charts{}).Write("a.png") == nil {
		t.Error("a figure of nothing")
	}
	uneven := charted()
	uneven.Panels[0].Series[0].X = []float64{1}
	many := charted()
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		many.Panels[0].Series = append(many.Panels[0].Series, Series{Name: name})
	}
	for _, f := range []*Charts{uneven, many} {
		if f.Write(t.TempDir()+"/a.svg") == nil {
			t.Error("what cannot be drawn is drawn")
		}
	}
	empty := &Charts{Panels: []Chart{{Name: "empty"}, {Name: "one", Series: []Series{{Name: "a", X: []float64{1}, Y: []float64{1}}}}, {}, {}, {}}}
	if g := svg(t, empty); !g.has("empty", "one") {
		t.Errorf("texts are %q", g.texts)
	}
}
