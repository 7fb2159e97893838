package executortest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/run"
)

// fault is what a unit does wrong.
type fault string

const (
	late    fault = "late"    // each epoch takes a while
	failing fault = "failing" // its second epoch is an error, as a full disk would be
	diverge fault = "diverge" // its second epoch diverges
)

// lateEpoch is how long a late unit's epoch takes, unless its file says another time.
const lateEpoch = 20 * time.Millisecond

// errInjected is what a failing unit says.
var errInjected = errors.New("injected fault")

func (f fault) file(dir string, generation, member int) string {
	return filepath.Join(dir, fmt.Sprintf("%s-%d-%d", f, generation, member))
}

// Worker trains the suite's model: one number, drawn to zero by noisy steps.
func Worker(faults string) run.Worker {
	return run.Training{Every: run.CheckpointEvery, New: func(u run.Unit, _ int, from run.From) (run.Member, error) {
		return &model{u, begin(u, from), faults}, nil
	}}.Work
}

// Execute makes one attempt at a unit of the run in dir, as a process does that does not
// drive it: what executors that run units elsewhere have started there.
func Execute(ctx context.Context, dir, faults string, generation, member int) error {
	joined, err := run.Join(dir, run.Program{Version: version}, &struct{}{})
	if err != nil {
		return err
	}
	u, err := joined.Unit(generation, member)
	if err != nil {
		return err
	}
	if r, err := joined.Result(u); r != nil || err != nil {
		return err
	}
	return joined.Execute(ctx, u, 1, Worker(faults), func(run.Progress) {})
}

// begin returns the state that a unit begins with.
func begin(u run.Unit, from run.From) *checkpoint.State {
	if from.State == nil {
		return &checkpoint.State{
			Names: []string{"x"}, Shapes: [][]int{{1}},
			Params: []float32{float32(u.Member + 1)}, AdamM: make([]float32, 1), AdamV: make([]float32, 1),
			LearningRate: u.Hyper[pbt.LearningRate], Hyper: maps.Clone(u.Hyper),
		}
	}
	s := from.State.Clone()
	if !from.Own {
		s.LearningRate = u.Hyper[pbt.LearningRate]
	}
	return s
}

type model struct {
	unit   run.Unit
	state  *checkpoint.State
	faults string
}

// State implements run.Member.
func (m *model) State() *checkpoint.State { return m.state.Clone() }

// RunEpoch implements run.Member.
func (m *model) RunEpoch(context.Context) (run.Epoch, error) {
	s, u := m.state, m.unit
	m.beLate()
	if s.Epoch == u.FirstEpoch+1 {
		if m.has(failing) {
			return run.Epoch{}, errInjected
		}
		if m.has(diverge) {
			return run.Epoch{}, &run.Diverged{Tensor: "x", Step: s.Step, Epoch: s.Epoch}
		}
	}
	noise := rng.NewSource(rng.Derive(u.Seed, rng.Shuffle, uint64(u.Member), uint64(u.Generation), uint64(s.Epoch))).Normal()
	s.Params[0] -= float32(float32(s.LearningRate) * (s.Params[0] + float32(noise)))
	s.Epoch, s.Step = s.Epoch+1, s.Step+1
	s.Score = math.Abs(float64(s.Params[0]))
	return run.Epoch{Epoch: s.Epoch, Score: s.Score, Metrics: map[string]float64{"x": float64(s.Params[0])}}, nil
}

// beLate takes the time that the file of a late unit says.
func (m *model) beLate() {
	text, err := os.ReadFile(late.file(m.faults, m.unit.Generation, m.unit.Member))
	if err != nil {
		return
	}
	epoch, err := time.ParseDuration(string(text))
	if err != nil {
		epoch = lateEpoch
	}
	time.Sleep(epoch)
}

func (m *model) has(f fault) bool {
	_, err := os.Stat(f.file(m.faults, m.unit.Generation, m.unit.Member))
	return err == nil
}
