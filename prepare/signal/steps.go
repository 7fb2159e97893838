package signal

import (
	"fmt"
	"math"
	"strings"

	"github.com/autolfads/autolfads/internal/dsp"
)

// filterOrder of the Butterworth filters, which run forward and backward.
const filterOrder = 4

// step is one thing that is done to the samples of a channel.
type step struct {
	name   string
	filter dsp.Filter        // nil: apply
	apply  func(x []float64) // sample by sample
}

// chain is what is done to the samples of a channel, in order.
type chain []step

// newChain returns the steps for samples of a rate in Hz. Options are resolved.
func newChain(o *Options, stream string, rate float64) (chain, error) {
	var c chain
	half := rate / 2
	if hz := *o.HighPassHz; hz > 0 {
		if hz >= half {
			return nil, fmt.Errorf("%s has %.6g samples a second, so nothing of it is faster than %.6g Hz: lower --high-pass-hz, now %g, or leave the filter out (--high-pass-hz 0)", stream, rate, half, hz)
		}
		c = append(c, step{name: fmt.Sprintf("high-pass %g Hz", hz), filter: dsp.ButterworthHigh(filterOrder, hz, rate)})
	}
	if b := *o.Band; b != (Band{}) {
		if b.To >= half {
			return nil, fmt.Errorf("%s has %.6g samples a second, so nothing of it is faster than %.6g Hz: lower the band, now %g..%g Hz (--band-hz), or leave it out (--band-hz 0)", stream, rate, half, b.From, b.To)
		}
		c = append(c, step{name: fmt.Sprintf("band-pass %g to %g Hz", b.From, b.To), filter: dsp.ButterworthBand(filterOrder/2, b.From, b.To, rate)})
	}
	switch o.Envelope {
	case EnvelopeRectify:
		c = append(c, step{name: "rectified", apply: rectify})
	case EnvelopeSquare:
		c = append(c, step{name: "squared", apply: square})
	}
	if hz := *o.LowPassHz; hz > 0 && hz < half {
		c = append(c, step{name: fmt.Sprintf("low-pass %g Hz", hz), filter: dsp.ButterworthLow(filterOrder, hz, rate)})
	}
	return c, nil
}

func rectify(x []float64) {
	for i, v := range x {
		x[i] = math.Abs(v)
	}
}

func square(x []float64) {
	for i, v := range x {
		x[i] = v * v
	}
}

// run does the steps to a piece of a channel where it stands; first and last say
// whether the signal itself ends there.
func (c chain) run(x []float64, first, last bool) {
	for _, s := range c {
		if s.apply != nil {
			s.apply(x)
			continue
		}
		s.filter.ZeroPhaseParts(x, first, last)
	}
}

// margin is how many samples beyond a piece are needed for its values to be those of
// the whole signal, to 1e-12 of the largest.
func (c chain) margin() (n int) {
	for _, s := range c {
		if s.filter != nil {
			n += s.filter.Margin()
		}
	}
	return n
}

// String lists the steps.
func (c chain) String() string {
	names := make([]string, len(c))
	for i, s := range c {
		names[i] = s.name
	}
	return strings.Join(names, ", ")
}
