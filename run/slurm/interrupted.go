package slurm

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/run"
)

// A unit is interrupted if SLURM takes it from its node and begins it again. The queue
// shows it while the task waits; the unit's folder, which has another attempt then, always.

// isPutBack reports whether SLURM has put a task back into its queue since it was asked last:
// to make room for another job, because a node failed, or because its unit asked for it.
func isPutBack(was, is *task) bool {
	if is.State != "PENDING" || was.ID != "" && was.ID != is.ID {
		return false
	}
	// One that is seen for the first time may wait for a moment by a rule of the cluster.
	return was.working() || was.ID != "" && is.Reason == beginTime && was.Reason != beginTime && heldBy(was) == free
}

// beginTime is why a task waits that is begun again.
const beginTime = "BeginTime"

// sayPutBack says which tasks were put back, with what the accounting knows of all of them.
func (e *execution) sayPutBack() {
	var ids []string
	back := slices.DeleteFunc(e.back, func(s stay) bool { // several members share a task
		if slices.Contains(ids, s.ID) {
			return true
		}
		ids = append(ids, s.ID)
		return false
	})
	if e.back = nil; len(back) == 0 {
		return
	}
	e.disturbed = true
	why := ""
	if !e.unjudged {
		verdicts, err := e.queue.verdicts(context.Background(), ids)
		e.unjudged = err != nil
		why = verdictWords(verdicts)
	}
	if first := back[0]; len(back) == 1 {
		e.log.say("%s: task %s was put back into the queue by SLURM%s: it goes on from its checkpoint when it is started again", first.unit, first.ID, why)
		return
	}
	e.log.say("generation %d: %d tasks were put back into the queue by SLURM%s: their members go on from their checkpoints when they are started again", back[0].unit.Generation, len(back), why)
}

// verdictWords says how tasks ended: " (NODE_FAIL: its node failed)".
func verdictWords(verdicts []string) string {
	counts := map[string]int{}
	for _, v := range verdicts {
		counts[v]++
	}
	var parts []string
	for _, v := range slices.Sorted(maps.Keys(counts)) {
		part := strings.TrimSuffix(fmt.Sprintf("%s: %s", v, ending(v)), ": ")
		if len(counts) > 1 {
			part = fmt.Sprintf("%d %s", counts[v], part)
		}
		parts = append(parts, part)
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}

// interruption is that of a unit after so many epochs.
type interruption struct {
	unit *unit
	done int
}

// noteInterrupted notes that a unit was begun again without being sent: SLURM did so. Folders
// know that also when it was too quick for a question to the queue.
func (e *execution) noteInterrupted(u *unit, seen *run.Seen) {
	if seen.Attempts > u.begun {
		u.begun, e.disturbed = seen.Attempts, true
		e.interrupted = append(e.interrupted, interruption{u, u.seen.Progress.Done})
	}
}

// sayInterrupted says which units were interrupted, in one sentence.
func (e *execution) sayInterrupted() {
	all := e.interrupted
	e.interrupted = nil
	switch n := len(all); {
	case n == 1:
		i := all[0]
		e.log.say("%s was interrupted, after %d of its %d epochs, and SLURM has begun it again: its node failed, it made room for another job, or its time was over", i.unit, i.done, i.unit.Epochs)
	case n > 1:
		e.log.say("generation %d: %d members were interrupted, and SLURM has begun them again: nodes failed, other jobs needed room, or their time was over", all[0].unit.Generation, n)
	}
}
