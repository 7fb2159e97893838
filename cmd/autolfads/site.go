package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/run/slurm"
)

// siteFlags say where members train; nothing in them changes a run's result.
type siteFlags struct {
	Executor string   `help:"Where members train: local (on the cores of this machine) or slurm (on the nodes of a cluster, docs/cluster.md)." enum:",local,slurm" default:"" placeholder:"WHERE"`
	Slurm    []string `help:"What SLURM is asked for: long options of sbatch, such as partition=short,time=2:00:00,mem=2G,account=lab; and mode=array (a job array for each generation) or mode=steps (steps of the job that this is part of), members=N (in one task, one after the other), at-once=N (tasks), ask=15s (between questions to the queue), lost=60s (after which what is in no queue is sent again). Can be given again." sep:"none" placeholder:"KEY=VALUE,..."`
}

// site is the cluster that members of the run in dir train on; nil: they train here. A run
// goes on where it was, unless it is told otherwise.
func (f *siteFlags) site(dir string, r *resourceFlags) (*slurm.Site, error) {
	if f.Executor == "local" {
		if len(f.Slurm) > 0 {
			return nil, errors.New("--slurm is for --executor slurm, and this is --executor local")
		}
		return nil, nil
	}
	s, err := slurm.Read(dir)
	if err != nil {
		return nil, err
	}
	if s == nil {
		if f.Executor == "" && len(f.Slurm) == 0 {
			return nil, nil
		}
		s = new(slurm.Site)
	}
	if r.Workers > 0 {
		return nil, errors.New("--workers is of members on this machine, and they are to train on SLURM's nodes: give --slurm at-once=N")
	}
	if r.Threads > 0 {
		s.Threads = r.Threads
	}
	if err := s.Set(f.Slurm...); err != nil {
		return nil, err
	}
	return s, s.Check()
}

// on has a run in dir done with resources: where the flags say, and inside a job no longer
// than it has time.
func (f *siteFlags) on(ctx context.Context, dir string, flags *resourceFlags, p *progress, do func(context.Context, autolfads.Resources) error) error {
	r := flags.resources(p)
	s, err := f.site(dir, flags)
	if err != nil {
		return err
	}
	if s == nil {
		if f.Executor == "local" { // it may have been otherwise
			r.Observer.Begun = func() { slurm.Recall(dir, p.note) }
		}
		return do(ctx, r)
	}
	s.Log, p.elsewhere = p.note, s.Mode != slurm.Steps
	r.Site = *s
	// What is left for this process, above all rates in the end, takes the cores of its job;
	// on a login node one.
	r.Workers, r.Threads = 1, coresHere()
	ctx, stop := leaving(ctx)
	defer stop(nil)
	job := slurm.ThisJob()
	if job == nil {
		return do(ctx, r)
	}
	return endBefore(ctx, job, p, func(ctx context.Context) error { return do(ctx, r) })
}

// leaving is a context that TERM ends as one in which this process has to go, while the run
// may go on; Ctrl-C ends it as what stops the run.
func leaving(of context.Context) (context.Context, context.CancelCauseFunc) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(of))
	context.AfterFunc(of, func() {
		cause := context.Cause(of)
		if s := (stoppedBy{}); errors.As(cause, &s) && s.signal == syscall.SIGTERM {
			cause = slurm.Leave{Why: cause}
		}
		cancel(cause)
	})
	return ctx, cancel
}

// coresHere is how many cores this process may use on a cluster.
func coresHere() int {
	if n, err := strconv.Atoi(os.Getenv("SLURM_CPUS_ON_NODE")); err == nil && n > 0 {
		return min(n, runtime.GOMAXPROCS(0))
	}
	return 1
}

// endBefore does something and stops it before the job's time is over. A job that is the
// program's own, of a script that it wrote, is then put back into the queue; at the last
// moment also while units are still under way, for a job whose time is over is not begun again.
func endBefore(ctx context.Context, job *slurm.Job, p *progress, do func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	back := sync.OnceFunc(func() { putJobBack(job, p) })
	done, finished := context.WithCancel(context.Background())
	defer finished()
	go watchEnd(done, job, cancel, back)
	err := do(ctx)
	if over := (slurm.Ending{}); err == nil || !errors.As(context.Cause(ctx), &over) {
		return err
	}
	back()
	return goesOn{err}
}

// watchEnd stops what is under way before the end of a job, which is asked for until it is known, and
// once more then, for it may have been put off; and puts the job back when it is high time.
func watchEnd(done context.Context, job *slurm.Job, stop context.CancelCauseFunc, back func()) {
	for wait := time.Second; !job.Known(); wait = min(2*wait, time.Minute) {
		if !sleptUntil(done, time.Now().Add(wait)) {
			return
		}
		job.Ask()
	}
	began := time.Now()
	for {
		at, _ := job.Before(began)
		if at.IsZero() || !sleptUntil(done, at) {
			return
		}
		job.Ask()
		if at, _ = job.Before(began); !at.IsZero() && !at.After(time.Now()) {
			break
		}
	}
	stop(slurm.Leave{Why: slurm.Ending{Ends: job.Ends}})
	if _, last := job.Before(began); sleptUntil(done, last) {
		back()
	}
}

// sleptUntil waits for a moment; false: it was done before.
func sleptUntil(done context.Context, at time.Time) bool {
	select {
	case <-done.Done():
		return false
	case <-time.After(time.Until(at)):
		return true
	}
}

// putJobBack puts the job back into the queue if it is one that may be begun again: others may
// be of a person's own script, or terminal.
func putJobBack(job *slurm.Job, p *progress) {
	if os.Getenv(slurm.RequeueVariable) == "" {
		p.note("the job's time is almost over: `autolfads resume` goes on in another")
		return
	}
	if err := job.Requeue(); err != nil {
		p.note(fmt.Sprintf("the job could not be put back into the queue (%v): submit it again", err))
		return
	}
	p.note("the job was put back into the queue: the run goes on there")
}

// goesOn is the error of what was stopped in order, so that it goes on when it is done again.
type goesOn struct{ error }

func (a goesOn) Unwrap() error { return a.error }
