package report

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// pathsShown is how many trials a panel shows at most: more hide each other.
const pathsShown = 120

// TrajectoriesOf is the figure of a split's behaviour in a plane, as measured and as
// decoded: velocities, which their names or unit tell, are added up to positions from
// where each trial begins; other outputs are drawn as they are. Of more than two outputs, two are
// drawn that are called alike but for their last part, velocities first. It is nil without
// two of one unit, or where no method decodes them. Estimates that are
// not as the split are an error.
func TrajectoriesOf(d *dataset.Dataset, s *dataset.Split, estimates []Estimate) (*Trajectories, error) {
	plane := planarOf(d, s)
	if err := checkEstimates(s, estimates); err != nil || plane == nil {
		return nil, err
	}
	all := ColouringOf(d, s)
	shown := spreadOver(s.Trials(), pathsShown)
	c := Colouring{Directed: all.Directed, Names: all.Names}
	for _, i := range shown {
		c.Angles = append(c.Angles, all.Angles[i])
	}
	step := 0.
	if plane.velocity && d.BinWidth > 0 {
		step = d.BinWidth.Seconds()
	}
	f := &Trajectories{
		Title: "Behaviour in its plane, measured and decoded", Subtitle: pathsAre(d, s, len(shown), step > 0),
		Axes: planeAxes(plane.outputs, step > 0), Colouring: c, Measured: courses(plane.of(s.Behavior), shown, step),
	}
	for _, e := range estimates {
		if e.Decoded != nil {
			f.Decoded = append(f.Decoded, Path{Name: e.Name, Values: courses(plane.of(e.Decoded), shown, step)})
		}
	}
	if len(f.Decoded) == 0 {
		return nil, nil
	}
	return f, nil
}

// pathsAre says which trials are shown, and what of them.
func pathsAre(d *dataset.Dataset, s *dataset.Split, shown int, summed bool) string {
	if summed {
		return someOf(d, s, shown) + "; velocities added up from each trial's beginning"
	}
	return someOf(d, s, shown) + "; outputs as they are"
}

// spreadOver returns up to most of the numbers below n, evenly spread.
func spreadOver(n, most int) []int {
	all := upTo(min(n, most))
	for i := range all {
		all[i] = i * n / len(all)
	}
	return all
}

// courses are some trials' outputs; with a step in s, velocities' sums times it. What is
// missing stays so, and positions after it are unknown.
func courses(a *dataset.Array, trials []int, step float64) *dataset.Array {
	out := a.Pick(trials)
	if step == 0 {
		return out
	}
	for i := range out.Trials {
		var at [2]float64
		for j, v := range out.Trial(i) {
			at[j%2] += float64(float64(v) * step)
			out.Trial(i)[j] = float32(at[j%2])
		}
	}
	return out
}

// planeAxes names the axes: the outputs' names and unit, that of positions where
// velocities were added up.
func planeAxes(outputs []dataset.Quantity, summed bool) (axes [2]string) {
	names, unit := outputNames(outputs, 2)
	for i := range axes {
		switch {
		case summed:
			axes[i] = fmt.Sprintf("%s from the start (%s)", string("xy"[i]), positionUnit(unit))
		case unit == "":
			axes[i] = names[i] + " (the file's unit)"
		default:
			axes[i] = fmt.Sprintf("%s (%s)", names[i], unit)
		}
	}
	return axes
}

// positionUnit is the unit of a velocity's sum.
func positionUnit(unit string) string {
	if of, ok := strings.CutSuffix(unit, "/s"); ok {
		return of
	}
	if unit == "" {
		return "the file's unit x s"
	}
	return unit + " x s"
}
