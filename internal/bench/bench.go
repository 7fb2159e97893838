package bench

import (
	"context"
	"slices"
	"time"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/train"
)

// Options says what to time and for how long.
type Options struct {
	Threads int
	Input   lfads.InputPath
	Peak    float64       // GFLOP/s of one core, for the shares; 0: not known, no shares
	Time    time.Duration // of each measurement
}

// engine is what is timed.
func (o Options) engine(m *lfads.Model) lfads.Engine {
	e := lfads.NewCPU(m, o.Threads)
	e.Input = o.Input
	return e
}

// Result is the timing of one shape. Its JSON form is one line of
// `autolfads bench --json`.
type Result struct {
	Shape      string  `json:"shape"`
	Likelihood string  `json:"likelihood"`
	Threads    int     `json:"threads"`
	Input      string  `json:"input"` // how the encoders' input products are computed: dense, sparse or auto
	CPU        string  `json:"cpu"`   // instruction set in use
	MsMedian   float64 `json:"ms_median"`
	MsMin      float64 `json:"ms_min"`
	MsMax      float64 `json:"ms_max"`
	Steps      int     `json:"steps"` // timed
	GFLOP      float64 `json:"gflop"` // a step, dense
	GFLOPS     float64 `json:"gflops"`
	PeakGFLOPS float64 `json:"peak_gflops"` // one core, before the first shape
	Share      float64 `json:"share"`       // of the peak of the threads in use
	PeakBeside float64 `json:"peak_beside_gflops"`
	// ShareBeside is the median, over steps, of the share of the peak measured
	// right before and after the step. Other load on the machine (another
	// virtual machine on the same core, for example) slows both alike, so it does
	// not show here.
	ShareBeside   float64 `json:"share_beside"`
	GenerationS   float64 `json:"generation_s"`   // 25 epochs of the shape's trials, at these speeds
	MemoryMiB     float64 `json:"memory_mib"`     // of the member in training, as planned before a run (automatic input)
	TrainTrials   int     `json:"train_trials"`   // of GenerationS
	ValidTrials   int     `json:"valid_trials"`   // of GenerationS
	ValidationMs  float64 `json:"validation_ms"`  // scoring one batch
	TrialsPerStep int     `json:"trials_a_batch"` // trials of a step
}

// epochsPerGeneration is PBT's default.
const epochsPerGeneration = 25

// Run times training steps of a shape, after two steps to warm up.
func Run(s *Shape, o Options) (Result, error) {
	d, c := s.dataset(), s.config()
	memory := train.MemoryOf(s.Model, c, d, o.Threads, false)
	m, err := train.New(s.Model, c, d, train.Identity{Seed: 1}, o.engine)
	if err != nil {
		return Result{}, err
	}
	t, err := timeSteps(s, m, o)
	if err != nil {
		return Result{}, err
	}
	validation, err := timeValidation(m, t.steps)
	if err != nil {
		return Result{}, err
	}
	r := Result{
		Shape: s.Name, Likelihood: s.Model.Likelihood, Threads: o.Threads, Input: o.Input.String(), CPU: kernel.Active().String(),
		MsMedian: ms(median(t.steps)), MsMin: ms(slices.Min(t.steps)), MsMax: ms(slices.Max(t.steps)), Steps: len(t.steps),
		GFLOP: s.GFLOP(), PeakGFLOPS: o.Peak, PeakBeside: median(t.peaks), ShareBeside: median(t.shares),
		MemoryMiB: float64(memory.Total()) / (1 << 20), TrialsPerStep: s.Batch,
		TrainTrials: s.Train, ValidTrials: s.Valid, ValidationMs: ms(validation),
	}
	r.GFLOPS = r.GFLOP / r.MsMedian * 1000
	if o.Peak > 0 {
		r.Share = r.GFLOPS / (o.Peak * float64(o.Threads))
	}
	batches := func(trials int) float64 { return float64(trials) / float64(s.Batch) }
	r.GenerationS = epochsPerGeneration * (batches(s.Train)*r.MsMedian + batches(s.Valid)*r.ValidationMs) / 1000
	return r, nil
}

// timings are of steps taken one after the other; peaks and shares stay empty
// where the CPU has no peak to measure.
type timings struct {
	steps         []time.Duration
	peaks, shares []float64 // GFLOP/s of one core around a step; share of it
}

func timeSteps(s *Shape, m *train.Member, o Options) (timings, error) {
	var t timings
	trials, total := s.trials(), time.Duration(0)
	before := kernel.PeakNow()
	for i := 0; i < 7 || total < o.Time; i++ {
		start := time.Now()
		if _, err := m.Step(trials, i); err != nil {
			return t, err
		}
		took := time.Since(start)
		after := kernel.PeakNow()
		if i >= 2 {
			t.steps = append(t.steps, took)
			total += took
			if peak := (before + after) / 2; peak > 0 {
				t.peaks = append(t.peaks, peak)
				t.shares = append(t.shares, s.GFLOP()/took.Seconds()/(peak*float64(o.Threads)))
			}
		}
		before = after
	}
	return t, nil
}

// timeValidation returns how long one batch takes to score: an epoch of one
// batch less its step.
func timeValidation(m *train.Member, steps []time.Duration) (time.Duration, error) {
	var times []time.Duration
	for range 3 {
		start := time.Now()
		if _, err := m.RunEpoch(context.Background()); err != nil {
			return 0, err
		}
		times = append(times, time.Since(start)-median(steps))
	}
	return max(0, median(times)), nil
}

func ms(t time.Duration) float64 { return float64(t) / 1e6 }

// median returns 0 for no values.
func median[T time.Duration | float64](x []T) T {
	if len(x) == 0 {
		return 0
	}
	x = slices.Sorted(slices.Values(x))
	return x[len(x)/2]
}
