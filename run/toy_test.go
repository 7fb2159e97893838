package run_test

import (
	"context"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
)

// toy is a model of three parameters that are drawn to zero by noisy gradient
// descent with momentum. Like the real one it takes its random numbers from
// the seed, member, generation and epoch, and all its memory is in its State.
type toy struct {
	unit  run.Unit
	state *checkpoint.State
	hooks *hooks
}

// hooks let a test break toys and watch them.
type hooks struct {
	mu      sync.Mutex
	epochs  map[string]int // trained, by unit
	onEpoch func(u run.Unit, epoch int) error
	pause   time.Duration
	threads map[int]bool
	reviews int // made
}

func (h *hooks) training(every time.Duration) run.Training {
	h.epochs, h.threads = map[string]int{}, map[int]bool{}
	return run.Training{Every: every, New: func(u run.Unit, threads int, from run.From) (run.Member, error) {
		h.mu.Lock()
		h.threads[threads] = true
		h.mu.Unlock()
		return &toy{u, begin(u, from), h}, nil
	}}
}

// begin returns the state that a unit begins with.
func begin(u run.Unit, from run.From) *checkpoint.State {
	if from.State == nil {
		return fresh(u)
	}
	s := from.State.Clone()
	if !from.Own {
		s.Schedule = checkpoint.Schedule{}
	}
	if rate, ok := u.Hyper[pbt.LearningRate]; ok && !from.Own {
		s.LearningRate = rate
	}
	return s
}

func fresh(u run.Unit) *checkpoint.State {
	s := &checkpoint.State{
		Names: []string{"w"}, Shapes: [][]int{{3}},
		Params: make([]float32, 3), AdamM: make([]float32, 3), AdamV: make([]float32, 3),
		Score: math.NaN(), LearningRate: .01, Hyper: maps.Clone(u.Hyper),
	}
	rng.Derive(u.Seed, rng.Initialise, uint64(u.Member), uint64(u.Generation)).Normals(s.Params, 0)
	if rate, ok := u.Hyper[pbt.LearningRate]; ok {
		s.LearningRate = rate
	}
	return s
}

func (m *toy) State() *checkpoint.State { return m.state.Clone() }

func (m *toy) RunEpoch(context.Context) (run.Epoch, error) {
	s := m.state
	if err := m.hooks.note(m.unit, s.Epoch); err != nil {
		return run.Epoch{}, err
	}
	time.Sleep(m.hooks.pause)
	src := rng.NewSource(rng.Derive(m.unit.Seed, rng.Shuffle, uint64(m.unit.Member), uint64(m.unit.Generation), uint64(s.Epoch)))
	loss := 0.
	for range 4 {
		for i, w := range s.Params {
			s.AdamM[i] = float32(.5*s.AdamM[i]) + w + float32(.3*float32(src.Normal()))
			s.Params[i] = w - float32(s.LearningRate)*s.AdamM[i]
			loss += math.Abs(float64(s.Params[i]))
		}
		s.Step++
	}
	s.Epoch++
	s.Score = smooth(s.Score, loss)
	m.schedule()
	return run.Epoch{
		Epoch: s.Epoch, Score: s.Score, Schedule: s.Schedule,
		Metrics: map[string]float64{"loss": loss, "rate": s.LearningRate},
	}, nil
}

func smooth(score, x float64) float64 {
	if math.IsNaN(score) {
		return x
	}
	return .3*score + .7*x
}

// schedule notes the best epoch of a unit that keeps it. Of a single model it is a
// plain early stop: nothing better for five epochs.
func (m *toy) schedule() {
	s := m.state
	if !m.unit.Single && !m.unit.KeepBest {
		return
	}
	if s.Schedule.BestEpoch == 0 || s.Score < s.Schedule.Best {
		s.Schedule = checkpoint.Schedule{Best: s.Score, BestEpoch: s.Epoch}
		return
	}
	if !m.unit.Single {
		return
	}
	s.LearningRate *= .9
	s.Schedule.BadEpochs++
	s.Schedule.Stopped = s.Schedule.BadEpochs == 5
}

func (h *hooks) note(u run.Unit, epoch int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.epochs[u.String()]++
	if h.onEpoch != nil {
		return h.onEpoch(u, epoch)
	}
	return nil
}

// toyConfig stands for the real configuration.
type toyConfig struct {
	PBT pbt.Config `yaml:"pbt"`
}

const version = "test-1"

var program = run.Program{Version: version}

func population() pbt.Population {
	c := pbt.DefaultConfig()
	c.Members, c.EpochsPerGeneration, c.FirstGenerationEpochs, c.MaxGenerations = 5, 3, 4, 5
	c.StopRatio, c.StopErrors, c.FinishEpochs, c.FinalDraws, c.MeanGenerations = 0, 0, 0, 0, 0
	c.BestEpoch = false // where a test is of it, it sets it
	c.Space = pbt.Space{
		pbt.LearningRate: {Low: 1e-3, High: .5, Scale: pbt.Log, Explore: .3, Limits: true},
		"train.other":    {Low: 0, High: 1, Scale: pbt.Uniform, Explore: .8},
	}
	return pbt.Population{Config: c, Seed: 7, LearningRate: .1}
}

// create begins a run of the toy in a new folder.
func create(t testing.TB, dir string) *run.Folder { return createOf(t, dir, population()) }

// createOf begins a run of a population of toys.
func createOf(t testing.TB, dir string, p pbt.Population) *run.Folder {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data.h5")
	if err := os.WriteFile(data, []byte("spikes"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := run.DataFile(data)
	if err != nil {
		t.Fatal(err)
	}
	f, err := run.Create(dir, run.Header{Version: version, Seed: 7, Search: "pbt", Data: d}, toyConfig{p.Config})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func reopen(t testing.TB, dir string) *run.Folder {
	t.Helper()
	f, err := run.Open(dir, program, &toyConfig{}, "")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// drive goes on with f and closes it.
func drive(ctx context.Context, f *run.Folder, s pbt.Search, h *hooks, workers int) (run.Ending, error) {
	defer f.Close()
	executor := local.Cores{Workers: workers}.Executor(f, h.training(0).Work)
	return run.Drive(ctx, f, s, executor, h.reviewer(s), func(run.Event) {})
}

// reference is a run without interruption.
func reference(t testing.TB, s pbt.Search) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "reference")
	p, ok := s.(pbt.Population)
	if !ok {
		p = population()
	}
	if _, err := drive(t.Context(), createOf(t, dir, p), s, &hooks{}, 1); err != nil {
		t.Fatal(err)
	}
	return dir
}

// promised are the files that are the same, byte for byte, for any number of
// workers and any interruption.
var promised = []string{"scores.csv", "exploits.csv", "hyperparameters.csv", "best/checkpoint.safetensors", "best/best.json"}

func checkSame(t *testing.T, dir, want string) {
	t.Helper()
	for _, name := range promised {
		if a, b := read(t, dir, name), read(t, want, name); a != b {
			t.Errorf("%s differs:\n%.600s\nwant\n%.600s", name, a, b)
		}
	}
	if a, b := timeless(t, dir), timeless(t, want); a != b {
		t.Errorf("metrics.jsonl differs:\n%s\nwant\n%s", a, b)
	}
	if a, b := timelessEvents(t, dir), timelessEvents(t, want); a != b {
		t.Errorf("events for TensorBoard differ: %d bytes, want %d", len(a), len(b))
	}
	checkSameReviews(t, dir, want)
	if entries, _ := os.ReadDir(filepath.Join(dir, "best")); len(entries) != 2 {
		t.Errorf("best holds %v", entries)
	}
}

func read(t testing.TB, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func unitDir(g, m int) string { return fmt.Sprintf("generations/%03d/member-%03d", g, m) }
