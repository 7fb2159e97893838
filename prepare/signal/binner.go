package signal

import (
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/prepare/grid"
)

// Windows are what signals are binned in.
type Windows struct {
	grid.Grid
	Starts []float64 // s, ascending
	Places []int     // of each window among those that come out
	Told   func(read, of int64)
	Block  int // samples read at a time; 0: as many as suit
}

// binner fills windows with signals.
type binner struct {
	Windows
	options  *Options
	signals  []*signal
	channels []ChannelReport // of each
	width    int             // how many
	values   []float64       // windows x bins x channels; NaN: not observed
	negative bool            // some numbers are
	zeros    bool            // some numbers are 0
	read, of int64           // samples
}

// errNothing is for windows in which no sample was taken.
var errNothing = errors.New("no signal has a sample in any of the trials: are both on one clock? `autolfads info` shows the times of both")

// fill reads and bins all signals.
func (s *binner) fill() error {
	for i := range s.values {
		s.values[i] = math.NaN()
	}
	pieces := make([][]extent, len(s.signals))
	for i, sig := range s.signals {
		pieces[i] = s.pieces(sig)
		for _, p := range pieces[i] {
			s.of += int64(p.to - p.from)
		}
	}
	if s.of == 0 {
		return errNothing
	}
	for i, sig := range s.signals {
		if err := s.signal(sig, pieces[i]); err != nil {
			return fmt.Errorf("%s: %w", sig.Name, err)
		}
	}
	return nil
}

// pieces returns the samples that windows need, those joined that are nearer to each
// other than the margins on both sides.
func (s *binner) pieces(sig *signal) (all []extent) {
	near := 2 * sig.steps.margin()
	for _, start := range s.Starts {
		p := s.samplesOf(sig, start)
		if p.from >= p.to {
			continue
		}
		if n := len(all); n > 0 && p.from <= all[n-1].to+near {
			all[n-1].to = max(all[n-1].to, p.to)
			continue
		}
		all = append(all, p)
	}
	return all
}

// samplesOf returns the samples that a window has, and one bin more on either side.
func (s *binner) samplesOf(sig *signal, start float64) extent {
	return extent{sig.ruler.first(start, -s.Width), sig.ruler.first(start, s.Length()+s.Width)}
}

// signalValues is how many numbers of a stream are read at a time, if margins are short:
// 16 MiB.
const signalValues = 1 << 21

// signal bins one stream, a block at a time.
func (s *binner) signal(sig *signal, pieces []extent) error {
	margin := sig.steps.margin()
	length := max(2*margin, signalValues/sig.Features, 1)
	if s.Block > 0 {
		length = s.Block
	}
	window := 0 // of the sorted ones, the first that is not over
	for _, p := range pieces {
		for from := p.from; from < p.to; from += length {
			b, err := readBlock(sig, extent{from, min(p.to, from+length)}, margin)
			if err != nil {
				return err
			}
			for window < len(s.Starts) && s.samplesOf(sig, s.Starts[window]).to <= from {
				window++
			}
			s.bins(b, window)
			s.read += int64(b.to - b.from)
			if s.Told != nil {
				s.Told(s.read, s.of)
			}
		}
	}
	return nil
}

// bins fills in the bins that begin in a block, from a window on.
func (s *binner) bins(b *block, window int) {
	for ; window < len(s.Starts); window++ {
		start := s.Starts[window]
		if s.samplesOf(b.signal, start).from >= b.to {
			return
		}
		for bin := range s.Grid.Bins {
			from, to := b.signal.samples(s.Grid, start, bin)
			if from < b.from || from >= b.to || to-from < b.signal.least() {
				continue
			}
			row := (s.Places[window]*s.Grid.Bins + bin) * s.width
			b.bin(s.values[row:row+s.width], from, to, s.options.Bin == BinSum)
		}
	}
}
