package autolfads

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/run"
)

// isRecording reports whether the data to infer are a recording, of which trials must be
// made.
func (r *Inference) isRecording() bool {
	_, _, _, unknown := ingest.Find(r.Data)
	return unknown == nil
}

// prepare makes trials of the recording to infer as those of the run in dir were made:
// of the units that the model reads, by their ids, in the same windows unless r.Trials
// says otherwise. Its behaviour and conditions are not needed. When ctx ends it returns at once.
func (r *Inference) prepare(ctx context.Context, dir string, trained *run.Header) (*dataset.Dataset, error) {
	if said := r.File; said != (DataConfig{Missing: said.Missing}) {
		return nil, fmt.Errorf("%s is a recording: trials of it are made as those that the model was trained on, and what says how a file of binned spikes is read must be left out (--bin-ms, --axes and so on)", r.Data)
	}
	was, err := trainedOn(dir, trained)
	if err == nil {
		err = setAsideOf(was, &trained.Trials)
	}
	if err != nil {
		return nil, err
	}
	how, err := howPrepared(was)
	if err != nil {
		return nil, fmt.Errorf("%s is a recording, and the run's data file, %s, does not say how to make trials of it (%w): make them with `autolfads prepare`, of the same units in the same order, and infer that file", r.Data, trained.Data.Path, err)
	}
	if r.Trials != nil {
		how = how.Otherwise(r.Trials)
	}
	made, err := await(ctx, func() (*prepared, error) {
		return trialsOfRecording(r.Data, Recording{Trials: *how, Open: r.open(), Command: r.Command}, r.Resources.Observer)
	})
	if err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("trials are made as those of the run were: %w; flags named that infer lacks are those of `autolfads prepare`, whose file can be inferred, too", err)
	}
	if err != nil {
		return nil, err
	}
	if told := r.Resources.Observer.Prepared; told != nil {
		told(made.report)
	}
	r.Resources.Observer.note(fmt.Sprintf("units of %s are taken for those of the same ids that the model was trained on", filepath.Base(r.Data)))
	d := made.dataset.SpikesAlone()
	d.Name, d.Neurons, d.SetAside = was.Name, was.Neurons, was.SetAside
	return d, nil
}

// open is how the recording is opened. The model's units are found by their ids, good
// or not.
func (r *Inference) open() ingest.Options {
	o := r.Open
	o.AllUnits = true
	return o
}

// howPrepared is how trials are made for a model that was trained on d: options of its
// file, with the units that the model reads, and without what it does not.
func howPrepared(d *dataset.Dataset) (*prepare.Options, error) {
	text, _ := d.Attributes["prepare_options"].(string)
	read := d.First().Encod.Features
	if text == "" || len(d.Neurons) < read {
		return nil, fmt.Errorf("it has no prepare_options and unit_ids")
	}
	var o prepare.Options
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return nil, fmt.Errorf("prepare_options: %w", err)
	}
	return o.ForModel(d.Neurons[:read]), nil
}
