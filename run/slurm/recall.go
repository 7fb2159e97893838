package slurm

import (
	"context"
	"strings"

	"github.com/autolfads/autolfads/run"
)

// Recalled is a site on which members of a run train from now on that trained on a cluster
// before: it takes back what waits in the queue for them.
type Recalled struct {
	run.Site
	Log func(sentence string) // is told what happens; nil: nobody

	slurm command // nil: as processes
}

// Executor implements run.Site.
func (r Recalled) Executor(f *run.Folder, w run.Worker) run.Executor {
	if r.slurm == nil {
		r.slurm = execute
	}
	recall(f, queue{r.slurm}, newJournal(f.Dir, r.Log))
	return r.Site.Executor(f, w)
}

// recall takes back what waits in the queue for a run's members. What works for them already
// goes on: of two attempts the first result stays, and they are the same. A copy of a run takes nothing from
// the run that it was copied from.
func recall(f *run.Folder, q queue, log *journal) {
	sent, _, err := submissions(f.Dir, every)
	names := namesOf(own(sent, &f.Joined))
	if err != nil || len(names) == 0 {
		return
	}
	ctx := context.Background()
	tasks, err := q.tasks(ctx, names)
	waiting := idsOf(tasks, func(t *task) bool { return t.alive() && !t.working() })
	if err == nil {
		err = q.cancel(ctx, waiting)
	}
	if err != nil {
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

func namesOf(sent []submission) (names []string) {
	for _, s := range sent {
		names = append(names, s.Name)
	}
	return names
}
