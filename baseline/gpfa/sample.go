package gpfa

import (
	"errors"
	"fmt"
	"slices"
)

// sample is trials as they are fitted: stretches of one length together, in
// halves of time, with the sums that do not change.
type sample struct {
	neurons        []int // those in use, by their place in Trials
	groups         []*group
	bins           int       // of all stretches
	sums, squares  []float64 // of each neuron in use
	variance, mean []float64 // of each neuron in use
	means          []float64 // of all neurons
}

// group is the stretches of one length.
type group struct {
	members []stretch
	halves  []*half
}

// half is one half of time of a group.
type half struct {
	parity
	members int
	y       *matrix // [coordinates x members] x neurons: members of one coordinate side by side
}

// newSample arranges stretches for the neurons that vary in them.
func newSample(d *Trials, all []stretch) (*sample, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	s := &sample{}
	s.count(d, all)
	if s.bins < 2 {
		return nil, fmt.Errorf("gpfa: all neurons were observed together in %d bins, and two is the least: give more or longer trials, or leave out neurons that many trials lack", s.bins)
	}
	for i, v := range s.variance {
		if v > 1e-12 { // beyond rounding
			s.neurons = append(s.neurons, i)
		}
	}
	if len(s.neurons) == 0 {
		return nil, errors.New("gpfa: no neuron varies: there is nothing to model")
	}
	s.arrange(d, all)
	return s, nil
}

// Varying returns how many neurons vary in bins in which all were observed: there are
// fewer latents than these.
func (d *Trials) Varying() int {
	s, err := newSample(d, d.stretches())
	if err != nil {
		return 0
	}
	return len(s.neurons)
}

// sampleOf arranges stretches for given neurons.
func sampleOf(d *Trials, all []stretch, neurons []int) *sample {
	s := &sample{neurons: neurons}
	s.count(d, all)
	s.arrange(d, all)
	return s
}

// arrange keeps the counts of the neurons in use, and makes the groups.
func (s *sample) arrange(d *Trials, all []stretch) {
	s.means = s.mean
	for _, x := range []*[]float64{&s.sums, &s.squares, &s.variance, &s.mean} {
		*x = chosen(*x, s.neurons)
	}
	for _, members := range lengths(all) {
		s.groups = append(s.groups, newGroup(d, members, s.neurons))
	}
}

func chosen(x []float64, neurons []int) []float64 {
	out := make([]float64, len(neurons))
	for i, n := range neurons {
		out[i] = x[n]
	}
	return out
}

// lengths returns stretches of one length together, short ones first.
func lengths(stretches []stretch) (all [][]stretch) {
	by := map[int][]stretch{}
	var lengths []int
	for _, s := range stretches {
		if by[s.bins] == nil {
			lengths = append(lengths, s.bins)
		}
		by[s.bins] = append(by[s.bins], s)
	}
	slices.Sort(lengths)
	for _, n := range lengths {
		all = append(all, by[n])
	}
	return all
}

// count computes sums, means and variances of all neurons.
func (s *sample) count(d *Trials, all []stretch) {
	s.sums, s.mean = make([]float64, d.Neurons), make([]float64, d.Neurons)
	s.squares, s.variance = make([]float64, d.Neurons), make([]float64, d.Neurons)
	each(d, all, func(row []float64) {
		s.bins++
		for i, v := range row {
			s.sums[i] += v
			s.squares[i] += float64(v * v)
		}
	})
	n := float64(s.bins)
	for i, sum := range s.sums {
		s.mean[i] = sum / n
	}
	each(d, all, func(row []float64) {
		for i, v := range row {
			c := v - s.mean[i]
			s.variance[i] += float64(c*c) / (n - 1)
		}
	})
}

// each goes through all bins of all stretches.
func each(d *Trials, all []stretch, do func(row []float64)) {
	for _, s := range all {
		for bin := range s.bins {
			do(d.at(s.trial, s.from+bin))
		}
	}
}

func newGroup(d *Trials, members []stretch, neurons []int) *group {
	g := &group{members: members}
	for _, p := range parities(members[0].bins) {
		h := &half{p, len(members), newMatrix(p.len()*len(members), len(neurons))}
		for m, s := range members {
			for u := range p.len() {
				a, b := d.at(s.trial, s.from+u), d.at(s.trial, s.from+p.twin(u))
				for k, n := range neurons {
					*h.y.at(u*h.members+m, k) = p.weight(u) * (a[n] + p.sign*b[n])
				}
			}
		}
		g.halves = append(g.halves, h)
	}
	return g
}

// covariance returns that of the neurons over all bins, divided by their number.
func (s *sample) covariance(workers int) *matrix {
	q := len(s.neurons)
	c := newMatrix(q, q)
	for _, h := range s.halves() {
		c.addProduct(h.y, h.y, workers)
	}
	for i := range q {
		for j := range q {
			*c.at(i, j) = *c.at(i, j)/float64(s.bins) - float64(s.mean[i]*s.mean[j])
		}
	}
	return c
}

// halves returns those of all groups.
func (s *sample) halves() (all []*half) {
	for _, g := range s.groups {
		all = append(all, g.halves...)
	}
	return all
}

// floor is the least noise variance of each neuron in use: a share of its variance.
func (s *sample) floor(share float64) []float64 {
	f := make([]float64, len(s.variance))
	for i, v := range s.variance {
		f[i] = share * v
	}
	return f
}
