package page

import (
	"math"
	"slices"
)

// The names of what a line shows, in a run's metrics.
const (
	metricTrain = "train/recon"
	metricValid = "valid/recon"
	metricRate  = "learning_rate"
)

// lineage returns the ancestors of a place, the first of all first, itself last; none if it
// is not there.
func lineage(all []Generation, of Place) (line []Place) {
	for at := &of; at != nil && len(line) <= len(all); {
		m := memberOf(all, *at)
		if m == nil {
			break
		}
		line = append(line, *at)
		at = m.Parent
	}
	slices.Reverse(line)
	return line
}

// lineReader gathers the metrics of a model's line.
type lineReader struct {
	until map[Place]int // of each place in the line, the epoch that the next goes on from
	line  Line
}

// newLine gathers those of the winner's line.
func newLine(all []Generation, from *source) *lineReader {
	l := &lineReader{until: map[Place]int{}}
	if !from.won {
		return l
	}
	for _, at := range lineage(all, from.winner) {
		l.until[at] = memberOf(all, at).Epoch
	}
	return l
}

// see takes in a line of metrics, if it is one of the line's, up to the epoch that counts.
// They come in the order of generations.
func (l *lineReader) see(e *epoch, text []byte) {
	until, in := l.until[e.at]
	if !in || e.epoch > until {
		return
	}
	if n := len(l.line.Epoch); n > 0 && e.epoch <= l.line.Epoch[n-1] {
		return
	}
	p, ok := point(text)
	if !ok {
		return
	}
	of := func(name string) Number {
		if v, ok := p.Metrics[name]; ok {
			return Number(v)
		}
		return Number(math.NaN())
	}
	to := &l.line
	to.Epoch = append(to.Epoch, e.epoch)
	to.Train, to.Valid = append(to.Train, of(metricTrain)), append(to.Valid, of(metricValid))
	to.Score, to.LearningRate = append(to.Score, Number(e.score)), append(to.LearningRate, of(metricRate))
}

// done returns the line, thinned; nil of none.
func (l *lineReader) done() *Line {
	n := len(l.line.Epoch)
	if n == 0 {
		return nil
	}
	kept := spread(n, mostOfLine)
	return &Line{
		Epoch: picked(l.line.Epoch, kept), Train: picked(l.line.Train, kept), Valid: picked(l.line.Valid, kept),
		Score: picked(l.line.Score, kept), LearningRate: picked(l.line.LearningRate, kept),
	}
}
