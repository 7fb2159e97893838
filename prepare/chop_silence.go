package prepare

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// activity is the seconds in which any unit spikes, and how many spikes there are.
type activity struct {
	seconds map[int64]bool
	spikes  int
}

// add takes a unit's spike times.
func (a *activity) add(times []float64) {
	last := int64(math.MinInt64)
	for _, t := range times {
		if second := math.Floor(t); math.Abs(second) < 1<<53 && int64(second) != last {
			last = int64(second)
			a.seconds[last] = true
		}
	}
	a.spikes += len(times)
}

// Silences that are told of are of so many seconds at least, and of so many times the
// mean time between two spikes: at such rates, nothing that fires is silent for so long.
const (
	leastSilence = 10
	rareSilence  = 100
)

// silences returns the stretches of time in which no unit spikes for so long that it is
// likely that nothing was recorded.
func (a *activity) silences() (found []dataset.Interval) {
	seconds := slices.Sorted(maps.Keys(a.seconds))
	least := max(leastSilence, rareSilence*float64(len(seconds))/float64(max(1, a.spikes)))
	for i := 1; i < len(seconds); i++ {
		from, to := float64(seconds[i-1]+1), float64(seconds[i])
		if to-from >= least {
			found = append(found, dataset.Interval{Start: from, Stop: to})
		}
	}
	return found
}

// noteSilences tells of them: windows there would be of silence.
func (p *plan) noteSilences(a *activity) {
	found := a.silences()
	if len(found) == 0 {
		return
	}
	more, all := "", 0.
	for _, s := range found {
		all += s.Stop - s.Start
	}
	if len(found) > 1 {
		more = fmt.Sprintf(" (and %d times more, %g s in all)", len(found)-1, all)
	}
	p.note("no unit spikes from %s to %s s%s: if nothing was recorded there, windows of it teach a model silence; keep to what was recorded with a table of its stretches (--trials)",
		dataset.Moment(found[0].Start), dataset.Moment(found[0].Stop), more)
}
