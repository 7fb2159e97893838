package signal

import (
	"fmt"
	"math"

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

// open plans what is done to one stream.
func open(stream *dataset.Stream, o *Options, binMs float64) (s *signal, err error) {
	s = &signal{Stream: stream}
	if s.ruler, err = newRuler(stream); err != nil {
		return nil, err
	}
	if s.steps, err = newChain(o, s.Name, s.ruler.rate); err != nil {
		return nil, err
	}
	s.perBin = s.ruler.rate * binMs / 1000
	if s.perBin < 1-framesAreBins {
		ms := 1000 / s.ruler.rate
		return nil, fmt.Errorf("%s has a sample every %.6g ms, so that bins of %g ms would be empty: take bins of that width, --bin-ms %.6f, or a wider one", s.Name, ms, binMs, ms)
	}
	return s, nil
}

// ids names the channels of a stream; with its name where there are several streams.
func (s *signal) ids(several bool) []string {
	if s.Features == 1 {
		return []string{s.Name}
	}
	ids := make([]string, s.Features)
	for i := range ids {
		ids[i] = fmt.Sprintf("%s %d", s.Name, i)
		if i < len(s.Names) && s.Names[i] != "" {
			if ids[i] = s.Names[i]; several {
				ids[i] = s.Name + " " + s.Names[i]
			}
		}
	}
	return ids
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
