package page

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// Beyond these the space of factors takes longer to find than it is worth on a page.
const (
	mostFactors = 512
	mostWork    = 2e9 // products that a covariance is added up of: a second or two
)

// space finds the principal components of the factors of all trials that are judged, and
// where the trials shown, and the means by condition, are in them.
func (s *sampler) space(out *Sample) error {
	f := s.Factors
	if f == nil || f.Features == 0 || f.Features > mostFactors {
		return nil
	}
	bins, conditions := min(f.Bins, s.bins), len(s.rows.conditions)
	n := components
	if conditions > 1 {
		n = min(n, mostOfSpace/(conditions*bins))
	}
	fits := n >= leastOfSpace
	if !fits {
		n = components
	}
	p, err := newComponents(f, n)
	if err != nil {
		return nil // factors that are all alike, or not finite: there is nothing to see
	}
	out.Space = &Space{Share: p.share, Trials: pack(p.of(f.Pick(s.trials).FirstBins(bins)))}
	switch {
	case conditions < 2:
	case fits:
		out.Space.Means = pack(p.of(s.meansOf(f).FirstBins(bins)))
	default:
		out.Note += " There are too many bins for means of the factors by condition."
	}
	return nil
}

// meansOf averages trials that are judged by condition: [conditions shown, bins, features],
// NaN of conditions without trials.
func (s *sampler) meansOf(a *dataset.Array) *dataset.Array {
	labels := make([]int64, len(s.rows.judged))
	for i, row := range s.rows.judged {
		labels[i] = int64(row)
	}
	means, of := metric.PSTH(a, labels)
	all := dataset.NewArray(len(s.rows.conditions), a.Bins, a.Features)
	for i := range all.Data {
		all.Data[i] = float32(math.NaN())
	}
	for i, row := range of {
		if row >= 0 {
			copy(all.Trial(int(row)), means.Trial(i))
		}
	}
	return all
}

// principal are the axes along which factors vary most.
type principal struct {
	mean  []float64 // of each factor
	axes  [][]float64
	share []Number // of the variance, of each axis
}

// newComponents finds up to most axes of factors, [trials, bins, factors]. An axis points to where
// the factor with the most weight in it grows, so that the same factors have the same axes.
func newComponents(f *dataset.Array, most int) (*principal, error) {
	n := f.Features
	work := float64(f.Trials) * float64(f.Bins) * float64(n*n)
	mean, covariance := covarianceOf(f.OneIn(1 + int(work/mostWork)))
	total := 0.
	for i := range n {
		total += covariance.At(i, i)
	}
	var eigen mat.EigenSym
	if !finite(total) || total <= 0 || !eigen.Factorize(covariance, true) {
		return nil, errors.New("factors that do not vary")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil) // ascending
	p := &principal{mean: mean}
	for i := range min(most, n) {
		axis := mat.Col(nil, n-1-i, &vectors)
		most := 0
		for j, v := range axis {
			if math.Abs(v) > math.Abs(axis[most]) {
				most = j
			}
		}
		if axis[most] < 0 {
			for j := range axis {
				axis[j] = -axis[j]
			}
		}
		p.axes, p.share = append(p.axes, axis), append(p.share, Number(max(0, values[n-1-i])/total))
	}
	return p, nil
}

// covarianceOf returns the mean and the covariance of factors over trials and bins.
func covarianceOf(f *dataset.Array) ([]float64, *mat.SymDense) {
	n := f.Features
	mean, sum := make([]float64, n), make([]float64, n*n)
	rows := float64(f.Trials * f.Bins)
	for i, v := range f.Data {
		mean[i%n] += float64(v) / rows
	}
	x := make([]float64, n)
	for at := 0; at+n <= len(f.Data); at += n {
		for i := range x {
			x[i] = float64(f.Data[at+i]) - mean[i]
		}
		for i, v := range x {
			to := sum[i*n : (i+1)*n]
			for j := i; j < n; j++ {
				to[j] += float64(v * x[j])
			}
		}
	}
	covariance := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			covariance.SetSym(i, j, sum[i*n+j]/rows)
		}
	}
	return mean, covariance
}

// of projects factors on the axes: [trials, bins, axes].
func (p *principal) of(f *dataset.Array) *dataset.Array {
	out := dataset.NewArray(f.Trials, f.Bins, len(p.axes))
	for at := range f.Trials * f.Bins {
		x := f.Data[at*f.Features : (at+1)*f.Features]
		for i, axis := range p.axes {
			sum := 0.
			for j, v := range x {
				sum += float64(axis[j] * (float64(v) - p.mean[j]))
			}
			out.Data[at*len(p.axes)+i] = float32(sum)
		}
	}
	return out
}
