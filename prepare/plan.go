package prepare

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/memory"
	"github.com/autolfads/autolfads/prepare/grid"
)

// plan is which windows of a recording become trials.
type plan struct {
	grid.Grid     // of the window and the forward bins
	forward   int // bins behind the window
	chopped   *ChopReport
	chop      *dataset.Chop // nil: they are trials
	table     string        // whose rows they are; "": they are windows over all that was recorded
	align     string
	window    Window
	starts    []float64 // of each window, s
	ids       []int64   // its place in the table, or among the windows
	rowParts  []part    // what each row of the table is for; nil: no column says it
	rows      int       // windows there were before some were dropped
	dropped   []Dropped
	notes     []string
}

// Dropped are trials that were left out for one reason.
type Dropped struct {
	Reason string  `json:"reason"`
	Trials []int64 `json:"trials"` // their places in the table, or among the windows, from 0 on
}

// drop notes that a trial is left out.
func (p *plan) drop(id int64, reason string) {
	for i := range p.dropped {
		if p.dropped[i].Reason == reason {
			p.dropped[i].Trials = append(p.dropped[i].Trials, id)
			return
		}
	}
	p.dropped = append(p.dropped, Dropped{reason, []int64{id}})
}

func (p *plan) note(format string, args ...any) {
	p.notes = append(p.notes, fmt.Sprintf(format, args...))
}

// newPlan plans the windows of a recording.
func newPlan(r *dataset.Recording, o *Options) (*plan, error) {
	if o.Chop != nil {
		return chop(r, o)
	}
	t, err := findTable(r, o.Table)
	if err != nil {
		return nil, err
	}
	p, err := align(t, o)
	if err != nil {
		return nil, err
	}
	return p, p.lengthen(o.ForwardMs)
}

// enough returns an error where what is left is nothing to learn from, or to infer.
func (p *plan) enough(o *UnitOptions) error {
	least, must := o.leastTrials()
	if len(p.starts) >= least {
		return nil
	}
	what, do := "windows", "take shorter ones (--chop-ms)"
	if p.table != "" {
		what, do = "trials of "+p.table, "take another table (--trials), another moment (--align) or another window (--window)"
	}
	why := ""
	for _, d := range p.dropped {
		if d.Reason == notWanted {
			do = "take another condition (--where)"
		}
		why += fmt.Sprintf("; %d: %s", len(d.Trials), d.Reason)
	}
	return fmt.Errorf("%d of %d %s are left%s: %s; %s", len(p.starts), p.rows, what, why, must, do)
}

// mostCounts is how many counts are made where it is not known how much memory there
// is.
const mostCounts = 1 << 38

// bytesPerCount is what a count takes: a float32, and half as much again while trials
// are divided and what is no longer needed waits for the collector; and as much again
// where what is read is not what is reconstructed. Those set aside are copied.
func (o *Options) bytesPerCount() float64 {
	if o.Signals != nil {
		return 20 // beside it, a float64 that it is made of
	}
	bytes := 6.
	if o.ForwardMs != 0 || o.HoldOut != (HoldOutOptions{}) {
		bytes += 6
	}
	if o.SetAside != 0 {
		bytes += 4
	}
	return bytes
}

// fits returns an error if the counts of so many windows will not fit in memory.
func fits(windows float64, g grid.Grid, units int, bytesPerCount float64) error {
	counts := windows * float64(g.Bins) * float64(units)
	if counts < 1<<26 {
		return nil // to ask costs more than to try
	}
	free, limit, known := memory.Available()
	if !known {
		free, limit = int64(bytesPerCount)*mostCounts, "the most that is tried"
	}
	if need := bytesPerCount * counts; need <= float64(free) {
		return nil
	}
	return fmt.Errorf("%.4g trials x %d bins x %d units take %.3g GiB of memory and %.3g GiB are %s: take wider bins (--bin-ms), a shorter window (--window), or a larger machine",
		windows, g.Bins, units, bytesPerCount*counts/(1<<30), float64(free)/(1<<30), limit)
}

// inTime returns the places of the windows in the order of their starts.
func (p *plan) inTime() []int {
	places := make([]int, len(p.starts))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(p.starts[a], p.starts[b]) })
	return places
}

// overlapping counts the windows that begin before the one in front of them ends,
// where windows are in ascending order.
func overlapping(sorted []float64, length float64) (n int) {
	for i := 1; i < len(sorted); i++ {
		if grid.Behind(sorted[i], sorted[i-1]) < math.Round(length*grid.NsPerS) {
			n++
		}
	}
	return n
}
