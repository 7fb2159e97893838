package slurm

import (
	"context"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/run"
)

// executor implements run.Executor. It is used by one goroutine.
type executor struct {
	site   Site
	folder *run.Folder
	most   int // tasks that an array may have; 0: not asked yet
}

// Execute implements run.Executor. When ctx ends, what is under way is asked to save and
// stop; a unit that fails for good stops the others likewise.
func (e *executor) Execute(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if len(units) == 0 {
		return nil
	}
	err := e.site.keep(e.folder.Dir)
	if err == nil {
		err = durable.Sweep(filepath.Join(e.folder.Dir, folder)) // of who was killed while writing there
	}
	if err != nil {
		return err
	}
	log := newJournal(e.folder.Dir, e.site.Log)
	waited := map[int]*unit{} // a unit that is named twice is one
	for _, u := range units {
		waited[u.Member] = &unit{Unit: u}
	}
	f, err := e.fleet(units, log)
	if err != nil {
		return err
	}
	x := &execution{
		site: &e.site, files: e.folder.Files, log: log, fleet: f, queue: queue{e.site.slurm}, units: waited, observe: observe, changed: time.Now(),
	}
	return x.run(ctx)
}

// fleet is the site's way to have units executed.
func (e *executor) fleet(units []run.Unit, log *journal) (fleet, error) {
	generation := units[0].Generation
	tidy(e.folder.Dir, generation-1)
	if e.site.Mode == Steps {
		return newSteps(&e.site, log, e.folder.Dir, generation)
	}
	return newArrays(e, units, log)
}
