package work

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
)

// finishing is a population whose best member ends with annealing.
type finishing struct{ pbt.Search }

func (s finishing) Next(h pbt.History) pbt.Decision {
	switch d := s.Search.Next(h); {
	case d.Status != pbt.Finished:
		return d
	case len(h) == 3:
		return pbt.Decision{Status: pbt.Finished, Reason: "its finish is over"}
	}
	best, _ := h.Best()
	return pbt.Decision{Units: []pbt.Start{{Member: best.Member, From: &best, Hyper: pbt.Hyper{pbt.LearningRate: .004}, Epochs: 4, Anneal: true}}}
}

// finish drives a run to its end, stopped and opened anew each time that so many epochs
// have begun (0: never).
func finish(t *testing.T, c config.Config, d *dataset.Dataset, every int) string {
	t.Helper()
	search, err := c.Decide(config.PBT, 5)
	if err != nil {
		t.Fatal(err)
	}
	dir, file := filepath.Join(t.TempDir(), "run"), filepath.Join(t.TempDir(), "data.h5")
	if err := os.WriteFile(file, []byte("the data set stands for it"), 0o600); err != nil {
		t.Fatal(err)
	}
	source, err := run.DataFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := run.Create(dir, run.Header{Seed: 5, Search: string(config.PBT), Data: source}, c)
	for err == nil {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		_, driven := run.Drive(ctx, f, finishing{search}, local.Cores{Workers: 1, Threads: 1}.Executor(f, Worker(c, d, 0)), nil, func(e run.Event) {
			if e.Kind != run.EpochDone {
				return
			}
			if n++; n == every { // the first says where the unit begins
				cancel()
			}
		})
		cancel()
		f.Close()
		if driven == nil {
			return dir
		}
		if !errors.Is(driven, context.Canceled) {
			t.Fatal(driven)
		}
		f, err = run.Open(dir, run.Program{}, &config.Config{}, "")
	}
	t.Fatal(err)
	return ""
}

// A unit that anneals goes on from its parent's checkpoint, its learning rate falls in
// metrics.jsonl, and its checkpoint has the same bits wherever the run was stopped.
func TestFinish(t *testing.T) {
	c, d := oneStepEpochs(t)
	c.Train.AverageHalfLife, c.PBT.Members = 2, 2
	want := finish(t, c, d, 0)
	units, err := filepath.Glob(filepath.Join(want, "generations/002/member-*"))
	if err != nil || len(units) != 1 {
		t.Fatalf("%v, %v: want one finish", units, err)
	}
	member := filepath.Base(units[0])
	rates := ratesOf(t, filepath.Join(units[0], "attempts/001/metrics.jsonl"))
	if len(rates) != 4 || rates[0] != .004 || rates[3] > .001 {
		t.Errorf("learning rates %v: want 4 from 0.004 down", rates)
	}
	for i := 1; i < len(rates); i++ {
		if !(rates[i] < rates[i-1]) {
			t.Errorf("learning rates %v: want them to fall", rates)
		}
	}
	line, err := (run.Files{Dir: want}).Segments(pbt.Place{Generation: 2, Member: resultIn(t, want, member).Member})
	if n := len(line); err != nil || n < 2 || line[0].Anneal || !line[n-1].Anneal {
		t.Errorf("the schedule of the finish is %+v, %v: want its last segment alone annealed", line, err)
	}
	for _, every := range []int{2, 3} {
		got := finish(t, c, d, every)
		if a, b := resultIn(t, got, member), resultIn(t, want, member); a.SHA256 != b.SHA256 || a.SHA256 == "" || a.Score != b.Score {
			t.Errorf("stopped each time that %d epochs have begun: %+v, want %+v", every, a, b)
		}
	}
}

func resultIn(t *testing.T, dir, member string) (r run.Result) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "generations/002", member, "result.json"))
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ratesOf returns the learning rates in a file of metrics.
func ratesOf(t *testing.T, path string) (rates []float64) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		var epoch struct{ Metrics map[string]float64 }
		if err := json.Unmarshal([]byte(line), &epoch); err != nil {
			t.Fatal(err)
		}
		rates = append(rates, epoch.Metrics["learning_rate"])
	}
	return rates
}
