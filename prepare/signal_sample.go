package prepare

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// signal is one stream on its way to bins.
type signal struct {
	*dataset.Stream
	ruler  *ruler
	steps  chain
	places []int   // of its channels among those kept; -1: left out
	perBin float64 // samples
}

// framesAreBins is how far from one a number of samples a bin may be for each bin to be
// a sample, neither shared nor left out.
const framesAreBins = .01

func (s *signal) isFrames() bool { return math.Abs(s.perBin-1) <= framesAreBins }

// channelsMeant says how some channels of a signal are named, where they stand in
// brackets behind it.
func channelsMeant(r *dataset.Recording, name string) string {
	before, _, _ := strings.Cut(name, "[")
	if before == name || r.Stream(before) == nil {
		return ""
	}
	return fmt.Sprintf("; some channels of it are chosen by --only-units '%s 0,%s 1'", before, before)
}

// openSignals finds the streams and plans what is done to them. Options are resolved.
func openSignals(r *dataset.Recording, o *SignalOptions, binMs float64) (all []*signal, err error) {
	for _, name := range o.Streams {
		stream := r.Stream(name)
		if stream == nil {
			return nil, fmt.Errorf("there is no signal %s: %s (--signal)%s", name, streamsThere(r), channelsMeant(r, name))
		}
		s := &signal{Stream: stream}
		if s.ruler, err = newRuler(stream); err != nil {
			return nil, err
		}
		if s.steps, err = newChain(o, name, s.ruler.rate); err != nil {
			return nil, err
		}
		s.perBin = s.ruler.rate * binMs / 1000
		if s.perBin < 1-framesAreBins {
			ms := 1000 / s.ruler.rate
			return nil, fmt.Errorf("%s has a sample every %.6g ms, so that bins of %g ms would be empty: take bins of that width, --bin-ms %.6f, or a wider one", name, ms, binMs, ms)
		}
		all = append(all, s)
	}
	return all, nil
}

// samples returns the samples of a bin of a window, from up to, but not with, to: those
// taken in it, as spikes are counted; where frames are bins, the frame nearest to it, on a
// grid from the window's first frame on.
func (s *signal) samples(g grid.Grid, start float64, bin int) (from, to int) {
	behind := int64(bin) * g.Width
	if !s.isFrames() {
		from = s.ruler.first(start, behind)
		return from, min(s.ruler.first(start, behind+g.Width), from+s.most())
	}
	frame := s.nearest(s.phase(start) + float64(behind)/grid.NsPerS)
	return frame, min(frame+1, s.ruler.n)
}

// phase returns the moment of the frame that was taken nearest to a window's start, in s;
// in a gap, the start itself.
func (s *signal) phase(start float64) float64 {
	if frame := s.nearest(start); frame < s.ruler.n {
		return s.ruler.time(frame)
	}
	return start
}

// nearest returns the frame taken nearest to a moment; beyond the last one if none was
// within half a frame, and a tenth for clocks that jitter.
func (s *signal) nearest(t float64) int {
	frame := int(math.Round(min(max(s.ruler.near(t), 0), float64(s.ruler.n-1))))
	if apart := s.ruler.time(frame) - t; math.Abs(apart) > .6/s.ruler.rate {
		return s.ruler.n
	}
	return frame
}

// least is how many samples a bin must have to be observed.
func (s *signal) least() int { return max(1, int(math.Floor(s.perBin-1e-6))) }

// most is how many samples a bin has at most.
func (s *signal) most() int { return int(s.perBin) + 2 }

// binner fills the windows of a plan with signals.
type binner struct {
	*maker
	places   []int     // of the windows in ascending order of their starts
	sorted   []float64 // their starts
	options  *SignalOptions
	signals  []*signal
	channels int
	negative bool      // some numbers are
	zeros    bool      // some numbers are 0
	values   []float64 // windows x bins x channels
	block    int       // samples read at a time; 0: as many as suit
	told     func(read, of int64)
	read, of int64 // samples
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
	for _, start := range s.sorted {
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
	if s.block > 0 {
		length = s.block
	}
	window := 0 // of the sorted ones, the first that is not over
	for _, p := range pieces {
		for from := p.from; from < p.to; from += length {
			b, err := readBlock(sig, extent{from, min(p.to, from+length)}, margin)
			if err != nil {
				return err
			}
			for window < len(s.sorted) && s.samplesOf(sig, s.sorted[window]).to <= from {
				window++
			}
			s.bins(b, window)
			s.read += int64(b.to - b.from)
			if s.told != nil {
				s.told(s.read, s.of)
			}
		}
	}
	return nil
}

// bins fills in the bins that begin in a block, from a window on.
func (s *binner) bins(b *block, window int) {
	for ; window < len(s.sorted); window++ {
		start := s.sorted[window]
		if s.samplesOf(b.signal, start).from >= b.to {
			return
		}
		for bin := range s.Grid.Bins {
			from, to := b.signal.samples(s.Grid, start, bin)
			if from < b.from || from >= b.to || to-from < b.signal.least() {
				continue
			}
			row := (s.places[window]*s.Grid.Bins + bin) * s.channels
			b.bin(s.values[row:row+s.channels], from, to, s.options.Bin == binSum)
		}
	}
}
