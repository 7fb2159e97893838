package train

import (
	"runtime"
	"testing"

	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/synth"
)

// What a member holds after an epoch, by Go's own books, is what MemoryOf said
// before, within 5 %; with several threads, at most.
func TestMemoryOf(t *testing.T) {
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition = 11, 10
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*lfads.Config, *Config) (threads int){
		"default":       func(*lfads.Config, *Config) int { return 1 },
		"two threads":   func(_ *lfads.Config, c *Config) int { c.BatchSize = 44; return 2 },
		"no controller": func(m *lfads.Config, c *Config) int { m.InferredInputs = 0; return 1 },
		"average":       func(_ *lfads.Config, c *Config) int { c.AverageHalfLife = 30; return 1 },
		"held out":      func(_ *lfads.Config, c *Config) int { c.BatchSize = 40; holding(c); return 1 },
		"gaussian, small batches": func(m *lfads.Config, c *Config) int {
			m.Likelihood, m.ICSegmentBins, m.GeneratorDim, c.BatchSize = "gaussian", 10, 200, 11
			return 1
		},
	} {
		t.Run(name, func(t *testing.T) {
			model, c := lfads.DefaultConfig(), DefaultConfig()
			threads := change(&model, &c)
			want := MemoryOf(model, c, d, threads, false)
			before := heap()
			m, err := New(model, c, d, Identity{}, lfads.Threads(threads))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := m.RunEpoch(t.Context()); err != nil {
				t.Fatal(err)
			}
			held := heap() - before
			runtime.KeepAlive(m)
			if one := MemoryOf(model, c, d, 1, false); want.Tapes != int64(threads)*one.Tapes {
				t.Errorf("tapes of %d threads: %d bytes, of one %d", threads, want.Tapes, one.Tapes)
			}
			planned := want.Total() - want.Checkpoint
			// Of two threads one may never have met some width.
			if r := float64(planned) / float64(held); r < .95 || r > 1.05 && threads == 1 {
				t.Errorf("planned %d bytes, holds %d: %.3f times (%+v)", planned, held, r, want)
			}
			if want.Params != len(m.Model.Params) {
				t.Errorf("%d parameters planned, there are %d", want.Params, len(m.Model.Params))
			}
		})
	}
}

// heap returns the bytes in use.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
