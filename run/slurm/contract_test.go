package slurm

import (
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/executortest"
)

// Arrays and steps keep the contract on a queue in this process; on a real one it is tried
// where there is one.
func TestContract(t *testing.T) {
	for _, mode := range []string{Array, Steps} {
		t.Run(mode, func(t *testing.T) {
			t.Setenv("SLURM_NTASKS", "3")
			// Twenty times what a look, a question and an order take here: a unit is stopped before
			// its ten epochs are over on a busy machine, too.
			executortest.RunLate(t, 100*time.Millisecond, func(f *run.Folder, faults string) run.Executor {
				s := newCluster(t).site(faults)
				s.Mode = mode
				return s.Executor(f, nil)
			})
		})
	}
}
