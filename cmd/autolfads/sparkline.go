package main

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads"
)

// sparkWidth is how many bars a sparkline has at most.
const sparkWidth = 40

// Bars from the lowest to the highest, of a terminal that has them and of one that has not.
var (
	blockBars = []rune("▁▂▃▄▅▆▇█")
	asciiBars = []rune("_.-:=+*#")
)

// scoresLine shows how the best score went from generation to generation; "" before the
// second.
func scoresLine(s autolfads.Status, k ink) string {
	values := make([]float64, 0, len(s.BestScores))
	var known []float64
	for _, v := range s.BestScores {
		values = append(values, float64(v))
		if isNumber(float64(v)) {
			known = append(known, float64(v))
		}
	}
	if len(known) < 2 {
		return ""
	}
	bars := asciiBars
	if k.blocks {
		bars = blockBars
	}
	return fmt.Sprintf("%s of each generation: %s  from %s to %s", bestWord(s.ScoreOf), sparkline(values, bars), score(known[0]), score(known[len(known)-1]))
}

// sparkline draws numbers as bars, the lowest number as the lowest bar. Of more numbers
// than there is room for, neighbours share a bar, which is that of the lowest of them, as
// the best score is. What is no number is a gap.
func sparkline(values []float64, bars []rune) string {
	values = lowestOf(values, sparkWidth)
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if isNumber(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	line := make([]rune, len(values))
	for i, v := range values {
		switch {
		case !isNumber(v):
			line[i] = ' '
		case high == low:
			line[i] = bars[0]
		default:
			line[i] = bars[int(math.Round((v-low)/(high-low)*float64(len(bars)-1)))]
		}
	}
	return string(line)
}

// lowestOf parts numbers into at most n runs of neighbours and returns the lowest of each;
// NaN of one without numbers.
func lowestOf(values []float64, n int) []float64 {
	if len(values) <= n {
		return values
	}
	lowest := make([]float64, n)
	for i := range lowest {
		lowest[i] = math.NaN()
		for _, v := range values[i*len(values)/n : (i+1)*len(values)/n] {
			if isNumber(v) && !(lowest[i] <= v) {
				lowest[i] = v
			}
		}
	}
	return lowest
}

// isNumber reports whether a score is one.
func isNumber(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
