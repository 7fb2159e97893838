package report

import (
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"github.com/autolfads/autolfads/dataset"
)

func rastersOf(t *testing.T, d *dataset.Dataset, estimates []Estimate) *Rasters {
	t.Helper()
	f, err := RastersOf(d, d.Valid, estimates)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Spikes are black in their rows, rates in their methods' colours at their height.
func TestRasters(t *testing.T) {
	d := reaches(24, 4, 10, 3)
	half := dataset.NewArray(d.Valid.Trials(), 10, 3)
	for i := range half.Data {
		half.Data[i] = .5
	}
	f := rastersOf(t, d, []Estimate{{Name: "A", Rates: d.Valid.Recon}, {Name: "B", Rates: half}})
	if f.Subtitle != "condition 0: 3 of 12 validation trials" || f.Spikes.Trials != 3 {
		t.Fatalf("%q", f.Subtitle)
	}
	g := svg(t, f)
	if !g.has("A", "B", "spikes/s", "Rates", "Time (ms)", "3 trials", "trial 101", "Neuron 0", "Neuron 2, held out") {
		t.Errorf("texts are %q", g.texts)
	}
	if len(g.images) != 3+3*3 { // a raster a neuron, a strip a trial of it
		t.Errorf("%d images", len(g.images))
	}
	img, _ := render(t, f)
	w := (width - rasterLeft - margin - 2*rasterColumn) / 3
	x := rasterLeft + w*.55
	if got := pixel(img, x, rasterTop+f.rasterRoom()/2); got != ink {
		t.Errorf("a spike is %v", got)
	}
	h := trialHeight - trialStrip - 3
	for name, c := range map[string]struct {
		rate float64
		look look
	}{"A": {100, looks[0]}, "B": {50, looks[1]}} {
		found := false
		for dx := range int(w / 2) { // a dashed line has gaps
			found = found || pixel(img, x+vg.Length(dx), f.trialTop(1)+h*vg.Length(1-c.rate/106)) == c.look.colour
		}
		if !found {
			t.Errorf("method %s is not at %v spikes/s", name, c.rate)
		}
	}
}

func TestRastersBearAnything(t *testing.T) {
	for name, d := range spoilt(t) {
		g := svg(t, rastersOf(t, d, methods(d, 6)))
		if g.paths == 0 || strings.Contains(string(g.bytes), "NaN") || strings.Contains(string(g.bytes), "Inf") {
			t.Errorf("%s: places are no numbers", name)
		}
	}
	d := reaches(24, 4, 10, 3)
	if rastersOf(t, d, nil) != nil {
		t.Error("a figure of no rates")
	}
	d.Valid.Condition, d.Train.Condition = nil, nil
	if f := rastersOf(t, d, methods(d, 1)); f.Subtitle != "12 validation trials" {
		t.Errorf("without conditions: %q", f.Subtitle)
	}
	if err := (&Rasters{BinWidth: d.BinWidth}).Write("a.png"); err == nil {
		t.Error("a figure of nothing")
	}
}
