package page

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/report"
)

// means averages data and rates by condition.
func (s *sampler) means(out *Sample) error {
	if len(s.rows.conditions) == 0 || s.d.BinWidth == 0 {
		return nil
	}
	shown := spread(len(s.rows.conditions), max(1, mostOfMeans/s.bins))
	sd := s.PSTHKernel
	if sd == 0 {
		sd = metric.PSTHKernel
	}
	parts := s.labelled(shown)
	psths, of, err := metric.SmoothedPSTH(sd, s.d.BinWidth, parts...)
	if err != nil {
		out.Note += fmt.Sprintf(" There are no means by condition: %v.", err)
		return nil
	}
	m := &Means{SmoothMs: float64(sd) / float64(time.Millisecond), Trials: make([]int, len(of))}
	for i, label := range of {
		m.Conditions = append(m.Conditions, shown[label])
		for _, p := range parts {
			for _, c := range p.Condition {
				if c == label {
					m.Trials[i]++
				}
			}
		}
	}
	psths = s.inUnit(s.ordered(psths.FirstBins(s.bins)), s.neurons)
	m.Neurons = modulated(psths, s.Counts, max(1, mostOfMeans/(len(of)*s.bins)))
	if n := len(m.Neurons); n < len(s.neurons) || len(shown) < len(s.rows.conditions) {
		m.Note = fmt.Sprintf("The %d %s, of %d, that conditions modulate most; %d conditions of %d.", n, s.features(), len(s.neurons), len(shown), s.rows.of)
	}
	rates := s.inUnit(s.ordered(s.meansOf(s.some(s.Rates)).Pick(m.Conditions).FirstBins(s.bins)), s.neurons)
	m.Data, m.Rates = pack(psths.Columns(m.Neurons)), pack(rates.Columns(m.Neurons))
	out.Means = m
	return nil
}

// some is an array without the neurons that are not shown: itself, not a copy, if all are, for
// it may be large; ordered then brings what is made of it into the order of those shown.
func (s *sampler) some(a *dataset.Array) *dataset.Array {
	if len(s.neurons) == a.Features {
		return a
	}
	return a.Columns(s.neurons)
}

func (s *sampler) ordered(a *dataset.Array) *dataset.Array {
	if len(s.neurons) == s.Rates.Features {
		return a.Columns(s.neurons)
	}
	return a
}

// labelled are the trials that train and those that are judged, of the neurons that are shown,
// by the place of their condition in a list of some; below 0 of others.
func (s *sampler) labelled(shown []int) (parts []metric.Labelled) {
	for _, of := range []struct {
		split *dataset.Split
		rows  []int
	}{{s.d.Train, s.rows.trains}, {s.d.Valid, s.rows.judged}} {
		if of.split == nil || of.split.Recon == nil || of.split.Condition == nil {
			continue
		}
		p := metric.Labelled{Spikes: s.some(of.split.Recon)}
		for _, row := range of.rows {
			p.Condition = append(p.Condition, int64(slices.Index(shown, row)))
		}
		parts = append(parts, p)
	}
	return parts
}

// modulated returns up to n features, those first whose means vary most over conditions and
// time: of counts, for what they would vary by chance.
func modulated(means *dataset.Array, counts bool, n int) []int {
	by := make([]float64, means.Features)
	for f := range by {
		sum, squares, of := 0., 0., 0.
		for v := range means.Feature(f) {
			if v := float64(v); finite(v) {
				sum, squares, of = sum+v, squares+float64(v*v), of+1
			}
		}
		if of == 0 {
			continue
		}
		mean := sum / of
		by[f] = squares/of - float64(mean*mean)
		if counts && mean > 0 {
			by[f] /= mean
		}
	}
	order := spread(means.Features, means.Features)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(by[b], by[a]) })
	return order[:min(n, len(order))]
}

// behavior takes behaviour of the trials shown, as measured and as decoded.
func (s *sampler) behavior(out *Sample) error {
	measured := s.d.Valid.Behavior
	if measured == nil || measured.Features == 0 {
		return nil
	}
	n, bins := min(measured.Features, mostOutputs), min(measured.Bins, s.bins)
	b := &Behavior{Measured: pack(measured.Pick(s.trials).Part(0, bins, 0, n))}
	if s.Decoded != nil {
		b.Decoded = pack(s.Decoded.Pick(s.trials).Part(0, bins, 0, n))
	}
	for i := range n {
		name := fmt.Sprintf("output %d", i+1)
		if len(s.d.Outputs) == measured.Features {
			name = s.d.Outputs[i].String()
		}
		b.Names = append(b.Names, name)
	}
	if plane, velocity := report.PlaneOf(s.d, s.d.Valid); len(plane) == 2 && plane[0] < n && plane[1] < n {
		b.Plane, b.Velocity = plane, velocity
	}
	out.Behavior = b
	return nil
}
