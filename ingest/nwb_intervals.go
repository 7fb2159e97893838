package ingest

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// intervalSeries makes a table of an IntervalSeries: its data is 1 where an
// interval starts and -1 where it stops; other numbers are other kinds.
func (n *nwbFile) intervalSeries(r *dataset.Recording, g *nwbGroup, name string, c nwbClock, d *hdf5.Dataset) error {
	total, err := oneSeries(d)
	if err != nil {
		return fmt.Errorf("its data: %w", err)
	}
	if err := n.plausible(d); err != nil {
		return err
	}
	times, err := n.allTimes(c, total)
	if err != nil {
		return err
	}
	if err := n.spend(32 * int64(total)); err != nil {
		return err
	}
	marks, err := d.Int64s()
	if err != nil {
		return err
	}
	t, strays := intervals(marks, times)
	if strays > 0 {
		n.note("%s: %d of its %d marks stop an interval that did not start, or are 0", g.path, strays, total)
	}
	t.Name, t.About = name, oneLine(g.attrs.text("description"))
	r.Intervals = append(r.Intervals, t)
	return nil
}

// intervals pairs starts with stops of the same kind. A start without a stop lasts
// to a time not known.
func intervals(marks []int64, times []float64) (t *dataset.Table, strays int) {
	open := map[int64]int{} // the row of each kind's open interval
	start, stop, kinds := []float64{}, []float64{}, []float64{}
	several := false
	for i, mark := range marks {
		if mark > 0 {
			open[mark] = len(start)
			start, stop, kinds = append(start, times[i]), append(stop, unknown(1)...), append(kinds, float64(mark))
			several = several || float64(mark) != kinds[0]
			continue
		}
		row, started := open[-mark]
		if !started {
			strays++
			continue
		}
		stop[row] = times[i]
		delete(open, -mark)
	}
	t = &dataset.Table{Rows: len(start), Columns: []*dataset.Column{
		{Name: dataset.ColumnStart, Numbers: start}, {Name: dataset.ColumnStop, Numbers: stop},
	}}
	if several {
		t.Columns = append(t.Columns, &dataset.Column{Name: "kind", Numbers: kinds})
	}
	return t, strays
}
