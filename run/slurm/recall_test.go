package slurm

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/executortest"
	"github.com/autolfads/autolfads/run/local"
)

// A run whose coordinator had to go is trained otherwise: what waits in the queue is taken back, what
// trains goes on.
func TestRecall(t *testing.T) {
	here := func(slurm command) executortest.Factory {
		return func(f *run.Folder, faults string) run.Executor {
			recall(f.Dir, queue{slurm}, newJournal(f.Dir, nil))
			return local.Cores{}.Executor(f, executortest.Worker(faults))
		}
	}
	taken := []string{"1 tasks that were sent before wait in the queue: they are taken back", "3 tasks that were sent before still train: they go on"}
	for name, c := range map[string]struct {
		next func(r *trial)
		says []string
	}{
		"steps": {func(r *trial) { r.change = func(s *Site) { s.Mode = Steps } }, taken},
		"here":  {func(r *trial) { r.Through(here(r.cluster.execute)) }, taken},
		"no answer": {
			func(r *trial) {
				r.Through(here(func(context.Context, string, ...string) (string, error) { return "", errDown }))
			},
			[]string{"its queue cannot be asked for them", "`scancel --name=autolfads-"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newTrial(t)
			r.Late(t, 1, 300*time.Millisecond)
			r.cluster.begin = first(3, "PENDING Priority")
			ctx, cancel := context.WithCancelCause(t.Context())
			_ = r.driveUntil(ctx, t, func() { cancel(Leave{errors.New("terminated")}) })
			c.next(r)
			r.MustEndTheSame(t)
			r.mustSay(t, c.says...)
			if calls := strings.Join(r.cluster.called("scancel"), "; "); name != "no answer" && calls != "scancel --quiet 2_3" {
				t.Errorf("cancelled is %q", calls)
			}
		})
	}
}

// A copy of a run does not wait for the tasks of the run that it is a copy of, nor ends them.
func TestCopiesHaveTasksOfTheirOwn(t *testing.T) {
	t.Parallel()
	r := newTrial(t)
	r.Late(t, 1, 300*time.Millisecond)
	r.cluster.begin = first(3, "PENDING Priority")
	ctx, cancel := context.WithCancelCause(t.Context())
	_ = r.driveUntil(ctx, t, func() { cancel(Leave{errors.New("terminated")}) })
	dir := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(dir, os.DirFS(r.Dir())); err != nil {
		t.Fatal(err)
	}
	f, err := run.Open(dir, run.Program{Version: "executortest"}, &struct{}{}, "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	recall(dir, queue{r.cluster.execute}, newJournal(dir, nil))
	s := r.cluster.site("").complete()
	a, err := newArrays(&executor{site: s, dir: dir, folder: f}, []run.Unit{{Generation: 1}}, newJournal(dir, nil))
	if err != nil || len(a.sent) > 0 || a.last == 0 {
		t.Errorf("a copy waits for %+v; the last number is %d (%v)", a.sent, a.last, err)
	}
	if v := look(t.Context(), r.cluster.execute, dir, 1); v != nil {
		t.Errorf("its status is %v", v)
	}
	if calls := strings.Join(r.cluster.called("scancel"), "\n"); calls != "" {
		t.Errorf("cancelled is %q", calls)
	}
	_, _ = r.cluster.execute(t.Context(), "scontrol", "release", "2_3")
	r.MustEndTheSame(t)
}
