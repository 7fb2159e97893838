package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/slurmtest"
)

// A coordinator that was killed finds the tasks that it had sent, and sends none twice.
func TestSlurmCoordinatorKilled(t *testing.T) {
	t.Parallel()
	r, _ := newTrainingRun(t)
	r.kill(t)
	if said := succeed(t, "status", r.out); !strings.Contains(said, "queue: 4 running (n") {
		t.Errorf("status does not say what is in the queue:\n%s", said)
	}
	r.start(t, broken(trains, "resume", r.out))
	r.awaitLog(t, "still in the queue", 20*time.Second)
	r.mustEndTheSame(t, time.Minute)
	if n := strings.Count(r.log(), "4 tasks sent as job"); n != 2 {
		t.Errorf("tasks were sent %d times in two generations:\n%s", n, r.log())
	}
}

// A run goes on here while tasks of its array still train: who is first has the result.
func TestSlurmResumedBesideOldTasks(t *testing.T) {
	t.Parallel()
	r, _ := newTrainingRun(t)
	r.kill(t)
	r.start(t, broken("slow 100 -1;often", "resume", r.out, "--executor", "local"))
	if len(r.tasks(t)) == 0 {
		t.Fatal("the old tasks had ended before")
	}
	r.mustEndTheSame(t, time.Minute)
	r.mustSay(t, "tasks that were sent before still train: they go on")
}

// A run goes on here while tasks of its array still wait: they leave the queue.
func TestSlurmResumedBesideWaitingTasks(t *testing.T) {
	t.Parallel()
	r := newSlurmRun(t, 4)
	r.Partition(t, "shut")
	r.start(t, sound(r.args("partition=shut")...))
	slurmtest.Await(t, "4 tasks wait", 20*time.Second, func() bool { return len(r.tasks(t)) == 4 })
	r.kill(t)
	r.start(t, sound("resume", r.out, "--executor", "local"))
	r.mustEndTheSame(t, time.Minute)
	r.mustSay(t, "4 tasks that were sent before wait in the queue: they are taken back")
}

// A coordinator that has to go, for its machine is shut down, leaves its tasks in the queue.
func TestSlurmCoordinatorLeaves(t *testing.T) {
	t.Parallel()
	r, before := newTrainingRun(t)
	if err := r.under.process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := r.awaitEnd(t, 10*time.Second); err == nil {
		t.Error("a run that was left ends with exit code 0")
	}
	r.mustSay(t, "generation 0: tasks stay in the queue and go on")
	if text, err := os.ReadFile(r.outputOf(1)); err != nil || strings.Contains(string(text), "epochs under way") {
		t.Errorf("it is to wait for nothing (%v):\n%s", err, text)
	}
	if after := r.tasks(t); len(after) != len(before) {
		t.Errorf("in the queue were %+v, and are %+v", before, after)
	}
	r.start(t, broken(trains, "resume", r.out))
	r.mustEndTheSame(t, time.Minute)
	r.mustSay(t, "there are tasks still in the queue, sent before: they are waited for")
}

// Ctrl-C: the units save and stop, nothing stays in the queue, and the run goes on.
func TestSlurmInterrupted(t *testing.T) {
	t.Parallel()
	r, _ := newTrainingRun(t)
	if err := r.under.process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := r.awaitEnd(t, 20*time.Second); err == nil {
		t.Error("an interrupted run ends with exit code 0")
	}
	r.mustSay(t, "asked to save and stop")
	slurmtest.Await(t, "no job of the run is in the queue", 10*time.Second, func() bool { return len(r.jobs(t)) == 0 })
	r.start(t, broken(trains, "resume", r.out))
	r.mustEndTheSame(t, time.Minute)
}

// The disk that all share is full in mid-generation: the run ends with a sentence, and
// goes on when there is space.
func TestSlurmDiskFull(t *testing.T) {
	r := newSlurmRun(t, 4)
	r.out = filepath.Join(r.Disk(), "out")
	t.Cleanup(func() {
		if err := os.RemoveAll(r.out); err != nil {
			t.Error(err)
		}
	})
	r.start(t, broken(trains, r.args("")...))
	r.awaitTraining(t)
	free := r.Fill(t)
	if err := r.awaitEnd(t, 90*time.Second); err == nil {
		t.Error("with a full disk it ends with exit code 0")
	}
	if text, err := os.ReadFile(r.outputOf(1)); err != nil || !strings.Contains(string(text), "the disk is full") {
		t.Errorf("it does not say that the disk is full (%v):\n%s", err, text)
	}
	free()
	r.start(t, broken(trains, "resume", r.out))
	r.mustEndTheSame(t, time.Minute)
}
