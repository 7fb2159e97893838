package autolfads

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/run"
)

// Inference is a request for rates of a recording from a trained model.
type Inference struct {
	From string // run folder, or a checkpoint inside one
	Data string // data file with the neurons the model was trained on; or a recording, if the run's data were made of one
	Out  string // HDF5 file to write; must not exist
	// Ensemble are further run folders or checkpoints, of models with the same neurons, bins
	// and likelihood: rates are the mean of all, factors and states those of From.
	Ensemble []string

	Samples int        // posterior samples; 0: as each run's configuration says
	Seed    *uint64    // nil: each run's
	File    DataConfig // what the data file leaves open; zero: as the run's

	Open    ingest.Options   // of a recording
	Trials  *prepare.Options // of a recording, what prepare.Options.Otherwise takes; nil: all as the run's
	Command string           // that was typed, if it makes trials of a recording: outputs keep it

	Resources Resources
}

// Infer writes the rates of a recording to a file: those of one model, or the mean of
// several and, beside, the first one's.
func Infer(ctx context.Context, r Inference) error {
	if err := errors.Join(r.Resources.check(), newFile(r.Out)); err != nil {
		return err
	}
	all, err := r.sources()
	if err != nil {
		return err
	}
	d, err := spikesOf(ctx, all[0].dir, &all[0].config, &all[0].header, &r)
	if err != nil {
		return err
	}
	if err := r.restore(all, d); err != nil {
		return err
	}
	from := infer.Source{Version: Version, Run: filepath.Base(all[0].path), Data: filepath.Base(r.Data), Seed: all[0].seed, AllTrials: trainedOnAll(&all[0].header, r.Data)}
	if len(all) > 1 {
		return r.ensemble(ctx, all, d, from)
	}
	result, err := r.infer(ctx, all[0], d, r.Resources.Observer.Inferred)
	if err != nil {
		return err
	}
	return infer.Write(r.Out, d, result, from)
}

// spikesOf reads the data to infer: any split is enough, as are the neurons
// that the model reads. What the file leaves open is as in the run's data.
func spikesOf(ctx context.Context, dir string, c *Config, header *run.Header, r *Inference) (*dataset.Dataset, error) {
	d, err := r.load(ctx, dir, c, header)
	if err != nil {
		return nil, err
	}
	if err := c.LookThrough(d, r.Data, r.Resources.Observer.note); err != nil {
		return nil, err
	}
	trained, aside, err := trainedLike(d, header.Trials)
	if err != nil {
		return nil, err
	}
	if d.Reconstructed() == nil && len(trained.NeuronOrder) > 0 {
		d.Order = trained.NeuronOrder
	}
	if err := d.Arrange(trained.NeuronOrder); err != nil {
		if !trained.OrderByPlace {
			return nil, err
		}
		r.Resources.Observer.note(fmt.Sprintf("warning: %v; where the model's file had neurons of equal spikes it may be so all the same", err))
	}
	note, err := onScaleOf(&trained, d, r.Data)
	if err != nil {
		return nil, err
	}
	if note != "" {
		r.Resources.Observer.note(note)
	}
	if aside != nil {
		d.SetAsideAt(aside.Places)
	}
	width := time.Duration(math.Round(trained.BinMs * float64(time.Millisecond)))
	switch {
	case width > 0 && d.BinWidth == 0:
		d.BinWidth = width
		r.Resources.Observer.note(fmt.Sprintf("%s does not say how wide its bins are: taken to be %v wide, as those that the model was trained on; if they are not, say so with --bin-ms", r.Data, width))
	case width > 0 && d.BinWidth != width:
		r.Resources.Observer.note(fmt.Sprintf("warning: bins of %s are %v wide, those that the model was trained on %v: the model knows the dynamics of its own bins alone, and its rates for others mean little; bin the spikes anew, or train a model on these",
			r.Data, d.BinWidth, width))
	}
	return d, nil
}

// load reads the data to infer, or makes them of a recording.
func (r *Inference) load(ctx context.Context, dir string, c *Config, trained *run.Header) (*dataset.Dataset, error) {
	if r.isRecording() {
		return r.prepare(ctx, dir, trained)
	}
	if r.Trials != nil {
		return nil, fmt.Errorf("%s %w", r.Data, ErrBinned)
	}
	if r.File.SetAside != 0 {
		return nil, errors.New("what the run set aside is not inferred, and no other neurons can be: leave out --set-aside")
	}
	c.Data = r.File.Or(c.Data)
	c.Data.BinMs = r.File.BinMs // the run's is for files that do not say theirs, not against those that do
	d, err := c.Data.LoadSpikes(r.Data)
	if err != nil {
		return nil, err
	}
	was, err := trainedOn(dir, trained)
	if err != nil {
		return d, nil // where it is gone, nothing is known
	}
	if d.First().Encod.Features != trained.Trials.SetAsideOf {
		if err := setAsideOf(was, &trained.Trials); err != nil {
			return nil, err
		}
	}
	setAsideAs(d, was)
	return d, r.sameUnits(was, d)
}

// newFile returns an error if no file can be made at path or there is one, so
// that this is known before hours of computing and not after.
func newFile(path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists: give another --out, or remove it", path)
	}
	probe, err := os.CreateTemp(filepath.Dir(path), ".*.tmp")
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err // the probe's name says nothing
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w; make its folder, or give another --out", path, err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}
