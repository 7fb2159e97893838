package ingest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// find tells what is odd about a recording, in sentences.
func (s *Survey) find(r *dataset.Recording) error {
	s.oddUnits(r)
	for _, t := range r.Intervals {
		s.oddTable(t)
	}
	for _, stream := range r.Streams {
		if err := s.oddStream(stream, r.Trials()); err != nil {
			return fmt.Errorf("stream %s: %w", stream.Name, err)
		}
	}
	return nil
}

func (s *Survey) say(format string, args ...any) {
	s.Oddities = append(s.Oddities, fmt.Sprintf(format, args...))
}

// fewRepeated is one in how many spikes may be at the time of another: on a sorter's
// clock a few are by chance.
const fewRepeated = 1000

func (s *Survey) oddUnits(r *dataset.Recording) {
	s.unitsWith("have no spikes", func(u *UnitSurvey) int { return count(u.Spikes == 0) })
	s.unitsWith("have spikes before time 0", func(u *UnitSurvey) int { return u.Negative })
	s.unitsWith("have spikes out of order", func(u *UnitSurvey) int { return u.OutOfOrder })
	s.unitsWith("have spike times that are no numbers", func(u *UnitSurvey) int { return u.NotFinite })
	s.unitsWith("have several spikes at one time", func(u *UnitSurvey) int {
		return u.Repeated * count(u.Repeated*fewRepeated > u.Spikes) // a few are chance
	})
	s.oddDuplicates()
	s.oddPace()
	if trials := r.Trials(); trials != nil {
		s.outside(trials)
	}
}

// oddDuplicates tells of units that have the spikes of others.
func (s *Survey) oddDuplicates() {
	var same []string
	for _, u := range s.Units {
		if u.DuplicateOf != "" {
			same = append(same, fmt.Sprintf("%s as %s (%d)", u.ID, u.DuplicateOf, u.Spikes))
		}
	}
	if len(same) > 0 {
		s.say("%d of %d units have the same spikes as another: %s: a channel stored twice defeats coordinated dropout", len(same), len(s.Units), someOf(same))
	}
}

// Slower, and longer, than any session: times are hardly in seconds.
const (
	slowest = 0.02     // Hz, of the middle unit
	longest = 3 * 3600 // s
)

// oddPace tells of rates that spike times have which are counted in milliseconds
// or samples.
func (s *Survey) oddPace() {
	var spikes []int
	for i := range s.Units {
		if n := s.Units[i].Spikes; n > 0 {
			spikes = append(spikes, n)
		}
	}
	length := s.Span.Stop - s.Span.Start
	if len(spikes) == 0 || !(length > longest) {
		return
	}
	slices.Sort(spikes)
	if rate := float64(spikes[len(spikes)/2]) / length; rate < slowest {
		s.say("half of the units have less than %.2g Hz in %.3g hours: times are hardly in seconds; divide them by 1000 in the file if they are milliseconds, by the sampling rate if they are samples", rate, length/3600)
	}
}

// outside tells if trials and spikes hardly share a time.
func (s *Survey) outside(trials *dataset.Table) {
	without := 0
	for _, t := range trials.Intervals() {
		if t.Stop < s.Span.Start || t.Start > s.Span.Stop {
			without++
		}
	}
	if without > 0 {
		s.say("%d of %d rows of %s lie before the first spike or behind the last (%s): are both on one clock?",
			without, trials.Rows, trials.Name, seconds(s.Span))
	}
}

func count(odd bool) int {
	if odd {
		return 1
	}
	return 0
}

// unitsWith tells of the units of which something is counted, and names the
// first few.
func (s *Survey) unitsWith(what string, of func(*UnitSurvey) int) {
	var ids []string
	spikes := 0
	for i := range s.Units {
		if n := of(&s.Units[i]); n > 0 {
			ids = append(ids, s.Units[i].ID)
			spikes += n
		}
	}
	if len(ids) == 0 {
		return
	}
	words := fmt.Sprintf("%d of %d units %s: %s", len(ids), len(s.Units), what, someOf(ids))
	if spikes > len(ids) {
		words += fmt.Sprintf(" (%d spikes)", spikes)
	}
	s.Oddities = append(s.Oddities, words)
}

// someOf lists the first few of some names.
func someOf(names []string) string {
	const most = 8
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", ..."
	}
	return strings.Join(names, ", ")
}

// oddTable tells of rows that do not end, end before they start, or are of
// another length than the others.
func (s *Survey) oddTable(t *dataset.Table) {
	rows := t.Intervals()
	var open, turned, negative int
	for _, r := range rows {
		open += count(math.IsNaN(r.Stop))
		turned += count(r.Stop < r.Start)
		negative += count(r.Start < 0)
	}
	tell := func(n int, what string) {
		if n > 0 {
			s.say("%d of %d rows of %s %s", n, t.Rows, t.Name, what)
		}
	}
	tell(open, "have no stop_time (NaN): align to an event and give a window")
	tell(turned, "stop before they start")
	tell(negative, "start before time 0")
	s.oddEvents(t, rows)
	l := lengthsOf(rows)
	tell(l.odd, fmt.Sprintf("are of an odd length: less than half or more than twice the median of %.4g s (%.4g to %.4g s)", l.median, l.least, l.most))
}

// oddEvents tells of columns of moments that hardly are on the session's clock.
func (s *Survey) oddEvents(t *dataset.Table, rows []dataset.Interval) {
	if len(rows) == 0 {
		return
	}
	for _, c := range t.Columns {
		if !c.IsTime() || c.Name == dataset.ColumnStop {
			continue
		}
		if before, likely := t.CountsFromStart(c); likely {
			s.say("%s of %s (%s) lies before start_time in %d of %d rows: it may count from each trial's start", c.Name, t.Name, seconds(dataset.Span(c.Numbers)), before, t.Rows)
		}
	}
}

// lengths is how long the rows of a table last, in seconds.
type lengths struct {
	known               int
	least, median, most float64
	odd                 int // less than half the median, or more than twice it
}

func lengthsOf(rows []dataset.Interval) (l lengths) {
	var all []float64
	for _, r := range rows {
		if d := r.Stop - r.Start; d >= 0 && !math.IsInf(d, 0) {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return l
	}
	slices.Sort(all)
	l = lengths{known: len(all), least: all[0], median: all[len(all)/2], most: all[len(all)-1]}
	for _, d := range all {
		l.odd += count(d < l.median/2 || d > 2*l.median)
	}
	return l
}

// oddStream tells of a stream that does not cover the trials, or whose clock
// does not run forwards.
func (s *Survey) oddStream(stream *dataset.Stream, trials *dataset.Table) error {
	if stream.Len() == 0 {
		s.say("stream %s has no samples", stream.Name)
		return nil
	}
	span, err := stream.Span()
	if err != nil {
		return err
	}
	if err := s.oddClock(stream); err != nil {
		return err
	}
	if trials == nil {
		return nil
	}
	apart, err := step(stream)
	if err != nil {
		return err
	}
	outside, rows := 0, trials.Intervals()
	for _, r := range rows {
		outside += count(r.Start < span.Start || math.Max(r.Start, r.Stop) > span.Stop+2*apart)
	}
	if outside > 0 {
		s.say("stream %s (%s) does not cover %d of %d rows of %s", stream.Name, seconds(span), outside, len(rows), trials.Name)
	}
	return nil
}

func seconds(i dataset.Interval) string {
	return dataset.Moment(i.Start) + " to " + dataset.Moment(i.Stop) + " s"
}
