package signal

import (
	"math"
	"slices"
)

// RaisedShare of a channel's mean is the least that an envelope counts as.
const RaisedShare = .01

// raise lifts what lies below a hundredth of its channel's mean up to it: a low-pass
// filter rings below 0 beside a burst, and likelihoods of envelopes know no 0.
func (s *binner) raise() {
	for channel := range s.width {
		report := &s.channels[channel]
		least := RaisedShare * s.mean(channel)
		if !(least > 0) {
			continue
		}
		s.each(channel, func(v *float64) {
			if *v < least {
				*v = least
				report.Raised++
			}
		})
	}
}

func (s *binner) mean(channel int) float64 {
	sum, n := 0., 0
	s.each(channel, func(v *float64) { sum, n = sum+*v, n+1 })
	return sum / float64(n)
}

// rounding is how far from a channel's mean, as a share of it, sums of filters may take a
// value that does not change.
const rounding = 1e-12

// scale divides each channel by its size. The channel's mean is taken away first where
// some number of all channels is negative, and of what is neither an envelope nor events,
// which are mostly 0. It leaves in the report what a 1 and a 0 stand for.
func (s *binner) scale() {
	s.negative = slices.ContainsFunc(s.values, func(v float64) bool { return v < 0 })
	s.zeros = slices.Contains(s.values, 0)
	centred := s.negative || !s.zeros && (s.options.Kind == KindRaw || s.options.Kind == KindCalcium)
	for channel := range s.width {
		report := &s.channels[channel]
		report.Factor = 1
		if mean := s.mean(channel); !math.IsNaN(mean) {
			report.Mean, report.SD = mean, s.about(channel, mean)
		}
		if report.SD <= rounding*math.Abs(report.Mean) {
			report.SD = 0 // one value throughout, but for what filters round
		}
		if s.options.Scale == ScaleNone || report.SD == 0 {
			continue
		}
		if centred {
			report.Offset = report.Mean
		}
		if size := s.size(channel, report); size > 0 {
			report.Factor = size
		}
		s.each(channel, func(v *float64) { *v = (*v - report.Offset) / report.Factor })
	}
}

// about is the root mean square of a channel about a value.
func (s *binner) about(channel int, middle float64) float64 {
	sum, n := 0., 0
	s.each(channel, func(v *float64) { sum, n = sum+float64((*v-middle)*(*v-middle)), n+1 })
	return math.Sqrt(sum / float64(n))
}

// scaleShare of a channel's numbers are no larger than what it is divided by when
// scaled by a quantile.
const scaleShare = .95

// size is what a channel is divided by.
func (s *binner) size(channel int, report *ChannelReport) float64 {
	if s.options.Scale == ScaleStd {
		return report.SD
	}
	var sizes []float64
	s.each(channel, func(v *float64) { sizes = append(sizes, math.Abs(*v-report.Offset)) })
	slices.Sort(sizes)
	if s.options.Scale == ScaleMax {
		return sizes[len(sizes)-1]
	}
	return sizes[int(scaleShare*float64(len(sizes)-1))]
}

// each calls do for every number of a channel that was observed.
func (s *binner) each(channel int, do func(v *float64)) {
	for i := channel; i < len(s.values); i += s.width {
		if v := &s.values[i]; !math.IsNaN(*v) {
			do(v)
		}
	}
}
