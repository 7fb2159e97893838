package likelihoodtest

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
)

// tinyRun carries a run on data of the likelihood to its end: the search, rates,
// scores and figures; and infers once more.
func tinyRun(t *testing.T, name string, data []float32) {
	dir := t.TempDir()
	file, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "run")
	split := func(trials, first int) *dataset.Split {
		a := dataset.NewArray(trials, 8, 4)
		for i := range a.Data {
			a.Data[i] = data[(first+i)%len(data)]
		}
		return &dataset.Split{Encod: a, Recon: a}
	}
	d := &dataset.Dataset{Name: "data", BinWidth: 10 * time.Millisecond, Train: split(9, 0), Valid: split(5, 17)}
	if err := d.Write(file); err != nil {
		t.Fatal(err)
	}
	c := autolfads.DefaultConfig()
	c.Model.Likelihood = name
	for _, dim := range []*int{
		&c.Model.GeneratorDim, &c.Model.Factors, &c.Model.InitialConditionDim,
		&c.Model.ICEncoderDim, &c.Model.CIEncoderDim, &c.Model.ControllerDim,
	} {
		*dim = 4
	}
	c.Model.InferredInputs, c.Train.MaxEpochs, c.Infer.Samples = 1, 3, 2
	o, err := autolfads.Start(t.Context(), autolfads.Job{Data: file, Out: out, Config: c, Search: autolfads.Fixed, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Skipped) > 0 || len(o.Scores) == 0 {
		t.Errorf("scores %v; skipped: %v", o.Scores, o.Skipped)
	}
	if err := autolfads.Infer(t.Context(), autolfads.Inference{From: out, Data: file, Out: filepath.Join(dir, "again.h5")}); err != nil {
		t.Error(err)
	}
}
