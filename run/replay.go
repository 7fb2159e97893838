package run

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/autolfads/autolfads/pbt"
)

// Replay is what a run trains that follows the line of another run's model. It is all
// that is taken from there: the other run is not needed any more.
type Replay struct {
	Run        string     `yaml:"run"`        // folder of the other run, its name alone
	Generation int        `yaml:"generation"` // of its model
	Member     int        `yaml:"member"`
	Schedule   pbt.Replay `yaml:"schedule"`
}

// OfTraining is what scores are of where all trials are trained on: they say nothing of
// trials that the model has not seen.
const OfTraining = "training trials"

// ScoreOf is what trials scores are of; "": those that validate.
func (h *Header) ScoreOf() string {
	if h.Replay != nil && h.Replay.Schedule.AllTrials {
		return OfTraining
	}
	return ""
}

// Lineage returns the units of the line that ends at a place, each with its result; the
// one that began with fresh parameters first. Of checkpoints it needs none.
func (f Files) Lineage(end pbt.Place) (units []Unit, results []Result, err error) {
	for at := &end; at != nil; {
		u, err := f.Unit(at.Generation, at.Member)
		if err != nil {
			return nil, nil, fmt.Errorf("the line of generation %d, member %d is not whole: %w", end.Generation, end.Member, err)
		}
		r, err := f.Result(u)
		if err == nil && r == nil {
			err = fmt.Errorf("%s, from which the model comes, has no result", u)
		}
		if err != nil {
			return nil, nil, err
		}
		units, results = append(units, u), append(results, *r)
		if at, err = parentOf(&u); err != nil {
			return nil, nil, err
		}
	}
	slices.Reverse(units)
	slices.Reverse(results)
	return units, results, nil
}

// parentOf returns from where a unit goes on; nil: it begins.
func parentOf(u *Unit) (*pbt.Place, error) {
	if u.Parent == nil {
		return nil, nil
	}
	if u.Parent.Generation >= u.Generation {
		return nil, errors.New(u.String() + " goes on from a generation that is not before it: the run folder was edited")
	}
	return &u.Parent.Place, nil
}

// Segments returns the schedule by which the model at a place was trained: of each
// generation the epochs that the next one goes on from. Of a model
// that trained alone it is that to its best epoch, by the learning rates in its metrics.
func (f Files) Segments(end pbt.Place) ([]pbt.Segment, error) {
	units, results, err := f.Lineage(end)
	if err != nil {
		return nil, err
	}
	var all []pbt.Segment
	for i, u := range units {
		if !u.Single {
			all = append(all, pbt.Segment{Epochs: results[i].Epoch - u.FirstEpoch, Hyper: u.Hyper, Anneal: u.Anneal})
			continue
		}
		alone, err := f.segmentsAlone(u, &results[i])
		if err != nil {
			return nil, err
		}
		all = append(all, alone...)
	}
	return all, nil
}

// segmentsAlone returns a segment for each learning rate of a model with a schedule of
// its own.
func (f Files) segmentsAlone(u Unit, r *Result) (all []pbt.Segment, err error) {
	gathered, _ := os.ReadFile(f.path(metricsName)) // none before the first generation is done
	text, err := f.metricsOf(u, *r, gathered)
	if err != nil {
		return nil, err
	}
	for line := range bytes.Lines(text) {
		var e EpochRecord
		if err := decodeJSON(f.path(r.Metrics), line, &e); err != nil {
			return nil, err
		}
		if e.Epoch > r.Epoch {
			break
		}
		rate := float64(e.Metrics["learning_rate"])
		if n := len(all); n > 0 && all[n-1].Hyper[pbt.LearningRate] == rate {
			all[n-1].Epochs++
			continue
		}
		hyper := pbt.Hyper{}
		maps.Copy(hyper, u.Hyper)
		hyper[pbt.LearningRate] = rate
		all = append(all, pbt.Segment{Epochs: 1, Hyper: hyper})
	}
	return all, nil
}
