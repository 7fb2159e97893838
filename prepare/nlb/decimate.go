package nlb

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/dsp"
)

// features says how many values a sample of a signal has, and in which order
// nlb_tools have them: that of their names, if comments tell them.
func (s *session) features(name string) (order []int, err error) {
	for _, p := range s.parts {
		stream := p.streams[name]
		switch {
		case stream == nil:
		case order == nil:
			order = orderOf(stream)
		case len(order) != stream.Features:
			return nil, fmt.Errorf("%s has %d values a sample in %s, and %d in another file", name, stream.Features, p.Name, len(order))
		}
	}
	return order, nil
}

// orderOf returns the places of a stream's values in order of the names that comments
// such as "columns=[x,y]" give them.
func orderOf(stream *dataset.Stream) []int {
	order := make([]int, stream.Features)
	for i := range order {
		order[i] = i
	}
	if names := columnsOf(stream); names != nil {
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(names[a], names[b]) })
	}
	return order
}

// decimated returns a signal's features, a value for each bin of the clock: filled
// where samples are missing, filtered, decimated, and not known again where they were
// missing.
func (s *session) decimated(name string) ([][]float64, error) {
	order, err := s.features(name)
	if err != nil {
		return nil, err
	}
	if order == nil {
		return nil, fmt.Errorf("%s has samples off the clock of whole ms from 0 up to where units were last observed (obs_intervals): nlb_tools leave it out, and so no behaviour is left", name)
	}
	columns := make([][]float64, len(order))
	for i := range columns {
		columns[i] = slices.Repeat([]float64{math.NaN()}, s.ms)
	}
	err = s.each(name, func(ms int, values []float64) {
		for to, from := range order {
			columns[to][ms] = values[from]
		}
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	kind := s.kindOf(name)
	for i, column := range columns {
		columns[i] = s.decimate(column, kind)
	}
	return columns, nil
}

// kinds of numbers that pandas keeps a signal as.
type kind int

const (
	double kind = iota
	single
	whole
)

// kindOf is what a signal is kept as: what the file has it as, if all files agree.
func (s *session) kindOf(name string) kind {
	all := map[kind]bool{}
	for _, p := range s.parts {
		if stream := p.streams[name]; stream != nil {
			all[kindOfStream(stream)] = true
		}
	}
	switch {
	case len(all) > 1:
		return double
	case all[single]:
		return single
	case all[whole]:
		return whole
	}
	return double
}

func kindOfStream(stream *dataset.Stream) kind {
	d, ok := stream.Data.(dataset.Stored)
	switch {
	case ok && d.Type() == "float32":
		return single
	case ok && strings.Contains(d.Type(), "int"):
		return whole
	}
	return double
}

// decimate makes a value for each bin of one for each ms, in the precision of a kind.
func (s *session) decimate(column []float64, k kind) []float64 {
	complete := !slices.ContainsFunc(column, math.IsNaN)
	missing := make([]bool, s.rows)
	for row := range missing {
		missing[row] = math.IsNaN(column[row*s.factor])
	}
	interpolate(column)
	out := filtered(column, s.factor, k)
	for row, m := range missing {
		switch {
		case m:
			out[row] = math.NaN()
		case k == whole && complete: // else pandas keeps it in double precision
			out[row] = math.Trunc(out[row])
		}
	}
	return out
}

// filtered is every q-th of the numbers of a signal behind the low-pass filter.
func filtered(x []float64, q int, k kind) []float64 {
	taps := dsp.LowPass(q)
	if k == single {
		return decimateSingle(x, q, taps)
	}
	return dsp.Decimate(x, q, taps)
}

// decimateSingle is dsp.Decimate in single precision: all numbers, products and sums
// are rounded to it.
func decimateSingle(x []float64, q int, taps []float64) []float64 {
	half := len(taps) / 2
	out := make([]float64, (len(x)+q-1)/q)
	for m := range out {
		sum := float32(0)
		for k := max(0, half-m*q); k < min(len(taps), len(x)-m*q+half); k++ {
			sum += float32(float32(x[m*q-half+k]) * float32(taps[k]))
		}
		out[m] = float64(sum)
	}
	return out
}

// interpolate fills what is NaN on straight lines between its neighbours, and before
// the first and behind the last number with these.
func interpolate(x []float64) {
	last := -1 // known
	for i, v := range x {
		if math.IsNaN(v) {
			continue
		}
		for k := last + 1; k < i; k++ {
			if x[k] = v; last >= 0 {
				slope := (v - x[last]) / float64(i-last)
				x[k] = float64(slope*float64(k-last)) + x[last]
			}
		}
		last = i
	}
	for k := last + 1; last >= 0 && k < len(x); k++ {
		x[k] = x[last]
	}
}
