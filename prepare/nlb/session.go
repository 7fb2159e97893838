package nlb

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/dataset"
)

// session is the recordings of one data set, one behind the other on one clock.
type session struct {
	parts  []*part
	ms     int         // length of the clock
	factor int         // ms a bin
	rows   int         // bins of the clock
	units  [2][]string // ids of those held in, and of those held out
	trials *trials
	notes  []string

	signals []string // units held in and held out, and streams
	lacks   []uint8  // by bin: one more than the place of a signal that is missing in it; 0: none is

	outside    int // spikes off the clock
	unobserved int // spikes where units were not observed
}

// Groups of units.
const (
	heldIn = iota
	heldOut
)

var groupNames = [2]string{"held in", "held out"}

// part is one recording of a session.
type part struct {
	*dataset.Recording
	table    *dataset.Table
	from, ms int       // its place and length on the clock
	units    [2][]int  // by the session's place, a unit of the recording; -1: it has none such
	observed [2][]bool // by ms of the part
	streams  map[string]*dataset.Stream
}

// newSession puts recordings one behind the other, as nlb_tools does: each begins at
// whole tenths of a second, 50 ms or more behind the one before.
func newSession(recordings []*dataset.Recording, binMs int) (*session, error) {
	s := &session{factor: binMs}
	for _, r := range recordings {
		p := &part{Recording: r, streams: map[string]*dataset.Stream{}}
		if err := p.measure(s); err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name, err)
		}
		if s.ms > 0 {
			last := float64(s.ms-1)/1000 + .05
			p.from = int(math.Ceil(last*10)) * 100
		}
		s.ms = p.from + p.ms
		s.parts = append(s.parts, p)
	}
	s.rows = (s.ms + binMs - 1) / binMs
	if err := s.findUnits(); err != nil {
		return nil, err
	}
	s.trials = s.joinTrials()
	return s, nil
}

// mostMs is a day: no clock is longer.
const mostMs = 24 * 3600 * 1000

// measure finds the table of trials and how long the recording is: to where the last
// unit was last observed.
func (p *part) measure(s *session) error {
	if p.table = p.Trials(); p.table == nil {
		return errors.New("the recording has no table of trials (intervals/trials)")
	}
	if p.Units.Len() == 0 {
		return errors.New("the recording has no units, so no spikes to count")
	}
	end := math.Inf(-1)
	for _, stretches := range p.Units.Observed {
		if n := len(stretches); n > 0 {
			end = math.Max(end, stretches[n-1].Stop)
		}
	}
	if p.Units.Observed == nil {
		end = dataset.Span(p.table.Numbers(dataset.ColumnStop)).Stop
		s.note("%s: the file does not say when units were observed (obs_intervals): throughout, up to the last trial's stop", p.Name)
	}
	length := math.RoundToEven(end * 1000)
	if !(length > 0 && length <= mostMs) {
		return fmt.Errorf("units were observed up to %g s, which must lie behind 0 and within a day", end)
	}
	p.ms = int(length)
	return nil
}

func (s *session) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

// findUnits parts units in groups, ordered by their ids, and finds when they were
// observed.
func (s *session) findUnits() error {
	groups := make([][2][]int, len(s.parts)) // in the order of the file
	for i, p := range s.parts {
		var err error
		if groups[i], err = p.groups(); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
		for g, units := range groups[i] {
			for _, u := range units {
				s.units[g] = append(s.units[g], p.Units.IDs[u])
			}
		}
	}
	for g := range s.units {
		slices.SortFunc(s.units[g], compareIDs)
		s.units[g] = slices.Compact(s.units[g])
		for i, p := range s.parts {
			p.place(g, s.units[g], groups[i][g])
			p.observed[g] = p.observedBy(groups[i][g])
		}
	}
	if len(s.units[heldIn]) == 0 {
		return errors.New("all units are held out: heldout must be false for those that are read")
	}
	s.differing(groups)
	return nil
}

// groups are the units held in and those held out.
func (p *part) groups() (groups [2][]int, err error) {
	c := p.Units.Columns.Column(columnHeldOut)
	if c == nil || c.Flags == nil && c.Numbers == nil {
		return groups, fmt.Errorf("the units have no column %s of true and false", columnHeldOut)
	}
	for u := range p.Units.IDs {
		g := heldIn
		if c.Flags != nil && c.Flags[u] || c.Numbers != nil && c.Numbers[u] != 0 {
			g = heldOut
		}
		groups[g] = append(groups[g], u)
	}
	return groups, nil
}

// place finds the units of a part by the session's order.
func (p *part) place(group int, ids []string, units []int) {
	p.units[group] = make([]int, len(ids))
	for i, id := range ids {
		p.units[group][i] = -1
		for _, u := range units {
			if p.Units.IDs[u] == id {
				p.units[group][i] = u
			}
		}
	}
}

// compareIDs orders by number, and what is no number by letter behind numbers.
func compareIDs(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX == nil && errY == nil && x != y:
		if x < y {
			return -1
		}
		return 1
	case (errX == nil) != (errY == nil):
		if errX == nil {
			return -1
		}
		return 1
	}
	if a < b {
		return -1
	} else if a > b {
		return 1
	}
	return 0
}

// observedBy marks the ms in which the first of some units was observed; nil without
// units.
func (p *part) observedBy(units []int) []bool {
	if len(units) == 0 {
		return nil
	}
	mark := make([]bool, p.ms)
	stretches := []dataset.Interval{{Start: 0, Stop: float64(p.ms) / 1000}}
	if p.Units.Observed != nil {
		stretches = p.Units.Observed[units[0]]
	}
	for _, i := range stretches {
		from := max(0, int(math.Ceil(micro(i.Start*1000))))
		to := min(p.ms, int(math.Floor(micro(i.Stop*1000))))
		for ms := from; ms < to; ms++ {
			mark[ms] = true
		}
	}
	return mark
}

// differing notes units that were observed at other times than the first of their
// group, which counts for all.
func (s *session) differing(groups [][2][]int) {
	for i, p := range s.parts {
		for g, units := range groups[i] {
			n := 0
			for _, u := range units {
				if p.Units.Observed != nil && !slices.Equal(p.Units.Observed[u], p.Units.Observed[units[0]]) {
					n++
				}
			}
			if n > 0 {
				s.note("%s: %d of the units %s were observed at other times than unit %s, the first of them, which counts for all, as in nlb_tools", p.Name, n, groupNames[g], p.Units.IDs[units[0]])
			}
		}
	}
}
