package prepare

import (
	"fmt"

	"github.com/autolfads/autolfads/prepare/grid"
)

// read is how many bins of a trial the model reads: those of the window. Behind them
// lie forward bins, which it only has to predict.
func (p *plan) read() int { return p.Bins - p.forward }

// lengthen adds forward bins behind the window.
func (p *plan) lengthen(ms float64) error {
	if ms == 0 {
		return nil
	}
	width := float64(p.Width) / grid.NsPerMs
	if !(ms > 0) || ms*grid.NsPerMs > grid.MostLength {
		return fmt.Errorf("forward bins are %g ms: they must be longer than 0 and at most 100 days (--forward-ms)", ms)
	}
	bins, whole := grid.Whole(grid.Nanoseconds(ms), p.Width)
	p.forward = int(bins)
	if !whole || bins == 0 {
		return fmt.Errorf("%g ms are %.6g bins of %g ms: forward bins must be a whole number of them, such as --forward-ms %g", ms, ms/width, width, float64(max(p.forward, 1))*width)
	}
	p.Bins += p.forward
	return nil
}
