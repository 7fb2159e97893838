package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// named are outputs of these names, in mm, velocities in mm/s.
func named(names ...string) (all []dataset.Quantity) {
	for _, name := range names {
		q := dataset.Quantity{Name: name, Unit: "mm"}
		if strings.HasPrefix(name, "vel") {
			q.Unit = "mm/s"
		}
		all = append(all, q)
	}
	return all
}

// Of many outputs a pair that is called alike is the movement, velocities first; what has
// three directions, or no fellow, is none.
func TestPlanar(t *testing.T) {
	for _, c := range []struct {
		outputs []dataset.Quantity
		columns []int
	}{
		{named("pos_x", "pos_y", "vel_x", "vel_y", "target_x", "target_y"), []int{2, 3}},
		{named("pos_x", "pos_y", "target_x", "target_y"), []int{0, 1}},
		{named("force", "vel_x", "vel_y", "vel_z", "pos_x", "pos_y"), []int{4, 5}},
		{named("a", "b", "c"), nil},
		{named("a_x", "b_x"), []int{0, 1}},
		{nil, nil},
	} {
		n := len(c.outputs)
		if n == 0 {
			n = 3
		}
		p := planarOf(&dataset.Dataset{Outputs: c.outputs}, &dataset.Split{Behavior: dataset.NewArray(1, 1, n)})
		if p == nil != (c.columns == nil) || p != nil && !slices.Equal(p.columns, c.columns) {
			t.Errorf("%v: %+v, want %v", c.outputs, p, c.columns)
		}
	}
}

// Beside other outputs movements are drawn and coloured as alone.
func TestMovementsAmongOutputs(t *testing.T) {
	d := reaches(16, 4, 6, 3)
	want, colours := trajectoriesOf(t, d, methods(d, 1)), ColouringOf(d, d.Valid)
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		both := dataset.NewArray(s.Trials(), s.Behavior.Bins, 4)
		for row := range both.Trials * both.Bins {
			copy(both.Data[row*4:], []float32{5, 6})
			copy(both.Data[row*4+2:], s.Behavior.Data[row*2:row*2+2])
		}
		s.Behavior = both
	}
	d.Outputs = named("target_x", "target_y", "vel_x", "vel_y")
	f, c := trajectoriesOf(t, d, methods(d, 1)), ColouringOf(d, d.Valid)
	if f == nil || !slices.Equal(f.Measured.Data, want.Measured.Data) || f.Axes != want.Axes {
		t.Errorf("%+v, want %+v", f, want)
	}
	if !c.Directed || !slices.Equal(c.Angles, colours.Angles) {
		t.Errorf("colours %+v, want %+v", c, colours)
	}
}
