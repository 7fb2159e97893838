package ingest

import (
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// clockPiece is how many times of a clock are in memory at a time.
const clockPiece = 1 << 17

// stepsSeen is how many samples tell how far apart samples are.
const stepsSeen = 4096

// step is the time between samples, in seconds: of a clock the median of its first
// steps forwards, which one wild time stamp does not change; 0 if there is none.
func step(s *dataset.Stream) (float64, error) {
	if s.Clock == nil {
		return 1 / s.Rate, nil
	}
	times, err := s.Times(0, min(s.Len(), stepsSeen))
	if err != nil {
		return 0, err
	}
	var steps []float64
	for i := 1; i < len(times); i++ {
		if d := times[i] - times[i-1]; d > 0 && !math.IsInf(d, 0) {
			steps = append(steps, d)
		}
	}
	if len(steps) == 0 {
		return 0, nil
	}
	slices.Sort(steps)
	return steps[len(steps)/2], nil
}

// oddClock tells of a clock with times out of order, before 0 or unknown.
func (s *Survey) oddClock(stream *dataset.Stream) error {
	if stream.Clock == nil {
		return nil
	}
	var backwards, negative, unknown int
	before := math.Inf(-1)
	for from := 0; from < stream.Len(); from += clockPiece {
		times, err := stream.Times(from, min(from+clockPiece, stream.Len()))
		if err != nil {
			return err
		}
		for _, t := range times {
			backwards += count(t < before)
			negative += count(t < 0)
			unknown += count(math.IsNaN(t))
			before = t
		}
	}
	tell := func(n int, what string) {
		if n > 0 {
			s.say("stream %s: %d of %d timestamps %s", stream.Name, n, stream.Len(), what)
		}
	}
	tell(backwards, "lie before the one in front of them")
	tell(negative, "lie before time 0")
	tell(unknown, "are NaN")
	return nil
}
