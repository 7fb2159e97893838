package bench

import (
	"context"
	"slices"
	"time"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/train"
)

// Inference is the timing of posterior averages.
type Inference struct {
	Shape      string  `json:"shape"`
	Likelihood string  `json:"likelihood"`
	Threads    int     `json:"threads"`
	Samples    int     `json:"samples"`
	Input      string  `json:"input"`
	CPU        string  `json:"cpu"`
	Trials     int     `json:"trials"` // inferred at a time
	Rounds     int     `json:"rounds"`
	PerSecond  float64 `json:"trials_per_s"` // median over rounds
	Least      float64 `json:"trials_per_s_min"`
	Most       float64 `json:"trials_per_s_max"`
	PeakGFLOPS float64 `json:"peak_gflops"`
}

// RunInference times averages over posterior samples of all trials of a batch.
func RunInference(s *Shape, samples int, o Options) (Inference, error) {
	d := s.dataset()
	m, err := train.New(s.Model, s.config(), d, train.Identity{Seed: 1}, o.engine)
	if err != nil {
		return Inference{}, err
	}
	engine := o.engine(m.Model)
	data := m.Model.NewData(d.Train)
	round := func() (time.Duration, error) {
		start := time.Now()
		_, err := engine.Posterior(context.Background(), data, lfads.Sampling{Samples: samples, Seed: 1}, nil)
		return time.Since(start), err
	}
	if _, err := round(); err != nil { // to warm up
		return Inference{}, err
	}
	var speeds []float64
	for total := time.Duration(0); total < o.Time || len(speeds) < 3; {
		t, err := round()
		if err != nil {
			return Inference{}, err
		}
		total += t
		speeds = append(speeds, float64(s.Batch)/t.Seconds())
	}
	return Inference{
		Shape: s.Name, Likelihood: s.Model.Likelihood, Threads: o.Threads, Samples: samples, Input: o.Input.String(), CPU: kernel.Active().String(), Trials: s.Batch, Rounds: len(speeds),
		PerSecond: median(speeds), Least: slices.Min(speeds), Most: slices.Max(speeds), PeakGFLOPS: o.Peak,
	}, nil
}
