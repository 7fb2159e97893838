package ingest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// besideFile lists tables that belong to a file of spikes: NAME_trials.csv, or
// else trials.csv in its folder, and so on.
func besideFile(path string) (found []string) {
	base := strings.TrimSuffix(path, filepath.Ext(path))
	dir := filepath.Dir(path)
	for _, kind := range [][]string{{"trials"}, {"units"}, {"behavior", "behaviour"}, {"events"}} {
		found = append(found, firstThere(base, dir, kind, path)...)
	}
	return found
}

// firstThere is the first table of a kind that is there.
func firstThere(base, dir string, names []string, not string) []string {
	var all []string
	for _, name := range names {
		all = append(all, base+"_"+name, base+"-"+name, base+"."+name)
	}
	for _, name := range names {
		all = append(all, filepath.Join(dir, name))
	}
	for _, name := range all {
		for _, ext := range textual {
			if info, err := os.Stat(name + ext); err == nil && info.Mode().IsRegular() && name+ext != not {
				return []string{name + ext}
			}
		}
	}
	return nil
}

// besideIn lists the tables of a folder other than that of spikes, trials first.
func besideIn(c *Candidate) (found []string) {
	for _, name := range c.Entries {
		if slices.Contains(textual, strings.ToLower(filepath.Ext(name))) && name != spikesIn(c) && !strings.HasPrefix(strings.ToLower(name), "readme") {
			found = append(found, filepath.Join(c.Path, name))
		}
	}
	return found
}

// addTable gives a recording a table that lies beside its spikes: intervals if it
// has starts, a stream if it has times and numbers, events if it has times and
// words, columns of units if it has a column of them. Another one is named in a
// note.
func addTable(r *dataset.Recording, path string, o Options) error {
	t, err := loadTable(path)
	if err != nil && (errors.Is(err, errNoNames) || strings.EqualFold(filepath.Ext(path), ".txt")) {
		r.Notes = append(r.Notes, fmt.Sprintf("not read: %v", err))
		return nil
	}
	if err != nil {
		return err
	}
	named, headings := strings.ToLower(t.Name), headingsOf(t)
	switch time := timeColumn(headings); {
	case among(headings, startNames) >= 0:
		return addIntervals(r, t, o)
	case strings.HasSuffix(named, "trials"):
		return fmt.Errorf("%s: its columns are called %s; expected start_time and stop_time among them", filepath.Base(path), columnNames(t))
	case strings.HasSuffix(named, "units"):
		return addUnits(&r.Units, t)
	case time >= 0:
		return addSampled(r, t, time, o)
	case among(headings, unitNames) >= 0:
		return addKnown(&r.Units, t)
	}
	r.Notes = append(r.Notes, fmt.Sprintf("not read: %s has no column of times (%s)", filepath.Base(path), columnNames(t)))
	return nil
}

func headingsOf(t *dataset.Table) []heading {
	headings := make([]heading, len(t.Columns))
	for i, c := range t.Columns {
		headings[i] = readHeading(c.Name)
	}
	return headings
}

func columnNames(t *dataset.Table) string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return someOf(names)
}

// addIntervals adds a table with a start, and perhaps a stop, a row.
func addIntervals(r *dataset.Recording, t *dataset.Table, o Options) error {
	if strings.HasSuffix(strings.ToLower(t.Name), "trials") {
		t.Name = dataset.TrialsTable
	}
	headings := headingsOf(t)
	start, stop := among(headings, startNames), among(headings, stopNames)
	for i, h := range headings {
		name := h.base
		switch {
		case i == start:
			name = dataset.ColumnStart
		case i == stop:
			name = dataset.ColumnStop
		case !strings.HasSuffix(h.base, "_time") || h.perSecond == 0 && !h.samples:
			continue
		}
		if err := toSeconds(t.Columns[i], h, name, o); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	if stop < 0 {
		ends, err := stops(t, start, o)
		if err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
		t.Columns = append(t.Columns, &dataset.Column{Name: dataset.ColumnStop, Numbers: ends})
	}
	if err := distinctNames(t); err != nil {
		return err
	}
	r.Intervals = append(r.Intervals, t)
	slices.SortStableFunc(r.Intervals, func(a, b *dataset.Table) int { return notTrials(a) - notTrials(b) })
	return nil
}

func notTrials(t *dataset.Table) int { return count(t.Name != dataset.TrialsTable) }

// stops are the ends of rows that have a duration; else they are not known.
func stops(t *dataset.Table, start int, o Options) ([]float64, error) {
	stop := unknown(t.Rows)
	at := among(headingsOf(t), []string{"duration"})
	if at < 0 || t.Columns[at].Numbers == nil {
		return stop, nil
	}
	per, err := readHeading(t.Columns[at].Name).perSecondOf(t.Columns[at].Name, o)
	if err != nil {
		return nil, err
	}
	for i, d := range t.Columns[at].Numbers {
		stop[i] = t.Columns[start].Numbers[i] + float64(d/per)
	}
	return stop, nil
}

// distinctNames makes sure that no two columns came to be called the same.
func distinctNames(t *dataset.Table) error {
	for i, c := range t.Columns {
		if slices.IndexFunc(t.Columns, func(other *dataset.Column) bool { return other.Name == c.Name }) < i {
			return fmt.Errorf("%s: two columns are %s: rename one", t.Name, c.Name)
		}
	}
	return nil
}

// toSeconds renames a column and makes its times seconds.
func toSeconds(c *dataset.Column, h heading, name string, o Options) error {
	if c.Numbers == nil {
		return fmt.Errorf("column %s has words where times should be", c.Name)
	}
	per, err := h.perSecondOf(c.Name, o)
	if err != nil {
		return err
	}
	c.Name = name
	if per != 1 {
		for i := range c.Numbers {
			c.Numbers[i] /= per
		}
	}
	return nil
}

// perSecondOf is how many of a column's unit make a second: 1, if its name says no
// unit.
func (h heading) perSecondOf(column string, o Options) (float64, error) {
	switch {
	case h.samples && o.SampleRate <= 0:
		return 0, fmt.Errorf("column %s is in samples, and nothing says how many make a second: give --sample-rate", column)
	case h.samples:
		return o.SampleRate, nil
	}
	return max(h.perSecond, 1), nil
}

// addSampled adds a stream of numbers with a time each, or events.
func addSampled(r *dataset.Recording, t *dataset.Table, time int, o Options) error {
	if err := toSeconds(t.Columns[time], headingsOf(t)[time], dataset.ColumnTime, o); err != nil {
		return fmt.Errorf("%s: %w", t.Name, err)
	}
	if err := distinctNames(t); err != nil {
		return err
	}
	numbers := len(t.Columns) > 1
	for _, c := range t.Columns {
		numbers = numbers && c.Numbers != nil
	}
	if !numbers {
		r.Events = append(r.Events, t)
		return nil
	}
	s := &dataset.Stream{Name: t.Name, Features: len(t.Columns) - 1, Clock: dataset.Values{Data: t.Columns[time].Numbers, Width: 1}}
	features := slices.Delete(slices.Clone(t.Columns), time, time+1)
	values := make([]float64, 0, t.Rows*len(features))
	for row := range t.Rows {
		for _, c := range features {
			values = append(values, c.Numbers[row])
		}
	}
	for _, c := range features {
		s.Names = append(s.Names, c.Name)
	}
	s.Data = dataset.Values{Data: values, Width: len(features)}
	r.Streams = append(r.Streams, s)
	return nil
}
