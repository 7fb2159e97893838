package nlb

import (
	"runtime"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// sized are targets and rates of the sizes of mc_maze, or a part of its trials.
func sized(train, eval int) (*Submission, *Targets) {
	const bins, forward, heldIn, heldOut, conditions = 140, 40, 137, 45, 108
	t := &Targets{
		Dataset: "mc_maze", BinMs: 5,
		HeldOut: pattern(eval, bins, heldOut, .95), HeldInForward: pattern(eval, forward, heldIn, .95), HeldOutForward: pattern(eval, forward, heldOut, .95),
		TrainBehavior: pattern(train, bins, 2, 0), EvalBehavior: pattern(eval, bins, 2, 0), PSTH: pattern(conditions, bins, heldIn+heldOut, 0),
		Conditions: make([][]int, conditions),
	}
	for trial := range eval {
		t.Conditions[trial%conditions] = append(t.Conditions[trial%conditions], trial)
	}
	return &Submission{heldIn, pattern(train, bins, heldIn+heldOut, 0), pattern(eval, bins+forward, heldIn+heldOut, 0)}, t
}

// pattern is numbers between 0 and 1; those from a level on are 1, those below 0, if
// there is a level.
func pattern(trials, bins, features int, level float32) *dataset.Array {
	a := dataset.NewArray(trials, bins, features)
	for i := range a.Data {
		v := (float32((uint64(i+1)*2654435761)>>7%1009) + 1) / 1010
		switch {
		case level == 0:
			a.Data[i] = v
		case v >= level:
			a.Data[i] = 1
		}
	}
	return a
}

// TestMemory: what scoring is said to hold is about what it holds.
func TestMemory(t *testing.T) {
	s, targets := sized(90, 60)
	before := heap()
	stop, most := make(chan bool), make(chan int64)
	go watch(stop, most)
	if _, err := Score(t.Context(), s, targets, nil); err != nil {
		t.Fatal(err)
	}
	close(stop)
	held, said := <-most-before, Memory(s, targets)
	if held > said+2*said/5 || held < said/2 { // some is garbage that came while the heap was looked at
		t.Errorf("held %d bytes, said %d", held, said)
	}
	runtime.KeepAlive(s)
}

// heap is what is held, in bytes.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// watch looks again and again how large the heap is, until it is told to stop, and tells
// the most.
func watch(stop <-chan bool, most chan<- int64) {
	largest := int64(0)
	for {
		select {
		case <-stop:
			most <- largest
			return
		case <-time.After(time.Millisecond):
			largest = max(largest, heap())
		}
	}
}

// BenchmarkMazeSize scores 2,000 trials x 140 bins x 182 neurons.
func BenchmarkMazeSize(b *testing.B) {
	s, t := sized(1500, 500)
	for b.Loop() {
		if _, err := Score(b.Context(), s, t, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(Memory(s, t))/1e6, "MB-said")
	b.ReportMetric(float64(s.Train.Bytes()+s.Eval.Bytes())/1e6, "MB-rates")
}
