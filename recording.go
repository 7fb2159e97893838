package autolfads

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/guard"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/report"
	"github.com/autolfads/autolfads/run"
)

// Recording says how a run makes trials of a recording that is not binned.
type Recording struct {
	Trials  prepare.Options // bin width and split that these leave open are the configuration's; Observer.Read is told of progress
	Open    ingest.Options
	Command string // that was typed: the file of trials keeps it
}

// ErrBinned: a file of binned spikes is given, with a Recording.
var ErrBinned = errors.New("holds trials of binned spikes already: leave out what makes trials of a recording")

// defaultBinMs is how wide the bins of a recording are where nobody says it.
const defaultBinMs = 10

// isRecording reports whether the run's data are a recording, of which it makes trials.
func (j *Job) isRecording() (bool, error) {
	_, _, _, unknown := ingest.Find(j.Data)
	if unknown == nil {
		how := j.recording()
		return true, cmp.Or(j.refuseLayout(), j.refuseLikelihood(), how.Trials.Check())
	}
	if j.Recording == nil {
		return false, nil
	}
	if _, err := dataset.Load(j.Data, dataset.Options{Glance: true}); err != nil {
		return false, ingest.Advise(j.Data, err)
	}
	return false, fmt.Errorf("%s %w", j.Data, ErrBinned)
}

// refuseLayout refuses settings that say how a file of binned spikes is laid out, for a
// recording.
func (j *Job) refuseLayout() error {
	d := &j.Config.Data
	for _, s := range []struct {
		said      bool
		key, flag string
	}{
		{d.Axes != "", "axes", "axes"},
		{d.Group != "", "group", "data-group"},
		{d.TruthUnit != "", "truth_unit", "truth-unit"},
		{d.EncodDiffers, "encod_differs", "encod-differs"},
	} {
		if s.said {
			return fmt.Errorf("%s is a recording that is not binned, and data.%s is of files of binned spikes: leave it out (--%s)", j.Data, s.key, s.flag)
		}
	}
	return nil
}

// refuseLikelihood refuses a likelihood that signals cannot have, before they are read:
// one of counts, or one of what is above 0 for what goes to and fro, as what an electrode
// measures does if no step is asked for that changes it.
func (j *Job) refuseLikelihood() error {
	l, err := j.Config.Model.NewLikelihood()
	if err != nil || j.Recording == nil || j.Recording.Trials.Signals == nil {
		return err
	}
	if l.Counts() {
		return fmt.Errorf("signals are no counts, which model.likelihood %s is of: take --preset emg or --preset calcium for what is above 0, --set model.likelihood=gaussian for what may be below", j.Config.Model.Likelihood)
	}
	if s := j.Recording.Trials.Signals; s.Kind == "" && s.Envelope == "" && l.Check(-1) != "" {
		return fmt.Errorf("model.likelihood %s is of numbers that are never below 0, and nothing says what %s is: say it (--signal-kind emg, lfp or calcium; raw if its samples are so already)", j.Config.Model.Likelihood, strings.Join(s.Streams, ", "))
	}
	return nil
}

// prepared is what becomes of a recording.
type prepared struct {
	dataset *dataset.Dataset
	report  *prepare.Report
}

// draw draws what was made. A figure that cannot be drawn is none; what the file system
// refuses is an error.
func (p *prepared) draw(path string) error {
	err := guard.Call(func() error { return report.RecordingOf(p.dataset, p.report).Write(path) })
	if durable.IsOfPath(err) {
		return err
	}
	return nil
}

// prepare makes trials of the run's recording in its folder, and returns the file's
// path. The folder has nothing of them before they are whole. When ctx ends it returns
// at once.
func (j *Job) prepare(ctx context.Context, f *run.Folder) (path string, err error) {
	made, err := await(ctx, func() (*prepared, error) {
		return trialsOfRecording(j.Data, j.recording(), j.Resources.Observer)
	})
	if err != nil {
		return "", err
	}
	dir, err := f.MakeData()
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, prepare.FreeName(dir, j.Data, ".h5"))
	if err := made.dataset.Write(path); err != nil {
		return "", err
	}
	if err := writeJSON(filepath.Join(dir, "prepare.json"), made.report); err != nil {
		return "", err
	}
	if err := made.draw(strings.TrimSuffix(path, ".h5") + ".png"); err != nil {
		return "", err
	}
	if ctx.Err() != nil {
		return "", interrupted(ctx)
	}
	if told := j.Resources.Observer.Prepared; told != nil {
		told(made.report)
	}
	return path, nil
}

// recording is how trials are made, with what is left open as the configuration says.
func (j *Job) recording() Recording {
	var r Recording
	if j.Recording != nil {
		r = *j.Recording
	}
	d, o := &j.Config.Data, &r.Trials
	o.BinMs = cmp.Or(o.BinMs, d.BinMs, defaultBinMs)
	o.Split.ValidShare = cmp.Or(o.Split.ValidShare, d.ValidShare)
	o.Split.Seed = cmp.Or(o.Split.Seed, d.SplitSeed)
	o.SetAside = cmp.Or(o.SetAside, d.SetAside)
	return r
}

// trialsOfRecording makes trials of the recording at a path, signed with where they
// come from.
func trialsOfRecording(path string, how Recording, told Observer) (*prepared, error) {
	how.Open.Progress, how.Trials.Progress = told.Read, told.Read
	r, err := ingest.Open(path, how.Open)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	d, report, err := prepare.Trials(r, how.Trials)
	if err != nil {
		return nil, err
	}
	sum, err := prepare.Checksum(path, report.Beside, told.Read)
	if err != nil {
		return nil, err
	}
	origin := prepare.Origin{Source: path, SHA256: sum, Command: how.Command, Version: Version}
	return &prepared{d, report}, origin.Sign(d, report)
}

// await returns what do does, or, as soon as ctx ends, that it was interrupted; do then
// goes on for nobody.
func await[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := do()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, interrupted(ctx)
	}
}

func interrupted(ctx context.Context) error {
	return fmt.Errorf("stopped while preparing the recording (%w); nothing of it is kept: the same command begins anew", context.Cause(ctx))
}

func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return durable.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(append(text, '\n'))
		return err
	})
}
