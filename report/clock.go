package report

import "time"

// clock turns bins into the numbers of a time axis.
type clock struct {
	bin, start time.Duration
	unit       time.Duration
	label      string
}

// newClock counts in milliseconds up to two seconds, in seconds beyond. start
// is the time of the first bin's beginning; event names the time 0, if any.
func newClock(bins int, bin, start time.Duration, event string) clock {
	c := clock{bin, start, time.Millisecond, "Time (ms)"}
	if time.Duration(bins)*bin > 2*time.Second {
		c.unit, c.label = time.Second, "Time (s)"
	}
	if event != "" {
		c.label = "Time from " + event + c.label[len("Time"):]
	}
	return c
}

// span returns the times of the beginning and the end of all bins.
func (c *clock) span(bins int) span {
	return span{c.time(0), c.time(float64(bins))}
}

// time returns the time at a position counted in bins.
func (c *clock) time(bins float64) float64 {
	return (float64(c.start) + bins*float64(c.bin)) / float64(c.unit)
}

// centres returns the times of the middles of bins.
func (c *clock) centres(bins int) []float64 {
	t := make([]float64, bins)
	for i := range t {
		t[i] = c.time(float64(i) + .5)
	}
	return t
}
