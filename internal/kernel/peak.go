package kernel

import (
	"slices"
	"time"
)

// PeakGFLOPS measures the peak of one core: float32 multiply-adds on registers
// alone, the best of 5 runs of about 10 ms, in 10^9 operations a second (a
// multiply-add is two). It uses AVX-512 where that is active, else AVX2, and
// returns 0 on a CPU without either.
func PeakGFLOPS() float64 {
	best := 0.
	for range 5 {
		best = max(best, timePeak(3<<19)) // of 12 multiply-adds, two a cycle: 9.4e6 cycles
	}
	return best
}

// PeakNow measures the same in one run of about 1 ms: what the machine gives at
// this moment.
func PeakNow() float64 { return timePeak(3 << 16) }

func timePeak(loops int) float64 {
	begin := time.Now()
	flop := peakLoop(loops)
	return float64(flop*loops) / float64(time.Since(begin).Nanoseconds())
}

// peakLoop runs the given number of loops of register multiply-adds and returns
// how many floating-point operations one loop is: loops of the row in use, or if
// it has none, of the least one that has.
func peakLoop(loops int) (flop int) {
	if active.peak != nil {
		return active.peak(loops)
	}
	for _, row := range slices.Backward(tables) {
		if row.runs && row.peak != nil {
			return row.peak(loops)
		}
	}
	return 0
}
