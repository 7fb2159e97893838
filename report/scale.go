package report

import (
	"errors"
	"math"
	"slices"
	"time"
)

// colourScale returns the range of the colours for rates: up to the number
// that one in 200 exceeds, rounded up to a tick, and whether any lie above.
func colourScale(blocks ...*block) (s span, clipped bool) {
	var all []float32
	for _, b := range blocks {
		if b != nil {
			all = append(all, b.data...)
		}
	}
	all = slices.DeleteFunc(all, func(v float32) bool { return v != v })
	if len(all) == 0 {
		return span{0, 1}, false
	}
	slices.Sort(all)
	top := float64(all[len(all)*199/200])
	if top <= 0 {
		return span{0, 1}, false
	}
	ticks := niceTicks(span{0, top}, 4)
	step := ticks[1]
	top = step * math.Ceil(top/step-1e-6)
	return span{0, top}, float64(all[len(all)-1]) > top
}

// byPeakTime orders features by the bin of their highest rate, the first
// feature first where they tie.
func byPeakTime(b *block) []int {
	peak := make([]int, b.features)
	order := make([]int, b.features)
	for f := range peak {
		order[f] = f
		highest := math.Inf(-1)
		for bin, v := range b.column(f) {
			if v > highest {
				highest, peak[f] = v, bin
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return peak[a] - peak[b] })
	return order
}

// niceTicks returns at most n+1 multiples of 1, 2 or 5 times a power of ten
// within s; none in a span so narrow that numbers in it do not differ.
func niceTicks(s span, n int) []float64 {
	if !s.wide() {
		return nil
	}
	raw := (s.max - s.min) / float64(n)
	unit := math.Pow(10, math.Floor(math.Log10(raw)))
	step := unit
	for _, f := range []float64{1, 2, 5, 10} {
		if step = f * unit; step >= raw*.999 {
			break
		}
	}
	var ticks []float64
	for i := math.Ceil(s.min/step - 1e-9); i*step <= s.max+1e-9*step; i++ {
		ticks = append(ticks, i*step)
	}
	return ticks
}

// wholeTicks are those of niceTicks that are whole numbers.
func wholeTicks(s span, n int) []float64 {
	return slices.DeleteFunc(niceTicks(s, n), func(v float64) bool { return v != math.Trunc(v) })
}

// checkBinWidth refuses a bin width that is not known: without it there are no
// rates in spikes/s.
func checkBinWidth(w time.Duration) error {
	if w <= 0 {
		return errors.New("report: the width of bins is not known: name it, or there are no spikes/s to show")
	}
	return nil
}
