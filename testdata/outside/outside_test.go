package outside

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/augment/augmenttest"
	"github.com/autolfads/autolfads/baseline/baselinetest"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/likelihood/likelihoodtest"
	"github.com/autolfads/autolfads/run"
)

// The suites of the families take members of other modules.
func TestFamilies(t *testing.T) {
	t.Run("likelihood", func(t *testing.T) { likelihoodtest.Run(t, "exponential") })
	t.Run("augmentation", func(t *testing.T) { augmenttest.Run(t, "speckle") })
	t.Run("baseline", func(t *testing.T) { baselinetest.Run(t, "flat") })
}

// backwards is a place where members train: here, the last one first, one at a time,
// as a queue of a lab's own may do it.
type backwards struct{ executed *atomic.Int64 }

func (b backwards) Executor(f *run.Folder, work run.Worker) run.Executor {
	return queue{b, f, work}
}

func (backwards) Share(int) (workers, threads int) { return 1, 1 }

type queue struct {
	backwards
	folder *run.Folder
	work   run.Worker
}

func (q queue) Execute(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
	for i := len(units) - 1; i >= 0; i-- {
		q.executed.Add(1)
		if err := q.folder.Execute(ctx, units[i], 1, q.work, observe); err != nil {
			return err
		}
	}
	return nil
}

// A population trains to its end with all three, and a single model from a library
// call alone.
func TestTrain(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "waits.h5")
	waits := func(trials, first int) *dataset.Split {
		a := dataset.NewArray(trials, 10, 5)
		for i := range a.Data {
			a.Data[i] = .2 + float32((first+i*i)%17)/10
		}
		return &dataset.Split{Encod: a, Recon: a}
	}
	d := &dataset.Dataset{Name: "waits", BinWidth: 10 * time.Millisecond, Train: waits(12, 0), Valid: waits(6, 5)}
	if err := d.Write(file); err != nil {
		t.Fatal(err)
	}
	c := autolfads.DefaultConfig()
	c.Model.Likelihood, c.Train.Augment = "exponential", augment.Strengths{"speckle": .2}
	c.Model.GeneratorDim, c.Model.Factors, c.Model.InitialConditionDim, c.Model.ICEncoderDim = 6, 3, 4, 5
	c.Model.CIEncoderDim, c.Model.ControllerDim, c.Model.InferredInputs = 4, 5, 1
	c.PBT.Members, c.PBT.MaxGenerations, c.PBT.EpochsPerGeneration, c.PBT.FirstGenerationEpochs = 3, 2, 2, 2
	c.Infer.Samples = 3

	var executed atomic.Int64
	job := autolfads.Job{Data: file, Out: filepath.Join(dir, "run"), Config: c, Search: autolfads.PBT, Seed: 1}
	job.Resources.Site = backwards{&executed}
	o, err := autolfads.Start(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	if executed.Load() != 6 || len(o.Scores) == 0 || len(o.Skipped) > 0 {
		t.Errorf("%d units executed; scores %v, skipped %v", executed.Load(), o.Scores, o.Skipped)
	}
	if _, err := autolfads.Resume(t.Context(), job.Out, autolfads.Changes{}, job.Resources); err != nil {
		t.Error(err)
	}
}
