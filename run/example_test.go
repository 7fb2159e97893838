package run_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
)

// Train one model (here a toy) in a run folder, on the cores of this machine.
func Example() {
	dir, err := os.MkdirTemp("", "run")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)

	header := run.Header{Version: "1.0.0", Seed: 7, Search: "fixed"}
	folder, err := run.Create(filepath.Join(dir, "fixed"), header, toyConfig{})
	if err != nil {
		panic(err)
	}
	defer folder.Close()

	toys := &hooks{} // the real ones come from package train
	training := toys.training(run.CheckpointEvery)
	executor := local.Cores{}.Executor(folder, training.Work)
	ending, err := run.Drive(context.Background(), folder, pbt.Fixed{MaxEpochs: 20}, executor, nil, func(e run.Event) {
		if e.Kind == run.GenerationDone {
			fmt.Printf("generation %d: %d of at most %d epochs\n", e.Generation, e.EpochsDone, e.EpochsTotal)
		}
	})
	fmt.Println(ending.Reason, err)
	// Output:
	// generation 0: 20 of at most 20 epochs
	// the model is trained <nil>
}
