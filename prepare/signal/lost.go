package signal

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// lostBlock is how many numbers are read at a time in search of what was lost.
const lostBlock = 1 << 20

// LeaveOutLost takes out of when channels were observed the stretches of a bin or longer
// in which no channel of their signal has a number. It reads signals once.
func (c *Channels) LeaveOutLost() error {
	at := 0
	for _, s := range c.signals {
		spans, err := s.recorded()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		for range s.Features {
			c.Observed[at] = spans
			at++
		}
	}
	return nil
}

// recorded returns the stretches of time in which a signal was recorded: between jumps
// of its clock, and between stretches of a bin or longer in which no channel has a number.
func (s *signal) recorded() ([]dataset.Interval, error) {
	var spans []dataset.Interval
	add := func(from, to int) {
		if from < to {
			spans = append(spans, dataset.Interval{Start: s.ruler.time(from), Stop: s.ruler.time(to-1) + 1/s.ruler.rate})
		}
	}
	for _, segment := range s.ruler.segments {
		lost, err := s.lost(segment)
		if err != nil {
			return nil, err
		}
		from := segment.from
		for _, l := range lost {
			add(from, l.from)
			from = l.to
		}
		add(from, segment.to)
	}
	return spans, nil
}

// lost returns which of some samples have no number in any channel, for a bin or longer.
func (s *signal) lost(of extent) (found []extent, err error) {
	if d, ok := s.Data.(dataset.Stored); ok && strings.Contains(d.Type(), "int") {
		return nil, nil // whole numbers have no NaN
	}
	least, from := max(1, int(s.perBin)), of.from // of the samples without a number up to here
	end := func(to int) {
		if to-from >= least {
			found = append(found, extent{from, to})
		}
	}
	rows := max(1, lostBlock/s.Features)
	for at := of.from; at < of.to; at += rows {
		x, err := s.Data.Read(at, min(of.to, at+rows))
		if err != nil {
			return nil, err
		}
		for i := range len(x) / s.Features {
			if hasNumber(x[i*s.Features : (i+1)*s.Features]) {
				end(at + i)
				from = at + i + 1
			}
		}
	}
	end(of.to)
	return found, nil
}

// hasNumber reports whether any of some values is finite.
func hasNumber(values []float64) bool {
	for _, v := range values {
		if v-v == 0 {
			return true
		}
	}
	return false
}
