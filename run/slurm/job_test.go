package slurm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The job that a process is in, and when it ends: by the environment or by the queue.
func TestThisJob(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 30, 0, 0, time.Local)
	for _, c := range []struct {
		env, says string
		id        string
		ends      time.Time
	}{
		{"", "", "", time.Time{}},
		{fmt.Sprint("SLURM_JOB_ID=7 SLURM_JOB_END_TIME=", at.Unix()), "", "7", at},
		{"SLURM_JOB_ID=7", "2026-03-01T12:30:00\n", "7", at},
		{"SLURM_JOB_ID=9 SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID=2", "2026-03-01T12:30:00", "7_2", at},
		{"SLURM_JOB_ID=7", "NONE\n", "7", time.Time{}},
		{"SLURM_JOB_ID=7", "", "7", time.Time{}},
	} {
		values := map[string]string{}
		for _, v := range strings.Fields(c.env) {
			key, value, _ := strings.Cut(v, "=")
			values[key] = value
		}
		j := thisJob(func(key string) string { return values[key] }, func(_ context.Context, _ string, args ...string) (string, error) {
			if option(args, "jobs") != c.id {
				t.Errorf("of job %s is asked %q", c.id, args)
			}
			if c.says == "" {
				return "", errDown
			}
			return c.says, nil
		})
		if c.id == "" && j == nil {
			continue
		}
		if j == nil || j.ID != c.id || !j.Ends.Equal(c.ends) {
			t.Errorf("%q, %q: the job is %+v", c.env, c.says, j)
		}
	}
}

// No epoch begins that would end, by the longest so far, after the job's time; a time that
// was made longer is noticed.
func TestClock(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.Local)
	after := func(seconds int) time.Time { return now.Add(time.Duration(seconds) * time.Second) }
	says := after(100).Format("2006-01-02T15:04:05")
	c := Clock{Job: &Job{ID: "7", Ends: after(100), slurm: func(context.Context, string, ...string) (string, error) { return says, nil }}}
	c.Begin(after(0))
	for _, s := range []struct {
		epoch int
		over  bool
	}{{20, false}, {40, false}, {60, false}, {61, true}} { // 30 s for an epoch of 20 s, 10 s to save
		if s.epoch < 61 {
			c.Epoch(after(s.epoch))
		}
		if got := c.Over(after(s.epoch)); got != s.over {
			t.Errorf("after %d s of 100 it is over: %v", s.epoch, got)
		}
	}
	says = after(300).Format("2006-01-02T15:04:05")
	if c.Over(after(90)) {
		t.Error("a job whose time was made longer is over")
	}
	if (&Clock{}).Over(now) || (&Clock{Job: &Job{slurm: func(context.Context, string, ...string) (string, error) { return "NONE", nil }}}).Over(now) {
		t.Error("a job without an end is over")
	}
}

// What the queue could not say at the start it is asked for again; a command that was ended with
// its job has had an effect.
func TestJobOfASilentQueue(t *testing.T) {
	now, says, fails := time.Now(), "", error(errDown)
	asked := 0
	j := thisJob(func(key string) string { return map[string]string{"SLURM_JOB_ID": "7"}[key] }, func(context.Context, string, ...string) (string, error) {
		asked++
		return says, fails
	})
	c := Clock{Job: j}
	if j.Known() || c.Over(now) || asked != 1 {
		t.Errorf("after %d questions its end is known: %v", asked, j.Known())
	}
	says, fails = now.Add(65*time.Second).Format("2006-01-02T15:04:05"), nil
	if c.Over(now.Add(30*time.Second)) || asked != 1 {
		t.Errorf("after half a minute it was asked for %d times", asked)
	}
	if !c.Over(now.Add(62*time.Second)) || !j.Known() {
		t.Errorf("after a minute, and %d questions, its end is known: %v", asked, j.Known())
	}
	for err, want := range map[*refusal]bool{{command: "scontrol", killed: true}: true, {command: "scontrol", words: "Job is not requeueable"}: false} {
		fails = err
		if got := j.Requeue(); got == nil != want {
			t.Errorf("%+v: %v", err, got)
		}
	}
}

func TestBefore(t *testing.T) {
	now := time.Now()
	for left, want := range map[time.Duration]time.Duration{time.Hour: 59 * time.Minute, 50 * time.Second: 40 * time.Second, -time.Second: -time.Second} {
		stop, last := (&Job{Ends: now.Add(left)}).Before(now)
		if got := stop.Sub(now); got != want || last.Before(stop) || last.After(now.Add(left)) {
			t.Errorf("%v before its end a job stops after %v and at last %v, want %v", left, got, last.Sub(now), want)
		}
	}
	for _, j := range []*Job{nil, {}} {
		if stop, last := j.Before(now); !stop.IsZero() || !last.IsZero() {
			t.Error("a job without an end stops")
		}
	}
}

// A job of several nodes has room for as many units as it has tasks, or CPUs.
func TestSlots(t *testing.T) {
	for env, want := range map[string]int{"SLURM_NTASKS=5": 5, "SLURM_JOB_CPUS_PER_NODE=16(x2),8": 20, "SLURM_JOB_CPUS_PER_NODE=1": 1} {
		key, value, _ := strings.Cut(env, "=")
		got := slots(func(k string) string {
			if k == key {
				return value
			}
			return ""
		}, 2)
		if got != want {
			t.Errorf("%s: %d units of two threads, want %d", env, got, want)
		}
	}
}

// What the queue holds of a generation, in a line.
func TestLook(t *testing.T) {
	dir := t.TempDir()
	says, fails := "a|1|0|RUNNING|n1|None\na|1|1|RUNNING|n1|None\na|1|2|RUNNING|n2|None\na|1|3|PENDING||Priority\na|1|4|COMPLETED|n1|None\n", error(nil)
	ask := func() *View {
		return look(t.Context(), func(context.Context, string, ...string) (string, error) { return says, fails }, dir, 3)
	}
	if v := ask(); v != nil {
		t.Errorf("nothing was sent, and there is %v", v)
	}
	if err := os.Mkdir(filepath.Join(dir, folder), 0o755); err != nil {
		t.Fatal(err)
	}
	s := submission{Name: "a", Dir: dir, Generation: 3, Tasks: [][]int{{0}}, number: 1}
	if err := s.write(dir); err != nil {
		t.Fatal(err)
	}
	if got, want := ask().String(), "queue: 3 running (n1: 2, n2: 1), 1 waiting (Priority: 1)"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	says = ""
	if got, want := ask().String(), "queue: no tasks"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	fails = errors.New("squeue is not there")
	if got, want := ask().String(), "queue: it cannot be asked from here (squeue is not there)"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}

// A script asks for what it is told to, whatever stands in words, and a shell reads it.
func TestScript(t *testing.T) {
	options, err := JobOptions("partition=low,nodes=2", `comment=a "b" #c`, "job-name=mine")
	if err != nil {
		t.Fatal(err)
	}
	s := Script{
		Options: options, Tasks: 3, Threads: 2, Program: "/opt/a b/autolfads", Dir: "/data/it's", Out: "/data/o ut",
		Run: []string{"run", "x y.h5"}, Resume: []string{"resume", "/data/o ut"},
	}
	const want = `#!/bin/sh
# Submit it with sbatch. It begins the run, or goes on with it; when its time is over it is queued again by itself.
#SBATCH --job-name=mine
#SBATCH --ntasks=3
#SBATCH --cpus-per-task=2
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=autolfads-%j.log
#SBATCH --partition=low
#SBATCH --nodes=2
#SBATCH --comment="a \"b\" #c"
# Memory is what the partition gives: autolfads plan says what a member needs (--slurm mem-per-cpu=...).
export AUTOLFADS_REQUEUE=1
cd '/data/it'\''s' || exit 1
if [ -e '/data/o ut/run.yaml' ]; then
  exec '/opt/a b/autolfads' resume '/data/o ut'
fi
exec '/opt/a b/autolfads' run 'x y.h5'
`
	if got := s.String(); got != want {
		t.Errorf("the script is\n%s\nwant\n%s", got, want)
	}
	for _, word := range []string{"mode=steps", "array=0-3", "wrap=x", "no-requeue", "partition=a,no-requeue", "time=1\n2"} {
		if _, err := JobOptions(word); err == nil {
			t.Errorf("%q is taken", word)
		}
	}
}
