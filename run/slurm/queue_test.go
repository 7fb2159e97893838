package slurm

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
)

// A population larger than an array may be, or than the queue takes, is sent in parts.
func TestSentInParts(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(*cluster, *Site)
		arrays  int // in three generations of four members, at least
		say, no string
	}{
		"small arrays":   {func(c *cluster, _ *Site) { c.most = 3 }, 6, "generation 0: 1 tasks sent as job 2", "takes no more"},
		"single tasks":   {func(c *cluster, _ *Site) { c.most = 1 }, 12, "generation 0: 1 tasks sent as job 4", "takes no more"},
		"a limit":        {func(c *cluster, _ *Site) { c.limit = 2 }, 6, "SLURM takes no more tasks now than it has (sbatch: sbatch: error: AssocMaxSubmitJobLimit", "sent again"},
		"several a task": {func(_ *cluster, s *Site) { s.Members = 3 }, 3, "generation 2: 2 tasks sent as job 3", "sent again"},
		"few at a time":  {func(_ *cluster, s *Site) { s.AtOnce = 2 }, 3, "4 tasks sent", "sent again"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newTrial(t)
			r.change = func(s *Site) { c.change(r.cluster, s) }
			r.MustEndTheSame(t)
			r.mustSay(t, c.say)
			if log := r.log(t); strings.Contains(log, c.no) || strings.Count(log, "sent as job") < c.arrays {
				t.Errorf("there are not %d arrays, or it says %q:\n%s", c.arrays, c.no, log)
			}
			if name == "few at a time" && !strings.Contains(r.cluster.called("sbatch")[0], "--array=0-3%2 ") {
				t.Errorf("it is asked for %s", r.cluster.called("sbatch")[0])
			}
		})
	}
}

// After a refusal the queue is left alone for a while, and then asked for little more than it took.
func TestRefusalsAreFew(t *testing.T) {
	c := newCluster(t)
	c.limit, c.begin = 5, func(*fakeTask) string { return "PENDING Priority" }
	s := c.site(t.TempDir())
	s.Ask = 90 * time.Millisecond
	s = s.complete()
	dir := t.TempDir()
	if _, err := s.keep(dir); err != nil {
		t.Fatal(err)
	}
	e := &executor{site: s, dir: dir, folder: &run.Folder{}}
	a, err := newArrays(e, []run.Unit{{}}, newJournal(dir, nil))
	if err != nil {
		t.Fatal(err)
	}
	members := make([]int, 40)
	for i := range members {
		members[i] = i
	}
	for i, want := range []struct{ took, calls int }{{5, 4}, {0, 4}} { // 40, 20, 10, 5
		sent, err := a.send(members)
		if calls := len(c.called("sbatch")); err != nil || len(sent) != want.took || calls != want.calls {
			t.Errorf("time %d: %d were sent by %d submissions (%v), want %d by %d", i, len(sent), calls, err, want.took, want.calls)
		}
		members = members[len(sent):]
	}
	time.Sleep(40 * time.Millisecond)
	if sent, err := a.send(members); err != nil || len(sent) != 0 || len(c.called("sbatch")) != 8 { // 10, 5, 2, 1
		t.Errorf("later %d are sent by %d submissions (%v)", len(sent), len(c.called("sbatch")), err)
	}
}

// A cluster without arrays, and one that takes nothing, are told of with what to do.
func TestRefused(t *testing.T) {
	for want, change := range map[string]func(*cluster){
		"has no arrays of jobs": func(c *cluster) { c.most = 0 },
		"SLURM refuses the tasks of the generation (sbatch: sbatch: error: invalid partition specified: shrt": func(c *cluster) { c.refuse = "sbatch: error: invalid partition specified: shrt" },
	} {
		r := newTrial(t)
		change(r.cluster)
		if err := r.Drive(t.Context(), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("it ends with %v, want %q", err, want)
		}
	}
}

// While the controller is away, results are seen; what it does not answer is asked again.
func TestControllerAway(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 300*time.Millisecond)
	r.cluster.begin = func(task *fakeTask) string {
		if strings.Contains(task.Job, "-g001-") {
			r.cluster.away(300 * time.Millisecond)
		}
		return ""
	}
	r.MustEndTheSame(t)
	r.mustSay(t, "SLURM does not answer", "Unable to contact slurm controller", "SLURM answers again")
}

// A submission of which nobody knows whether it was taken is asked for before another is made.
func TestDoubtfulSubmission(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	doubtful := true
	r.change = func(s *Site) {
		inner := s.slurm
		s.slurm = func(ctx context.Context, name string, args ...string) (string, error) {
			text, err := inner(ctx, name, args...)
			if name == "sbatch" && doubtful {
				doubtful = false
				return "", &refusal{command: "sbatch", words: "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation"}
			}
			return text, err
		}
	}
	r.Late(t, 0, 100*time.Millisecond)
	r.MustEndTheSame(t)
	r.mustSay(t, "SLURM does not answer", "of members 0, 1, 2, 3 there are tasks still in the queue")
	if n := len(r.cluster.called("sbatch")); n != 3 {
		t.Errorf("%d submissions, want one a generation:\n%s", n, r.log(t))
	}
}

// Who goes on with a run whose coordinator died finds what that had sent.
func TestCoordinatorDies(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 300*time.Millisecond)
	ctx, die := context.WithCancel(t.Context())
	dead := false // then it can do nothing any more
	r.change = func(s *Site) {
		inner := s.slurm
		s.Lost = time.Millisecond
		s.slurm = func(ctx context.Context, name string, args ...string) (string, error) {
			if dead {
				return "", errDown
			}
			return inner(ctx, name, args...)
		}
	}
	_ = r.driveUntil(ctx, t, func() {
		dead = true
		die()
	})
	r.change = func(*Site) {}
	r.MustEndTheSame(t)
	r.mustSay(t, "tasks of generation 1 may train on", "generation 1: of members 0, 1, 2, 3 there are tasks still in the queue, sent before: they are waited for")
	if n := len(r.cluster.called("sbatch")); n != 3 {
		t.Errorf("%d submissions, want one a generation:\n%s", n, r.log(t))
	}
}

// Tasks that are not needed any more do not stay: here one that was thought to be lost.
func TestLeftoversAreCancelled(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	var lost *fakeTask
	r.cluster.begin = func(task *fakeTask) string {
		if state := first(1, "PENDING Priority")(task); state != "" {
			lost, task.hidden = task, true
			return state
		}
		if strings.Contains(task.Job, "-g001-002") {
			lost.hidden = false
		}
		return ""
	}
	r.MustEndTheSame(t)
	if lost == nil || lost.State != "CANCELLED" {
		t.Errorf("the task that was found again is %+v", lost)
	}
}

// A controller that lost what it knew has tasks in its queue again whose generation is over:
// they do not stay either.
func TestTasksThatComeBack(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	var back *fakeTask
	r.cluster.begin = func(task *fakeTask) string {
		if strings.Contains(task.Job, "-g001-") && task.Index == 0 {
			back = r.cluster.tasks[2] // of generation 0
			back.State, back.Reason = "PENDING", "launch failed requeued held"
			r.cluster.away(300 * time.Millisecond)
		}
		return ""
	}
	r.Late(t, 1, 20*time.Millisecond)
	r.MustEndTheSame(t)
	if back == nil || back.State != "CANCELLED" {
		t.Errorf("the task that came back is %+v", back)
	}
	r.mustSay(t, "tasks are left in the queue for which there is nothing to do: they are cancelled")
}

// Each task is asked to stop once, and what waits is taken back: one that is signalled
// twice would end without saving.
func TestStop(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 150*time.Millisecond)
	r.cluster.begin = first(3, "PENDING Resources")
	ctx, cancel := context.WithCancel(t.Context())
	_ = r.driveUntil(ctx, t, cancel)
	r.cluster.mustBeEmpty(t)
	calls := strings.Join(r.cluster.called("scancel"), "\n")
	if strings.Count(calls, "2_0") != 1 || !strings.Contains(calls, "scancel --quiet 2_3") || !strings.Contains(calls, "scancel --quiet --signal=TERM --full 2_0") {
		t.Errorf("to stop it, SLURM was told\n%s", calls)
	}
	r.mustSay(t, "3 tasks asked to save and stop")
	r.cluster.begin = nil
	r.MustEndTheSame(t)
}
