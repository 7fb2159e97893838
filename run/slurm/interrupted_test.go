package slurm

import (
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
)

// A task that SLURM takes from its node goes on from its checkpoint when it is started again.
func TestPutBack(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 100*time.Millisecond)
	put := false
	err := r.Drive(t.Context(), func(e run.Event) {
		if put || e.Kind != run.EpochDone || e.Generation != 1 || e.Member != 2 || e.Done < 2 {
			return
		}
		put = true
		r.cluster.putBack(t, "2_2", 200*time.Millisecond)
	})
	if err != nil {
		t.Fatal(err)
	}
	r.MustEndTheSame(t)
	r.mustSay(t, "generation 1, member 2: task 2_2 was put back into the queue by SLURM (PREEMPTED: it had to make room for another job): it goes on")
	r.mustSay(t, "generation 1, member 2 was interrupted, after ")
	if log := r.log(t); strings.Contains(log, "sent again") || strings.Count(log, "interrupted") != 1 {
		t.Errorf("it was sent again:\n%s", log)
	}
}

// putBack takes a task from its node and starts it again after a while.
func (c *cluster) putBack(t *testing.T, id string, after time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, task := range c.tasks {
		if task.ID != id {
			continue
		}
		if task.State != "RUNNING" {
			t.Errorf("task %s is %s", id, task.State)
		}
		c.endTask(task, "PENDING")
		task.Reason = beginTime
		time.AfterFunc(after, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.launch(task)
		})
	}
}

// Of many that are interrupted at once there is one sentence each way.
func TestManyPutBack(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 400*time.Millisecond) // none ends before the last one has begun, on busy cores too
	put := map[int]bool{}
	err := r.Drive(t.Context(), func(e run.Event) {
		if e.Kind != run.EpochDone || e.Generation != 1 || e.Done < 1 || put[e.Member] {
			return
		}
		if put[e.Member] = true; len(put) == 4 {
			for _, id := range []string{"2_0", "2_1", "2_2", "2_3"} {
				r.cluster.putBack(t, id, 300*time.Millisecond)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	r.MustEndTheSame(t)
	r.mustSay(t, "generation 1: 4 tasks were put back into the queue by SLURM (PREEMPTED: it had to make room for another job)", "members were interrupted, and SLURM has begun them again")
}

// A task that waits for its time is not one that was put back.
func TestIsPutBack(t *testing.T) {
	waits := task{ID: "1_0", State: "PENDING", Reason: "Priority"}
	later := task{ID: "1_0", State: "PENDING", Reason: beginTime}
	for _, c := range []struct {
		was, is task
		want    bool
	}{
		{task{}, later, false},
		{waits, later, true},
		{task{ID: "1_0", State: "RUNNING"}, waits, true},
		{later, later, false},
		{task{ID: "1_0", State: "RUNNING"}, task{ID: "2_0", State: "PENDING"}, false}, // sent again
	} {
		if got := isPutBack(&c.was, &c.is); got != c.want {
			t.Errorf("%+v, then %+v: put back %v", c.was, c.is, got)
		}
	}
	if words := verdictWords([]string{"PREEMPTED", "NODE_FAIL", "PREEMPTED"}); words != " (1 NODE_FAIL: its node failed; 2 PREEMPTED: it had to make room for another job)" {
		t.Error(words)
	}
}
