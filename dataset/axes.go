package dataset

import (
	"fmt"
	"slices"
	"strings"
)

// axes is where in the file the axes lie: axes[0] that of trials, axes[1] that
// of bins, axes[2] that of neurons (features).
type axes [3]int

var (
	usualAxes = axes{0, 1, 2}
	axisNames = []string{"trials", "bins", "neurons"}
)

// otherAxes are the orders tried for a file that does not fit in the usual one,
// those that people's tools leave first.
var otherAxes = []axes{
	{2, 1, 0}, // neurons, bins, trials: MATLAB writes the reverse
	{0, 2, 1}, // trials, neurons, bins: channels first
	{2, 0, 1}, // bins, neurons, trials: the reverse of that
	{1, 0, 2},
	{1, 2, 0},
}

// parseAxes reads an order such as "neurons,bins,trials".
func parseAxes(text string) (axes, error) {
	if text == "" {
		return usualAxes, nil
	}
	a := axes{-1, -1, -1}
	names := strings.Split(text, ",")
	for at, name := range names {
		if i := slices.Index(axisNames, strings.TrimSpace(strings.ToLower(name))); i >= 0 {
			a[i] = at
		}
	}
	if len(names) != 3 || slices.Contains(a[:], -1) {
		return a, fmt.Errorf("axes are %q: name trials, bins and neurons, each once, in the order of the file's axes as h5py or h5ls shows them, for example neurons,bins,trials", text)
	}
	return a, nil
}

// String names the axes in the order of the file.
func (x axes) String() string {
	names := make([]string, 3)
	for i, at := range x {
		names[at] = axisNames[i]
	}
	return strings.Join(names, ",")
}

// of returns trials, bins and features of an array of that shape in the file;
// without an axis of features there is one.
func (x axes) of(shape []int) (trials, bins, features int) {
	if len(shape) == 3 {
		return shape[x[0]], shape[x[1]], shape[x[2]]
	}
	if x[0] < x[1] {
		return shape[0], shape[1], 1
	}
	return shape[1], shape[0], 1
}

// arrange brings values into the order trials, bins, features.
func (x axes) arrange(values []float32, shape []int) *Array {
	trials, bins, features := x.of(shape)
	a := &Array{trials, bins, features, values}
	if len(shape) == 2 {
		shape, x = twoAxes(x, shape)
	}
	if x == usualAxes {
		return a
	}
	stride := [3]int{shape[1] * shape[2], shape[2], 1}
	a.Data = make([]float32, len(values))
	i := 0
	for t := range trials {
		for b := range bins {
			for f := range features {
				if v := values[t*stride[x[0]]+b*stride[x[1]]+f*stride[x[2]]]; v != 0 {
					a.Data[i] = v // zeros are there, and take no memory
				}
				i++
			}
		}
	}
	return a
}

// twoAxes gives a shape without features an axis for them.
func twoAxes(x axes, shape []int) ([]int, axes) {
	three := []int{shape[0], shape[1], 1}
	if x[0] < x[1] {
		return three, usualAxes
	}
	return three, axes{1, 0, 2}
}

// fit checks that the arrays fit each other and that their axes are what they
// are taken for.
func (l *loader) fit(d *Dataset) error {
	err := d.check()
	if l.options.Axes != "" || err != nil && (l.layout.benchmark || l.layout.whole != "") {
		return err
	}
	if err != nil {
		if fitting := l.fitting(d); len(fitting) > 0 {
			return fmt.Errorf("%w; read as %s the arrays would fit each other: if the file's axes lie so, give --axes %s (data.axes)%s",
				err, fitting[0], fitting[0], orAxes(fitting[1:]))
		}
		return err
	}
	if seen, why := d.exchanged(); why != "" {
		return fmt.Errorf("the axes look like %s instead of trials,bins,neurons: %s; if they are, give --axes %s (data.axes), if not, --axes trials,bins,neurons", seen, why, seen)
	}
	return nil
}

func orAxes(others []axes) string {
	if len(others) == 0 {
		return ""
	}
	return fmt.Sprintf(", or %s", others[0])
}

// fitting returns the orders of axes in which the arrays would fit each other.
func (l *loader) fitting(d *Dataset) []axes {
	var fit []axes
	for _, x := range otherAxes {
		if l.shadow(d, x).check() == nil {
			fit = append(fit, x)
		}
	}
	return fit
}

// shadow returns a dataset of the shapes, without numbers, that d would have if
// its axes lay as x says.
func (l *loader) shadow(d *Dataset, x axes) *Dataset {
	turn := func(a *Array) *Array {
		if a == nil {
			return nil
		}
		shape := []int{a.Trials, a.Bins, a.Features}
		if l.flat[a] {
			shape = shape[:2]
		}
		trials, bins, features := x.of(shape)
		return &Array{Trials: trials, Bins: bins, Features: features}
	}
	turned := func(s *Split) *Split {
		if s == nil {
			return nil
		}
		return &Split{
			Encod: turn(s.Encod), Recon: turn(s.Recon), SetAside: turn(s.SetAside), External: turn(s.External), Truth: turn(s.Truth),
			Latents: turn(s.Latents), Behavior: turn(s.Behavior), Condition: s.Condition, TrialIDs: s.TrialIDs,
		}
	}
	return &Dataset{Train: turned(d.Train), Valid: turned(d.Valid), Test: turned(d.Test), layout: d.layout, alone: d.alone}
}
