package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/slurmtest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// A srun that returns 0 and has done nothing, as it can when a node fails: the exit
// code is no result.
func TestSlurmHollowSrun(t *testing.T) {
	t.Parallel()
	r := newSlurmRun(t, 4)
	real := testenv.Command(t, "srun")
	script := fmt.Sprintf("#!/bin/sh\nn=$(ls %[1]s/hollow.* 2>/dev/null | wc -l)\n[ $n -lt 3 ] && mktemp %[1]s/hollow.XXXXXX >/dev/null && exit 0\nexec %s \"$@\"\n", r.dir, real)
	stub := filepath.Join(r.dir, "bin")
	if err := os.Mkdir(stub, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(stub, "srun"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	r.start(t, within(sound(r.args("mode=steps")...), "salloc", "--quiet", "--ntasks=4", "--mem-per-cpu=500", "env", "PATH="+stub+":"+os.Getenv("PATH")))
	r.mustEndTheSame(t, time.Minute)
	r.mustSay(t, "sent again")
}

// A task that somebody holds: the log names it, and the command that lets it go; it is
// waited for.
func TestSlurmHeldTask(t *testing.T) {
	t.Parallel()
	r := newSlurmRun(t, 4)
	r.Partition(t, "closed")
	r.start(t, sound(r.args("partition=closed")...))
	slurmtest.Await(t, "4 tasks wait", 20*time.Second, func() bool { return len(r.tasks(t)) == 4 })
	held := r.tasks(t)[2].id
	r.Run(t, "scontrol", "uhold", held)
	r.Up(t, "closed")
	r.awaitLog(t, "is held", 20*time.Second)
	r.mustSay(t, "scontrol release "+held)
	r.Run(t, "scontrol", "release", held)
	r.mustEndTheSame(t, time.Minute)
}

// A task that somebody takes from its node and holds: it is not released against that.
func TestSlurmRequeuedAndHeld(t *testing.T) {
	t.Parallel()
	r, tasks := newTrainingRun(t)
	held := tasks[1].id
	r.Run(t, "scontrol", "requeuehold", held)
	r.awaitLog(t, "is held", 20*time.Second)
	time.Sleep(3 * time.Second) // the queue is asked meanwhile, and nothing follows from it
	if states := r.tasks(t); !slices.ContainsFunc(states, func(k task) bool { return k.id == held && k.state == "PENDING" }) {
		t.Errorf("task %s is held no more: %+v", held, states)
	}
	r.Run(t, "scontrol", "release", held)
	r.mustEndTheSame(t, time.Minute)
}

// A task that somebody suspends is waited for, and told of.
func TestSlurmSuspendedTask(t *testing.T) {
	t.Parallel()
	r, tasks := newTrainingRun(t)
	suspended := tasks[1].id
	r.Run(t, "scontrol", "suspend", suspended)
	r.awaitLog(t, "is suspended as task "+suspended, 20*time.Second)
	r.Run(t, "scontrol", "resume", suspended)
	r.mustEndTheSame(t, time.Minute)
}

// A job that somebody gives another name is known by its number.
func TestSlurmRenamedJob(t *testing.T) {
	t.Parallel()
	r, _ := newTrainingRun(t)
	for _, job := range r.jobs(t) {
		r.Run(t, "scontrol", "update", "JobId="+job, "JobName=other")
	}
	r.mustEndTheSame(t, time.Minute)
	if strings.Contains(r.log(), "sent again") || strings.Contains(r.log(), "does not show it") {
		t.Errorf("its tasks are not known by their job's number:\n%s", r.log())
	}
}

// A task whose launch fails, which SLURM then holds: it is released, and runs on another node.
func TestSlurmLaunchFails(t *testing.T) {
	r := newSlurmRun(t, 4)
	r.FailLaunch(t)
	r.start(t, sound(r.args("")...))
	r.mustEndTheSame(t, 90*time.Second)
	r.mustSay(t, "launch failed", "released")
}

// A task that somebody cancels is sent again.
func TestSlurmCancelledTask(t *testing.T) {
	t.Parallel()
	r, tasks := newTrainingRun(t)
	cancelled := tasks[1].id
	r.Run(t, "scancel", cancelled)
	r.mustEndTheSame(t, time.Minute)
	r.mustSay(t, "sent again")
}

// A population larger than an array may be.
func TestSlurmArraysTooSmall(t *testing.T) {
	r := newSlurmRun(t, 6)
	r.Configure(t, "MaxArraySize=4") // numbers 0 to 3
	r.start(t, sound(r.args("")...))
	r.mustEndTheSame(t, time.Minute)
	r.mustSay(t, "generation 0: 4 tasks sent as job", "generation 0: 2 tasks sent as job", "generation 1: 4 tasks sent as job", "generation 1: 2 tasks sent as job")
}

// A time that is longer than the account allows for a job: SLURM takes it, and never starts it.
func TestSlurmTooLong(t *testing.T) {
	r := newSlurmRun(t, 4)
	r.LimitWall(t, 1)
	r.start(t, sound(r.args("time=10,lost=1s")...))
	if err := r.awaitEnd(t, 30*time.Second); err == nil {
		t.Error("it ends with exit code 0")
	}
	r.mustSay(t, "is not started by SLURM (AssocMaxWallDurationPerJobLimit): the account, or its quality of service, has a limit for one job: give a shorter --slurm time=")
	r.start(t, sound("resume", r.out, "--slurm", "time=1"))
	r.mustEndTheSame(t, time.Minute)
}

// A user who may have two tasks in the queue, with four to send.
func TestSlurmSubmitLimit(t *testing.T) {
	r := newSlurmRun(t, 4)
	r.LimitSubmits(t, 2)
	r.start(t, sound(r.args("")...))
	r.mustEndTheSame(t, time.Minute)
	r.mustSay(t, "takes no more tasks now")
}
