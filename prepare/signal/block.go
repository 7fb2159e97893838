package signal

import (
	"context"
	"math"
	"runtime"

	"github.com/autolfads/autolfads/internal/parallel"
)

// block is some samples of a stream after all steps, a column for each channel: those
// from up to, but not with, to, and a bin's worth behind them.
type block struct {
	*signal
	extent
	low     int // sample that columns begin with
	columns [][]float64
}

// readBlock reads samples with a margin on both sides and does the steps to each
// channel.
func readBlock(s *signal, wanted extent, margin int) (*block, error) {
	read := extent{max(0, wanted.from-margin), min(s.ruler.n, wanted.to+s.most()+margin)}
	rows, err := s.Data.Read(read.from, read.to)
	if err != nil {
		return nil, err
	}
	b := &block{signal: s, extent: wanted, low: read.from, columns: make([][]float64, s.Features)}
	err = parallel.Do(context.Background(), runtime.GOMAXPROCS(0), s.Features, func(_, channel int) {
		if s.places[channel] >= 0 {
			b.columns[channel] = samplesOfChannel(rows, channel, s.Features)
			b.run(b.columns[channel], read)
		}
	})
	return b, err
}

// samplesOfChannel returns every width-th number from one on; what is infinite is not observed.
func samplesOfChannel(rows []float64, from, width int) []float64 {
	x := make([]float64, len(rows)/width)
	for i := range x {
		v := rows[i*width+from]
		if math.IsInf(v, 0) {
			v = math.NaN()
		}
		x[i] = v
	}
	return x
}

// run does the steps to a channel, each stretch between jumps of the clock for itself.
func (b *block) run(x []float64, read extent) {
	for _, s := range b.ruler.segments {
		from, to := max(s.from, read.from), min(s.to, read.to)
		if from < to {
			b.steps.run(x[from-read.from:to-read.from], from == s.from, to == s.to)
		}
	}
}

// bin writes the mean or the sum of some samples of each channel; where one of them is
// NaN, the bin is.
func (b *block) bin(to []float64, from, until int, sum bool) {
	for channel, x := range b.columns {
		if b.places[channel] < 0 {
			continue
		}
		total := 0.
		for _, v := range x[from-b.low : until-b.low] {
			total += v
		}
		if !sum {
			total /= float64(until - from)
		}
		to[b.places[channel]] = total
	}
}
