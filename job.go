package autolfads

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/fault"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
)

// Version is the program's version. A run goes on only under the version it
// was started with, for bits are promised within one.
const Version = "0.1.0"

// Job is a run to start.
type Job struct {
	Data   string // data file
	Out    string // run folder; must not exist or be empty
	Config Config
	Search Search
	Seed   uint64
	How    How
}

// How says how a run is executed. Nothing in it changes the result.
type How struct {
	Workers  int                   // members trained at a time; 0: one per core
	Threads  int                   // threads of one member; 0: cores left over
	Observe  func(run.Event)       // told of each epoch and generation; may be nil
	Inferred func(done, total int) // told of trials inferred at the end; may be nil
	Note     func(sentence string) // told what is worth knowing before the start; may be nil

	Scored func(step string, done, total int) // told how far a step of scoring is, from 0; may be nil
}

// Start begins a run and carries it to its end: the search, then rates of all
// trials from the best model, in Out/outputs.
func Start(ctx context.Context, j Job) (*Outcome, error) {
	if err := errors.Join(j.Config.Check(), j.How.check()); err != nil {
		return nil, err
	}
	search, err := j.Config.Decide(j.Search, j.Seed)
	if err != nil {
		return nil, err
	}
	d, err := j.Config.LoadData(j.Data, j.How.note)
	if err != nil {
		return nil, err
	}
	source, err := run.DataFile(j.Data)
	if err != nil {
		return nil, err
	}
	header := run.Header{Version: Version, Bits: kernel.Bits(), Seed: j.Seed, Search: string(j.Search), Data: source, Trials: trialsOf(d)}
	if err := checkMemory(j.Config, d, search, j.How); err != nil {
		return nil, err
	}
	folder, err := run.Create(j.Out, header, j.Config)
	if isFull(err) {
		return nil, explain(err, j.Out)
	}
	if isPathError(err) {
		return nil, fmt.Errorf("the run folder %s cannot be made: %w; choose another --out", j.Out, err)
	}
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	return carryOn(ctx, folder, j.Config, d, search, j.How)
}

// Resume goes on with the run in a folder, from wherever it was stopped or
// killed, with the same result as if it had not been; with changes, as if it had
// been started so.
func Resume(ctx context.Context, dir string, changes Changes, how How) (*Outcome, error) {
	if err := errors.Join(how.check(), holdsRun(dir)); err != nil {
		return nil, err
	}
	config := DefaultConfig()
	folder, err := run.Open(dir, Version, &config, changes.Data)
	if err != nil {
		return nil, explain(err, dir)
	}
	defer folder.Close()
	if err := sameBits(dir, folder.Header.Bits); err != nil {
		return nil, err
	}
	if err := changes.apply(folder, &config); err != nil {
		return nil, err
	}
	d, err := config.LoadData(folder.Header.Data.Path, how.note)
	if err != nil {
		return nil, err
	}
	name := folder.Header.Data.Called()
	d.Name = strings.TrimSuffix(name, filepath.Ext(name))
	search, err := config.Decide(Search(folder.Header.Search), folder.Header.Seed)
	if err == nil {
		err = checkMemory(config, d, search, how)
	}
	if err != nil {
		return nil, err
	}
	saved, err := folder.Save(config)
	if err != nil {
		return nil, explain(err, dir)
	}
	for _, change := range saved {
		how.note(change.String())
	}
	return carryOn(ctx, folder, config, d, search, how)
}

// sameBits returns an error if the run in dir, with bits of class was, would go
// on with others.
func sameBits(dir, was string) error {
	is := kernel.Bits()
	if was == is {
		return nil
	}
	where := "on a processor with AVX2 and FMA, without AUTOLFADS_CPU=portable"
	if arch, portable := strings.CutPrefix(was, "portable-"); portable {
		where = fmt.Sprintf("with AUTOLFADS_CPU=portable on %s", arch)
	}
	return fmt.Errorf("%s was begun with other arithmetic (%s) than this process has (%s), which rounds otherwise: go on %s, or start a new run",
		dir, was, is, where)
}

// isPathError reports whether an error is the system's about a path.
func isPathError(err error) bool {
	var p *fs.PathError
	return errors.As(err, &p)
}

// carryOn drives a run to its end and finishes it.
func carryOn(ctx context.Context, f *run.Folder, c Config, d *dataset.Dataset, search pbt.Search, how How) (*Outcome, error) {
	trainer := &trainer{c, d}
	work := run.Training{New: trainer.new, Every: run.CheckpointEvery}
	if fault.Often {
		work.Every = 0
	}
	executor := &local.Executor{Folder: f, Work: work.Work, Workers: how.Workers, Threads: how.Threads}
	observe := how.Observe
	if observe == nil {
		observe = func(run.Event) {}
	}
	ending, err := run.Drive(ctx, f, search, executor, observe)
	if err != nil {
		return nil, explain(err, f.Dir)
	}
	outcome, err := finish(ctx, f, c, d, ending, how)
	return outcome, explain(err, f.Dir)
}

// MaxThreads is more than a machine has cores.
const MaxThreads = 4096

// check returns an error for a number that means nothing.
func (h *How) check() error {
	for _, n := range []struct {
		name  string
		value int
		most  int
	}{{"workers", h.Workers, pbt.MaxMembers}, {"threads", h.Threads, MaxThreads}} {
		if n.value < 0 || n.value > n.most {
			return fmt.Errorf("%s is %d: give 1 to %d, or 0 for what the cores allow", n.name, n.value, n.most)
		}
	}
	return nil
}

func (h *How) note(sentence string) {
	if h.Note != nil {
		h.Note(sentence)
	}
}

// threads is how many threads inference may use: as many as training did.
func (h *How) threads() int {
	if h.Workers == 0 && h.Threads == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return max(h.Workers, 1) * max(h.Threads, 1)
}
