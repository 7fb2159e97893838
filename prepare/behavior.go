package prepare

import (
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
	"github.com/autolfads/autolfads/prepare/stream"
)

// BehaviorOptions say what goes with the spikes: streams, or columns of trials.
//
// A name is that of a stream (hand_vel), of some of its features by place or name
// (hand_vel[0], hand_vel[x,y]), of a feature that one stream alone has (hand_vx), or of
// a column of the table of trials (trials.speed). velocity(cursor_pos) is what changes
// per second, held(target_pos) the last sample at or before a moment.
type BehaviorOptions struct {
	Names  []string `json:"streams,omitempty"`  // what is decoded from rates
	LagMs  float64  `json:"lag_ms,omitempty"`   // how much later than the spikes it is taken; below 0: earlier
	Inputs []string `json:"external,omitempty"` // what the model is told: taken at the time of the spikes, in all bins
}

// bytesPerValue is what a value takes: a float32, and half as much again while trials
// are divided.
const bytesPerValue = 6

// mostLagMs is an hour.
const mostLagMs = 3.6e6

func (o *BehaviorOptions) check() error {
	switch {
	case !(math.Abs(o.LagMs) <= mostLagMs):
		return fmt.Errorf("behaviour is taken %g ms later than spikes: the lag must be at most an hour (--lag-ms)", o.LagMs)
	case o.LagMs != 0 && len(o.Names) == 0:
		return errors.New("there is a lag (--lag-ms) without behaviour that it is of: name it (--behavior)")
	}
	return nil
}

// BehaviorReport is what was taken of one stream or column.
type BehaviorReport struct {
	Name     string   `json:"name"`     // as it was asked for
	Features []string `json:"features"` // what its dimensions are called
	Unit     string   `json:"unit"`     // "": not known
	RateHz   float64  `json:"rate_hz"`  // samples per second; 0: of a column
	Method   string   `json:"method"`   // how a bin's value was made
	Partly   int      `json:"trials_partly_missing"`
	Missing  []int64  `json:"trials_missing"` // in which no bin has a value: ids

	notes []string
}

// taken is what was taken for the windows of a plan.
type taken struct {
	array      *dataset.Array // windows x bins x dimensions
	quantities []dataset.Quantity
	reports    []BehaviorReport
}

// taker takes behaviour or inputs for the windows of a plan.
type taker struct {
	*plan
	bins  grid.Grid // of a window that there are values for
	lagMs float64   // how much later
	told  func(done, of int64)
}

// take takes what some names mean.
func (k *taker) take(r *dataset.Recording, names []string) (*taken, error) {
	all := &taken{}
	sources, err := sourcesOf(r, k.table, names)
	if err != nil || len(sources) == 0 {
		return all, err
	}
	for _, s := range sources {
		all.quantities = append(all.quantities, s.quantities()...)
	}
	if err := fits(float64(len(k.starts)), k.bins, len(all.quantities), bytesPerValue); err != nil {
		return nil, err
	}
	all.array = dataset.NewArray(len(k.starts), k.bins.Bins, len(all.quantities))
	at := 0
	for _, s := range sources {
		report, err := k.fill(all.array, at, s)
		if err != nil {
			return nil, err
		}
		all.reports = append(all.reports, *report)
		at += s.dimensions()
	}
	return all, nil
}

// fill puts what a source is into the dimensions of an array from one on.
func (k *taker) fill(out *dataset.Array, dimension int, s *source) (*BehaviorReport, error) {
	report := &BehaviorReport{Name: s.text, Unit: s.unit(), Missing: []int64{}}
	for _, q := range s.quantities() {
		report.Features = append(report.Features, q.Name)
	}
	if s.column != nil {
		report.Method = "the trial's value in all bins"
		s.constant(out, dimension, k.ids)
	} else if err := k.sample(out, dimension, s, report); err != nil {
		return nil, err
	}
	k.missing(out, dimension, s.dimensions(), report)
	if len(report.Missing) == len(k.starts) {
		return nil, s.never(k.plan)
	}
	return report, nil
}

// sample fills in a stream, windows in the order of time.
func (k *taker) sample(out *dataset.Array, dimension int, s *source, report *BehaviorReport) error {
	m, err := stream.New(s.stream, stream.Wanted{Features: s.features, Change: s.change, Hold: s.hold, LagMs: k.lagMs}, k.bins)
	if err != nil {
		return err
	}
	report.RateHz, report.Method, report.notes = m.RateHz(), m.Method(), m.Notes()
	for i, w := range k.inTime() {
		put := func(bin, feature int, v float64) { out.Bin(w, bin)[dimension+feature] = float32(v) }
		if err := m.Window(k.starts[w], put); err != nil {
			return fmt.Errorf("stream %s: %w", s.stream.Name, err)
		}
		if k.told != nil {
			k.told(int64(i+1), int64(len(k.starts)))
		}
	}
	return nil
}

// missing counts the trials in which some dimensions have no value.
func (p *plan) missing(a *dataset.Array, dimension, n int, report *BehaviorReport) {
	for w, id := range p.ids {
		missing := 0
		for bin := range a.Bins {
			for _, v := range a.Bin(w, bin)[dimension : dimension+n] {
				if dataset.IsMissing(v) {
					missing++
				}
			}
		}
		switch missing {
		case 0:
		case a.Bins * n:
			report.Missing = append(report.Missing, id)
		default:
			report.Partly++
		}
	}
}
