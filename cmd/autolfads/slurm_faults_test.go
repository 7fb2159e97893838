package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// trains is a plan of units that save each epoch, and take long enough for something
// to happen to them: 3 s in the first generation.
const trains = "slow 500 -1;often"

// ways are runs to which something happens at the same time.
type ways map[string]*slurmRun

// train starts them, and waits until all their members train.
func (w ways) train(t *testing.T, start func(r *slurmRun, way string)) {
	t.Helper()
	for _, way := range slices.Sorted(maps.Keys(w)) {
		w[way] = newSlurmRun(t, 4)
		start(w[way], way)
	}
	for _, r := range w {
		r.awaitTraining(t)
	}
}

// mustEndTheSame waits for the ends of all, and checks what the log of each says.
func (w ways) mustEndTheSame(t *testing.T, limit time.Duration, words map[string][]string) {
	for _, way := range slices.Sorted(maps.Keys(w)) {
		t.Run(way, func(t *testing.T) {
			w[way].mustEndTheSame(t, limit)
			w[way].mustSay(t, words[way]...)
		})
	}
}

// A node loses its power in mid-generation: tasks of an array are run again on another;
// a job is queued again and goes on, be it the node on which the script itself runs or another
// of its nodes.
func TestSlurmNodeDies(t *testing.T) {
	w := ways{"array": nil, "script": nil, "script of two nodes": nil}
	const plan = "slow 1500 0;often"
	w.train(t, func(r *slurmRun, way string) {
		switch way {
		case "array":
			r.start(t, broken(plan, r.args("exclude=n1")...))
		case "script":
			r.submit(t, plan, r.script(t, "exclude=n1"))
		default:
			r.submit(t, plan, r.script(t, "nodes=2"))
		}
	})
	for _, way := range slices.Sorted(maps.Keys(w)) {
		if jobs := w[way].nodes(t); !strings.Contains(jobs, "n2") && jobs != "n[1-2]" {
			t.Fatalf("%s runs on %s, not on n2", way, jobs)
		}
	}
	w["array"].PowerOff(t, "n2")
	w.mustEndTheSame(t, 90*time.Second, map[string][]string{
		"array":               {"put back into the queue by SLURM (NODE_FAIL", "interrupted"},
		"script":              {begunAgain},
		"script of two nodes": {begunAgain},
	})
}

// A job of a better partition takes the nodes: what trains saves when its grace time is
// over, waits in the queue, and goes on.
func TestSlurmPreempted(t *testing.T) {
	w := ways{"array": nil, "script": nil}
	const plan = "slow 4000 0;often" // SLURM waits 5 s between TERM and KILL
	w.train(t, func(r *slurmRun, way string) {
		if way == "array" {
			r.start(t, broken(plan, r.args("partition=low")...))
			return
		}
		r.submit(t, plan, r.script(t, "partition=low"))
	})
	urgent := w["array"].Run(t, "sbatch", "--parsable", "-p", "high", "-N3", "--exclusive", "-o", "/dev/null", "--wrap", "sleep 3")
	w.mustEndTheSame(t, 90*time.Second, map[string][]string{
		"array":  {"put back into the queue by SLURM (PREEMPTED", "interrupted"},
		"script": {begunAgain},
	})
	if state := w["array"].Run(t, "sacct", "-n", "-X", "-j", urgent, "-o", "State"); !strings.Contains(state, "COMPLETED") {
		t.Errorf("the urgent job is %s", state)
	}
}

// begunAgain is what the log says of a job that was queued again.
const begunAgain = "begun again"

// The controller dies and comes back: SLURM's commands fail meanwhile, and what runs goes on.
func TestSlurmControllerDies(t *testing.T) {
	w := ways{"array": nil, "steps": nil}
	w.train(t, func(r *slurmRun, way string) {
		if way == "array" {
			r.start(t, broken("slow 3500 0;often", r.args("")...))
			return
		}
		r.submit(t, "slow 2500 0;often", r.ownScript(t, "--ntasks=8")) // those of steps that ended meanwhile are free later
	})
	w["array"].AwaitSaved(t)
	w["array"].KillController(t)
	for _, r := range w { // that of steps when it has steps to begin, of the second generation
		r.awaitLog(t, "SLURM does not answer", 40*time.Second)
	}
	w["array"].StartController(t)
	w.mustEndTheSame(t, time.Minute, map[string][]string{"array": {"SLURM answers again"}, "steps": {"steps are begun when it does"}})
}

// The controller comes back and knows of no job: tasks are sent again.
func TestSlurmControllerForgets(t *testing.T) {
	r := newSlurmRun(t, 4)
	r.start(t, broken("slow 2000 0;often", r.args("")...))
	r.awaitTraining(t)
	r.KillController(t)
	r.Forget(t)
	r.StartController(t)
	r.mustEndTheSame(t, 90*time.Second)
	r.mustSay(t, "is in no queue and has no result", "sent again")
}

// Units that take longer than --time: they save before, and are queued again.
func TestSlurmTimeLimit(t *testing.T) {
	t.Parallel()
	r := newSlurmRun(t, 4)
	r.start(t, broken("slow 10500 0;often", r.args("time=1")...)) // 63 s in the first generation, of 60
	r.mustEndTheSame(t, 3*time.Minute)
	r.mustSay(t, "put back into the queue by SLURM", "interrupted")
}
