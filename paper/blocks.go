package paper

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// blockSeconds is how long the blocks of time are from which intervals of a recording
// without trials are drawn, s: longer than a reach or two. Neighbouring bins, and windows
// that overlap, move alike: drawn one by one they would make intervals too narrow.
const blockSeconds = 2.

// inBlocks is a score of parts of a recording, its bins or its windows, that is drawn in
// blocks of time: all parts of a block count as often as it does.
type inBlocks struct {
	score  metric.ByTrial // of the parts
	of     []int          // the block of each part, from 0
	blocks int
}

// newInBlocks is a score of parts that begin at these bins, in blocks of so many.
func newInBlocks(score metric.ByTrial, starts []int, bins int) *inBlocks {
	b, number := &inBlocks{score: score}, map[int]int{}
	for _, start := range starts {
		if _, seen := number[start/bins]; !seen {
			number[start/bins] = len(number)
		}
		b.of = append(b.of, number[start/bins])
	}
	b.blocks = len(number)
	return b
}

// Trials implements [metric.ByTrial]: what is drawn is blocks.
func (b *inBlocks) Trials() int { return b.blocks }

// Of implements [metric.ByTrial].
func (b *inBlocks) Of(times []int) float64 {
	if times == nil {
		return b.score.Of(nil)
	}
	parts := make([]int, len(b.of))
	for i, block := range b.of {
		parts[i] = times[block]
	}
	return b.score.Of(parts)
}

// meanScore is the mean of some scores of the same trials; NaN where one is not known.
type meanScore []metric.ByTrial

// Trials implements [metric.ByTrial].
func (m meanScore) Trials() int { return m[0].Trials() }

// Of implements [metric.ByTrial].
func (m meanScore) Of(times []int) float64 {
	sum := 0.
	for _, s := range m {
		sum += s.Of(times)
	}
	return sum / float64(len(m))
}

// blockBins is of how many bins a block of a recording is: no less than a window.
func blockBins(d *dataset.Dataset) int {
	bins := d.Chop.Window
	if width := d.BinWidth.Seconds(); width > 0 {
		bins = max(bins, int(math.Round(blockSeconds/width)))
	}
	return bins
}

// besideColumns are those of a score of methods beside the first.
func besideColumns(title string) []Column {
	return []Column{{scoreKey, title, 3}, {lessKey, "AutoLFADS less this", 3}, {lowKey, "at least", 3}, {highKey, "at most", 3}}
}

// setBeside gives rows their scores, nil of one without, and the intervals of the first
// row's less theirs, by draws of the same trials (or blocks) for both.
func setBeside(rows []Row, scores []metric.ByTrial) {
	resampling := metric.DefaultResampling(nil)
	resampling.Draws = intervalDraws
	for i, s := range scores {
		if s == nil {
			continue
		}
		value := s.Of(nil)
		rows[i].set(scoreKey, value)
		if i == 0 || scores[0] == nil {
			continue
		}
		rows[i].set(lessKey, scores[0].Of(nil)-value)
		between := resampling.Difference(scores[0], s)
		rows[i].set(lowKey, between.Low)
		rows[i].set(highKey, between.High)
	}
}
