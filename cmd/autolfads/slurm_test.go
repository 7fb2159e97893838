package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/slurmtest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// slurmRun is a small run whose members train on a real SLURM, whatever happens to
// it: a population of two generations. It must end as the same run does that trains here.
type slurmRun struct {
	*slurmtest.Cluster
	dir, data, out string
	members        int
	settings       []string // flags of the search
	coordinators   int      // how many there have been
	under          *coordinator
}

// coordinator is a process of the program that drives a run, or the job in which one does.
type coordinator struct {
	process *os.Process // nil: it is a job
	ended   chan error  // gets how it ended, once
}

// newSlurmRun makes the data of a run of so many members.
func newSlurmRun(t *testing.T, members int) *slurmRun {
	t.Helper()
	c := slurmtest.Open(t)
	dir := testenv.MemoryDir(t)
	r := &slurmRun{Cluster: c, dir: dir, data: bareData(t, dir), out: filepath.Join(dir, "out"), members: members}
	r.settings = slices.Concat(bareSettings, set(fmt.Sprint("pbt.members=", members),
		"pbt.first_generation_epochs=6", "pbt.epochs_per_generation=3", "pbt.max_generations=2", "pbt.stop_ratio=0"))
	t.Cleanup(func() { r.end(t) })
	return r
}

// newTrainingRun starts a run of four members by arrays, and waits until all of them train, for
// something to happen to their tasks.
func newTrainingRun(t *testing.T) (*slurmRun, []task) {
	t.Helper()
	r := newSlurmRun(t, 4)
	r.start(t, broken(trains, r.args("")...))
	return r, r.awaitTraining(t)
}

// end stops what a test left under way.
func (r *slurmRun) end(t *testing.T) {
	if r.under != nil && r.under.process != nil {
		_ = r.under.process.Kill() // it may have ended
	}
	if t.Failed() {
		t.Logf("tasks in the queue: %+v", r.tasks(t))
		r.show(t)
	}
	for _, job := range r.jobs(t) {
		r.Run(t, "scancel", job)
	}
	if r.under != nil {
		select {
		case <-r.under.ended:
		case <-time.After(20 * time.Second): // of a job that SLURM has forgotten there is no end
		}
	}
}

// show logs what a failed run said.
func (r *slurmRun) show(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(r.out, "slurm", "*"))
	said, _ := filepath.Glob(filepath.Join(r.dir, "*.txt"))
	jobs, _ := filepath.Glob(filepath.Join(r.dir, "*.log"))
	for _, file := range slices.Concat(files, said, jobs) {
		text, _ := os.ReadFile(file)
		t.Logf("%s:\n%.2000s", file, text)
	}
}

func (r *slurmRun) outputOf(n int) string {
	return filepath.Join(r.dir, fmt.Sprint("coordinator-", n, ".txt"))
}

// jobs are the numbers of this run's jobs in the queue: those that work in its folder, or
// beside its data.
func (r *slurmRun) jobs(t *testing.T) (jobs []string) {
	t.Helper()
	for line := range strings.Lines(r.Run(t, "squeue", "-h", "-o", "%A %Z")) {
		if job, dir, _ := strings.Cut(strings.TrimSpace(line), " "); dir == r.out || dir == r.dir {
			jobs = append(jobs, job)
		}
	}
	return jobs
}

// nodes are those on which this run's jobs run, as SLURM writes them.
func (r *slurmRun) nodes(t *testing.T) string {
	t.Helper()
	var nodes []string
	for _, job := range r.jobs(t) {
		nodes = append(nodes, r.Run(t, "squeue", "-h", "-j", job, "-o", "%N"))
	}
	return strings.Join(nodes, " ")
}

// args begin the run on SLURM, with options of --slurm beside those that make it quick to
// notice what happens.
func (r *slurmRun) args(options string) []string {
	args := []string{"run", r.data, "--out", r.out, "--threads", "1", "--executor", "slurm", "--slurm", "ask=1s,lost=5s"}
	if options != "" {
		args = append(args, "--slurm", options)
	}
	return append(args, r.settings...)
}

// start starts a coordinator. Units inherit its plan of faults.
func (r *slurmRun) start(t *testing.T, c *exec.Cmd) {
	t.Helper()
	r.coordinators++
	file, err := os.Create(r.outputOf(r.coordinators))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	c.Stdout, c.Stderr, c.Dir = file, file, r.dir // by which its job is found, if it is one
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	r.under = &coordinator{c.Process, make(chan error, 1)}
	go func(under *coordinator) { under.ended <- c.Wait() }(r.under)
}

// within has another command execute one: salloc, in an allocation.
func within(c *exec.Cmd, words ...string) *exec.Cmd {
	outer := exec.Command(words[0], slices.Concat(words[1:], c.Args)...)
	outer.Env = c.Env
	return outer
}

// kill kills the coordinator with -9.
func (r *slurmRun) kill(t *testing.T) {
	t.Helper()
	if err := r.under.process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-r.under.ended
	r.under = nil
}

// awaitEnd waits for the coordinator, and returns how it ended.
func (r *slurmRun) awaitEnd(t *testing.T, limit time.Duration) error {
	t.Helper()
	select {
	case err := <-r.under.ended:
		r.under = nil
		return err
	case <-time.After(limit):
		t.Fatalf("it has not ended after %v", limit)
		return nil
	}
}

// mustEndTheSame waits for the run's end, and compares it with the same run here.
func (r *slurmRun) mustEndTheSame(t *testing.T, limit time.Duration) {
	t.Helper()
	if err := r.awaitEnd(t, limit); err != nil {
		t.Fatal(err)
	}
	here := filepath.Join(r.dir, "here")
	carryOn(t, append([]string{"run", r.data, "--out", here, "--workers", "1", "--threads", "1"}, r.settings...)...)
	want := withoutHeader(t, here) // which names the data as seen from the folder
	if n := strings.Count(string(want["scores.csv"]), "\n"); n != 1+2*r.members {
		t.Fatalf("the run here has %d lines of scores, want a head and two of %d members", n, r.members)
	}
	sameFiles(t, "on SLURM", promised(t, r.out), want)
	noneLeft(t, r.out)
	slurmtest.Await(t, "no job of the run is in the queue", 20*time.Second, func() bool { return len(r.jobs(t)) == 0 })
}

// log is what the run's log of SLURM says.
func (r *slurmRun) log() string {
	text, _ := os.ReadFile(filepath.Join(r.out, "slurm", "log.txt"))
	return string(text)
}

// awaitLog waits until the log says something.
func (r *slurmRun) awaitLog(t *testing.T, words string, limit time.Duration) {
	t.Helper()
	slurmtest.Await(t, fmt.Sprintf("the log says %q", words), limit, func() bool { return strings.Contains(r.log(), words) })
}

// mustSay checks that the log says something.
func (r *slurmRun) mustSay(t *testing.T, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(r.log(), w) {
			t.Errorf("the log does not say %q:\n%s", w, r.log())
		}
	}
}

// awaitTraining waits until each unit of the first generation has saved an epoch, and
// returns the tasks that train them.
func (r *slurmRun) awaitTraining(t *testing.T) []task {
	t.Helper()
	slurmtest.Await(t, "all members train", 30*time.Second, func() bool {
		saved, _ := filepath.Glob(filepath.Join(r.out, "generations", "000", "*", "attempts", "*", "*.safetensors"))
		train := map[string]bool{}
		for _, path := range saved {
			train[filepath.Dir(filepath.Dir(filepath.Dir(path)))] = true
		}
		return len(train) == r.members
	})
	return r.tasks(t)
}

// task is a job, or a task of an array, in the queue.
type task struct{ id, state, node, reason string }

// tasks are those of this run.
func (r *slurmRun) tasks(t *testing.T) (tasks []task) {
	t.Helper()
	for line := range strings.Lines(r.Run(t, "squeue", "-h", "-r", "-o", "%i|%T|%N|%r|%Z")) {
		if f := strings.Split(strings.TrimSpace(line), "|"); len(f) == 5 && f[4] == r.out {
			tasks = append(tasks, task{f[0], f[1], f[2], f[3]})
		}
	}
	return tasks
}
