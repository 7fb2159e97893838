package ingest

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/dataset"
)

// addUnits adds what a table says of each unit, and units without spikes that it
// lists, to units whose spikes are in memory.
func addUnits(u *dataset.Units, t *dataset.Table) error {
	key := among(headingsOf(t), unitNames)
	if key < 0 {
		return fmt.Errorf("%s: its columns are called %s; expected one of units (unit, neuron, cluster)", t.Name, columnNames(t))
	}
	rows, err := rowsByUnit(t, t.Columns[key])
	if err != nil {
		return err
	}
	have := make(map[string]bool, u.Len())
	for _, id := range u.IDs {
		have[id] = true
	}
	trains := u.Spikes.(dataset.SpikeTrains)
	for i := range t.Rows {
		if id := unitID(t.Columns[key], i); !have[id] {
			u.IDs, trains = append(u.IDs, id), append(trains, nil)
		}
	}
	sortUnits(u, trains)
	addColumns(u, t, key, rows)
	return nil
}

// addKnown adds what a table says of the units that there are.
func addKnown(u *dataset.Units, t *dataset.Table) error {
	key := among(headingsOf(t), unitNames)
	rows, err := rowsByUnit(t, t.Columns[key])
	if err == nil {
		addColumns(u, t, key, rows)
	}
	return err
}

// sortUnits puts units in ascending order.
func sortUnits(u *dataset.Units, trains dataset.SpikeTrains) {
	order := ascending(u.IDs)
	ids, sorted := make([]string, len(order)), make(dataset.SpikeTrains, len(order))
	for to, from := range order {
		ids[to], sorted[to] = u.IDs[from], trains[from]
	}
	u.IDs, u.Spikes = ids, sorted
}

// rowsByUnit finds the row of each unit.
func rowsByUnit(t *dataset.Table, key *dataset.Column) (map[string]int, error) {
	rows := make(map[string]int, t.Rows)
	for i := range t.Rows {
		id := unitID(key, i)
		if _, twice := rows[id]; twice {
			return nil, fmt.Errorf("%s: two rows for unit %.40q: delete one", t.Name, id)
		}
		rows[id] = i
	}
	return rows, nil
}

// unitID is a unit's id as spikes have it.
func unitID(c *dataset.Column, row int) string {
	if c.Numbers != nil && c.Numbers[row] == math.Trunc(c.Numbers[row]) && math.Abs(c.Numbers[row]) < 1<<53 {
		return strconv.FormatInt(int64(c.Numbers[row]), 10)
	}
	return c.Text(row)
}

// addColumns adds a table's columns to those of units, those that are new.
func addColumns(u *dataset.Units, t *dataset.Table, key int, rows map[string]int) {
	u.Columns.Rows = u.Len()
	for i, c := range t.Columns {
		if i == key || u.Columns.Column(c.Name) != nil {
			continue
		}
		u.Columns.Columns = append(u.Columns.Columns, pick(c, u.IDs, rows))
	}
}

// pick takes the rows of units out of a column; a unit without one is unknown, and
// then truths are words.
func pick(c *dataset.Column, ids []string, rows map[string]int) *dataset.Column {
	picked := &dataset.Column{Name: c.Name}
	whole := !slices.ContainsFunc(ids, func(id string) bool { _, there := rows[id]; return !there })
	for _, id := range ids {
		row, there := rows[id]
		switch {
		case c.Numbers != nil && there:
			picked.Numbers = append(picked.Numbers, c.Numbers[row])
		case c.Numbers != nil:
			picked.Numbers = append(picked.Numbers, math.NaN())
		case c.Flags != nil && whole:
			picked.Flags = append(picked.Flags, c.Flags[row])
		case there:
			picked.Words = append(picked.Words, c.Text(row))
		default:
			picked.Words = append(picked.Words, "")
		}
	}
	return picked
}
