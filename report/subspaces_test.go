package report

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// pageOf is a page without paper, for places on one of that height.
func pageOf(height vg.Length) draw.Canvas {
	return draw.Canvas{Rectangle: vg.Rectangle{Max: vg.Point{X: width, Y: height}}}
}

// Two directions are a plane, three are two, one is none.
func TestSubspaces(t *testing.T) {
	d := reaches(16, 4, 6, 3)
	three := dataset.NewArray(8, 6, 3)
	for i := range three.Data {
		three.Data[i] = float32(i)
	}
	f := &Subspaces{
		Title: "T", Colouring: ColouringOf(d, d.Valid),
		Spaces: []Subspace{{Name: "velocity", Note: "R\u00B2 0.9", Points: d.Valid.Behavior}, {Name: "target", Axes: []string{"a", "b", "c"}, Points: three}, {Name: "one", Points: dataset.NewArray(8, 6, 1)}},
	}
	g := svg(t, f)
	if !g.has("velocity", "target", "R\u00B2 0.9", "direction 1 (a.u.)", "direction 2 (a.u.)", "a (a.u.)", "b (a.u.)", "c (a.u.)", "direction of movement") || g.has("one") {
		t.Errorf("texts are %q", g.texts)
	}
	img, _ := render(t, f)
	panels := f.panels()
	all := squarePlane(len(panels), &panels[0])
	w, h := all.size()
	p := newPanel(pageOf(all.height()), box{planeLeft, planeTop, w, h}, all.x, all.y)
	for condition, at := range [][2]float64{{100, 0}, {0, 100}, {-100, 0}, {0, -100}} { // where trials are throughout
		place := p.at(at[0], at[1])
		want := direction(float64(condition) * math.Pi / 2)
		if got := pixel(img, place.X, all.height()-place.Y); apart(lab(got, eyes["all"]), lab(want, eyes["all"])) > 3 {
			t.Errorf("condition %d is %v, want %v", condition, got, want)
		}
	}
}

func TestSubspacesBearAnything(t *testing.T) {
	for name, d := range spoilt(t) {
		f := &Subspaces{Spaces: []Subspace{{Points: d.Valid.Behavior}}, Colouring: ColouringOf(d, d.Valid)}
		if g := svg(t, f); g.paths == 0 || strings.Contains(string(g.bytes), "NaN") || strings.Contains(string(g.bytes), "Inf") {
			t.Errorf("%s: places are no numbers", name)
		}
	}
	if err := (&Subspaces{}).Write("a.png"); err == nil || !strings.Contains(err.Error(), "no trials in a plane") {
		t.Errorf("nothing: %v", err)
	}
}
