package autolfads

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/run"
)

// ReplayJob is a request to train a run's model again, from fresh parameters: with the
// hyper-parameters that its line went through, each for as many optimiser steps. There is
// no search and no copy.
type ReplayJob struct {
	Run       string     // folder of a run that has a model
	Out       string     // run folder; must not exist or be empty
	Data      string     // another data file; "": the run's
	File      DataConfig // what the data file leaves open; zero: as the run's
	AllTrials bool       // trains on the validation trials, too: nothing is left that says how good the model is
	Seeds     int        // models, each of parameters and random numbers of its own; 0: 1
	Seed      *uint64    // nil: the run's and 1

	Resources Resources
}

// StartReplay begins such a run and carries it to its end as [Start] does. It is a run
// like any other, and what it takes from the first one stands in its own run.yaml.
func StartReplay(ctx context.Context, r ReplayJob) (*Outcome, error) {
	if err := cmp.Or(r.Resources.check(), run.Exists(r.Run)); err != nil {
		return nil, err
	}
	j, err := r.job()
	if err != nil {
		return nil, err
	}
	return j.start(ctx)
}

// job is the run that the replay is.
func (r *ReplayJob) job() (*Job, error) {
	c, header, err := r.read()
	if err != nil {
		return nil, err
	}
	line, err := r.line(&header, &c)
	if err != nil {
		return nil, err
	}
	j := &Job{Data: r.Data, Out: r.Out, Search: Replay, Seed: header.Seed + 1, Resources: r.Resources, line: line}
	if r.Seed != nil {
		j.Seed = *r.Seed
	}
	if j.Data == "" {
		found, err := header.Data.Find(r.Run)
		if err != nil {
			return nil, fmt.Errorf("%w; or say with --data where it, or another recording, is", err)
		}
		j.Data = found.Path
	} else {
		c.Data.BinMs = 0 // the run's is for its own file
	}
	c.Data = r.File.Or(c.Data)
	j.Config = c
	return j, cmp.Or(c.Check(), r.refuseRecording())
}

// read reads the run's configuration, without what a population ends by. What a run of an
// earlier version does not name is as it was before there was a name for it.
func (r *ReplayJob) read() (Config, run.Header, error) {
	c, err := DefaultConfig().AsPaper()
	if err != nil {
		return c, run.Header{}, err
	}
	header, err := run.Read(r.Run, &c)
	p := &c.PBT
	p.StopErrors, p.FinalDraws, p.FinishEpochs, p.MeanGenerations = 0, 0, 0, 0
	p.BestEpoch = false
	return c, header, err
}

// refuseRecording refuses data that are not binned, of which the run's way of making
// trials is not known.
func (r *ReplayJob) refuseRecording() error {
	if r.Data == "" {
		return nil
	}
	if _, _, _, unknown := ingest.Find(r.Data); unknown != nil {
		return nil
	}
	return fmt.Errorf("%s is a recording that is not binned: make trials of it first, `autolfads prepare %s --out trials.h5`, as those of the run were made, and give that file", r.Data, prepare.Command(prepare.Typed(r.Data)))
}

// line is the schedule that a run's model was trained by.
type line struct {
	replay run.Replay // epochs as they were in the run
	trials int        // that these were epochs of
	binMs  float64    // 0: not known
	note   func(sentence string)
}

// line reads what the run's model was trained by. Of checkpoints it needs none.
func (r *ReplayJob) line(h *run.Header, c *Config) (*line, error) {
	files := run.Files{Dir: r.Run}
	best, err := files.Best()
	if err == nil && best == nil {
		err = fmt.Errorf("%s has no trained model yet (no best/best.json): go on with `autolfads resume %s`", r.Run, r.Run)
	}
	if err != nil {
		return nil, err
	}
	segments, err := files.Segments(best.Place)
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(r.Run)
	if err != nil {
		return nil, err
	}
	l := &line{trials: h.Trials.Training, binMs: h.Trials.BinMs, note: r.Resources.Observer.note}
	l.replay = run.Replay{
		Run: filepath.Base(dir), Generation: best.Generation, Member: best.Member,
		Schedule: pbt.Replay{Members: cmp.Or(r.Seeds, 1), AllTrials: r.AllTrials, Segments: segments},
	}
	if l.trials == 0 { // earlier versions did not keep it
		l.trials, err = trialsTrained(r.Run, h, c)
	}
	return l, errors.Join(err, l.replay.Schedule.Check())
}

// trialsTrained counts the training trials of a run's data file.
func trialsTrained(dir string, h *run.Header, c *Config) (int, error) {
	found, err := h.Data.Find(dir)
	if err != nil {
		return 0, fmt.Errorf("how many steps an epoch had follows from the run's data: %w", err)
	}
	d, err := c.Data.Load(found.Path)
	if err != nil {
		return 0, err
	}
	return d.Train.Trials(), nil
}

// follow puts the schedule into a run of some data, in epochs that have as many steps as
// it had.
func (l *line) follow(d *dataset.Dataset, h *run.Header, c *Config) {
	r := l.replay
	if r.Schedule.AllTrials {
		h.Trials.Training += d.Valid.Trials()
	}
	was, is := stepsOf(c, l.trials), stepsOf(c, h.Trials.Training)
	first := r.Schedule.Segments[0].Hyper
	r.Schedule.Segments = pbt.InStepsOf(r.Schedule.Segments, was, is)
	scaleRamps(c, r.Schedule.Segments, was(first), is(first))
	h.Replay = &r
	if ms := h.Trials.BinMs; ms != 0 && l.binMs != 0 && ms != l.binMs {
		l.note(fmt.Sprintf("warning: bins of %s are %g ms wide, those of the run %g ms: hyper-parameters that suit the ones may not suit the others", d.Name, ms, l.binMs))
	}
}

// scaleRamps keeps the ramps in steps, also where random search has drawn them.
func scaleRamps(c *Config, segments []pbt.Segment, was, is int) {
	for i, s := range segments {
		in, err := c.With(s.Hyper)
		if err != nil {
			continue // the run has trained with them
		}
		in.Train.ScaleRamps(was, is)
		hyper := maps.Clone(s.Hyper)
		for key, epochs := range map[string]int{
			"train.kl_ramp_start": in.Train.KLRampStart, "train.kl_ramp_epochs": in.Train.KLRampEpochs,
			"train.l2_ramp_start": in.Train.L2RampStart, "train.l2_ramp_epochs": in.Train.L2RampEpochs,
		} {
			if _, searched := hyper[key]; searched {
				hyper[key] = float64(epochs)
			}
		}
		segments[i].Hyper = hyper
	}
	c.Train.ScaleRamps(was, is)
}

// stepsOf says how many optimiser steps an epoch of so many trials has under
// hyper-parameters, which may set the batch size. The run has trained with them: they can
// be in force.
func stepsOf(c *Config, trials int) func(pbt.Hyper) int {
	return func(h pbt.Hyper) int {
		in, err := c.With(h)
		if err != nil {
			return pbt.Steps(trials, c.Train.BatchSize)
		}
		return pbt.Steps(trials, in.Train.BatchSize)
	}
}

// decide returns the decisions of a run's search.
func decide(c *Config, h *run.Header) (pbt.Search, error) {
	if Search(h.Search) != Replay {
		return c.Decide(Search(h.Search), h.Seed)
	}
	if h.Replay == nil {
		return nil, errors.New("run.yaml says search: replay, and has no schedule of one: put back what the run wrote")
	}
	return h.Replay.Schedule, h.Replay.Schedule.Check()
}

// trainedOf is what of a run's data its models train on.
func trainedOf(h run.Header, d *dataset.Dataset) *dataset.Dataset {
	if ofAllTrials(&h) {
		return d.AllTraining()
	}
	return d
}

// ofAllTrials reports whether a run's models are trained on its validation trials, too.
func ofAllTrials(h *run.Header) bool { return h.Replay != nil && h.Replay.Schedule.AllTrials }

// keepModels keeps all models of a replay of several in models/.
func keepModels(f *run.Folder) error {
	if f.Header.Replay == nil || f.Header.Replay.Schedule.Members == 1 {
		return nil
	}
	return f.KeepModels()
}
