package dataset

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/tree"
)

// Scale says what the numbers of a dataset stand for, channel by channel, in the order
// of the file's neurons: a number x is x Factor + Offset in Unit. Models see the
// numbers; what they infer is written in Unit.
type Scale struct {
	Unit   string    // of the recording's values; "": not known
	Factor []float64 // of each channel, above 0
	Offset []float64 // of each channel, in Unit; nil: 0
}

// Keys of a file that hold a scale.
const (
	keyFactor     = "scale_factor" // [neurons]
	keyOffset     = "scale_offset" // [neurons]
	attrScaleUnit = "scale_unit"
)

// offset returns that of a channel.
func (s *Scale) offset(channel int) float64 {
	if s.Offset == nil {
		return 0
	}
	return s.Offset[channel]
}

// In returns numbers in the recording's unit: a copy of a, whose features are in the
// order of the file. Of nil it is a itself.
func (s *Scale) In(a *Array) *Array {
	return s.each(a, func(v float64, channel int) float64 {
		return float64(v*s.Factor[channel]) + s.offset(channel)
	})
}

// InPower is In for what has a power of the recording's unit, such as a variance (2) or
// the rate of a Gamma distribution (-1), and no offset.
func (s *Scale) InPower(a *Array, power int) *Array {
	if power == 0 {
		return a
	}
	return s.each(a, func(v float64, channel int) float64 {
		for range max(power, -power) {
			if power > 0 {
				v *= s.Factor[channel]
			} else {
				v /= s.Factor[channel]
			}
		}
		return v
	})
}

func (s *Scale) each(a *Array, value func(v float64, channel int) float64) *Array {
	if s == nil || a == nil {
		return a
	}
	out := NewArray(a.Trials, a.Bins, a.Features)
	for i, v := range a.Data {
		out.Data[i] = float32(value(float64(v), i%a.Features))
	}
	return out
}

// Rescale brings numbers to another scale, that of the data that a model was trained
// on; nil is that of the recording's own numbers. It reports whether it was another.
// The error is for a scale of other neurons.
func (d *Dataset) Rescale(to *Scale) (other bool, err error) {
	from := d.Scale
	if from.same(to) {
		if to != nil {
			d.Scale = to
		}
		return false, nil
	}
	if err := d.covered(to); err != nil {
		return false, err
	}
	d.Scale = to
	done := map[*Array]bool{}
	for _, s := range d.splits() {
		for _, a := range []*Array{s.Encod, s.Recon, s.Truth} {
			if a != nil && !done[a] {
				d.convert(a, from, to)
				done[a] = true
			}
		}
	}
	return true, nil
}

// covered returns an error if a scale lacks one of d's neurons.
func (d *Dataset) covered(s *Scale) error {
	if s == nil {
		return nil
	}
	for _, split := range d.splits() {
		for i := range split.counts().Features {
			if channel := d.InFile(i); channel < 0 || channel >= len(s.Factor) {
				return fmt.Errorf("dataset: %s: neuron %d has no place in a scale of %d neurons: were others meant?", d.Name, i, len(s.Factor))
			}
		}
	}
	return nil
}

// convert brings an array from one scale to another.
func (d *Dataset) convert(a *Array, from, to *Scale) {
	for i, v := range a.Data {
		channel, x := d.InFile(i%a.Features), float64(v)
		if from != nil {
			x = float64(x*from.Factor[channel]) + from.offset(channel)
		}
		if to != nil {
			x = (x - to.offset(channel)) / to.Factor[channel]
		}
		a.Data[i] = float32(x)
	}
}

// same reports whether both make the same numbers of the same values.
func (s *Scale) same(other *Scale) bool {
	for channel := range max(s.channels(), other.channels()) {
		a, b := s.of(channel), other.of(channel)
		if a != b {
			return false
		}
	}
	return true
}

func (s *Scale) channels() int {
	if s == nil {
		return 0
	}
	return len(s.Factor)
}

// of returns the factor and the offset of a channel.
func (s *Scale) of(channel int) [2]float64 {
	if channel >= s.channels() {
		return [2]float64{1, 0}
	}
	return [2]float64{s.Factor[channel], s.offset(channel)}
}

// Check returns an error for what is no scale of so many channels.
func (s *Scale) Check(channels int) error {
	if s == nil {
		return nil
	}
	if len(s.Factor) != channels || s.Offset != nil && len(s.Offset) != channels {
		return fmt.Errorf("%s has %d values and %s %d for %d neurons: each must have one; make the file anew", keyFactor, len(s.Factor), keyOffset, len(s.Offset), channels)
	}
	for i, f := range s.Factor {
		if o := s.offset(i); !(f > 0) || f-f != 0 || o-o != 0 {
			return fmt.Errorf("%s of neuron %d is %g, %s %g: factors must be above 0, and both finite; make the file anew", keyFactor, i, f, keyOffset, o)
		}
	}
	return nil
}

// scale writes d's.
func (w *writer) scale(s *Scale) {
	if s == nil {
		return
	}
	w.do(w.file.Write(keyFactor, s.Factor, []int{len(s.Factor)}))
	if s.Offset != nil {
		w.do(w.file.Write(keyOffset, s.Offset, []int{len(s.Offset)}))
	}
	if s.Unit != "" {
		w.attribute(attrScaleUnit, s.Unit)
	}
}

// scale reads it, from the layout that Write writes.
func (l *loader) scale(d *Dataset) {
	if l.err != nil || !l.hasScale() || len(d.splits()) == 0 {
		return
	}
	s := &Scale{Factor: l.float64s(keyFactor), Offset: l.float64s(keyOffset)}
	s.Unit, _ = tree.Text(l.group, attrScaleUnit)
	if l.err == nil {
		l.err = s.Check(l.channels(d, len(s.Factor)))
	}
	d.Scale = s
}

// hasScale reports whether the file has one.
func (l *loader) hasScale() bool { return l.layout.name == layouts[0].name && l.group.Has(keyFactor) }

// channels is how many neurons a scale must be of: those reconstructed, or where these
// are not known any number that is enough for those read.
func (l *loader) channels(d *Dataset, has int) int {
	if recon := d.Reconstructed(); recon != nil {
		return recon.Features
	}
	return max(has, d.First().Encod.Features)
}

// float64s reads the numbers at a key; nil if there is none.
func (l *loader) float64s(key string) []float64 {
	a := l.open(key)
	if a == nil {
		return nil
	}
	v, err := a.Float64s()
	if err != nil {
		l.err = fmt.Errorf("%s: %w", key, err)
	}
	return slices.Clip(v)
}
