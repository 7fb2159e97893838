package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// align plans a window about a moment of each row of a table.
func align(t *dataset.Table, o *Options) (*plan, error) {
	name, events, err := moments(t, o)
	if err != nil {
		return nil, err
	}
	p := &plan{table: t.Name, align: name, rows: t.Rows}
	wanted, err := p.wanted(t, o)
	if err != nil {
		return nil, err
	}
	lasting := slices.Clone(wanted) // and of rows whose length does not keep them out
	if o.Window == nil {
		p.window, err = p.shortest(t, events, lasting, o.BinMs)
	} else {
		p.window = *o.Window
	}
	if err == nil {
		p.Grid, err = newGrid(p.window, o.BinMs)
		p.window = fitted(p.Grid, p.window)
	}
	if err != nil {
		return nil, err
	}
	for i, event := range events {
		start := event + p.window.From/1000
		switch {
		case !wanted[i]: // as wanted said
		case math.IsNaN(event):
			p.drop(int64(i), name+" is not known (NaN)")
		case math.IsInf(start, 0):
			p.drop(int64(i), name+" is infinite")
		case lasting[i]:
			p.starts, p.ids = append(p.starts, start), append(p.ids, int64(i))
		}
	}
	return p, nil
}

// Reasons why a trial is none of those that the window is made from.
const (
	noStop   = "stop_time is not known: its length is not, either"
	noLength = "stops no later than its event"
)

// shortest is the window from the event to the stop of the shortest trial, in whole
// bins, among those still lasting. It drops trials whose stop is not known or not behind the event.
func (p *plan) shortest(t *dataset.Table, events []float64, lasting []bool, binMs float64) (Window, error) {
	stops := t.Numbers(dataset.ColumnStop)
	least, row := math.Inf(1), -1
	for i, event := range events {
		if !lasting[i] || math.IsNaN(event) || math.IsInf(event, 0) {
			continue
		}
		length := math.NaN()
		if stops != nil {
			length = grid.Behind(stops[i], event)
		}
		switch lasting[i] = length > 0 && !math.IsInf(length, 0); {
		case !lasting[i] && length <= 0:
			p.drop(int64(i), noLength)
		case !lasting[i]:
			p.drop(int64(i), noStop)
		case length < least:
			least, row = length, i
		}
	}
	if row < 0 {
		return Window{}, fmt.Errorf("no row of %s has a stop_time behind %s: say how long trials are, in ms about %s (--window=0..1000)", t.Name, p.align, p.align)
	}
	width := float64(grid.Nanoseconds(binMs))
	bins := math.Floor(least / width)
	if bins < 1 {
		return Window{}, fmt.Errorf("row %d of %s, its shortest, ends %.4g ms behind %s, less than one bin of %g ms: say how long trials are (--window=0..1000)", row, t.Name, least/grid.NsPerMs, p.align, binMs)
	}
	p.note("trials are as long as the shortest, row %d of %s; --window says otherwise", row, t.Name)
	return Window{0, bins * width / grid.NsPerMs}, nil
}
