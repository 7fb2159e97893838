package autolfads

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/work"
)

// Version is the program's version. A run goes on only under the version it
// was started with, for bits are promised within one.
const Version = "0.7.0"

// Config is everything that can be configured, by key (package config).
type Config = config.Config

// DefaultConfig returns the defaults.
func DefaultConfig() Config { return config.Default() }

// DataConfig says what a data file may leave open.
type DataConfig = config.Data

// Search says how hyper-parameters are found.
type Search = config.Search

// The searches.
const (
	PBT    = config.PBT    // a population
	Paper  = config.Paper  // a population that does what the AutoLFADS paper's does, and nothing else
	Random = config.Random // models drawn once from the space, each trained to its early stop
	Fixed  = config.Fixed  // one model with the configured values
	Replay = config.Replay // models by the schedule of another run's: StartReplay
)

// Job is a run to start.
type Job struct {
	Data   string // data file; or a recording, of which the run makes trials in its folder
	Out    string // run folder; must not exist or be empty
	Config Config
	Search Search
	Seed   uint64

	// Recording says how trials are made of Data if that is a recording; nil: as
	// defaults say. It must be nil for a data file.
	Recording *Recording

	// TimeLimit, if not 0, shortens the search so that the run ends within that time on
	// this machine, its cores being free for it: how fast they are is measured before the
	// run begins, and what fits becomes part of Config (package pace). A run that was
	// stopped goes on to the same end.
	TimeLimit time.Duration

	Resources Resources

	began time.Time // from here on TimeLimit counts
	line  *line     // that a replay trains; nil: it is none
}

// Start begins a run and carries it to its end: the search, then rates of all
// trials from the best model, in Out/outputs. Of [Paper], settings that have a default
// beyond the paper take the paper's value ([Config.AsPaper]).
func Start(ctx context.Context, j Job) (*Outcome, error) {
	if err := j.asPaper(); err != nil {
		return nil, err
	}
	j.began = time.Now()
	if err := errors.Join(j.Config.Check(), j.Resources.check(), j.checkLimit()); err != nil {
		return nil, err
	}
	if _, err := j.Config.Decide(j.Search, j.Seed); err != nil {
		return nil, err
	}
	return j.start(ctx)
}

// start begins a run whose settings are checked.
func (j Job) start(ctx context.Context) (*Outcome, error) {
	folder, err := reserve(j.Out)
	if err != nil {
		return nil, err
	}
	d, search, err := j.begin(ctx, folder)
	if err != nil {
		err = run.Advise(err, j.Out)
		_ = folder.Abandon() // what it cannot take away hinders no other attempt
		return nil, err
	}
	defer folder.Close()
	return drive(ctx, folder, j.Config, d, search, j.Resources)
}

// asPaper gives a job of the paper's search the paper's settings.
func (j *Job) asPaper() (err error) {
	if j.Search == Paper {
		j.Config, err = j.Config.AsPaper()
	}
	return err
}

// reserve holds a folder for a run.
func reserve(out string) (*run.Folder, error) {
	folder, err := run.Reserve(out)
	if durable.IsFull(err) {
		return nil, run.Advise(err, out)
	}
	if durable.IsOfPath(err) {
		return nil, fmt.Errorf("the run folder %s cannot be made: %w; choose another --out", out, err)
	}
	return folder, err
}

// begin reads the data, which it makes first if they are a recording, and begins the
// run in its folder, with what of the configuration follows from the data.
func (j *Job) begin(ctx context.Context, f *run.Folder) (*dataset.Dataset, pbt.Search, error) {
	path := j.Data
	recording, err := j.isRecording()
	if err == nil && recording {
		path, err = j.prepare(ctx, f)
		j.Config.Data.SetAside = 0 // they are set aside in the file that is made
	}
	if err != nil {
		return nil, nil, err
	}
	d, err := j.Config.Data.Load(path)
	if err == nil {
		err = j.Config.LookThrough(d, j.Data, j.Resources.Observer.note)
	}
	if err != nil {
		return nil, nil, err
	}
	source, err := run.DataFile(path)
	if err != nil {
		return nil, nil, err
	}
	j.Config.Resolve(d)
	header := run.Header{Version: Version, Bits: program().Bits, Seed: j.Seed, Search: string(j.Search), Data: source, Trials: trialsOf(d)}
	if j.line != nil {
		j.line.follow(d, &header, &j.Config)
	}
	search, err := decide(&j.Config, &header)
	if err == nil {
		err = work.CheckMemory(j.Config, d, search, j.Resources.site())
	}
	if err == nil {
		search, err = j.keepLimit(ctx, d, search)
	}
	if err != nil {
		return nil, nil, err
	}
	return d, search, run.Begin(f, header, j.Config)
}

// Resume goes on with the run in a folder, from wherever it was stopped or
// killed, with the same result as if it had not been; with changes, as if it had
// been started so.
func Resume(ctx context.Context, dir string, changes Changes, r Resources) (*Outcome, error) {
	if err := errors.Join(r.check(), run.Exists(dir)); err != nil {
		return nil, err
	}
	config := DefaultConfig()
	folder, err := run.Open(dir, program(), &config, changes.Data)
	if err != nil {
		return nil, run.Advise(err, dir)
	}
	defer folder.Close()
	goesOn, err := changes.apply(folder, &config)
	if err != nil {
		return nil, err
	}
	d, err := config.LoadData(folder.Header.Data.Path, r.Observer.note)
	if err != nil {
		return nil, err
	}
	name := folder.Header.Data.Called()
	d.Name = strings.TrimSuffix(name, filepath.Ext(name))
	search, err := decide(&config, &folder.Header)
	if err == nil {
		err = work.CheckMemory(config, d, search, r.site())
	}
	if err != nil {
		return nil, err
	}
	if goesOn {
		err = folder.DropFinish()
	}
	if err != nil {
		return nil, run.Advise(err, dir)
	}
	saved, err := folder.Save(config)
	if err != nil {
		return nil, run.Advise(err, dir)
	}
	for _, change := range saved {
		r.Observer.note(change.String())
	}
	return drive(ctx, folder, config, d, search, r)
}

// program is what this process is to a run.
func program() run.Program { return run.Program{Version: Version, Bits: kernel.Bits()} }

// drive drives a run to its end and finishes it.
func drive(ctx context.Context, f *run.Folder, c Config, d *dataset.Dataset, search pbt.Search, r Resources) (*Outcome, error) {
	if err := keepFacts(f, &c, d); err != nil {
		return nil, run.Advise(err, f.Dir)
	}
	r.Observer.begun()
	executor := r.sized(&c, d, search).Executor(f, work.Worker(c, trainedOf(f.Header, d), r.checkpointEvery()))
	ending, err := run.Drive(ctx, f, search, executor, r.reviewer(&c, f, d), r.Observer.event)
	if err != nil {
		return nil, run.Advise(err, f.Dir)
	}
	outcome, err := finish(ctx, f, c, d, ending, r)
	return outcome, run.Advise(err, f.Dir)
}

// trialsOf returns what a run's header keeps of its data.
func trialsOf(d *dataset.Dataset) run.Trials {
	t := run.Trials{
		Training:    d.Train.Trials(),
		BinMs:       float64(d.BinWidth) / float64(time.Millisecond),
		ForwardBins: d.Train.Recon.Bins - d.Train.Encod.Bins, NeuronOrder: d.Order, OrderByPlace: d.OrderByPlace,
	}
	s := d.Scale
	if w := d.Drawn; w != nil {
		t.SetAside, t.SetAsideOf, t.NeuronOrder, s = w.Places, w.Of, w.Order, w.Scale
	}
	if s != nil {
		t.ScaleUnit, t.ScaleFactor, t.ScaleOffset = s.Unit, s.Factor, s.Offset
	}
	return t
}
