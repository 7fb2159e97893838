package slurm

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/run"
)

// executor implements run.Executor. It is used by one goroutine.
type executor struct {
	site   Site
	folder *run.Folder
	dir    string // its path, as processes elsewhere need it
	taken  bool   // a submission of the run was taken, by this process or one before
	most   int    // tasks that an array may have; 0: not asked yet
	begun  bool   // it has executed something
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
	var err error
	same := false // as the run was executed before
	if e.dir, err = filepath.Abs(e.folder.Dir); err == nil {
		same, err = e.site.keep(e.dir)
	}
	if err == nil {
		err = durable.Sweep(filepath.Join(e.dir, folder)) // of who was killed while writing there
	}
	if err != nil {
		return err
	}
	log := newJournal(e.dir, e.site.Log)
	e.begin(log, same)
	waited := map[int]*unit{} // a unit that is named twice is one
	for _, u := range units {
		waited[u.Member] = &unit{Unit: u}
	}
	f, err := e.fleet(units, log)
	if err != nil {
		return err
	}
	x := &execution{
		site: &e.site, files: run.Files{Dir: e.dir}, log: log, fleet: f, queue: queue{e.site.slurm}, units: waited, observe: observe, changed: time.Now(),
		taken: &e.taken,
	}
	return x.run(ctx)
}

// begin says, once, that the job was queued again of which this process is part. What was asked for
// before, by another process, was allowed if it was taken. Steps take the place of arrays that were sent before.
func (e *executor) begin(log *journal, same bool) {
	if e.begun {
		return
	}
	e.begun = true
	if times := os.Getenv("SLURM_RESTART_COUNT"); times != "" && times != "0" {
		log.say("job %s was begun again by SLURM (time %s): a node failed, it made room for another job, or its time was over; the run goes on from its checkpoints", os.Getenv("SLURM_JOB_ID"), clean(times))
	}
	sent, _, err := submissions(e.dir, every)
	e.taken = err == nil && same && slices.ContainsFunc(sent, func(s submission) bool { return s.Job != "" })
	if e.site.Mode == Steps && inStep(os.Getenv) {
		log.say("this process is itself a step of job %s (srun): if that step has the job's cores, members wait for them for ever; begin it by `srun --overlap`, or in the job's script", os.Getenv("SLURM_JOB_ID"))
	}
	if e.site.Mode == Steps {
		recall(e.dir, queue{e.site.slurm}, log)
	}
}

// inStep reports whether a process is of a step that somebody began with srun: others, of scripts and
// terminals, have numbers that no step reaches.
func inStep(env func(string) string) bool {
	const special = 0xfffffff0
	n, err := strconv.ParseUint(env("SLURM_STEP_ID"), 10, 32)
	return err == nil && n < special
}

// fleet is the site's way to have units executed.
func (e *executor) fleet(units []run.Unit, log *journal) (fleet, error) {
	generation := units[0].Generation
	tidy(e.dir, generation-1)
	if e.site.Mode == Steps {
		return newSteps(&e.site, log, e.dir, generation)
	}
	return newArrays(e, units, log)
}
