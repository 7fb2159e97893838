package ingest

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// object reads what is neither spikes nor clusters: a table with intervals, as
// trials; signals with times; or times alone, which are events.
func (a *alfReader) object(f *alfFolder, object string) error {
	var intervals, clock tree.Array
	values := map[string]tree.Array{}
	var names []string
	for _, n := range f.names {
		if n.object != object {
			continue
		}
		array, err := a.array(filepath.Join(f.path, n.file))
		if err != nil {
			return err
		}
		shape := array.Shape()
		switch {
		case n.attribute == "intervals" && len(shape) == 2 && shape[1] == 2:
			intervals = array
		case n.attribute == "times" || n.attribute == "timestamps":
			clock = array
		default:
			values[n.attribute] = array
			names = append(names, n.attribute)
		}
	}
	switch {
	case intervals != nil:
		return a.intervals(object, intervals, names, values)
	case clock != nil:
		return a.signals(object, clock, names, values)
	}
	a.note("%s has neither intervals nor times, and is left out", object)
	return nil
}

// array opens a file's array, which stays open.
func (a *alfReader) array(path string) (tree.Array, error) {
	f, err := tree.Open(path)
	if err != nil {
		return nil, err
	}
	a.open = append(a.open, f)
	return tree.ArrayAt(f.Root(), f.Root().Keys()[0])
}

// intervals makes a table of an object whose intervals are n x 2.
func (a *alfReader) intervals(object string, intervals tree.Array, names []string, values map[string]tree.Array) error {
	if n := intervals.Shape()[0]; n > maxUnits {
		return fmt.Errorf("%s has %d intervals", object, n)
	}
	both, err := intervals.Float64s()
	if err != nil {
		return err
	}
	t := &dataset.Table{Name: object, Rows: len(both) / 2}
	start, stop := make([]float64, t.Rows), make([]float64, t.Rows)
	for i := range start {
		start[i], stop[i] = both[2*i], both[2*i+1]
	}
	t.Columns = []*dataset.Column{{Name: dataset.ColumnStart, Numbers: start}, {Name: dataset.ColumnStop, Numbers: stop}}
	for _, name := range names {
		a.column(t, name, values[name])
	}
	a.recording.Intervals = append(a.recording.Intervals, t)
	return nil
}

// column adds a column; what does not fit is noted. Moments are called as those of
// other sources are: goCue_times becomes goCue_time.
func (a *alfReader) column(t *dataset.Table, name string, values tree.Array) {
	if sizeOf(values.Shape()) > maxUnits {
		a.note("%s.%s is left out: it has %v values", t.Name, name, values.Shape())
		return
	}
	c, err := columnOfArray(values)
	if err == nil {
		c.Name = name
		if moment, ok := strings.CutSuffix(name, "_times"); ok {
			c.Name = moment + "_time"
		}
		err = t.Add(c)
	}
	if err != nil {
		a.note("%s.%s is left out: %v", t.Name, name, err)
	}
}

// evenSignals makes streams of values between whose first and last the clock has
// the samples' numbers and times: those between are evenly spaced.
func (a *alfReader) evenSignals(object string, clock tree.Array, names []string, values map[string]tree.Array) error {
	ends, err := clock.Float64s()
	if err != nil {
		return err
	}
	rate := (ends[2] - ends[0]) / (ends[3] - ends[1])
	if !(rate > 0) || math.IsInf(rate, 0) {
		a.note("%s is left out: its clock has samples %g and %g at %g and %g s", object, ends[0], ends[2], ends[1], ends[3])
		return nil
	}
	for _, name := range names {
		v := values[name]
		if !v.IsNumber() || v.Fields() != nil || sizeOf(v.Shape()) == 0 {
			a.note("%s.%s is left out: it is %s of shape %v", object, name, tree.Kind(v), v.Shape())
			continue
		}
		data := newRows(v)
		a.recording.Streams = append(a.recording.Streams, &dataset.Stream{
			Name: object + "_" + name, Features: data.width, Data: data, Start: ends[1] - ends[0]/rate, Rate: rate,
		})
	}
	return nil
}

// signals makes streams of values with as many rows as the clock; times without
// are events.
func (a *alfReader) signals(object string, clock tree.Array, names []string, values map[string]tree.Array) error {
	if shape := clock.Shape(); slices.Equal(shape, []int{2, 2}) && clock.IsNumber() {
		return a.evenSignals(object, clock, names, values)
	}
	n, flat := lengthOf(clock.Shape())
	if !flat || !clock.IsNumber() {
		a.note("times of %s have shape %v, of samples and times to interpolate between: it is left out", object, clock.Shape())
		return nil
	}
	taken := 0
	for _, name := range names {
		v := values[name]
		if !v.IsNumber() || v.Fields() != nil || sizeOf(v.Shape()) == 0 || newRows(v).Len() != n {
			a.note("%s.%s is left out: it has shape %v for %d times", object, name, v.Shape(), n)
			continue
		}
		data := newRows(v)
		a.recording.Streams = append(a.recording.Streams, &dataset.Stream{
			Name: object + "_" + name, Features: data.width, Data: data, Clock: newRows(clock),
		})
		taken++
	}
	if taken > 0 || n > maxUnits {
		return nil
	}
	times, err := clock.Float64s()
	if err == nil {
		t := &dataset.Table{Name: object, Rows: len(times), Columns: []*dataset.Column{{Name: dataset.ColumnTime, Numbers: nonNil(times)}}}
		a.recording.Events = append(a.recording.Events, t)
	}
	return err
}
