package outputs

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// Rates whose mean is so many times that of the data, or so small a part, are in another
// unit, or of other data; of less than a number of spikes, too little is known.
const (
	mostUnlike  = 10
	leastSpikes = 50
)

// counts reports whether data are counts: whole numbers that are not negative, without a
// scale.
func (r *reader) counts() bool {
	if r.d.Scale != nil {
		return false
	}
	for _, s := range r.splits {
		for _, v := range s.data.Data {
			if !dataset.IsMissing(v) && (v < 0 || v-v != 0 || v != float32(int64(v))) {
				return false
			}
		}
	}
	return true
}

// check looks for what rates of counts cannot be: negative, or far from the data on
// average.
func (r *reader) check(s *wanted) error {
	if !r.file.Counts {
		return nil
	}
	if err := s.checkNegative(); err != nil {
		return err
	}
	if s.areCounts() {
		r.note("%s is the data's own counts: what is scored is how well spikes predict themselves", s.key)
		return nil
	}
	data, rates := s.sums()
	if max(data, rates) < leastSpikes || rates <= mostUnlike*data && data <= mostUnlike*rates {
		return nil
	}
	if data == 0 {
		r.note("%s expects %.3g spikes where the data have none: are these its trials?", s.key, rates)
		return nil
	}
	times, width := rates/data, r.d.BinWidth.Seconds()
	if seconds := times * width; seconds > .5 && seconds < 2 {
		r.note("%s is %.3g times the data on average: it seems to be in spikes per second; multiply it by %g, or give the array an attribute unit with the value Hz", s.key, times, width)
		return nil
	}
	r.note("%s is %.3g times the data on average: rates must be spikes per bin of the data", s.key, times)
	return nil
}

// checkNegative returns an error if there are rates below 0.
func (s *wanted) checkNegative() error {
	rates, n := s.is.Rates, 0
	for _, v := range rates.Data {
		if v < 0 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	first := slices.IndexFunc(rates.Data, func(v float32) bool { return v < 0 })
	what := "set them to a small number above 0"
	if n > len(rates.Data)/2 {
		what = "they seem to be logarithms: store their exponential"
	}
	return fmt.Errorf("%s: %d of %d rates are below 0 (the first: %g, trial %d of the data's that %s), and rates of counts cannot be: %s",
		s.key, n, len(rates.Data), rates.Data[first], first/(rates.Bins*rates.Features), doing(s.name), what)
}

// areCounts reports whether the rates are the counts that they are scored against.
func (s *wanted) areCounts() bool {
	for trial := range s.data.Trials {
		for bin := range s.data.Bins {
			means := s.is.Rates.Bin(trial, bin)
			for n, y := range s.data.Bin(trial, bin) {
				if !dataset.IsMissing(y) && !dataset.IsMissing(means[n]) && y != means[n] {
					return false
				}
			}
		}
	}
	return true
}

// sums adds up data and rates where the data were observed and the file has rates.
func (s *wanted) sums() (data, rates float64) {
	for trial := range s.data.Trials {
		for bin := range s.data.Bins {
			means := s.is.Rates.Bin(trial, bin)
			for n, y := range s.data.Bin(trial, bin) {
				if r := means[n]; !dataset.IsMissing(y) && !dataset.IsMissing(r) {
					data, rates = data+float64(y), rates+float64(r)
				}
			}
		}
	}
	return data, rates
}
