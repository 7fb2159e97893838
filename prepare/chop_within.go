package prepare

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// within returns what of stretches of time lies in the rows of a table of which a
// condition is true, such as epochs of a session: all of them if the options name
// neither a table nor a condition.
func (p *plan) within(r *dataset.Recording, stretches []dataset.Interval, o *Options) ([]dataset.Interval, error) {
	if o.Table == "" && o.Where == "" {
		return stretches, nil
	}
	t, err := findTable(r, o.Table)
	if err != nil && o.Table == "" {
		return nil, fmt.Errorf("--where chooses the rows in which windows lie, and %s; or leave it out", tablesThere(slices.Concat(r.Intervals, r.Events)))
	}
	if err != nil {
		return nil, err
	}
	rows := t.Intervals()
	if rows == nil {
		return nil, fmt.Errorf("%s has no start_time and stop_time: windows can lie in stretches of time alone; name another table (--trials), or none", t.Name)
	}
	wanted, err := wantedRows(t, o.Where)
	if err != nil {
		return nil, err
	}
	var chosen []dataset.Interval
	for i, is := range wanted {
		if is {
			chosen = append(chosen, rows[i])
		}
	}
	both := grid.Intersection(stretches, grid.Merged(chosen))
	if len(both) == 0 {
		return nil, fmt.Errorf("nothing was recorded in the %d rows of %s that are meant: are its times and those of spikes on one clock? `autolfads info` shows both", len(chosen), t.Name)
	}
	p.note("windows lie in %d of the %d rows of %s", len(chosen), t.Rows, t.Name)
	return both, nil
}
