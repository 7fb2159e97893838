package dataset

import (
	"fmt"
	"strconv"
	"strings"
)

// Names that tables and columns of a Recording have, whatever the file called
// them.
const (
	TrialsTable = "trials"
	ColumnStart = "start_time" // s; of a table of intervals
	ColumnStop  = "stop_time"  // s; NaN where the file does not know it
	ColumnTime  = "time"       // s; of a table of events
)

// StreamTrueRates is the stream of a simulated recording that holds the true rate of each
// unit in spikes/s, in the order of Units, from each sample's moment to the next.
const StreamTrueRates = "true_rates"

// Table is rows of named columns: trials, events, what is known of units.
type Table struct {
	Name    string
	About   string // the file's own description; "": none
	Rows    int
	Columns []*Column // all of Rows values, in the file's order
}

// Column returns the column of a name; nil if there is none.
func (t *Table) Column(name string) *Column {
	for _, c := range t.Columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Numbers returns a column's numbers; nil if there is no such column of numbers.
func (t *Table) Numbers(name string) []float64 {
	if c := t.Column(name); c != nil {
		return c.Numbers
	}
	return nil
}

// Intervals returns the start and stop of each row; nil without such columns.
func (t *Table) Intervals() []Interval {
	start, stop := t.Numbers(ColumnStart), t.Numbers(ColumnStop)
	if start == nil || stop == nil {
		return nil
	}
	rows := make([]Interval, t.Rows)
	for i := range rows {
		rows[i] = Interval{start[i], stop[i]}
	}
	return rows
}

// CountsFromStart reports whether a column of moments is likely to count from each
// row's start, not to be on the recording's clock: most lie before the row, and all
// before the middle of the session. Before is how many lie before the row.
func (t *Table) CountsFromStart(c *Column) (before int, likely bool) {
	starts := t.Numbers(ColumnStart)
	if starts == nil || c.Name == ColumnStart {
		return 0, false
	}
	for i, start := range starts {
		if c.Numbers[i] < start {
			before++
		}
	}
	session := Span(starts)
	return before, 2*before > t.Rows && Span(c.Numbers).Stop < (session.Start+session.Stop)/2
}

// Add adds a column. The error names one whose length is not the table's, or
// whose name is taken.
func (t *Table) Add(c *Column) error {
	if c.Len() != t.Rows {
		return fmt.Errorf("column %s has %d values for %d rows of %s", c.Name, c.Len(), t.Rows, t.Name)
	}
	if t.Column(c.Name) != nil {
		return fmt.Errorf("%s has two columns called %s", t.Name, c.Name)
	}
	t.Columns = append(t.Columns, c)
	return nil
}

// Column is one kind of value for all rows of a table. One of Numbers, Words,
// Flags and Lists holds them; the others are nil.
type Column struct {
	Name    string
	About   string      // the file's own description; "": none
	Numbers []float64   // NaN: not known
	Words   []string    // "": not known
	Flags   []bool      // true or false
	Lists   [][]float64 // several numbers a row, not always as many
}

// Len returns the number of rows.
func (c *Column) Len() int {
	return max(len(c.Numbers), len(c.Words), len(c.Flags), len(c.Lists))
}

// Kind names what the values are: "number", "word", "true or false" or "list".
func (c *Column) Kind() string {
	switch {
	case c.Words != nil:
		return "word"
	case c.Flags != nil:
		return "true or false"
	case c.Lists != nil:
		return "list"
	}
	return "number"
}

// IsTime reports whether the column holds moments in seconds, by its name: start
// and stop, and what ends in _time.
func (c *Column) IsTime() bool {
	return c.Numbers != nil && (c.Name == ColumnTime || strings.HasSuffix(c.Name, "_time"))
}

// Text returns a row's value as a table shows it.
func (c *Column) Text(row int) string {
	switch {
	case c.Words != nil:
		return c.Words[row]
	case c.Flags != nil:
		return strconv.FormatBool(c.Flags[row])
	case c.Lists != nil:
		parts := make([]string, len(c.Lists[row]))
		for i, v := range c.Lists[row] {
			parts[i] = shortNumber(v)
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return shortNumber(c.Numbers[row])
}

func shortNumber(v float64) string { return strconv.FormatFloat(v, 'g', 10, 64) }

// NewTable returns a table of columns, all of as many rows as the first.
func NewTable(name string, columns ...*Column) (*Table, error) {
	t := &Table{Name: name}
	if len(columns) > 0 {
		t.Rows = columns[0].Len()
	}
	for _, c := range columns {
		if err := t.Add(c); err != nil {
			return nil, err
		}
	}
	return t, nil
}
