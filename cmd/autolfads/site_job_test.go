//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run/slurm"
)

// A run in a job whose time ends leaves its tasks in the queue, as at TERM; a job of a script that
// says so is put back into the queue, others are not.
func TestJobEnds(t *testing.T) {
	queue, dir := stubbed(t), t.TempDir()
	data, out := tinyData(t, dir), filepath.Join(dir, "out")
	if err := os.WriteFile(filepath.Join(queue, "hold"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SLURM_JOB_ID", "7")
	args := tinyRun(t, dir, data, out, "--executor", "slurm", "--slurm", "ask=1s")
	for _, c := range []struct {
		script, says string
		requeued     int
	}{{"", "the job's time is almost over: `autolfads resume` goes on in another", 0}, {"1", "the job was put back into the queue", 1}} {
		t.Setenv(slurm.RequeueVariable, c.script)
		t.Setenv("SLURM_JOB_END_TIME", fmt.Sprint(time.Now().Add(5*time.Second).Unix()))
		r := execute(t, sound(args...))
		if r.code != exitAgain || !strings.Contains(r.stderr, "the job's time is over at ") || !strings.Contains(r.stderr, c.says) || !strings.Contains(r.stderr, "tasks stay in the queue and go on") {
			t.Errorf("exit code %d\n%s", r.code, r.stderr)
		}
		if text := calls(t, queue); strings.Count(text, "scontrol requeue 7\n") != c.requeued || strings.Contains(text, "scancel") {
			t.Errorf("SLURM was asked\n%s", text)
		}
		args = []string{"resume", out}
	}
	t.Setenv("SLURM_JOB_ID", "")
	c := sound(args...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	awaited(t, "taken over", func() bool {
		return strings.Count(read(t, filepath.Join(out, "slurm", "log.txt")), "still in the queue") == 2
	})
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // its exit code says how
	if text := calls(t, queue); c.ProcessState.ExitCode() != exitInterrupted || strings.Contains(text, "scancel") || strings.Count(text, "sbatch") != 1 {
		t.Errorf("TERM ends it with %d; SLURM was asked\n%s", c.ProcessState.ExitCode(), text)
	}
}

// A job is put back into the queue at the last moment also while units are still under way.
func TestJobEndsWhileUnitsTrain(t *testing.T) {
	queue := stubbed(t)
	t.Setenv("SLURM_JOB_ID", "7")
	t.Setenv(slurm.RequeueVariable, "1")
	t.Setenv("SLURM_JOB_END_TIME", fmt.Sprint(time.Now().Add(4*time.Second).Unix()))
	p := newProgress("", false)
	p.out = io.Discard
	err := endBefore(t.Context(), slurm.ThisJob(), p, func(ctx context.Context) error {
		<-ctx.Done()
		awaited(t, "queued again", func() bool { return strings.Contains(calls(t, queue), "scontrol requeue 7\n") })
		return ctx.Err()
	})
	if !errors.As(err, new(goesOn)) {
		t.Errorf("it ends with %v", err)
	}
}

// A job whose end the queue does not say at the start is asked for again.
func TestJobEndIsAskedForAgain(t *testing.T) {
	queue := stubbed(t)
	t.Setenv("SLURM_JOB_ID", "7")
	t.Setenv("SLURM_JOB_END_TIME", "")
	job := slurm.ThisJob()
	if job.Known() {
		t.Fatal("its end is known")
	}
	ends := time.Now().Add(4 * time.Second).Format("2006-01-02T15:04:05")
	if err := os.WriteFile(filepath.Join(queue, "ends"), []byte(ends+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := endBefore(t.Context(), job, newProgress("", false), func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.As(err, new(goesOn)) {
		t.Errorf("it ends with %v", err)
	}
}

// A job that was over before this process began, as in a terminal that outlived it, has no end to wait for.
func TestJobThatIsOver(t *testing.T) {
	stubbed(t)
	t.Setenv("SLURM_JOB_ID", "7")
	t.Setenv("SLURM_JOB_END_TIME", fmt.Sprint(time.Now().Add(-time.Minute).Unix()))
	if job := slurm.ThisJob(); !job.Ends.IsZero() || !job.Known() {
		t.Errorf("the job is %+v", job)
	}
}

// A job whose end is put off goes on.
func TestJobEndsLater(t *testing.T) {
	queue := stubbed(t)
	t.Setenv("SLURM_JOB_ID", "7")
	t.Setenv("SLURM_JOB_END_TIME", fmt.Sprint(time.Now().Add(2*time.Second).Unix()))
	later := time.Now().Add(time.Hour).Format("2006-01-02T15:04:05")
	if err := os.WriteFile(filepath.Join(queue, "ends"), []byte(later+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := endBefore(t.Context(), slurm.ThisJob(), newProgress("", false), func(ctx context.Context) error {
		awaited(t, "asked again", func() bool { return strings.Contains(calls(t, queue), "squeue --noheader --jobs=7") })
		time.Sleep(time.Second)
		return context.Cause(ctx)
	})
	if err != nil || strings.Contains(calls(t, queue), "requeue") {
		t.Errorf("it ends with %v; SLURM was asked\n%s", err, calls(t, queue))
	}
}
