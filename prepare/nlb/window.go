package nlb

import (
	"math"

	"github.com/autolfads/autolfads/prepare"
)

// cut says which windows are cut out of trials.
type cut struct {
	start, stop string          // columns of moments
	align       []int64         // a moment of each trial
	window      *prepare.Window // about it, in ms; nil: from start to stop
	overlap     bool            // windows may reach into the next trial
	gaps        bool            // bins in which something is missing stay
}

// piece is what is cut out of one trial: bins of the clock, in order.
type piece struct {
	trial  int
	rows   []int
	bound  bool   // the next trial ended it
	lacked string // signal that is missing in bins that were taken out
	align  int64  // its moment of alignment, in ns
}

// inclusive is subtracted of the end of a window, for nlb_tools' slices hold their
// ends.
const inclusive = 1000 // ns

// span is where a window begins and ends, in ns; unknown where it is not known.
func (c *cut) span(t *trials, trial int) (from, to int64) {
	start, stop, align := t.moments[c.start][trial], t.moments[c.stop][trial], c.align[trial]
	switch {
	case align == unknown || start == unknown:
		return unknown, unknown
	case c.window != nil:
		return align + int64(c.window.From*nsPerMs), align + int64(c.window.To*nsPerMs) - inclusive
	case stop == unknown:
		return unknown, unknown
	}
	return start, stop - inclusive
}

// cutOut cuts windows out of some trials, in ascending order. Trials without a window, or without
// any of their bins, have no piece.
func (s *session) cutOut(c cut, trials []int) (pieces []piece) {
	step := int64(s.factor) * nsPerMs
	for k, i := range trials {
		from, to := c.span(s.trials, i)
		if from == unknown {
			continue
		}
		p := piece{trial: i, align: c.align[i]}
		if k+1 < len(trials) && !c.overlap {
			to, p.bound = s.bounded(c, trials[k+1], to)
		}
		first, last := -floorDiv(-from, step), floorDiv(to, step)
		for row := max(0, first); row <= min(last, int64(s.rows-1)); row++ {
			if c.gaps || s.lacks[row] == 0 {
				p.rows = append(p.rows, int(row))
			} else {
				p.lacked = s.signals[s.lacks[row]-1]
			}
		}
		if len(p.rows) > 0 {
			pieces = append(pieces, p)
		}
	}
	return pieces
}

// bounded is where a window ends that may not reach into the next of the trials
// chosen, nor, as nlb_tools have it, to the start of the trial behind that one.
func (s *session) bounded(c cut, next int, to int64) (end int64, bound bool) {
	limit := int64(math.MaxInt64)
	if from, _ := c.span(s.trials, next); from != unknown {
		limit = from
	}
	if starts := s.trials.moments["start_time"]; next+1 < len(starts) && starts[next+1] != unknown {
		limit = min(limit, starts[next+1])
	}
	if to > limit {
		return limit - inclusive, true
	}
	return to, false
}
