// Package local executes the units of a run on the cores of this machine.
//
// There is one worker, a goroutine, per core; when there are fewer units than
// cores, the cores are shared out and each unit trains with several threads.
// How many there are of either changes the time a run takes and never its
// result.
//
// The cores are those that this process may use, as Go counts them in
// GOMAXPROCS: no more than its CPU affinity (taskset, a container's or SLURM's
// cpuset) and, since Go 1.25, than the CPU quota of its cgroup, rounded up and
// at least 2 (docker run --cpus, Kubernetes limits).
package local

import (
	"context"
	"runtime"
	"sync"

	"github.com/autolfads/autolfads/run"
)

// Cores is the cores of this machine as a [run.Site].
type Cores struct {
	Workers int // units at a time; 0: one per core that the process may use
	Threads int // of one unit; 0: the cores shared out over the workers
}

// Executor implements run.Site.
func (c Cores) Executor(f *run.Folder, work run.Worker) run.Executor { return &executor{f, work, c} }

// Share implements run.Site.
func (c Cores) Share(units int) (workers, threads int) {
	cores := runtime.GOMAXPROCS(0) // see the package comment
	workers = c.Workers
	if workers <= 0 {
		workers = cores
	}
	workers = max(1, min(workers, units))
	if c.Threads > 0 {
		return workers, c.Threads
	}
	return workers, max(1, cores/workers)
}

type executor struct {
	folder *run.Folder
	work   run.Worker
	cores  Cores
}

// Execute implements run.Executor. An error in one unit stops the others at
// the ends of their epochs.
func (e *executor) Execute(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	workers, threads := e.cores.Share(len(units))

	queue := make(chan run.Unit)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for u := range queue {
				if err := e.folder.Execute(ctx, u, threads, e.work, observe); err != nil {
					cancel(err)
				}
			}
		})
	}
	for _, u := range units {
		select {
		case queue <- u:
		case <-ctx.Done():
		}
	}
	close(queue)
	group.Wait()
	return context.Cause(ctx)
}
