package ingest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// readSeries finds the time series of a file: signals become streams, words and
// moments tables of events, and IntervalSeries a table of intervals. What is
// broken or no signal is noted.
func (n *nwbFile) readSeries(r *dataset.Recording) {
	name := shortNames(n.series)
	for i, g := range n.series {
		if reason := g.noSignal(); reason != "" {
			n.leave(g.path, reason)
			continue
		}
		if err := n.oneSeries(r, g, name[i]); err != nil {
			n.leaveBroken(g.path, err)
		}
	}
}

// noSignal says what a series is that is no signal; "": it may be one.
func (g *nwbGroup) noSignal() string {
	switch {
	case g.has("external_file"), strings.Contains(g.kind, "PhotonSeries"), g.kind == "OpticalSeries",
		strings.HasPrefix(g.kind, "Image"):
		return "images are not read"
	case g.kind == "SpikeEventSeries":
		return "waveforms are not read"
	}
	return ""
}

// oneSeries adds a series to what it is.
func (n *nwbFile) oneSeries(r *dataset.Recording, g *nwbGroup, name string) error {
	times, err := n.clock(g)
	if err != nil {
		return err
	}
	if !g.has("data") {
		return n.moments(r, g, name, times)
	}
	d, err := g.Dataset("data")
	if err != nil {
		return err
	}
	if len(d.Shape()) == 0 {
		return errors.New("its data is one value, should have one a sample")
	}
	labels, err := n.labels(d)
	switch {
	case err != nil:
		return err
	case d.Type().IsText() || labels != nil:
		return n.words(r, g, name, times, d, labels)
	case g.kind == "IntervalSeries":
		return n.intervalSeries(r, g, name, times, d)
	}
	s, err := n.stream(g, d, times)
	if err != nil {
		return err
	}
	s.Name = name
	r.Streams = append(r.Streams, s)
	return nil
}

// nwbClock is when a series was sampled.
type nwbClock struct {
	times       *hdf5.Dataset // nil: evenly
	start, rate float64
}

// clock finds when a series was sampled: its timestamps, or else the moment of its
// first sample and a rate.
func (n *nwbFile) clock(g *nwbGroup) (c nwbClock, err error) {
	if g.has("timestamps") {
		if c.times, err = g.Dataset("timestamps"); err != nil {
			return c, err
		}
		if _, err = oneSeries(c.times); err != nil {
			return c, fmt.Errorf("its timestamps: %w", err)
		}
		return c, n.plausible(c.times)
	}
	if !g.has("starting_time") {
		return c, errors.New("has neither timestamps nor starting_time, so that nothing says when it was sampled")
	}
	d, err := g.Dataset("starting_time")
	if err != nil {
		return c, err
	}
	if c.start, err = oneNumber(d); err != nil {
		return c, fmt.Errorf("its starting_time: %w", err)
	}
	attrs, err := nwbAttrsOf(d)
	if err != nil {
		return c, err
	}
	c.rate, err = attrs.number("rate", 0)
	if err == nil && !(c.rate > 0 && c.rate < math.Inf(1)) {
		err = fmt.Errorf("its rate is %g, should be samples per second", c.rate)
	}
	return c, err
}

// oneNumber reads a data set of one number.
func oneNumber(d *hdf5.Dataset) (float64, error) {
	for _, k := range d.Shape() {
		if k != 1 {
			return 0, fmt.Errorf("has the shape %v, should be one number", d.Shape())
		}
	}
	all, err := d.Float64s()
	if err == nil && len(all) != 1 {
		err = errors.New("is empty, should be one number")
	}
	if err != nil {
		return 0, err
	}
	return all[0], nil
}

// stream makes a signal of a series. Nothing of it is read yet.
func (n *nwbFile) stream(g *nwbGroup, d *hdf5.Dataset, c nwbClock) (*dataset.Stream, error) {
	v, err := n.samples(g, d, c)
	if err != nil {
		return nil, err
	}
	attrs, err := nwbAttrsOf(d)
	if err != nil {
		return nil, err
	}
	s := &dataset.Stream{
		About: oneLine(g.attrs.text("description")), Comments: g.attrs.text("comments"), Unit: unitOf(attrs),
		Features: v.width, Data: v, Start: c.start, Rate: c.rate,
	}
	s.Names = n.electrodesOf(g, v.width)
	if c.times != nil {
		s.Clock = &nwbSamples{d: c.times, samples: c.times.Shape()[0], width: 1, factor: 1}
	}
	return s, nil
}

// unitOf is the unit of data; those that say that there is none are left out.
func unitOf(a nwbAttrs) string {
	switch unit := oneLine(a.text("unit")); strings.ToLower(unit) {
	case "n/a", "n.a.", "na", "unknown", "none", "no unit", "no units", "nan":
		return ""
	default:
		return unit
	}
}

// electrodesOf names the features of an ElectricalSeries by the ids of their
// electrodes; nil if it has none, or not as many.
func (n *nwbFile) electrodesOf(g *nwbGroup, features int) []string {
	if !g.has("electrodes") {
		return nil
	}
	d, err := n.vector(g, "electrodes", 1<<16)
	if err != nil || d.Shape()[0] != features {
		return nil
	}
	rows, err := d.Int64s()
	if err != nil {
		return nil
	}
	ids := n.electrodeIDs()
	names := make([]string, len(rows))
	for i, row := range rows {
		if row < 0 || row >= int64(len(ids)) {
			return nil
		}
		names[i] = ids[row]
	}
	return names
}

// labels returns the words that the data of a LabeledEvents or TTLs stand for, of
// the extension ndx-events; nil: they are numbers.
func (n *nwbFile) labels(d *hdf5.Dataset) ([]string, error) {
	attrs, err := nwbAttrsOf(d)
	if err != nil || attrs["labels"] == nil || !d.Type().IsNumber() {
		return nil, err
	}
	labels, err := attrs["labels"].Strings()
	return slices.Clip(labels), err
}

// words makes a table of events of a series of words.
func (n *nwbFile) words(r *dataset.Recording, g *nwbGroup, name string, c nwbClock, d *hdf5.Dataset, labels []string) error {
	v := &nwbColumn{n: n, d: d, rows: d.Shape()[0]}
	if err := n.plausible(d); err != nil {
		return err
	}
	if len(d.Shape()) != 1 {
		return fmt.Errorf("holds words of the shape %v, should have one a sample", d.Shape())
	}
	if _, _, err := v.values(); err != nil {
		return err
	}
	column := &dataset.Column{Name: "label"}
	var err error
	if labels == nil {
		column.Words, err = d.Strings()
	} else {
		column.Words, err = labelled(d, labels)
	}
	if err != nil {
		return err
	}
	return n.events(r, g, name, c, v.rows, column)
}

// labelled reads numbers by the words that they stand for. Numbers without one are
// told as numbers.
func labelled(d *hdf5.Dataset, labels []string) ([]string, error) {
	numbers, err := d.Int64s()
	words := make([]string, len(numbers))
	for i, k := range numbers {
		if k >= 0 && k < int64(len(labels)) {
			words[i] = labels[k]
		} else {
			words[i] = strconv.FormatInt(k, 10)
		}
	}
	return words, err
}

// moments makes a table of events of the times of a series without data.
func (n *nwbFile) moments(r *dataset.Recording, g *nwbGroup, name string, c nwbClock) error {
	if c.times == nil {
		return errors.New("has no data")
	}
	return n.events(r, g, name, c, c.times.Shape()[0])
}

// events makes a table of events of times, and of what stands beside each.
func (n *nwbFile) events(r *dataset.Recording, g *nwbGroup, name string, c nwbClock, rows int, beside ...*dataset.Column) error {
	at, err := n.allTimes(c, rows)
	if err != nil {
		return err
	}
	t := &dataset.Table{Name: name, About: oneLine(g.attrs.text("description")), Rows: rows}
	t.Columns = append([]*dataset.Column{{Name: dataset.ColumnTime, Numbers: at}}, beside...)
	r.Events = append(r.Events, t)
	return nil
}

// allTimes reads the times of some samples.
func (n *nwbFile) allTimes(c nwbClock, samples int) ([]float64, error) {
	if samples > maxNWBRows {
		return nil, fmt.Errorf("has %d rows, more than the %d that are read", samples, maxNWBRows)
	}
	if err := n.spend(8 * int64(samples)); err != nil {
		return nil, err
	}
	if c.times != nil {
		if err := sameLength(samples, c); err != nil {
			return nil, err
		}
		return c.times.Float64s()
	}
	at := make([]float64, samples)
	for i := range at {
		at[i] = c.start + float64(i)/c.rate
	}
	return at, nil
}

func sameLength(samples int, c nwbClock) error {
	if k := c.times.Shape()[0]; k != samples {
		return fmt.Errorf("has %d samples, but %d timestamps", samples, k)
	}
	return nil
}
