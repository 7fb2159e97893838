//go:build unix

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
)

// A run whose members are executed by arrays of jobs, or by steps, has the bytes of one that trains
// here; so has one that waited in the queue, was stopped there, and goes on without a word of
// where.
func TestExecutorSlurm(t *testing.T) {
	queue, dir := stubbed(t), t.TempDir()
	data, here := tinyData(t, dir), filepath.Join(dir, "here")
	carryOn(t, tinyRun(t, dir, data, here)...)
	want := promised(t, here)

	array := filepath.Join(dir, "array")
	carryOn(t, tinyRun(t, dir, data, array, "--executor", "slurm", "--slurm", "members=2,partition=short", "--threads", "2")...)
	sameFiles(t, "an array", promised(t, array), want)
	if text := calls(t, queue); !strings.Contains(text, "--array=0-1 ") || !strings.Contains(text, "--cpus-per-task=2 --partition=short --mem=") {
		t.Errorf("SLURM was asked\n%s", text)
	}

	t.Setenv("SLURM_JOB_ID", "7")
	t.Setenv("SLURM_NTASKS", "2")
	steps := filepath.Join(dir, "steps")
	carryOn(t, tinyRun(t, dir, data, steps, "--executor", "slurm", "--slurm", "mode=steps")...)
	sameFiles(t, "steps", promised(t, steps), want)
	t.Setenv("SLURM_JOB_ID", "")

	waits := filepath.Join(dir, "waits")
	stopInTheQueue(t, queue, waits, tinyRun(t, dir, data, waits, "--executor", "slurm", "--slurm", "ask=1s"))
	carryOn(t, "resume", waits)
	sameFiles(t, "stopped in the queue", promised(t, waits), want)
}

// stopInTheQueue begins a run whose tasks wait, and stops it: status says what waits, and
// nothing is left.
func stopInTheQueue(t *testing.T, queue, out string, args []string) {
	t.Helper()
	hold := filepath.Join(queue, "hold")
	if err := os.WriteFile(hold, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	c := sound(args...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	awaited(t, "in the queue", func() bool {
		return strings.Contains(execute(t, command("status", out)).stdout, "queue: 0 running, 3 waiting (Priority: 3)")
	})
	if text := succeed(t, "status", out, "--json"); !strings.Contains(text, `"queue":{"working":0,"waiting":3,`) {
		t.Errorf("status says %s", text)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // its exit code says how
	if code := c.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("it ends with %d, want %d", code, exitInterrupted)
	}
	if text := succeed(t, "status", out); !strings.Contains(text, "queue: no tasks") {
		t.Errorf("status says %s", text)
	}
	if err := os.Remove(hold); err != nil {
		t.Fatal(err)
	}
}

// Whoever drives the run is killed again and again, at instants that spread over a start and a
// generation, while tasks go on.
func TestExecutorSlurmKilled(t *testing.T) {
	stubbed(t)
	dir := t.TempDir()
	data, here, out := tinyData(t, dir), filepath.Join(dir, "here"), filepath.Join(dir, "out")
	carryOn(t, tinyRun(t, dir, data, here)...)
	args := tinyRun(t, dir, data, out, "--executor", "slurm", "--slurm", "ask=1s,lost=1s")
	for i := range 8 {
		c := sound(args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(100+120*i) * time.Millisecond)
		_ = c.Process.Kill() // it may have ended
		_ = c.Wait()
		if _, err := os.Stat(filepath.Join(out, "run.yaml")); err == nil {
			args = []string{"resume", out, "--executor", "slurm"}
		}
	}
	carryOn(t, args...)
	sameFiles(t, "killed", promised(t, out), promised(t, here))
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Where members train is said right away when it cannot be so.
func TestExecutorRefuses(t *testing.T) {
	queue, dir := stubbed(t), t.TempDir()
	data, out := tinyData(t, dir), filepath.Join(dir, "out")
	for want, args := range map[string][]string{
		"this is --executor local":     {"--executor", "local", "--slurm", "time=1"},
		"give --slurm at-once=N":       {"--executor", "slurm", "--workers", "2"},
		"--slurm wrap cannot be given": {"--slurm", "wrap=x"},
		"part of none: submit the script that `autolfads slurm script` writes, or give --slurm mode=array": {"--executor", "slurm", "--slurm", "mode=steps"},
		"a time limit is kept on the cores of":     {"--executor", "slurm", "--time-limit", "1h"},
		"--slurm \"Time=1\": it must be KEY=VALUE": {"--executor", "slurm", "--slurm", "Time=1"},
	} {
		refuse(t, []string{want}, tinyRun(t, dir, data, out, args...)...)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a run has begun")
	}
	if _, err := os.Stat(filepath.Join(queue, "calls")); err == nil {
		t.Errorf("SLURM was asked %s", calls(t, queue))
	}
	t.Setenv("PATH", filepath.Dir(binary))
	refuse(t, []string{"there is no sbatch here"}, tinyRun(t, dir, data, out, "--executor", "slurm")...)
}

// Units of a run: several in one process, by the number of a task, and stopped with a code
// that says that they go on.
func TestUnitsInAnArray(t *testing.T) {
	queue, dir := stubbed(t), t.TempDir()
	data, out := tinyData(t, dir), filepath.Join(dir, "out")
	carryOn(t, tinyRun(t, dir, data, out)...)
	unit := func(more ...string) []string {
		return append([]string{"unit", "--run", out, "--generation", "3"}, more...)
	}
	said := succeed(t, unit("--member", "0,1", "--member", "2")...)
	if lines := strings.Split(strings.TrimSpace(said), "\n"); len(lines) != 3 || !strings.HasPrefix(lines[2], "generation 3, member 2: score ") {
		t.Errorf("of three members it says\n%s", said)
	}
	refuse(t, []string{"give --member"}, unit()...)
	refuse(t, []string{"give one of them"}, unit("--member", "1", "--tasks", "slurm/g003-001.json")...)
	t.Setenv("SLURM_ARRAY_TASK_ID", "1")
	if got := succeed(t, unit()...); !strings.HasPrefix(got, "generation 3, member 1: score ") {
		t.Errorf("task 1 says %s", got)
	}
	refuse(t, []string{"no such file"}, unit("--tasks", "slurm/g003-001.json")...)

	forget(t, out, 3, 1)
	t.Setenv("SLURM_JOB_ID", "71")
	t.Setenv("SLURM_ARRAY_JOB_ID", "7")
	t.Setenv("SLURM_JOB_END_TIME", fmt.Sprint(time.Now().Add(5*time.Second).Unix()))
	r := execute(t, sound(unit()...))
	if r.code != exitAgain || !strings.Contains(r.stderr, "generation 3, member 1 was stopped; nothing is lost") {
		t.Errorf("a unit whose time is over: exit code %d\n%s", r.code, r.stderr)
	}
	if text := calls(t, queue); !strings.Contains(text, "squeue --noheader --jobs=7_1 ") || strings.Contains(text, "requeue") {
		t.Errorf("a unit for which there is no time at all would go round for ever; SLURM was asked\n%s", text)
	}
	t.Setenv("SLURM_JOB_END_TIME", "")
	if got := succeed(t, unit()...); !strings.HasPrefix(got, "generation 3, member 1: score ") {
		t.Errorf("then it says %s", got)
	}
}

// forget takes away what a unit came to.
func forget(t *testing.T, out string, generation, member int) {
	t.Helper()
	if err := os.Remove(filepath.Join(out, "generations", fmt.Sprintf("%03d", generation), fmt.Sprintf("member-%03d", member), "result.json")); err != nil {
		t.Fatal(err)
	}
}

// The script of a run does it, in one job, and goes on with it.
func TestSlurmScriptHere(t *testing.T) {
	stubbed(t)
	dir := t.TempDir()
	data, here, out := tinyData(t, dir), filepath.Join(dir, "here"), filepath.Join(dir, "o ut")
	carryOn(t, tinyRun(t, dir, data, here)...)
	text := execute(t, sound(slices.Concat([]string{"slurm", "script", "--tasks", "2", "--slurm", "time=1", "--"}, tinyRun(t, dir, data, out)[1:])...)).stdout
	for _, part := range []string{"#SBATCH --ntasks=2\n", "#SBATCH --time=1\n", "--executor slurm --slurm mode=steps --threads 1\n"} {
		if !strings.Contains(text, part) {
			t.Errorf("the script lacks %q:\n%s", part, text)
		}
	}
	path := filepath.Join(dir, "script.sh")
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SLURM_JOB_ID", "7")
	t.Setenv("SLURM_NTASKS", "2")
	for range 2 { // begins, goes on
		c := exec.Command("sh", path)
		c.Env = sound().Env
		if r := execute(t, c); r.code != 0 {
			t.Fatalf("exit code %d\n%s", r.code, r.stderr)
		}
		sameFiles(t, "a script", promised(t, out), promised(t, here))
	}
	for want, args := range map[string][]string{
		"autolfads run would not take it":         {"slurm", "script", "--", data},
		"--slurm mode is of a run, not of a job":  {"slurm", "script", "--slurm", "mode=steps", "--", data, "--out", out},
		"wants --executor slurm beside it":        {"slurm", "script", "--", data, "--out", out, "--slurm", "time=1"},
		"--workers is of members on one machine":  {"slurm", "script", "--", data, "--out", out, "--workers", "4"},
		"give it before --, where":                {"slurm", "script", "--", data, "--out", out, "--threads", "4"},
		"--executor local trains on one node":     {"slurm", "script", "--", data, "--out", out, "--executor", "local"},
		"--tasks and --threads are whole numbers": {"slurm", "script", "--tasks", "0", "--", data, "--out", out},
	} {
		refuse(t, []string{want}, args...)
	}
	coordinator := succeed(t, "slurm", "script", "--", data, "--out", out, "--executor", "slurm", "--slurm", "time=1:00")
	if !strings.Contains(coordinator, "--ntasks=1\n") || !strings.Contains(coordinator, "resume '"+out+"' --executor slurm --slurm time=1:00\n") {
		t.Errorf("the script of who drives the run is\n%s", coordinator)
	}
}
