package local_test

import (
	"fmt"
	"testing"

	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/executortest"
	"github.com/autolfads/autolfads/run/local"
)

func TestContract(t *testing.T) {
	for _, workers := range []int{1, 3} {
		t.Run(fmt.Sprint(workers, " workers"), func(t *testing.T) {
			executortest.Run(t, func(f *run.Folder, faults string) run.Executor {
				return local.Cores{Workers: workers}.Executor(f, executortest.Worker(faults))
			})
		})
	}
}
