package report

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"github.com/autolfads/autolfads/dataset"
)

func psthsOf(t *testing.T, d *dataset.Dataset, estimates []Estimate) *PSTHs {
	t.Helper()
	f, err := PSTHsOf(d, d.Valid, estimates, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Means are those of each condition, of the data and of the methods, in spikes/s; the
// neuron that conditions modulate comes first.
func TestPSTHs(t *testing.T) {
	d := reaches(16, 4, 6, 3)
	f := psthsOf(t, d, methods(d, 2))
	if !slices.Equal(f.Neurons, []string{"Neuron 0", "Neuron 1", "Neuron 2, held out"}) {
		t.Errorf("neurons are %q", f.Neurons)
	}
	for column := range f.Columns {
		for condition := range 4 {
			for _, v := range f.curve(f.Columns[column].Rates, condition, 0) {
				if want := map[bool]float64{true: 100}[condition == 0]; math.Abs(v-want) > 1e-4 {
					t.Errorf("%s: condition %d has a rate of %v, want %v", f.Columns[column].Name, condition, v, want)
				}
			}
		}
	}
	g := svg(t, f)
	if !g.has("Data", "A", "B", "spikes/s", "Time (ms)", "direction of movement", "Neuron 2, held out") ||
		!strings.HasPrefix(f.Subtitle, "4 conditions; data: 16 trials, smoothed (Gaussian, sd ") || !strings.HasSuffix(f.Subtitle, " ms); methods: 8 validation trials") {
		t.Errorf("texts are %q", g.texts)
	}
	img, _ := render(t, f)
	w := (width - psthLeft - margin - 2*psthColumn) / 3
	y := psthTop + psthHeight*(1-100./106)
	for column := range 3 {
		x := psthLeft + vg.Length(column)*(w+psthColumn) + w/2
		if got := pixel(img, x, y); got != direction(0) {
			t.Errorf("column %d: at 100 spikes/s is %v, want the colour of the first condition, %v", column, got, direction(0))
		}
	}
}

// Conditions without a plane are coloured in their order; a few are named.
func TestPSTHsOfOtherConditions(t *testing.T) {
	d := reaches(16, 4, 6, 3)
	d.Outputs[1].Unit = "N"
	d.Conditions = []string{"left", "right", "up", "down"}
	f := psthsOf(t, d, methods(d, 1))
	if g := svg(t, f); !g.has("left", "right", "up", "down") || g.has("direction of movement") {
		t.Errorf("texts are %q", g.texts)
	}
	if want := []float64{0, math.Pi / 2, math.Pi, 3 * math.Pi / 2}; !slices.Equal(f.Colouring.Angles, want) {
		t.Errorf("conditions are at %v", f.Colouring.Angles)
	}
	many := reaches(40, 20, 6, 3)
	many.Outputs = many.Outputs[:1]
	many.Train.Behavior, many.Valid.Behavior = nil, nil
	if g := svg(t, psthsOf(t, many, methods(many, 1))); !g.has("20 conditions, in their order from the right on") {
		t.Errorf("texts are %q", g.texts)
	}
}

// What cannot be shown is none, or an error that says why.
func TestPSTHsThatAreNone(t *testing.T) {
	d := reaches(16, 4, 6, 3)
	if err := psthsOf(t, d, methods(d, 7)[:6]).Write(t.TempDir() + "/a.png"); err != nil {
		t.Errorf("six methods: %v", err)
	}
	if _, err := PSTHsOf(d, d.Valid, methods(d, 7), 0); err == nil || !strings.Contains(err.Error(), "7 methods") {
		t.Errorf("seven methods: %v", err)
	}
	wrong := []Estimate{{Name: "wrong", Rates: d.Valid.Encod}}
	if _, err := PSTHsOf(d, d.Valid, wrong, 0); err == nil || !strings.Contains(err.Error(), "wrong: rates 8 trials x 6 bins x 2") {
		t.Errorf("other neurons: %v", err)
	}
	d.Valid.Condition = nil
	if f := psthsOf(t, d, methods(d, 1)); f != nil {
		t.Error("a figure of no conditions")
	}
	if err := (&PSTHs{BinWidth: d.BinWidth}).Write("a.png"); err == nil || !strings.Contains(err.Error(), "no conditions") {
		t.Errorf("nothing: %v", err)
	}
}

func TestPSTHsBearAnything(t *testing.T) {
	for name, d := range spoilt(t) {
		f := psthsOf(t, d, methods(d, 2))
		if g := svg(t, f); g.paths == 0 || strings.Contains(string(g.bytes), "NaN") || strings.Contains(string(g.bytes), "Inf") {
			t.Errorf("%s: places are no numbers", name)
		}
	}
}
