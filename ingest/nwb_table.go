package ingest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// readTables reads the tables that have times: those of intervals, the trials
// first, and those of events. A broken column or table is noted, and hides no
// other.
func (n *nwbFile) readTables(r *dataset.Recording) {
	name := shortNames(n.tables)
	for i, g := range n.tables {
		if g.isUnits() {
			continue
		}
		t, err := n.table(g)
		if err != nil {
			n.leaveBroken(g.path, err)
			continue
		}
		t.Name = name[i]
		n.place(r, g, t)
	}
	slices.SortStableFunc(r.Intervals, func(a, b *dataset.Table) int {
		return count(b.Name == dataset.TrialsTable) - count(a.Name == dataset.TrialsTable)
	})
}

// place adds a table to those of intervals or of events, by its columns.
func (n *nwbFile) place(r *dataset.Recording, g *nwbGroup, t *dataset.Table) {
	start := t.Numbers(dataset.ColumnStart)
	switch {
	case start == nil:
		if !n.placeEvents(r, t) {
			n.leave(g.path, "tables without a column of times")
		}
	case t.Numbers(dataset.ColumnStop) != nil:
		r.Intervals = append(r.Intervals, t)
	case g.has(dataset.ColumnStop):
		n.leave(g.path, "its stop_time cannot be read as numbers")
	default:
		n.note("%s has no stop_time: taken as not known", g.path)
		t.Columns = slices.Insert(t.Columns, 1, &dataset.Column{Name: dataset.ColumnStop, Numbers: unknown(t.Rows)})
		r.Intervals = append(r.Intervals, t)
	}
}

// placeEvents adds a table of events: its moments are a column of one of the names
// that versions of NWB and its extension ndx-events have for it.
func (n *nwbFile) placeEvents(r *dataset.Recording, t *dataset.Table) bool {
	if c := t.Column("event_times"); c != nil && c.Lists != nil {
		t = spread(t, c)
	}
	for _, name := range []string{dataset.ColumnTime, "timestamp", "event_times", "timestamps"} {
		if c := t.Column(name); c != nil && c.Numbers != nil {
			c.Name = dataset.ColumnTime
			r.Events = append(r.Events, t)
			return true
		}
	}
	return false
}

// spread makes a row of each moment of a table that has several a row.
func spread(t *dataset.Table, times *dataset.Column) *dataset.Table {
	var rows []int
	at := &dataset.Column{Name: dataset.ColumnTime, About: times.About, Numbers: []float64{}}
	for row, list := range times.Lists {
		for range list {
			rows = append(rows, row)
		}
		at.Numbers = append(at.Numbers, list...)
	}
	out := &dataset.Table{Name: t.Name, About: t.About, Rows: len(rows), Columns: []*dataset.Column{at}}
	for _, c := range t.Columns {
		if c != times && c.Name != dataset.ColumnTime && c.Lists == nil {
			out.Columns = append(out.Columns, rowsOf(c, rows))
		}
	}
	return out
}

// rowsOf is a column with some rows of another, in this order.
func rowsOf(c *dataset.Column, rows []int) *dataset.Column {
	out := &dataset.Column{Name: c.Name, About: c.About}
	for _, row := range rows {
		switch {
		case c.Words != nil:
			out.Words = append(out.Words, c.Words[row])
		case c.Flags != nil:
			out.Flags = append(out.Flags, c.Flags[row])
		default:
			out.Numbers = append(out.Numbers, c.Numbers[row])
		}
	}
	return out
}

// unknown are n numbers that are not known.
func unknown(n int) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = math.NaN()
	}
	return all
}

// table reads all columns of a table that can be read, and notes the others.
func (n *nwbFile) table(g *nwbGroup) (*dataset.Table, error) {
	names := n.columnNames(g)
	ids, err := n.rowIDs(g, names)
	if err != nil {
		return nil, err
	}
	t := &dataset.Table{Name: g.path, About: oneLine(g.attrs.text("description")), Rows: len(ids)}
	for _, name := range names {
		n.addColumn(g, t, name)
	}
	if counted := isCounted(ids); !counted && t.Column("id") == nil {
		t.Columns = append(t.Columns, idColumn(ids))
	}
	return t, nil
}

// addColumn reads a column, or notes why it is left out.
func (n *nwbFile) addColumn(g *nwbGroup, t *dataset.Table, name string) {
	c, err := n.column(g, name, t.Rows)
	if err == nil {
		err = t.Add(c)
	}
	if err != nil {
		n.leaveBroken("column "+g.below(name), columnFault(err))
	}
}

// columnFault tells of a column that is listed but not there what to expect.
func columnFault(err error) error {
	if errors.Is(err, hdf5.ErrNotFound) {
		return errors.New("listed in colnames, but not there")
	}
	return err
}

// columnNames are the columns of a table: those listed in colnames, and behind them
// others that stand beside them.
func (n *nwbFile) columnNames(g *nwbGroup) (names []string) {
	if a, listed := g.attrs["colnames"]; listed {
		var err error
		if names, err = a.Strings(); err != nil && a.Shape()[0] > 0 {
			n.note("%s: its colnames cannot be read: its data sets are taken for its columns", g.path)
		}
	}
	names = slices.DeleteFunc(names, func(s string) bool { return s == "id" || s == "" || strings.Contains(s, "/") })
	listed := map[string]bool{"id": true}
	for _, name := range names {
		listed[name] = true
	}
	var more []string
	for _, key := range g.keys {
		if !listed[key] && !g.serves(key) && g.isColumn(key) {
			more = append(more, key)
		}
	}
	if len(more) > 0 && len(names) > 0 {
		n.note("columns of %s that are not among its colnames, read all the same: %s", g.path, someOf(more))
	}
	return append(compact(names), more...)
}

// compact drops names that came before.
func compact(names []string) (once []string) {
	seen := map[string]bool{}
	for _, name := range names {
		if !seen[name] {
			once = append(once, name)
		}
		seen[name] = true
	}
	return once
}

// serves reports whether a data set is the index of a column that is there, or
// holds the words that its numbers stand for.
func (g *nwbGroup) serves(key string) bool {
	for _, end := range []string{"_index", "_elements"} {
		if of, cut := strings.CutSuffix(key, end); cut && g.has(of) {
			return true
		}
	}
	return false
}

// isColumn reports whether something in a table is a column that nothing lists:
// if it says so, or in tables that list none.
func (g *nwbGroup) isColumn(key string) bool {
	d, err := g.Dataset(key)
	if err != nil {
		return false
	}
	attrs, err := nwbAttrsOf(d)
	kind := attrs.text("neurodata_type")
	return err == nil && kind != "VectorIndex" && kind != "ElementIdentifiers"
}

// rowIDs are the numbers of a table's rows. A table without ids has as many rows as
// its first column.
func (n *nwbFile) rowIDs(g *nwbGroup, names []string) ([]string, error) {
	if g.has("id") {
		ids, err := n.readIDs(g)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g.below("id"), err)
		}
		return ids, nil
	}
	for _, name := range names {
		of := name
		if g.has(name + "_index") {
			of = name + "_index"
		}
		rows, err := n.length(g, of)
		if err != nil {
			continue
		}
		if rows > maxNWBRows {
			return nil, fmt.Errorf("%s has %d rows, more than the %d that are read", g.path, rows, maxNWBRows)
		}
		n.note("%s has no ids: its rows are numbered from 0", g.path)
		return numbered(rows), n.spend(24 * int64(rows))
	}
	return nil, fmt.Errorf("%s has neither ids nor columns", g.path)
}

func (n *nwbFile) readIDs(g *nwbGroup) ([]string, error) {
	d, err := n.vector(g, "id", maxNWBRows)
	if err != nil {
		return nil, err
	}
	rows := d.Shape()[0]
	if err := n.spend(int64(rows) * int64(max(24, d.Type().Size))); err != nil {
		return nil, err
	}
	if d.Type().IsText() {
		return d.Strings()
	}
	numbers, err := d.Float64s()
	ids := make([]string, len(numbers))
	for i, v := range numbers {
		ids[i] = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ids, err
}

func numbered(rows int) []string {
	ids := make([]string, rows)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	return ids
}

// isCounted reports whether ids are the numbers of the rows from 0.
func isCounted(ids []string) bool {
	for i, id := range ids {
		if id != strconv.Itoa(i) {
			return false
		}
	}
	return true
}

// idColumn holds ids as numbers where all are.
func idColumn(ids []string) *dataset.Column {
	c := &dataset.Column{Name: "id", About: "the row's number in the file"}
	for _, id := range ids {
		v, err := strconv.ParseFloat(id, 64)
		if err != nil {
			return &dataset.Column{Name: c.Name, About: c.About, Words: ids}
		}
		c.Numbers = append(c.Numbers, v)
	}
	return c
}
