package slurm

import (
	"context"
	"strings"
)

// Recall takes back what waits in the queue for members of the run in dir, which train elsewhere from
// now on; log is told of it. Whoever calls it drives the run.
func Recall(dir string, log func(sentence string)) { recall(dir, queue{execute}, newJournal(dir, log)) }

// recall takes back what waits. What works for members already goes on: of two attempts the first
// result stays, and they are the same.
func recall(dir string, q queue, log *journal) {
	sent, _, err := submissions(dir, every)
	if err != nil || len(sent) == 0 {
		return
	}
	ctx := context.Background()
	tasks, err := q.of(ctx, sent)
	waiting := idsOf(tasks, func(t *task) bool { return t.alive() && !t.working() })
	if err == nil {
		err = q.cancel(ctx, waiting)
	}
	if err != nil {
		var names []string
		for _, s := range sent {
			names = append(names, s.Name)
		}
		log.say("members were sent to a cluster before, and its queue cannot be asked for them (%v): what still waits there is taken back by `scancel --name=%s`", err, strings.Join(names, ","))
		return
	}
	if n := len(waiting); n > 0 {
		log.say("%d tasks that were sent before wait in the queue: they are taken back, for their members are trained otherwise now", n)
	}
	if n := len(idsOf(tasks, (*task).working)); n > 0 {
		log.say("%d tasks that were sent before still train: they go on, and of each member the first result stays", n)
	}
}
