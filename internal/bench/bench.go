package bench

import (
	"slices"
	"time"

	"github.com/autolfads/autolfads/internal/kernel"
)

// Result is the timing of one shape. Its JSON form is one line of
// `autolfads bench --json`.
type Result struct {
	Shape      string  `json:"shape"`
	Threads    int     `json:"threads"`
	Input      string  `json:"input"` // how input products are computed: dense
	CPU        string  `json:"cpu"`   // instruction set in use
	MsMedian   float64 `json:"ms_median"`
	MsMin      float64 `json:"ms_min"`
	MsMax      float64 `json:"ms_max"`
	Steps      int     `json:"steps"` // timed
	GFLOP      float64 `json:"gflop"` // a step
	GFLOPS     float64 `json:"gflops"`
	PeakGFLOPS float64 `json:"peak_gflops"` // one core, this run
	Share      float64 `json:"share"`       // of the peak of the threads in use
}

// Run times training steps of a shape for about the given time, after two
// steps to warm up.
func Run(s *Shape, threads int, peak float64, duration time.Duration) (Result, error) {
	m, err := s.Member(threads)
	if err != nil {
		return Result{}, err
	}
	trials := make([]int, s.Batch)
	for i := range trials {
		trials[i] = i
	}
	step := func(i int) (time.Duration, error) {
		start := time.Now()
		_, err := m.Step(trials, i)
		return time.Since(start), err
	}
	var times []time.Duration
	total := time.Duration(0)
	for i := 0; i < 7 || total < duration; i++ {
		t, err := step(i)
		if err != nil {
			return Result{}, err
		}
		if i >= 2 {
			times = append(times, t)
			total += t
		}
	}
	slices.Sort(times)
	ms := func(t time.Duration) float64 { return float64(t) / 1e6 }
	r := Result{
		Shape: s.Name, Threads: threads, Input: "dense", CPU: kernel.Active().String(),
		MsMedian: ms(times[len(times)/2]), MsMin: ms(times[0]), MsMax: ms(times[len(times)-1]), Steps: len(times),
		GFLOP: s.GFLOP(), PeakGFLOPS: peak,
	}
	r.GFLOPS = r.GFLOP / r.MsMedian * 1000
	r.Share = r.GFLOPS / (peak * float64(threads))
	return r, nil
}
