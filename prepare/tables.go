package prepare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// findTable returns the table of trials: the one named, or the recording's own.
func findTable(r *dataset.Recording, name string) (*dataset.Table, error) {
	all := slices.Concat(r.Intervals, r.Events)
	if name == "" {
		if t := r.Trials(); t != nil {
			return t, nil
		}
		return nil, fmt.Errorf("which trials are meant? %s; or chop all that was recorded into windows (--chop)", tablesThere(all))
	}
	for _, t := range all {
		if t.Name == name {
			return t, nil
		}
	}
	return nil, fmt.Errorf("there is no table %s: %s", name, tablesThere(all))
}

// tablesThere lists tables and how one is meant.
func tablesThere(all []*dataset.Table) string {
	if len(all) == 0 {
		return "the recording has no table of trials"
	}
	names := make([]string, len(all))
	for i, t := range all {
		names[i] = fmt.Sprintf("%s (%d rows)", t.Name, t.Rows)
	}
	return "the recording has " + strings.Join(names, ", ") + "; name one with --trials"
}

// moments returns when each row's event is, in s, and the name of its column.
func moments(t *dataset.Table, o *Options) (name string, times []float64, err error) {
	name = o.Align
	for _, usual := range []string{dataset.ColumnStart, dataset.ColumnTime} {
		if name == "" && t.Numbers(usual) != nil {
			name = usual
		}
	}
	c := t.Column(name)
	if c == nil || c.Numbers == nil {
		return name, nil, fmt.Errorf("%s has %s to align to: %s (--align)", t.Name, lacking(name, c), momentsOf(t))
	}
	if o.FromStart {
		times, err = fromStarts(t, c)
		return name, times, err
	}
	if before, likely := t.CountsFromStart(c); likely {
		return name, nil, fmt.Errorf("%s lies before start_time in %d of %d rows of %s: if it counts from each trial's start, say so (--align-from-start)",
			c.Name, before, t.Rows, t.Name)
	}
	return name, c.Numbers, nil
}

// lacking says what is not there.
func lacking(name string, c *dataset.Column) string {
	switch {
	case name == "":
		return "no column of moments"
	case c == nil:
		return "no column " + name
	}
	return fmt.Sprintf("no numbers in %s, but %ss,", name, c.Kind())
}

// momentsOf lists the columns of moments, by their names, and those that may be.
func momentsOf(t *dataset.Table) string {
	var times, others []string
	for _, c := range t.Columns {
		switch {
		case c.IsTime():
			times = append(times, c.Name)
		case c.Numbers != nil:
			others = append(others, c.Name)
		}
	}
	text := "none of its columns holds times in seconds"
	if len(times) > 0 {
		text = "its columns of times are " + strings.Join(times, ", ")
	}
	if len(others) > 0 {
		text += "; other numbers are in " + strings.Join(others, ", ")
	}
	return text
}

// fromStarts turns moments that count from each trial's start into moments on the
// recording's clock.
func fromStarts(t *dataset.Table, c *dataset.Column) ([]float64, error) {
	starts := t.Numbers(dataset.ColumnStart)
	if starts == nil || c.Name == dataset.ColumnStart {
		return nil, fmt.Errorf("%s of %s cannot count from each trial's start: name a column that does (--align), or leave out --align-from-start", c.Name, t.Name)
	}
	times := make([]float64, t.Rows)
	for i, start := range starts {
		times[i] = start + c.Numbers[i]
	}
	return times, nil
}

// columnNames lists the columns of a table.
func columnNames(t *dataset.Table) string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

// unitColumns says which columns units have.
func unitColumns(t *dataset.Table) string {
	if len(t.Columns) == 0 {
		return "they have none"
	}
	return "they have " + columnNames(t)
}
