// Package tinyrun carries very small runs to their end, for suites that hold
// members of a family to their contract: a feature is there when it has come
// through the search, inference, scores and figures.
package tinyrun

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
)

// Run trains one model of a changed configuration for three epochs, on trials
// made of the given numbers, and infers once more from it.
func Run(t *testing.T, numbers []float32, change func(*autolfads.Config)) {
	t.Helper()
	run(t, autolfads.Fixed, numbers, change)
}

// Population trains three members for three generations, on counts.
func Population(t *testing.T, change func(*autolfads.Config)) {
	t.Helper()
	run(t, autolfads.PBT, Counts(), change)
}

func run(t *testing.T, search autolfads.Search, numbers []float32, change func(*autolfads.Config)) {
	t.Helper()
	dir := t.TempDir()
	file, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "run")
	d := &dataset.Dataset{Name: "data", BinWidth: 10 * time.Millisecond, Train: split(numbers, 9, 0), Valid: split(numbers, 5, 17)}
	if err := d.Write(file); err != nil {
		t.Fatal(err)
	}
	c := tiny()
	change(&c)
	o, err := autolfads.Start(t.Context(), autolfads.Job{Data: file, Out: out, Config: c, Search: search, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Skipped) > 0 || len(o.Undrawn) > 0 || len(o.Scores) == 0 {
		t.Errorf("scores %v; skipped: %v %v", o.Scores, o.Skipped, o.Undrawn)
	}
	if o.Diverged > 0 {
		t.Error("training diverged")
	}
	if err := autolfads.Infer(t.Context(), autolfads.Inference{From: out, Data: file, Out: filepath.Join(dir, "again.h5")}); err != nil {
		t.Error(err)
	}
}

// split makes trials of 8 bins and 4 neurons out of numbers, from one on.
func split(numbers []float32, trials, first int) *dataset.Split {
	a := dataset.NewArray(trials, 8, 4)
	for i := range a.Data {
		a.Data[i] = numbers[(first+i)%len(numbers)]
	}
	return &dataset.Split{Encod: a, Recon: a}
}

func tiny() autolfads.Config {
	c := autolfads.DefaultConfig()
	for _, dim := range []*int{
		&c.Model.GeneratorDim, &c.Model.Factors, &c.Model.InitialConditionDim,
		&c.Model.ICEncoderDim, &c.Model.CIEncoderDim, &c.Model.ControllerDim,
	} {
		*dim = 4
	}
	c.Model.InferredInputs, c.Train.MaxEpochs, c.Infer.Samples = 2, 3, 2
	c.PBT.Members, c.PBT.MaxGenerations, c.PBT.FirstGenerationEpochs, c.PBT.EpochsPerGeneration, c.PBT.StopRatio = 3, 3, 2, 1, 0
	return c
}

// Counts are numbers that every likelihood of counts takes.
func Counts() []float32 {
	return []float32{0, 1, 0, 2, 0, 0, 1, 3, 0, 1, 1, 0, 0, 2, 1, 0, 0, 0, 4, 1, 0}
}
