package autolfads

import (
	"cmp"
	"fmt"
	"runtime"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/work"
)

// Resources says with what a run is executed, and who is told of it. Nothing in
// it changes a bit of the result.
type Resources struct {
	Workers int      // members trained at a time on this machine; 0: one per core
	Threads int      // threads of one member, and of inference; 0: cores left over
	Site    run.Site // where members train; nil: on the cores of this machine, as Workers and Threads say

	CheckpointEvery time.Duration // longest time between two checkpoints of a member; 0: run.CheckpointEvery
	Patience        time.Duration // how long RunUnits waits for files that another machine wrote; 0: not at all
	NoFigures       bool          // none are drawn at the end

	Observer Observer
}

// Observer is told how a run comes along. Each function may be nil.
type Observer struct {
	Note     func(sentence string)              // what is worth knowing before the start
	Read     func(done, of int64)               // how much of a recording is read; often: it must be quick
	Prepared func(*prepare.Report)              // which trials a recording became
	Begun    func()                             // the run is in its folder, which is this process's own: it begins, or goes on
	Event    func(run.Event)                    // each epoch and generation
	Inferred func(done, total int)              // trials inferred at the end
	Scored   func(step string, done, total int) // how far a step of scoring is, from 0
}

func (o *Observer) note(sentence string) {
	if o.Note != nil {
		o.Note(sentence)
	}
}

func (o *Observer) begun() {
	if o.Begun != nil {
		o.Begun()
	}
}

func (o *Observer) event(e run.Event) {
	if o.Event != nil {
		o.Event(e)
	}
}

// MaxThreads is more than a machine has cores.
const MaxThreads = 4096

// check returns an error for a number that means nothing.
func (r *Resources) check() error {
	for _, n := range []struct {
		name  string
		value int
		most  int
	}{{"workers", r.Workers, pbt.MaxMembers}, {"threads", r.Threads, MaxThreads}} {
		if n.value < 0 || n.value > n.most {
			return fmt.Errorf("%s is %d: give 1 to %d, or 0 for what the cores allow", n.name, n.value, n.most)
		}
	}
	return nil
}

// site is where members train.
func (r *Resources) site() run.Site {
	if r.Site != nil {
		return r.Site
	}
	return local.Cores{Workers: r.Workers, Threads: r.Threads}
}

// sized is where members of a configuration train, told what memory each needs if it asks
// somebody for that.
func (r *Resources) sized(c *Config, d *dataset.Dataset, search pbt.Search) run.Site {
	s, asks := r.site().(run.Sizer)
	if !asks {
		return r.site()
	}
	_, threads := s.Share(1)
	return s.Sized(work.UnitMemory(*c, d, search, threads))
}

func (r *Resources) checkpointEvery() time.Duration {
	return cmp.Or(r.CheckpointEvery, run.CheckpointEvery)
}

// inference says how trials are inferred.
func (r *Resources) inference(c *Config, seed uint64) infer.Options {
	return infer.Options{Samples: c.Infer.Samples, Seed: seed, Engine: r.engine(), Progress: r.Observer.Inferred}
}

// reviewed reports whether generations of a run are reviewed: a stop rule wants it.
func reviewed(c *Config, f *run.Folder) bool {
	return Search(f.Header.Search).Population() && c.PBT.StopErrors > 0
}

// reviewer reviews the generations of a run; nil: nobody does.
func (r *Resources) reviewer(c *Config, f *run.Folder, d *dataset.Dataset) *run.Reviewer {
	if !reviewed(c, f) {
		return nil
	}
	w := &work.Reviewer{Config: c, Data: d, Draws: c.FinalDraws(), Seed: f.Header.Seed, Engine: r.engine()}
	return &run.Reviewer{Draws: w.Draws, Trials: d.Valid.Trials(), Review: w.Review}
}

// engine is on what trials are inferred.
func (r *Resources) engine() lfads.EngineMaker { return lfads.Threads(r.inferring()) }

// inferring is on how many threads trials are inferred: as many as training uses.
func (r *Resources) inferring() int {
	if r.Workers == 0 && r.Threads == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return max(r.Workers, 1) * max(r.Threads, 1)
}
