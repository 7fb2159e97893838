package slurm

import (
	"context"
	"time"
)

// leave implements fleet.
func (a *arrays) leave() {
	a.log.say("generation %d: tasks stay in the queue and go on; `autolfads resume` finds them there", a.generation)
}

// stop implements fleet: what waits is taken back, what is executed is asked to save where
// it is and to end, once, for a second signal would end it without. It returns when
// no task is left, or when SLURM does not answer.
func (a *arrays) stop() {
	if len(a.sent) == 0 {
		return
	}
	asked := map[string]time.Time{}
	silent := time.Time{}
	for wait := min(a.site.Ask, 500*time.Millisecond); ; wait = min(2*wait, a.site.Ask) {
		left, err := a.stopOnce(asked)
		switch {
		case err == nil && left == 0:
			return
		case err == nil:
			silent = time.Time{}
		case silent.IsZero():
			silent = time.Now()
			a.log.say("SLURM does not answer (%v): it is asked again to stop the tasks of generation %d", err, a.generation)
		case time.Since(silent) > a.site.Lost:
			a.log.say("SLURM does not answer: tasks of generation %d may train on; nothing is lost by that, and `autolfads resume` finds them in the queue", a.generation)
			return
		}
		time.Sleep(wait)
	}
}

// askAgain is after how long a task is asked to stop once more: it cannot have heard.
const askAgain = 5 * time.Minute

// stopOnce stops what has not been asked to, and returns how many tasks are left.
func (a *arrays) stopOnce(asked map[string]time.Time) (left int, err error) {
	ctx := context.Background()
	tasks, err := a.tasks()
	if err != nil {
		return 0, err
	}
	waiting := idsOf(tasks, func(t *task) bool { return t.alive() && !t.working() })
	working := idsOf(tasks, func(t *task) bool { return t.working() && time.Since(asked[t.ID]) > askAgain })
	err = a.queue.cancel(ctx, waiting)
	if len(working) == 0 {
		return len(idsOf(tasks, (*task).alive)), err
	}
	failed := a.queue.terminate(ctx, working)
	// Whatever it says, of one that has ended meanwhile or because it took too long: some have
	// the signal, and a second one would end them without saving.
	for _, id := range working {
		asked[id] = time.Now()
	}
	if silent(failed) {
		return 0, failed
	}
	a.log.say("generation %d: %d tasks asked to save and stop, at the ends of their epochs", a.generation, len(working))
	return len(idsOf(tasks, (*task).alive)), err
}
