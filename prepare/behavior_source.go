package prepare

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// source is a stream, or a column of trials, that behaviour is taken from.
type source struct {
	text     string // as it was asked for
	base     string // without the features
	stream   *dataset.Stream
	features []int // of the stream
	change   bool  // per second
	hold     bool  // the last sample
	alone    bool  // asked for by the name of the feature

	column *dataset.Column // instead of a stream
}

func (s *source) dimensions() int { return max(1, len(s.features)) }

// quantities says what the dimensions are called, and their unit.
func (s *source) quantities() []dataset.Quantity {
	if s.column != nil || s.alone || s.stream.Features == 1 && s.stream.Names == nil {
		return []dataset.Quantity{{Name: s.base, Unit: s.unit()}}
	}
	all := make([]dataset.Quantity, len(s.features))
	for i, f := range s.features {
		all[i] = dataset.Quantity{Name: s.base + " " + featureName(s.stream, f), Unit: s.unit()}
	}
	return all
}

func (s *source) unit() string {
	switch {
	case s.column != nil:
		return ""
	case s.change && s.stream.Unit != "":
		return s.stream.Unit + "/s"
	}
	return s.stream.Unit
}

// featureName is what a feature is called, or its place.
func featureName(s *dataset.Stream, f int) string {
	if f < len(s.Names) && s.Names[f] != "" {
		return s.Names[f]
	}
	return fmt.Sprint(f)
}

// never is the error for what has a value in no trial.
func (s *source) never(p *plan) error {
	if s.column != nil {
		return fmt.Errorf("column %s is known of no trial: take another (--behavior), or other trials", s.column.Name)
	}
	trials := dataset.Span(p.starts)
	trials.Stop += p.Seconds()
	own, err := s.stream.Span()
	if err != nil {
		return err
	}
	return fmt.Errorf("%s has a value in no trial: it was sampled from %s to %s s, trials lie between %s and %s s: if they are not on one clock, correct its times; else leave it out (--behavior)",
		s.text, dataset.Moment(own.Start), dataset.Moment(own.Stop), dataset.Moment(trials.Start), dataset.Moment(trials.Stop))
}
