package prepare

import (
	"math"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// columnOf finds a column of numbers, or of true and false, of the table of trials:
// NAME, TABLE.NAME, or trials.NAME whatever the table is called; nil: there is none.
func columnOf(r *dataset.Recording, table, name string) *dataset.Column {
	t, err := findTable(r, table)
	if table == "" || err != nil {
		return nil
	}
	for _, called := range []string{name, afterDot(table, name), afterDot(dataset.TrialsTable, name)} {
		if c := t.Column(called); c != nil && isBehavior(c) {
			return c
		}
	}
	return nil
}

// afterDot is the name of a column behind that of its table; "" if that is not in front.
func afterDot(table, name string) string {
	column, is := strings.CutPrefix(name, table+".")
	if !is {
		return ""
	}
	return column
}

// isBehavior reports whether a column has a number for each trial, or true and false.
func isBehavior(c *dataset.Column) bool { return c.Numbers != nil || c.Flags != nil }

// columnsThere lists the columns of the table of trials that behaviour can be, but for
// moments; "" if there are none.
func columnsThere(r *dataset.Recording, table string) string {
	t, err := findTable(r, table)
	if table == "" || err != nil {
		return ""
	}
	var names []string
	for _, c := range t.Columns {
		if isBehavior(c) && !c.IsTime() {
			names = append(names, table+"."+c.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; a number of each trial is in " + few(names)
}

// constant puts each trial's value of a column into all its bins.
func (s *source) constant(out *dataset.Array, dimension int, rows []int64) {
	for w, row := range rows {
		v := 0.
		switch {
		case s.column.Numbers != nil:
			v = known(s.column.Numbers[row])
		case s.column.Flags[row]:
			v = 1
		}
		for bin := range out.Bins {
			out.Bin(w, bin)[dimension] = float32(v)
		}
	}
}

// known returns a value; NaN for an infinite one.
func known(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}
