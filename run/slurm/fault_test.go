package slurm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/executortest"
)

// trial is a run through arrays of a cluster.
type trial struct {
	*executortest.Trial
	cluster *cluster
	change  func(*Site)
}

func newTrial(t *testing.T) *trial {
	r := &trial{cluster: newCluster(t), change: func(*Site) {}}
	r.Trial = executortest.NewTrial(t, r.executor)
	return r
}

func (r *trial) executor(f *run.Folder, faults string) run.Executor {
	s := r.cluster.site(faults)
	r.change(&s)
	return s.Executor(f, nil)
}

// driveUntil drives the run, and has something done whenever a member of generation 1 has done
// an epoch: an end of the context, above all, which must not be the end of the run.
func (r *trial) driveUntil(ctx context.Context, t *testing.T, then func()) error {
	t.Helper()
	err := r.Drive(ctx, func(e run.Event) {
		if e.Kind == run.EpochDone && e.Generation == 1 && e.Done > 0 {
			then()
		}
	})
	if err == nil {
		t.Fatal("it drove the run to its end")
	}
	return err
}

func logOf(dir string) string {
	text, _ := os.ReadFile(filepath.Join(dir, folder, logName)) // it may not be there yet
	return string(text)
}

func (r *trial) log(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.Dir(), folder, logName))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (r *trial) mustSay(t *testing.T, parts ...string) {
	t.Helper()
	log := r.log(t)
	for _, part := range parts {
		if !strings.Contains(log, part) {
			t.Errorf("the log does not say %q:\n%s", part, log)
		}
	}
}

// first plants something at the first start of a task of generation 1.
func first(index int, state string) func(*fakeTask) string {
	return func(t *fakeTask) string {
		if t.Index == index && t.begun == 1 && strings.Contains(t.Job, "-g001-001") {
			return state
		}
		return ""
	}
}

// Whatever the queue does to a task, the run ends with the same bytes, and says what
// happened.
func TestTasksThatDoNotEnd(t *testing.T) {
	for name, c := range map[string]struct {
		begin func(*fakeTask) string
		say   []string
	}{
		"lost": {func(t *fakeTask) string {
			if t.hidden = first(2, "COMPLETED")(t) != ""; t.hidden {
				return "COMPLETED"
			}
			return ""
		}, []string{"generation 1, member 2: is in no queue and has no result: sent again (2 of 3)"}},
		"node fails":          {first(1, "NODE_FAIL"), []string{"generation 1, member 1: task 2_1 ended as NODE_FAIL, its node failed, without a result: sent again (2 of 3)"}},
		"out of memory":       {first(3, "OUT_OF_MEMORY"), []string{"OUT_OF_MEMORY", "give --slurm mem="}},
		"hollow":              {first(0, "COMPLETED"), []string{"member 0: is in no queue and has no result: sent again"}},
		"launch fails":        {first(1, "PENDING launch failed requeued held"), []string{"generation 1, member 1 was held by SLURM (launch failed requeued held) as task 2_1: released (1 of 3)"}},
		"launch fails, newer": {first(1, "PENDING launch_failed_requeued_held"), []string{"released (1 of 3)"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newTrial(t)
			r.cluster.begin = c.begin
			r.MustEndTheSame(t)
			r.mustSay(t, c.say...)
		})
	}
}

// A unit whose tasks never come to anything stops the run with its name and what its task
// said.
func TestTriesEnd(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.begin = func(t *fakeTask) string {
		if t.Index != 1 || !strings.Contains(t.Job, "-g000-") || t.begun > 1 {
			return ""
		}
		_ = os.WriteFile(t.log, []byte("starting\nautolfads: no such file\n"), 0o644)
		return "FAILED"
	}
	// What is sent again is a task of its own, of index 0.
	begin := r.cluster.begin
	r.cluster.begin = func(t *fakeTask) string {
		if strings.Contains(t.Job, "-g000-") && !strings.HasSuffix(t.Job, "-001") {
			t.Index = 1
			defer func() { t.Index = 0 }()
		}
		return begin(t)
	}
	err := r.Drive(t.Context(), nil)
	for _, part := range []string{"generation 0, member 1: task", "ended as FAILED", "it said last: autolfads: no such file", "3 times without an epoch between", "hyper-parameters: train.learning_rate", "a file system that all nodes share"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not say %q: %v", part, err)
		}
	}
	if n := len(r.cluster.called("sbatch")); n != 3 {
		t.Errorf("it was sent %d times, want 3", n)
	}
}

// A task that somebody holds is waited for, until somebody lets it go.
func TestHeldByAPerson(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.begin = first(1, "PENDING JobHeldUser")
	go func() {
		awaitLog(r, "is held")
		time.Sleep(600 * time.Millisecond) // longer than a lost unit is waited for
		_, _ = r.cluster.execute(context.Background(), "scontrol", "release", "2_1")
	}()
	r.MustEndTheSame(t)
	r.mustSay(t, "generation 1, member 1 is held (JobHeldUser) as task 2_1: `scontrol release 2_1` lets it start")
	if log := r.log(t); strings.Contains(log, "sent again") || strings.Count(log, "is held") != 1 {
		t.Errorf("the log says\n%s", log)
	}
}

// Of many that are held there is one sentence; who can let them start it says.
func TestManyHeld(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.begin = func(f *fakeTask) string {
		if f.begun == 1 && strings.Contains(f.Job, "-g001-001") {
			return []string{"PENDING JobHeldUser", "PENDING JobHeldUser", "PENDING JobHeldAdmin", "SUSPENDED"}[f.Index]
		}
		return ""
	}
	go func() {
		awaitLog(r, "suspended")
		for i := range 4 {
			_, _ = r.cluster.execute(context.Background(), "scontrol", "release", fmt.Sprint("2_", i))
		}
	}()
	r.MustEndTheSame(t)
	r.mustSay(t, "generation 1: 2 tasks are held (JobHeldUser): `scontrol release 2_0 2_1` lets them start", "generation 1, member 2 is held (JobHeldAdmin) as task 2_2: an administrator of the cluster can let it start", "member 3 is suspended as task 2_3")
}

// What will never be started stops the run, with what to change; nothing stays in the queue.
func TestHopeless(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.begin = first(1, "PENDING PartitionTimeLimit")
	r.Late(t, 1, 50*time.Millisecond)
	err := r.Drive(t.Context(), nil)
	if err == nil || !strings.Contains(err.Error(), "generation 1, member 1 is not started by SLURM (PartitionTimeLimit)") || !strings.Contains(err.Error(), "--slurm time=") {
		t.Errorf("it ends with %v", err)
	}
	r.cluster.mustBeEmpty(t)
	r.cluster.begin = nil
	r.MustEndTheSame(t)
}

// An epoch of a unit that had no room on the disk stops all, with a sentence.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.begin = func(f *fakeTask) string {
		if first(1, "x")(f) == "" {
			return ""
		}
		attempt := filepath.Join(f.dir, "generations/001/member-001/attempts/001")
		text := fmt.Sprintf("now\nunit\nhyper\nwriting a: %v\n", syscall.ENOSPC)
		if err := errors.Join(os.MkdirAll(attempt, 0o755), os.WriteFile(filepath.Join(attempt, "error.txt"), []byte(text), 0o644)); err != nil {
			t.Error(err)
		}
		return "FAILED"
	}
	err := run.Advise(r.Drive(t.Context(), nil), r.Dir())
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("it ends with %v", err)
	}
	r.cluster.mustBeEmpty(t)
	r.cluster.begin = nil
	r.MustEndTheSame(t)
}

// A result that cannot be read is borne for a while, and then said.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	path := filepath.Join(r.Dir(), "generations/001/member-001/result.json")
	r.cluster.begin = func(f *fakeTask) string {
		if first(1, "x")(f) == "" {
			return ""
		}
		if err := os.WriteFile(path, []byte("{"), 0o644); err != nil {
			t.Error(err)
		}
		return "COMPLETED"
	}
	err := r.Drive(t.Context(), nil)
	if err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("it ends with %v", err)
	}
	r.mustSay(t, "generation 1, member 1: its folder cannot be read")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	r.cluster.begin = nil
	r.MustEndTheSame(t)
}

// mustBeEmpty fails if tasks wait, or are executed longer than it takes to end.
func (c *cluster) mustBeEmpty(t *testing.T) {
	t.Helper()
	left := func() (ids []string) {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, task := range c.alive() {
			ids = append(ids, task.ID+" "+task.State)
		}
		return ids
	}
	for end := time.Now().Add(10 * time.Second); len(left()) > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("tasks are left: %q", left())
		}
	}
}
