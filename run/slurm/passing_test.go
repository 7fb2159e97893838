package slurm

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// A process that has to go leaves its tasks in the queue, and the next one waits for them.
func TestLeft(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 300*time.Millisecond)
	ctx, cancel := context.WithCancelCause(t.Context())
	err := r.driveUntil(ctx, t, func() { cancel(Leave{errors.New("terminated")}) })
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "terminated") {
		t.Errorf("it ends with %v", err)
	}
	r.MustEndTheSame(t)
	r.mustSay(t, "generation 1: tasks stay in the queue and go on", "there are tasks still in the queue")
	if n, cancelled := len(r.cluster.called("sbatch")), r.cluster.called("scancel"); n != 3 || cancelled != nil {
		t.Errorf("%d submissions, want one a generation; cancelled: %q", n, cancelled)
	}
}

// late has the nth call of a command do what it does and be ended, as one that takes too long.
func (r *trial) late(command string, nth int) {
	called := 0
	change := r.change
	r.change = func(s *Site) {
		change(s)
		inner := s.slurm
		s.slurm = func(ctx context.Context, name string, args ...string) (string, error) {
			text, err := inner(ctx, name, args...)
			if name != command {
				return text, err
			}
			if called++; called == nth {
				return "", &refusal{command: name, words: "no answer for a long time", late: true}
			}
			return text, err
		}
	}
}

// A unit that is sent again by a submission that is late, and yet taken, is not sent a third time.
func TestDoubtfulSecondSubmission(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.begin = first(1, "NODE_FAIL")
	r.Late(t, 1, 100*time.Millisecond)
	r.late("sbatch", 3)
	r.MustEndTheSame(t)
	if n := len(r.cluster.called("sbatch")); n != 4 { // generation 1 twice
		t.Errorf("%d submissions, want 4:\n%s", n, r.log(t))
	}
	r.mustSay(t, "of members 1 there are tasks still in the queue")
}

// Jobs that a rule of the cluster gives other names are found by their numbers.
func TestRenamedJobs(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.begin = func(f *fakeTask) string {
		if f.State == "PENDING" {
			f.Job = "renamed"
		}
		return ""
	}
	r.Late(t, 1, 100*time.Millisecond)
	r.MustEndTheSame(t)
	if log := r.log(t); strings.Contains(log, "sent again") || strings.Contains(log, "does not show") {
		t.Errorf("the log says\n%s", log)
	}
}

// Units that get on are not sent again because the queue does not show them.
func TestUnseenUnitsGetOn(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.begin = func(f *fakeTask) string { f.hidden = true; return "" }
	r.Late(t, 1, 150*time.Millisecond)
	r.change = func(s *Site) { s.Lost = 700 * time.Millisecond }
	r.MustEndTheSame(t)
	r.mustSay(t, "gets on, and the queue does not show it")
	if log := r.log(t); strings.Contains(log, "sent again") && !strings.Contains(log, "not sent again") || len(r.cluster.called("sbatch")) != 3 {
		t.Errorf("the log says\n%s", log)
	}
}

// A task that was told to stop by a command that took too long is not told again: a second
// signal ends a unit without saving.
func TestStopOnce(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 300*time.Millisecond)
	r.late("scancel", 1)
	ctx, cancel := context.WithCancel(t.Context())
	_ = r.driveUntil(ctx, t, cancel)
	if calls := r.cluster.called("scancel"); len(calls) != 1 {
		t.Errorf("to stop it, SLURM was told\n%s", strings.Join(calls, "\n"))
	}
	r.MustEndTheSame(t)
}

// A reason to wait that hardly passes is told, and borne for a while: it may pass.
func TestUnlikelyReasonPasses(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.begin = first(1, "PENDING PartitionTimeLimit")
	go func() {
		awaitLog(r, "is not started by SLURM")
		_, _ = r.cluster.execute(context.Background(), "scontrol", "release", "2_1")
	}()
	r.MustEndTheSame(t)
	r.mustSay(t, "generation 1, member 1 is not started by SLURM (PartitionTimeLimit): it asks for more time than the partition allows")
}

// What was allowed in the first generation, and is refused later, is tried again for a while.
func TestRefusalPasses(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	const words = "sbatch: error: Batch job submission failed: Required partition not available (inactive or drain)"
	r.cluster.begin = func(f *fakeTask) string {
		if strings.Contains(f.Job, "-g000-") {
			r.cluster.refuse = words
		}
		return ""
	}
	go func() {
		awaitLog(r, "it was allowed before")
		r.cluster.mu.Lock()
		defer r.cluster.mu.Unlock()
		r.cluster.refuse, r.cluster.begin = "", nil
	}()
	r.MustEndTheSame(t)
	r.mustSay(t, "Required partition not available", "it is tried again for 800ms")

	never := newTrial(t)
	never.cluster.begin = func(f *fakeTask) string {
		never.cluster.refuse = words
		return ""
	}
	if err := never.Drive(t.Context(), nil); err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("what does not pass ends with %v", err)
	}
}

// So it is for who goes on with a run of which something was taken before.
func TestRefusalPassesForTheNext(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 100*time.Millisecond)
	ctx, cancel := context.WithCancelCause(t.Context())
	_ = r.driveUntil(ctx, t, func() { cancel(Leave{errors.New("terminated")}) })
	r.cluster.mu.Lock()
	r.cluster.refuse = "sbatch: error: Batch job submission failed: Required partition not available (inactive or drain)"
	r.cluster.mu.Unlock()
	go func() {
		awaitLog(r, "it was allowed before")
		r.cluster.mu.Lock()
		defer r.cluster.mu.Unlock()
		r.cluster.refuse = ""
	}()
	r.MustEndTheSame(t)
	r.mustSay(t, "it is tried again for 800ms")
}

// What is asked for otherwise than before was never allowed: a refusal is told at once.
func TestRefusalOfWhatIsNew(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 100*time.Millisecond)
	ctx, cancel := context.WithCancelCause(t.Context())
	_ = r.driveUntil(ctx, t, func() { cancel(Leave{errors.New("terminated")}) })
	r.change = func(s *Site) { s.Options = Options{{"partition", "shrt"}} }
	r.cluster.mu.Lock()
	r.cluster.refuse = "sbatch: error: invalid partition specified: shrt"
	r.cluster.mu.Unlock()
	err := r.Drive(t.Context(), nil)
	if err == nil || !strings.Contains(err.Error(), "invalid partition specified: shrt") || strings.Contains(r.log(t), "it was allowed before") {
		t.Errorf("it ends with %v; the log says\n%s", err, r.log(t))
	}
}

// A sentence of policies that is said of an empty queue may be of what is asked for: that is told.
func TestPolicyOfAnEmptyQueue(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.cluster.refuse = "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)"
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		awaitLog(r, "or what is asked for is more than is allowed (--slurm time=, mem=, --threads)")
		time.Sleep(time.Second)
		cancel()
	}()
	if err := r.Drive(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if n := len(r.cluster.called("sbatch")); n > 40 { // 3 halves each time, with pauses that double from 13 ms on
		t.Errorf("sbatch was called %d times in a second", n)
	}
}

func awaitLog(r *trial, part string) {
	for range 2000 {
		if strings.Contains(logOf(r.Dir()), part) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}
