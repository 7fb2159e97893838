package prepare

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/where"
	"github.com/autolfads/autolfads/prepare/grid"
)

// notWanted is why a row is dropped that --where is not true of.
const notWanted = "--where is not true of it"

// Columns that conditions may ask for also where a table has none of that name.
const (
	columnDuration = "duration" // s, from start to stop
	columnRow      = "row"      // place in the table, from 0 on
	columnID       = "id"       // of a unit
	columnRate     = "rate_hz"  // of a unit, over the recording
)

// wanted returns which rows of a table are to become trials by what their columns say,
// and drops the others.
func (p *plan) wanted(t *dataset.Table, o *Options) ([]bool, error) {
	rows, err := wantedRows(t, o.Where)
	if err == nil && o.Split.Column != "" {
		p.rowParts, err = partsOf(t, &o.Split, rows)
	}
	if err != nil {
		return nil, err
	}
	for i, is := range rows {
		switch {
		case !is:
			p.drop(int64(i), notWanted)
		case p.rowParts != nil && p.rowParts[i] == toNothing:
			p.drop(int64(i), o.Split.Column+" has it neither train nor validate nor test")
			rows[i] = false
		}
	}
	return rows, nil
}

// wantedRows returns which rows of a table fulfil a condition: all of them "".
func wantedRows(t *dataset.Table, condition string) ([]bool, error) {
	if condition == "" {
		return slices.Repeat([]bool{true}, t.Rows), nil
	}
	e, err := where.Parse(condition, withDerived(t))
	if err != nil {
		return nil, fmt.Errorf("--where %w", err)
	}
	rows, err := e.Rows()
	if err == nil && !slices.Contains(rows, true) {
		err = fmt.Errorf("%q is true of none of the %d rows of %s: %s", condition, t.Rows, t.Name, e.WhyNone())
	}
	if err != nil {
		return nil, fmt.Errorf("--where %w", err)
	}
	return rows, nil
}

// withDerived adds to a table of trials what follows from its columns.
func withDerived(t *dataset.Table) *dataset.Table {
	row := &dataset.Column{Name: columnRow, Numbers: make([]float64, t.Rows)}
	for i := range row.Numbers {
		row.Numbers[i] = float64(i)
	}
	all := withColumn(t, row)
	if rows := t.Intervals(); rows != nil {
		duration := &dataset.Column{Name: columnDuration, Numbers: make([]float64, t.Rows)}
		for i, r := range rows {
			duration.Numbers[i] = grid.Behind(r.Stop, r.Start) / grid.NsPerS
		}
		all = withColumn(all, duration)
	}
	return all
}

// withColumn is a table with one more column, unless it has one of that name.
func withColumn(t *dataset.Table, c *dataset.Column) *dataset.Table {
	if t.Column(c.Name) != nil {
		return t
	}
	more := *t
	more.Columns = append(slices.Clone(t.Columns), c)
	return &more
}
