package report

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

func trajectoriesOf(t *testing.T, d *dataset.Dataset, estimates []Estimate) *Trajectories {
	t.Helper()
	f, err := TrajectoriesOf(d, d.Valid, estimates)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Velocities are added up: 100 mm/s for 6 bins of 10 ms are 6 mm, to each side.
func TestTrajectories(t *testing.T) {
	d := reaches(16, 4, 6, 3)
	f := trajectoriesOf(t, d, methods(d, 2))
	if end := f.Measured.Trial(0)[10:]; math.Abs(float64(end[0])-6) > 1e-5 || math.Abs(float64(end[1])) > 1e-5 {
		t.Errorf("the first trial ends at %v, want 6, 0", end)
	}
	g := svg(t, f)
	if !g.has("Measured", "A", "B", "x from the start (mm)", "y from the start (mm)", "direction of movement", "8 validation trials; velocities added up from each trial's beginning") {
		t.Errorf("texts are %q", g.texts)
	}
	p := newPlane(3, []*dataset.Array{f.Measured}, 0, 1)
	w, h := p.size()
	if scale := float64(w/h) / (p.x.size() / p.y.size()); math.Abs(scale-1) > 1e-9 {
		t.Errorf("an mm to the right is %v of one up", scale)
	}
	img, _ := render(t, f)
	for i, angle := range []float64{0, math.Pi / 2, math.Pi, -math.Pi / 2} {
		x := 4 * math.Cos(angle)
		y := 4 * math.Sin(angle)
		at := newPanel(pageOf(p.height()), box{planeLeft, planeTop, w, h}, p.x, p.y)
		place := at.at(x, y)
		if got := pixel(img, place.X, p.height()-place.Y); apart(lab(got, eyes["all"]), lab(direction(angle), eyes["all"])) > 3 {
			t.Errorf("trial of condition %d is %v at %v mm, want %v", i, got, place, direction(angle))
		}
	}
}

// Outputs that are no velocities are drawn as they are; without a plane there is nothing.
func TestTrajectoriesOfOtherOutputs(t *testing.T) {
	d := reaches(16, 4, 6, 3)
	d.Outputs = nil
	if g := svg(t, trajectoriesOf(t, d, methods(d, 1))); !g.has("x (the file's unit)", "8 validation trials; outputs as they are") {
		t.Errorf("texts are %q", g.texts)
	}
	d.Outputs = []dataset.Quantity{{Name: "hand x", Unit: "cm"}, {Name: "hand y", Unit: "cm"}}
	if f := trajectoriesOf(t, d, methods(d, 1)); f.Axes[0] != "hand x (cm)" || f.Measured.Data[0] != d.Valid.Behavior.Data[0] {
		t.Errorf("axes %q, first value %v", f.Axes, f.Measured.Data[0])
	}
	d.Outputs[1].Unit = "s"
	if trajectoriesOf(t, d, methods(d, 1)) != nil {
		t.Error("a plane of two units")
	}
	d.Outputs = nil
	if trajectoriesOf(t, d, []Estimate{{Name: "none"}}) != nil {
		t.Error("a figure though nobody decodes")
	}
	d.Valid.Condition = nil
	if c := ColouringOf(d, d.Valid); !c.Directed {
		t.Error("trials without conditions have no direction")
	}
}

// What is missing breaks a path, and positions after it are not known.
func TestGapsInTrajectories(t *testing.T) {
	d := reaches(8, 2, 6, 3)
	d.Valid.Behavior.Data[4] = float32(math.NaN())
	m := trajectoriesOf(t, d, methods(d, 1)).Measured.Trial(0)
	if !(m[2] == 2 && m[4] != m[4] && m[10] != m[10] && m[11] == m[11]) {
		t.Errorf("positions %v", m)
	}
}

func TestTrajectoriesBearAnything(t *testing.T) {
	for name, d := range spoilt(t) {
		g := svg(t, trajectoriesOf(t, d, methods(d, 3)))
		if g.paths == 0 || strings.Contains(string(g.bytes), "NaN") || strings.Contains(string(g.bytes), "Inf") {
			t.Errorf("%s: places are no numbers", name)
		}
	}
	if n := trajectoriesOf(t, reaches(600, 3, 2, 1), methods(reaches(600, 3, 2, 1), 1)).Measured.Trials; n != pathsShown {
		t.Errorf("%d of 300 trials are drawn", n)
	}
}
