package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/prepare"
)

// script writes the batch script of the run, its job with options of --slurm.
func (r *slurmRun) script(t *testing.T, options string) (path string) {
	t.Helper()
	args := []string{"slurm", "script", "--tasks", "4", "--threads", "1", "--slurm", strings.TrimSuffix("mem-per-cpu=500M,chdir="+r.dir+","+options, ","), "--", r.data, "--out", r.out}
	text := execute(t, sound(append(args, r.settings...)...))
	path = filepath.Join(r.dir, "search.sbatch")
	if err := os.WriteFile(path, []byte(text.stdout), 0o755); err != nil || text.code != 0 {
		t.Fatalf("exit code %d, %v\n%s", text.code, err, text.stderr)
	}
	return path
}

// ownScript writes a script such as a person may write, whose run is quick to notice what happens.
func (r *slurmRun) ownScript(t *testing.T, options string) (path string) {
	t.Helper()
	path = filepath.Join(r.dir, "own.sbatch")
	run := prepare.Command(sound(r.args("mode=steps")...).Args...)
	text := "#!/bin/sh\n#SBATCH --ntasks=4 --mem-per-cpu=500 --chdir=" + r.dir + " " + options + "\n" + run + "\necho exit code $?\n"
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// submit submits a script: the job is the coordinator, until it is in the queue no more.
func (r *slurmRun) submit(t *testing.T, plan, script string) {
	t.Helper()
	c := exec.Command("sbatch", "--parsable", script)
	c.Env = broken(plan).Env
	job, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	r.under = &coordinator{ended: make(chan error, 1)}
	go func(under *coordinator) {
		for {
			state, err := exec.Command("squeue", "-h", "-j", strings.TrimSpace(string(job)), "-o", "%T").Output()
			if err == nil && slices.Contains([]string{"", "COMPLETED", "FAILED", "CANCELLED", "TIMEOUT"}, strings.TrimSpace(string(state))) {
				under.ended <- nil
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}(r.under)
}

// The script that `slurm script` writes runs a population when it is submitted, and
// goes on with it when it is submitted again.
func TestSlurmScript(t *testing.T) {
	t.Parallel()
	r := newSlurmRun(t, 4)
	script := r.script(t, "")
	r.submit(t, trains, script)
	r.awaitTraining(t)
	for _, job := range r.jobs(t) {
		r.Run(t, "scancel", job)
	}
	if err := r.awaitEnd(t, 30*time.Second); err != nil {
		t.Fatal(err)
	}
	r.submit(t, "sound", script)
	r.mustEndTheSame(t, time.Minute)
	r.mustSay(t, "4 members are sent as steps of job")
}

// A job that takes longer than its time saves all members before, is queued again, and
// goes on.
func TestSlurmScriptTimeLimit(t *testing.T) {
	t.Parallel()
	r := newSlurmRun(t, 4)
	r.submit(t, "slow 10500 0;often", r.script(t, "time=1")) // 63 s in the first generation, of 60
	r.mustEndTheSame(t, 3*time.Minute)
	r.mustSay(t, begunAgain)
}

// A job of a person's own script, which may do other things: the run stops before its time is over, and
// the job is not begun again.
func TestSlurmOwnScript(t *testing.T) {
	t.Parallel()
	r := newSlurmRun(t, 4)
	r.submit(t, "slow 10500 0;often", r.ownScript(t, "--time=1"))
	if err := r.awaitEnd(t, 2*time.Minute); err != nil {
		t.Fatal(err)
	}
	said, err := filepath.Glob(filepath.Join(r.dir, "slurm-*.out"))
	if err != nil || len(said) != 1 {
		t.Fatalf("the job prints to %q (%v)", said, err)
	}
	text, err := os.ReadFile(said[0])
	if err != nil || !strings.Contains(string(text), "`autolfads resume` goes on in another") || !strings.Contains(string(text), "exit code 75") {
		t.Errorf("the job said (%v)\n%s", err, text)
	}
	r.start(t, sound("resume", r.out, "--executor", "local"))
	r.mustEndTheSame(t, time.Minute)
}
