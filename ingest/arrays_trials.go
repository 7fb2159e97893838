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
var prefixesTrials = []string{"trials_", "trial_"}

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

// table makes the trials of the columns whose names begin with a prefix. What
// does not fit is noted and left out.
func (a *arrays) table(g tree.Group, prefix string) error {
	t := &dataset.Table{Name: dataset.TrialsTable}
	for _, key := range g.Keys() {
		name, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		n, err := g.Open(key)
		if err != nil {
			return err
		}
		if a.used[n.Path()] {
			continue
		}
		a.take(n)
		c, err := columnOf(n)
		if err != nil {
			a.note("column %s of trials is left out: %v", name, err)
			continue
		}
		c.Name = columnName(name)
		if len(t.Columns) == 0 {
			t.Rows = c.Len()
		}
		if err := t.Add(c); err != nil {
			a.note("column %s of trials is left out: %v", name, err)
		}
	}
	if len(t.Columns) > 0 {
		a.r.Intervals = append(a.r.Intervals, t)
	}
	return nil
}

// columnName gives start and stop the names that they have in a Recording.
func columnName(name string) string {
	switch {
	case isOneOf(namesStart, name):
		return dataset.ColumnStart
	case isOneOf(namesStop, name):
		return dataset.ColumnStop
	}
	return name
}

// columnOf reads a column of a table: a value, or several, for each row.
func columnOf(n tree.Node) (*dataset.Column, error) {
	switch n := n.(type) {
	case tree.Cells:
		return columnOfCells(n)
	case tree.Array:
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
	single := true
	for i, a := range arrays {
		if a != nil && sizeOf(a.Shape()) > 0 {
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
