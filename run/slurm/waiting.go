package slurm

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// What waits is told of with the reason: each once, and many in one sentence.

// stay is where a unit is, by the queue's last answer.
type stay struct {
	unit *unit
	place
}

// untold are those of some tasks that were not told of yet for a reason; now they are.
func (j *journal) untold(reason string, all []stay) []stay {
	return slices.DeleteFunc(all, func(s stay) bool {
		key := reason + " " + s.ID
		told := j.said[key]
		j.said[key] = true
		return told
	})
}

// idsIn are the names of tasks, as a command takes them.
func idsIn(all []stay) string {
	var ids []string
	for _, s := range all {
		if !slices.Contains(ids, s.ID) { // several members share it
			ids = append(ids, s.ID)
		}
	}
	return strings.Join(ids, " ")
}

// sayHeld says who is held by a person, and who can let them start.
func (e *execution) sayHeld() {
	reasons := map[string][]stay{}
	for _, s := range e.log.untold("held", e.held) {
		reasons[s.why()] = append(reasons[s.why()], s)
	}
	e.held = nil
	for _, why := range slices.Sorted(maps.Keys(reasons)) {
		all := reasons[why]
		ids := idsIn(all)
		remedy := fmt.Sprintf("`scontrol release %s` lets them start", ids)
		if strings.Contains(word(why), "admin") {
			remedy = "an administrator of the cluster can let them start"
		}
		if len(all) == 1 {
			e.log.say("%s is held (%s) as task %s: %s; the run waits for it", all[0].unit, why, ids, strings.Replace(remedy, "them", "it", 1))
			continue
		}
		e.log.say("generation %d: %d tasks are held (%s): %s; the run waits for them", all[0].unit.Generation, len(all), why, remedy)
	}
}

// saySuspended says whose processes are stopped.
func (e *execution) saySuspended() {
	all := e.log.untold("suspended", e.suspended)
	e.suspended = nil
	const why = "somebody, or another job, has the processors; the run waits"
	switch {
	case len(all) == 1:
		e.log.say("%s is suspended as task %s: %s", all[0].unit, all[0].ID, why)
	case len(all) > 1:
		e.log.say("generation %d: %d tasks are suspended: %s", all[0].unit.Generation, len(all), why)
	}
}

// sayReasons says why tasks wait, each reason once.
func (e *execution) sayReasons(places map[int]place) {
	waiting := map[string]int{}
	for _, m := range e.members(func(u *unit) bool { return u.sent }) {
		if p := places[m]; p.State == "PENDING" && heldBy(&p.task) == free && p.Reason != "None" && p.Reason != "" {
			waiting[p.Reason]++
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(waiting)) {
		word, _, _ := strings.Cut(reason, ",") // ReqNodeNotAvail, UnavailableNodes: all of them
		e.log.once("reason "+word, "%d members wait in the queue (%s%s)", waiting[reason], reason, meaning(reason))
	}
}

// sayIdle says, once, that members are executed, as SLURM has it, and do not begin. Those that
// share a task wait for each other.
func (e *execution) sayIdle(places map[int]place) {
	late := 0
	for m, u := range e.units {
		switch p := places[m]; {
		case !p.working() || u.seen.Attempts > 0:
			u.idle = time.Time{}
		case u.idle.IsZero():
			u.idle = time.Now()
		case time.Since(u.idle) > e.site.Lost && e.site.Members == 1:
			late++
		}
	}
	if late > 0 {
		e.log.once("idle", "%d members are executed, as SLURM says, and have not begun in the run folder: a node that is slow, or srun that waits for one (`squeue --steps`); they are waited for", late)
	}
}
