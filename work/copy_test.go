package work

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/synth"
)

// oneStepEpochs is a population whose epochs are one optimiser step and whose
// second generation is one epoch: so the checkpoints of a member that copied and
// of its parent are one step apart.
func oneStepEpochs(t *testing.T) (config.Config, *dataset.Dataset) {
	t.Helper()
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins = 4, 10, 6, 10
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Default().AsPaper()
	if err != nil {
		t.Fatal(err)
	}
	m := &c.Model
	m.GeneratorDim, m.Factors, m.InitialConditionDim, m.InferredInputs = 8, 4, 4, 1
	m.ICEncoderDim, m.CIEncoderDim, m.ControllerDim = 6, 6, 6
	c.Train.BatchSize, c.Train.KLRampEpochs, c.Train.L2RampEpochs = 64, 0, 0
	c.PBT.Members, c.PBT.FirstGenerationEpochs, c.PBT.EpochsPerGeneration, c.PBT.MaxGenerations = 6, 3, 1, 2
	return c, d
}

// The very next step after a copy is Adam's with the perturbed learning rate, to
// the last bit of every weight of the real model in a real run, and it is not
// Adam's with the parent's rate, which came with the parent's moments.
func TestFirstStepAfterACopy(t *testing.T) {
	c, d := oneStepEpochs(t)
	search, err := c.Decide(config.PBT, 5)
	if err != nil {
		t.Fatal(err)
	}
	f, err := run.Create(filepath.Join(t.TempDir(), "run"), run.Header{Seed: 5, Search: string(config.PBT)}, c)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	watch := &copies{Executor: local.Cores{}.Executor(f, Worker(c, d, 0))}
	if _, err := run.Drive(t.Context(), f, search, watch, nil, func(run.Event) {}); err != nil {
		t.Fatal(err)
	}
	if len(watch.units) == 0 {
		t.Fatal("no member copied another")
	}
	for _, u := range watch.units {
		parent := read(t, f, u.Parent.Checkpoint)
		child := read(t, f, fmt.Sprintf("generations/%03d/member-%03d/attempts/*/*.safetensors", u.Generation, u.Member))
		before, now := parent.LearningRate, u.Hyper[pbt.LearningRate]
		if before == now || child.Step != parent.Step+1 || child.LearningRate != now {
			t.Fatalf("%s: rate %v, the parent's %v; %d steps, the parent %d", u, child.LearningRate, before, child.Step, parent.Step)
		}
		if !slices.Equal(stepped(&c, parent, child, now), child.Params) {
			t.Errorf("%s: the step is not that of its learning rate, %v", u, now)
		}
		if slices.Equal(stepped(&c, parent, child, before), child.Params) {
			t.Errorf("%s: the step is that of the parent's learning rate, %v", u, before)
		}
	}
}

// copies is an executor that notes which units begin with a copy.
type copies struct {
	run.Executor
	units []run.Unit
}

func (c *copies) Execute(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
	for _, u := range units {
		if u.Copied {
			c.units = append(c.units, u)
		}
	}
	return c.Executor.Execute(ctx, units, observe)
}

// stepped returns the parent's weights after the step that led to the child's
// moments, at a learning rate. With decay rates of 1 the moments stay as they
// are, so no gradient is needed.
func stepped(c *config.Config, parent, child *checkpoint.State, rate float64) []float32 {
	params, m, v := slices.Clone(parent.Params), slices.Clone(child.AdamM), slices.Clone(child.AdamV)
	t := float64(child.Step)
	kernel.Adam(params, m, v, make([]float32, len(params)), &kernel.AdamStep{
		Beta1: 1, Beta2: 1,
		Rate:     float32(rate / (1 - math.Pow(c.Train.AdamBeta1, t))),
		InvSqrt2: float32(1 / math.Sqrt(1-math.Pow(c.Train.AdamBeta2, t))),
		Epsilon:  float32(c.Train.AdamEpsilon), KeepWeight: 1,
	})
	return params
}

// read reads a checkpoint of a run folder, the only one that fits the pattern.
func read(t *testing.T, f *run.Folder, pattern string) *checkpoint.State {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(f.Dir, pattern))
	if err != nil || len(paths) != 1 {
		t.Fatalf("%s: %v, %v", pattern, paths, err)
	}
	s, err := checkpoint.Read(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	return s
}
