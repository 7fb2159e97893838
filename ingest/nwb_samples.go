package ingest

import (
	"fmt"

	"github.com/autolfads/autolfads/hdf5"
)

// maxNWBFeatures bounds the values of one sample that has several dimensions: what
// has more is images.
const maxNWBFeatures = 4096

// nwbSamples is the data of a series: values as stored, times a factor, plus
// offset, rounded as pynwb rounds them.
type nwbSamples struct {
	d              *hdf5.Dataset
	samples, width int
	turned         bool      // features x samples
	factor, offset float64   // factor is the series' conversion
	channels       []float64 // factor of each feature: the conversion times that of the channel; nil: factor is
}

// samples describes the data of a series, and checks it against its clock.
func (n *nwbFile) samples(g *nwbGroup, d *hdf5.Dataset, c nwbClock) (*nwbSamples, error) {
	if !d.Type().IsNumber() {
		return nil, fmt.Errorf("its data holds %v, which is no signal", d.Type())
	}
	s := &nwbSamples{d: d}
	if err := n.arrange(s, g, c); err != nil {
		return nil, err
	}
	if err := n.plausible(d); err != nil {
		return nil, err
	}
	attrs, err := nwbAttrsOf(d)
	if err != nil {
		return nil, err
	}
	if s.factor, err = attrs.number("conversion", 1); err != nil {
		return nil, err
	}
	if s.offset, err = attrs.number("offset", 0); err != nil {
		return nil, err
	}
	if !(s.factor != 0) || s.factor-s.factor != 0 || s.offset-s.offset != 0 {
		n.note("%s: its conversion is %g and its offset %g", g.path, s.factor, s.offset)
	}
	if g.has("channel_conversion") {
		s.channels, err = n.channelConversion(g, s.width, s.factor)
	}
	return s, err
}

// arrange finds which dimension is time: the first, unless only another is as long
// as the clock.
func (n *nwbFile) arrange(s *nwbSamples, g *nwbGroup, c nwbClock) error {
	shape := s.d.Shape()
	s.samples, s.width = shape[0], 1
	for _, k := range shape[1:] {
		if s.width *= k; s.width > maxNWBFeatures && (len(shape) > 2 || s.width > 1<<20) {
			return fmt.Errorf("its data has the shape %v, which is no signal but images", shape)
		}
	}
	if len(shape) > 2 {
		n.note("%s: the %d values of a sample, of shape %v, are taken for as many features", g.path, s.width, shape[1:])
	}
	if c.times == nil {
		return nil
	}
	if clock := c.times.Shape()[0]; len(shape) == 2 && shape[0] != clock && shape[1] == clock {
		s.samples, s.width, s.turned = shape[1], shape[0], true
		n.note("%s: its data is %d x %d and has %d timestamps, so that it was stored turned: read as %d samples of %d",
			g.path, shape[0], shape[1], clock, s.samples, s.width)
	}
	return sameLength(s.samples, c)
}

// channelConversion reads a factor for each channel, and multiplies it by the
// series' own.
func (n *nwbFile) channelConversion(g *nwbGroup, width int, conversion float64) ([]float64, error) {
	d, err := n.vector(g, "channel_conversion", 1<<20)
	if err != nil {
		return nil, fmt.Errorf("its channel_conversion: %w", err)
	}
	factors, err := d.Float64s()
	if err == nil && len(factors) != width {
		err = fmt.Errorf("has %d factors of channels, but %d channels", len(factors), width)
	}
	for i := range factors {
		factors[i] *= conversion
	}
	return factors, err
}

// Len implements dataset.Series.
func (s *nwbSamples) Len() int { return s.samples }

// Read implements dataset.Series.
func (s *nwbSamples) Read(from, to int) ([]float64, error) {
	values, err := s.Stored(from, to)
	if err != nil {
		return nil, err
	}
	for i, v := range values {
		factor := s.factor
		if s.channels != nil {
			factor = s.channels[i%s.width]
		}
		values[i] = float64(v*factor) + s.offset
	}
	return values, nil
}

// Type implements dataset.Stored.
func (s *nwbSamples) Type() string { return s.d.Type().String() }

// Stored implements dataset.Stored.
func (s *nwbSamples) Stored(from, to int) ([]float64, error) {
	if from < 0 || to < from || to > s.samples {
		return nil, fmt.Errorf("samples %d to %d of %d", from, to, s.samples)
	}
	if !s.turned {
		return readRows(s.d, from, to)
	}
	part, err := s.d.Slab([]int{0, from}, []int{s.width, to - from})
	if err != nil {
		return nil, err
	}
	values, err := part.Float64s()
	if err != nil {
		return nil, err
	}
	turned := make([]float64, len(values))
	for i, v := range values {
		feature, sample := i/(to-from), i%(to-from)
		turned[sample*s.width+feature] = v
	}
	return turned, nil
}
