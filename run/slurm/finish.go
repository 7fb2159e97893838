package slurm

import (
	"context"
	"slices"
	"time"
)

// aMoment is longer than a task takes to end when its last result is there.
const aMoment = 2 * time.Second

// finish implements fleet. Of members that were sent more than once, too, tasks may be left;
// and of the generation before, if its controller lost what it knew and did not answer then.
func (a *arrays) finish(ctx context.Context, disturbed bool) {
	if !disturbed && !a.twice() {
		return
	}
	pause(ctx, min(a.site.Ask, aMoment)) // for tasks that end just now
	before, _, _ := submissions(a.dir, a.generation-1)
	began := time.Now()
	for {
		tasks, err := a.queue.of(context.Background(), slices.Concat(before, a.sent))
		if left := idsOf(tasks, (*task).alive); err == nil && len(left) > 0 {
			a.log.say("generation %d: %d tasks are left in the queue for which there is nothing to do: they are cancelled", a.generation, len(left))
			err = a.queue.cancel(context.Background(), left)
		}
		if err == nil {
			return
		}
		if time.Since(began) > a.site.Lost || ctx.Err() != nil {
			a.log.say("generation %d is complete; tasks of it may be left in the queue (%v): `squeue --me` shows them, `scancel` takes them back, and they find nothing to do", a.generation, err)
			return
		}
		pause(ctx, a.site.Ask)
	}
}

// pause waits, but not for a context that has ended.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// twice reports whether a member was sent more than once.
func (a *arrays) twice() bool {
	seen := map[int]bool{}
	for _, s := range a.sent {
		for _, m := range slices.Concat(s.Tasks...) {
			if seen[m] {
				return true
			}
			seen[m] = true
		}
	}
	return false
}
