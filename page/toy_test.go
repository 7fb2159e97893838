package page_test

import (
	"context"
	"maps"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
)

// toy is a model of one number whose losses fall, a little by chance: what a run writes of it
// is as of a real one. Its random numbers are those of its unit.
type toy struct {
	unit  run.Unit
	state *checkpoint.State
}

func newToy(u run.Unit, _ int, from run.From) (run.Member, error) {
	s := from.State
	if s == nil {
		s = &checkpoint.State{
			Names: []string{"w"}, Shapes: [][]int{{1}}, Params: []float32{1}, AdamM: []float32{0}, AdamV: []float32{0}, Score: math.NaN(),
		}
	}
	s = s.Clone()
	s.Hyper, s.LearningRate, s.Schedule = maps.Clone(u.Hyper), u.Hyper[pbt.LearningRate], checkpoint.Schedule{}
	return &toy{u, s}, nil
}

func (m *toy) State() *checkpoint.State { return m.state.Clone() }

func (m *toy) RunEpoch(context.Context) (run.Epoch, error) {
	s := m.state
	if m.unit.Generation == 1 && m.unit.Member == 0 {
		return run.Epoch{}, &run.Diverged{Tensor: "w", Step: 7, Epoch: s.Epoch + 1}
	}
	src := rng.NewSource(rng.Derive(m.unit.Seed, rng.Shuffle, uint64(m.unit.Member), uint64(m.unit.Generation), uint64(s.Epoch)))
	s.Epoch++
	s.Step++
	s.Score = (1 + src.Float64()) / math.Sqrt(float64(s.Epoch))
	if m.unit.KeepBest && (s.Schedule.BestEpoch == 0 || s.Score < s.Schedule.Best) {
		s.Schedule = checkpoint.Schedule{Best: s.Score, BestEpoch: s.Epoch}
	}
	return run.Epoch{Epoch: s.Epoch, Score: s.Score, Schedule: s.Schedule, Metrics: map[string]float64{
		"train/recon": s.Score - .1, "valid/recon": s.Score + .1, "learning_rate": s.LearningRate,
		// A real line has this much more.
		"train/total": s.Score, "train/kl_ic": 1.2345678901234567, "train/kl_input": 2.3456789012345678, "train/l2": .0012345678901234567, "train/gradient_norm": 12.345678901234567,
	}}, nil
}

// population is a search of toys.
func population(members, generations, epochs int) config.Config {
	c := config.Default()
	c.PBT.Members, c.PBT.MaxGenerations, c.PBT.FirstGenerationEpochs, c.PBT.EpochsPerGeneration = members, generations, pbt.Epochs(epochs+1), pbt.Epochs(epochs)
	c.PBT.StopRatio, c.PBT.StopErrors, c.PBT.FinishEpochs, c.PBT.FinalDraws = 0, 0, 0, 0
	return c
}

// begin begins a run of toys in a new folder of that name.
func begin(t *testing.T, c config.Config, name string) *run.Folder {
	t.Helper()
	dir := filepath.Join(testenv.MemoryDir(t), name)
	data := filepath.Join(t.TempDir(), "data.h5")
	if err := os.WriteFile(data, []byte("spikes"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := run.DataFile(data)
	if err != nil {
		t.Fatal(err)
	}
	f, err := run.Create(dir, run.Header{Version: "toy-1", Seed: 7, Search: string(config.PBT), Data: d, Trials: run.Trials{BinMs: 10, Training: 30}}, c)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// drive carries a run of toys on, till ctx ends, and closes its folder.
func drive(ctx context.Context, t *testing.T, f *run.Folder, c config.Config) error {
	t.Helper()
	return driveUntil(ctx, t, f, c, func(run.Progress) {})
}

// driveUntil is drive that tells how units come along.
func driveUntil(ctx context.Context, t *testing.T, f *run.Folder, c config.Config, tell func(run.Progress)) error {
	t.Helper()
	defer f.Close()
	search, err := c.Decide(config.PBT, 7)
	if err != nil {
		t.Fatal(err)
	}
	training := run.Training{New: newToy}
	_, err = run.Drive(ctx, f, search, local.Cores{Workers: 1}.Executor(f, training.Work), nil, func(e run.Event) { tell(e.Progress) })
	return err
}

// ran is the folder of a run of toys that came to its end.
func ran(t *testing.T, c config.Config) string {
	t.Helper()
	f := begin(t, c, "results")
	if err := drive(t.Context(), t, f, c); err != nil {
		t.Fatal(err)
	}
	return f.Dir
}
