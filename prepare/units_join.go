package prepare

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// joinUnits returns a recording in which units of one value in a column are one unit,
// such as all threshold crossings of a channel; its id is that value. It was observed
// where all of them were. "" joins none.
func joinUnits(r *dataset.Recording, column string) (*dataset.Recording, error) {
	if column == "" {
		return r, nil
	}
	c := r.Units.Columns.Column(column)
	if c == nil {
		return nil, fmt.Errorf("units have no column %s to be joined by: %s (--join-units)", column, unitColumns(&r.Units.Columns))
	}
	together, ids := map[string]int{}, []string{}
	var parts [][]int
	for i, id := range r.Units.IDs {
		value := c.Text(i)
		if value == "" {
			return nil, fmt.Errorf("unit %s has no %s to be joined by: leave it out, or join by another column (--join-units)", id, column)
		}
		place, known := together[value]
		if !known {
			place = len(ids)
			together[value], ids, parts = place, append(ids, value), append(parts, nil)
		}
		parts[place] = append(parts[place], i)
	}
	joined := *r
	joined.Units = dataset.Units{
		IDs: ids, Spikes: joinedSpikes{r.Units.Spikes, parts}, Observed: joinedObserved(r.Units.Observed, parts),
		Columns: dataset.Table{Rows: len(ids), Columns: []*dataset.Column{{Name: column, Words: ids}}},
	}
	return &joined, nil
}

// joinedSpikes are those of several units each.
type joinedSpikes struct {
	all   dataset.SpikeTimes
	parts [][]int // units of each
}

// Count implements dataset.SpikeTimes.
func (s joinedSpikes) Count(unit int) (n int) {
	for _, i := range s.parts[unit] {
		n += s.all.Count(i)
	}
	return n
}

// Times implements dataset.SpikeTimes.
func (s joinedSpikes) Times(unit int) ([]float64, error) {
	all := make([]float64, 0, s.Count(unit))
	for _, i := range s.parts[unit] {
		times, err := s.all.Times(i)
		if err != nil {
			return nil, err
		}
		all = append(all, times...)
	}
	slices.Sort(all)
	return all, nil
}

// joinedObserved is when all of several units were observed; nil for nil.
func joinedObserved(observed [][]dataset.Interval, parts [][]int) [][]dataset.Interval {
	if observed == nil {
		return nil
	}
	all := make([][]dataset.Interval, len(parts))
	for i, part := range parts {
		all[i] = grid.Merged(observed[part[0]])
		for _, unit := range part[1:] {
			all[i] = grid.Intersection(all[i], grid.Merged(observed[unit]))
		}
	}
	return all
}
