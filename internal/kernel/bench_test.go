package kernel

import (
	"math"
	"testing"
	"time"
)

// Benchmarks report minima over rounds of about 20 microseconds: what other
// programs on the machine disturb least.

// roundCalls returns how many calls of f make a round.
func roundCalls(f func()) int {
	const round = 20 * time.Microsecond
	return int(round/max(1, timed(func() { f(); f() })/2)) + 1
}

func timed(f func()) time.Duration {
	begin := time.Now()
	f()
	return time.Since(begin)
}

// reportElement reports the time f takes for each of n elements.
func reportElement(b *testing.B, n int, f func()) {
	calls, fast := roundCalls(f), time.Hour
	for b.Loop() {
		fast = min(fast, timed(func() {
			for range calls {
				f()
			}
		}))
	}
	b.ReportMetric(0, "ns/op") // not shown: a round is no operation
	b.ReportMetric(float64(fast.Nanoseconds())/float64(calls*n), "ns/element")
}

// reportShare reports f's speed and its share of the speed of register-only
// multiply-adds, timed in turns with f.
func reportShare(b *testing.B, flop int, f func()) {
	const peakLoops = 5000 // of 6 cycles
	calls, fast, peakFast, peakFlop := roundCalls(f), time.Hour, time.Hour, 0
	for b.Loop() {
		fast = min(fast, timed(func() {
			for range calls {
				f()
			}
		}))
		peakFast = min(peakFast, timed(func() { peakFlop = peakLoop(peakLoops) }))
	}
	speed := float64(flop*calls) / float64(fast.Nanoseconds())
	peak := float64(peakFlop*peakLoops) / float64(peakFast.Nanoseconds())
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(speed, "GFLOP/s")
	if peak > 0 {
		b.ReportMetric(math.Round(1000*speed/peak)/10, "%peak")
	}
}
