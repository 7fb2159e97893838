package ingest

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// clockPiece is how many times of a clock are in memory at a time.
const clockPiece = 1 << 17

// step is the mean time between samples, in seconds.
func step(s *dataset.Stream, span dataset.Interval) float64 {
	return (span.Stop - span.Start) / float64(max(1, s.Len()-1))
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
