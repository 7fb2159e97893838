package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/table"
)

// maxUnits is how many units a recording may have: more, and what is taken for
// units is something else.
const maxUnits = 1 << 20

// spikeTable reads rows of a unit and a time. It takes 8 bytes a spike, and as many
// again while the spikes of a unit grow.
type spikeTable struct {
	options Options
	unit    int // the place of its column
	time    int
	channel int // -1: units have none
	trial   int // -1: nothing says that times are of trials
	heading heading
	notes   []string

	rows     int
	known    map[string]int // the place of a unit by how it is written
	ids      []string
	units    []string // ids without their channels
	trains   [][]float64
	fraction bool                         // some times are no whole numbers
	largest  float64                      // of the times
	trials   map[string]*dataset.Interval // the times that each trial's spikes reach over
	key      []byte                       // of a channel and a unit
}

// begin finds the columns.
func (s *spikeTable) begin(r *table.Reader) error {
	s.channel, s.trial, s.trials = -1, -1, map[string]*dataset.Interval{}
	if r.Columns < 2 {
		return errors.New("it has one column; expected two, a unit and a time, parted by a comma, a semicolon or a tab")
	}
	if r.Names == nil {
		return s.byContent(r)
	}
	headings := make([]heading, len(r.Names))
	for i, name := range r.Names {
		headings[i] = readHeading(name)
	}
	s.unit, s.time = among(headings, unitNames), timeColumn(headings)
	switch {
	case s.unit >= 0 && s.time >= 0:
		s.heading = headings[s.time]
		s.trial = among(headings, trialNames)
		if s.channel = among(headings, channelNames); s.channel == s.unit {
			s.channel = -1
		}
		s.others(r.Names)
		return nil
	case r.Columns == 2 && s.unit < 0 && s.time < 0:
		return s.byContent(r)
	case s.unit < 0 && s.time >= 0 && r.Columns > 2:
		return countsError(r.Columns - 1)
	}
	return fmt.Errorf("its columns are called %s; expected one of units (unit, neuron, cluster) and one of times (time, time_ms, spike_time)", someOf(r.Names))
}

// others notes which columns are not read.
func (s *spikeTable) others(names []string) {
	var not []string
	for i, name := range names {
		if i != s.unit && i != s.time && i != s.channel && name != "" {
			not = append(not, name)
		}
	}
	if len(not) > 0 {
		s.notes = append(s.notes, "columns of spikes that are not read: "+someOf(not))
	}
}

// countsError names a table with a column for each neuron.
func countsError(neurons int) error {
	return fmt.Errorf("it looks like counts of %d neurons, a row for each bin; expected a row for each spike, with a unit and a time. "+
		"Save counts as an array \"spikes\" of trials x bins x neurons: np.savez(NEW, spikes=x.reshape(trials, bins, neurons)); "+
		"signals, such as of muscles, as samples x channels with their rate: np.savez(NEW, emg=x, emg_rate=HZ)", neurons)
}

// byContent tells which of two columns is the unit's: it has whole numbers or
// words, and few of them.
func (s *spikeTable) byContent(r *table.Reader) error {
	if r.Columns > 2 {
		return fmt.Errorf("%w. If it has spikes, put names above the columns: unit,time", countsError(r.Columns))
	}
	a, b := distinctWhole(r, 0), distinctWhole(r, 1)
	switch {
	case a > 0 && (b == 0 || a <= b):
		s.unit, s.time = 0, 1
	case b > 0:
		s.unit, s.time = 1, 0
	default:
		return errors.New("it has two columns without known names, and neither has whole numbers or words for units; put names above them: unit,time")
	}
	s.notes = append(s.notes, fmt.Sprintf("column %d is taken for units, column %d for times: no names say so", s.unit+1, s.time+1))
	return nil
}

// distinctWhole counts the different values of a column's first rows if they are
// words or whole numbers; else it is 0.
func distinctWhole(r *table.Reader, column int) int {
	seen := map[string]bool{}
	for _, row := range r.Sample() {
		if column >= len(row) {
			continue
		}
		if v, ok := r.Number([]byte(row[column])); ok && v != math.Trunc(v) {
			return 0
		}
		seen[row[column]] = true
	}
	return len(seen)
}

// take adds a spike.
func (s *spikeTable) take(r *table.Reader, fields [][]byte) error {
	if isBlank(fields) {
		return nil
	}
	t, ok := r.Number(fields[s.time])
	if !ok {
		return fmt.Errorf("line %d, column %d: %.40q is no time", r.Line(), s.time+1, fields[s.time])
	}
	s.key = append(s.key[:0], fields[s.unit]...)
	if s.channel >= 0 {
		s.key = append(append(append(s.key[:0], fields[s.channel]...), '/'), fields[s.unit]...)
	}
	i, ok := s.known[string(s.key)]
	if !ok {
		var err error
		if i, err = s.add(r, fields); err != nil {
			return err
		}
	}
	if s.trial >= 0 {
		s.inTrial(fields[s.trial], t)
	}
	s.rows++
	s.trains[i] = append(s.trains[i], t)
	s.fraction = s.fraction || t != math.Trunc(t) && t == t
	if !math.IsNaN(t) && !math.IsInf(t, 0) {
		s.largest = max(s.largest, math.Abs(t))
	}
	return nil
}

// add is the place of a unit that is written in a new way: 3, 3.0 and 03 are one.
func (s *spikeTable) add(r *table.Reader, fields [][]byte) (int, error) {
	field := fields[s.unit]
	if table.IsMissing(field) {
		return 0, fmt.Errorf("line %d, column %d: a spike without a unit", r.Line(), s.unit+1)
	}
	id := string(field)
	if v, ok := r.Number(field); ok {
		if v != math.Trunc(v) {
			return 0, fmt.Errorf("line %d, column %d: the unit %q is no whole number: are units and times exchanged?", r.Line(), s.unit+1, field)
		}
		if math.Abs(v) < 1<<53 { // a longer one stays as it is written
			id = strconv.FormatInt(int64(v), 10)
		}
	}
	unit := id
	if s.channel >= 0 {
		id = string(fields[s.channel]) + "/" + id
	}
	if len(s.known) == maxUnits {
		return 0, fmt.Errorf("line %d: more than %d units: are units and times exchanged?", r.Line(), maxUnits)
	}
	i, known := s.known[id]
	if !known {
		i = len(s.ids)
		s.ids, s.units, s.trains = append(s.ids, id), append(s.units, unit), append(s.trains, nil)
		s.known[id] = i
	}
	s.known[string(s.key)] = i
	return i, nil
}

// finish gives the recording units in ascending order, if they are numbers, and
// times in seconds.
func (s *spikeTable) finish(r *dataset.Recording) error {
	if err := s.fromTrials(); err != nil {
		return err
	}
	s.withoutChannels()
	per, err := s.perSecond()
	if err != nil {
		return err
	}
	if per != 1 {
		for _, train := range s.trains {
			for i := range train {
				train[i] /= per
			}
		}
	}
	order := ascending(s.ids)
	trains := make(dataset.SpikeTrains, len(order))
	for to, from := range order {
		r.Units.IDs = append(r.Units.IDs, s.ids[from])
		trains[to] = s.trains[from]
	}
	r.Units.Spikes = trains
	r.Notes = append(r.Notes, s.notes...)
	return nil
}

// ascending is the order of ids: by value if all are whole numbers, else as they
// are.
func ascending(ids []string) []int {
	order, values := make([]int, len(ids)), make([]int64, len(ids))
	numbers := true
	for i, id := range ids {
		v, err := strconv.ParseInt(id, 10, 64)
		order[i], values[i] = i, v
		numbers = numbers && err == nil
	}
	if numbers {
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	}
	return order
}

// perSecond is how many units of the times make a second.
func (s *spikeTable) perSecond() (float64, error) {
	rate := s.options.SampleRate
	samples := s.heading.samples || s.heading.perSecond == 0 && slices.Contains(sampleNames, s.heading.base)
	switch {
	case samples && rate <= 0:
		return 0, errors.New("its times are in samples, and nothing says how many make a second: give --sample-rate")
	case samples:
		return rate, nil
	case s.heading.perSecond != 0:
		return s.heading.perSecond, nil
	case !s.fraction && s.largest > 0 && rate > 0:
		s.notes = append(s.notes, fmt.Sprintf("spike times are whole numbers and taken for samples at %g Hz", rate))
		return rate, nil
	}
	s.notes = append(s.notes, s.doubt())
	return 1, nil
}

// doubt says that times are taken for seconds, and why they may be none.
func (s *spikeTable) doubt() string {
	const long = 1e5 // more than a day
	switch {
	case !s.fraction && s.largest > long:
		return fmt.Sprintf("spike times are taken for seconds, but are whole numbers up to %.6g: for milliseconds call the column time_ms, for samples give --sample-rate", s.largest)
	case s.largest > long:
		return fmt.Sprintf("spike times are taken for seconds, but reach %.6g: for milliseconds call the column time_ms", s.largest)
	}
	return "spike times are taken for seconds: the name of their column says no unit"
}
