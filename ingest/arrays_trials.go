package ingest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

var (
	namesTrials = []string{"trials", "trial_table", "trial_info", "trial"}
	namesStart  = []string{dataset.ColumnStart, "start", "starts", "start_times", "trial_start", "trial_starts", "t_start", "tstart", "onset", "begin"}
	namesStop   = []string{dataset.ColumnStop, "stop", "stops", "stop_times", "end_time", "end", "ends", "end_times", "trial_end", "trial_stop", "t_stop", "t_end", "tstop", "tend", "offset"}
)

// prefixesTrials begin the names of arrays that are columns of trials.
var prefixesTrials = []string{"trials_", "trial_", "trials.", "trial.", "trials/"}

// trials finds a table of trials in a group, if none is found yet.
func (a *arrays) trials(g tree.Group) error {
	if a.r.Trials() != nil {
		return nil
	}
	if key := firstOf(g, namesTrials); key != "" {
		n, err := g.Open(key)
		if err != nil {
			return err
		}
		if inner := columnsOf(n); inner != nil {
			a.take(n)
			return a.table(inner, "")
		}
	}
	for _, prefix := range prefixesTrials {
		if slices.ContainsFunc(g.Keys(), func(k string) bool { return isTrialStart(k, prefix) }) {
			return a.table(g, prefix)
		}
	}
	return nil
}

func isTrialStart(key, prefix string) bool {
	name, ok := strings.CutPrefix(strings.ToLower(key), prefix)
	return ok && isOneOf(namesStart, name)
}

// table makes the trials of the columns whose names begin with a prefix: as many rows
// as there are starts. What does not fit is noted and left out.
func (a *arrays) table(g tree.Group, prefix string) error {
	columns := a.columns(g, prefix)
	if len(columns) == 0 {
		return nil
	}
	t := &dataset.Table{Name: dataset.TrialsTable, Rows: columns[0].Len()}
	start := slices.IndexFunc(columns, func(c *dataset.Column) bool { return c.Name == dataset.ColumnStart })
	if start >= 0 {
		t.Rows = columns[start].Len()
	}
	for _, c := range columns {
		if err := t.Add(c); err != nil {
			a.leave(c.Name, err)
		}
	}
	if start >= 0 && t.Column(dataset.ColumnStop) == nil {
		a.note("%s has no stop_time: taken as not known", t.Name)
		t.Columns = append(t.Columns, &dataset.Column{Name: dataset.ColumnStop, Numbers: unknown(t.Rows)})
	}
	a.r.Intervals = append(a.r.Intervals, t)
	return nil
}

// columns reads the columns of trials, of any lengths. Of several that may be the start
// of trials, or the stop, the first of those names is it, and the others are what they
// are called.
func (a *arrays) columns(g tree.Group, prefix string) (columns []*dataset.Column) {
	start, stop := firstOf(g, behindPrefix(prefix, namesStart)), firstOf(g, behindPrefix(prefix, namesStop))
	for _, key := range g.Keys() {
		name, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		n, err := g.Open(key)
		if err != nil {
			a.leave(name, err)
			continue
		}
		if a.used[n.Path()] {
			continue
		}
		a.take(n)
		c, err := a.columnOf(n)
		if err != nil {
			a.leave(name, err)
			continue
		}
		switch c.Name = name; key {
		case start:
			c.Name = dataset.ColumnStart
		case stop:
			c.Name = dataset.ColumnStop
		}
		a.onClock(c, n)
		columns = append(columns, c)
	}
	return columns
}

func (a *arrays) leave(column string, err error) {
	a.note("column %s of trials is left out: %v", column, err)
}

// onClock makes seconds of moments of an integer type, where those of the spikes
// are not in seconds either.
func (a *arrays) onClock(c *dataset.Column, n tree.Node) {
	if v, ok := n.(tree.Array); ok && a.perSecond > 1 && c.IsTime() && strings.Contains(v.Type(), "int") {
		inSeconds(c.Numbers, a.perSecond)
		a.note("%s of trials are whole numbers (%s), taken for %g a second, as the spike times are", c.Name, v.Type(), a.perSecond)
	}
}

func behindPrefix(prefix string, names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = prefix + name
	}
	return all
}

// columnOf reads a column of a table: a value, or several, for each row.
func (a *arrays) columnOf(n tree.Node) (*dataset.Column, error) {
	switch n := n.(type) {
	case tree.Cells:
		return columnOfCells(n)
	case tree.Array:
		if err := a.holds(n); err != nil {
			return nil, err
		}
		return columnOfArray(n)
	}
	return nil, fmt.Errorf("it is %s", tree.Kind(n))
}

func columnOfArray(a tree.Array) (*dataset.Column, error) {
	if a.IsText() {
		words, err := a.Strings()
		return &dataset.Column{Words: nonNil(words)}, err
	}
	if !a.IsNumber() || a.Fields() != nil {
		return nil, fmt.Errorf("it holds %s", a.Type())
	}
	if _, flat := lengthOf(a.Shape()); !flat {
		return listsOf(a)
	}
	if a.Type() == "bool" {
		flags, err := a.Bools()
		return &dataset.Column{Flags: nonNil(flags)}, err
	}
	numbers, err := a.Float64s()
	return &dataset.Column{Numbers: nonNil(numbers)}, err
}

// listsOf reads several numbers a row.
func listsOf(a tree.Array) (*dataset.Column, error) {
	shape := a.Shape()
	if len(shape) == 0 {
		return nil, fmt.Errorf("it is one number")
	}
	if n := sizeOf(shape); n > maxListed {
		return nil, notForTables("it has %d values", n)
	}
	all, err := a.Float64s()
	if err != nil {
		return nil, err
	}
	width := sizeOf(shape[1:])
	c := &dataset.Column{Lists: make([][]float64, shape[0])}
	for i := range c.Lists {
		c.Lists[i] = all[i*width : (i+1)*width]
	}
	return c, nil
}

// columnOfCells reads a cell a row: words, numbers, or lists of numbers.
func columnOfCells(cells tree.Cells) (*dataset.Column, error) {
	if words := wordsOf(cells); words != nil && !cellsAreNumbers(cells) {
		return &dataset.Column{Words: words}, nil
	}
	arrays, err := cellsOf(cells)
	if err != nil {
		return nil, err
	}
	c := &dataset.Column{Lists: make([][]float64, len(arrays))}
	single, values := true, 0
	for i, a := range arrays {
		if a != nil && sizeOf(a.Shape()) > 0 {
			if values += sizeOf(a.Shape()); values > maxListed {
				return nil, notForTables("it has more than %d values", maxListed)
			}
			if c.Lists[i], err = a.Float64s(); err != nil {
				return nil, err
			}
		}
		single = single && len(c.Lists[i]) == 1
	}
	if !single || len(arrays) == 0 {
		return c, nil
	}
	numbers := make([]float64, len(c.Lists))
	for i, l := range c.Lists {
		numbers[i] = l[0]
	}
	return &dataset.Column{Numbers: numbers}, nil
}

func cellsAreNumbers(cells tree.Cells) bool {
	for i := range cells.Len() {
		n, err := cells.Cell(i)
		if a, ok := n.(tree.Array); err != nil || !ok || !a.IsNumber() {
			return false
		}
	}
	return true
}
