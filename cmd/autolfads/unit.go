package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/slurm"
)

type unitCmd struct {
	Folder     string `name:"run" help:"Run folder." required:"" type:"path" placeholder:"DIR"`
	Generation int    `help:"Generation of the unit." required:"" placeholder:"G"`
	Member     []int  `help:"Member of the population; several are trained one after the other. Without it, the number of the task in an array of SLURM's (SLURM_ARRAY_TASK_ID)." placeholder:"M"`
	Tasks      string `help:"File in the run folder that says which members a task of an array trains, as --executor slurm writes it." placeholder:"FILE"`
	Threads    int    `help:"Threads; 0: all cores." default:"0"`
	JSON       bool   `name:"json" help:"Progress and result as JSON lines."`
}

// Help is shown by autolfads unit --help.
func (unitCmd) Help() string {
	return `Trains one member in one generation of a run that another process drives, perhaps on another machine, and publishes its
result in the run folder: what a job of a cluster does. The bits are those of any machine. A unit that has its result is left
alone, and two processes may execute the same unit: the first result stays. A unit that was stopped or killed goes on from its
newest checkpoint.

Ctrl-C or TERM has it save where it is and end with exit code 75. So does a job of SLURM whose time is almost over; a task of an
array is put back into the queue then.

Examples:
  autolfads unit --run results --generation 3 --member 12
  autolfads unit --run results --generation 3 --member 12,13,14 --threads 4`
}

// latest is how long files are waited for that a node of a cluster may see late.
const latest = 20 * time.Second

func (c *unitCmd) Run(ctx context.Context) error {
	flags := resourceFlags{Workers: 1, Threads: c.Threads, JSON: c.JSON}
	p := newProgress("", c.JSON)
	r := flags.resources(p)
	job := slurm.ThisJob()
	if job != nil {
		r.Patience = latest
	}
	members, err := c.members(ctx, r.Patience)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	trained := false // an epoch, here
	r.Observer.Event = timed(&slurm.Clock{Job: job}, stop, func(e run.Event, epoch bool) {
		trained = trained || epoch
		p.event(e)
	})
	defer context.AfterFunc(ctx, p.stopping)()
	results, err := autolfads.RunUnits(ctx, c.Folder, c.Generation, members, r)
	if err := errors.Join(err, c.show(results)); err == nil || ctx.Err() == nil {
		return err
	}
	if trained { // else it would go round for ever
		c.putBack(ctx, job, p)
	}
	return goesOn{err}
}

// members are those that this process trains.
func (c *unitCmd) members(ctx context.Context, patience time.Duration) (members []int, err error) {
	switch {
	case len(c.Member) > 0 && c.Tasks != "":
		return nil, errors.New("--member and --tasks both say which members: give one of them")
	case len(c.Member) > 0:
		return c.Member, nil
	case c.Tasks == "":
		index, err := slurm.Index()
		return []int{index}, err
	}
	err = autolfads.Patiently(ctx, patience, func() error {
		members, err = slurm.Assigned(c.Folder, c.Tasks)
		return err
	})
	return members, err
}

// timed has units stopped when the clock says that there is no time for another epoch. It
// passes events on, and whether an epoch ended.
func timed(clock *slurm.Clock, stop context.CancelCauseFunc, event func(e run.Event, epoch bool)) func(run.Event) {
	member, epochs := -1, 0
	return func(e run.Event) {
		now := time.Now()
		epoch := e.Member == member && e.Done > epochs
		if epoch {
			clock.Epoch(now)
		} else {
			clock.Begin(now)
		}
		member, epochs = e.Member, e.Done
		event(e, epoch)
		if e.Done < e.Epochs && clock.Over(now) {
			stop(slurm.Ending{Ends: clock.Job.Ends})
		}
	}
}

// putBack puts a task of an array back into the queue that was stopped because its time is
// over. Whoever drives the run would send its units again as well, but may be away.
func (c *unitCmd) putBack(ctx context.Context, job *slurm.Job, p *progress) {
	over := slurm.Ending{}
	if len(c.Member) > 0 || !errors.As(context.Cause(ctx), &over) {
		return
	}
	if err := job.Requeue(); err != nil {
		p.note(fmt.Sprintf("task %s could not be put back into the queue (%v): the process that drives the run sends its members again", job.ID, err))
		return
	}
	p.note(fmt.Sprintf("task %s was put back into the queue", job.ID))
}

// show prints what units came to.
func (c *unitCmd) show(results []*run.Result) error {
	for _, r := range results {
		switch {
		case r == nil: // its error says why
		case c.JSON:
			if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
				return err
			}
		case r.Diverged != nil:
			fmt.Printf("generation %d, member %d diverged: %v\n", r.Generation, r.Member, r.Diverged)
		default:
			fmt.Printf("generation %d, member %d: score %s after epoch %d\n", r.Generation, r.Member, score(float64(r.Score)), r.Epoch)
		}
	}
	return nil
}
