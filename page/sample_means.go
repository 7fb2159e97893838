package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
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
	m.Note = s.noteOfMeans(len(m.Neurons), len(shown))
	rates := s.inUnit(s.ordered(s.meansOf(s.some(s.Rates)).Pick(m.Conditions).FirstBins(s.bins)), s.neurons)
	m.Data, m.Rates = pack(psths.Columns(m.Neurons)), pack(rates.Columns(m.Neurons))
	out.Means = m
	return nil
}

// noteOfMeans says how many neurons and conditions means are of, if there are more on the page.
func (s *sampler) noteOfMeans(neurons, conditions int) string {
	var parts []string
	if neurons < len(s.neurons) {
		parts = append(parts, fmt.Sprintf("the %s that conditions modulate most, %d of the %d shown", s.features(), neurons, len(s.neurons)))
	}
	if conditions < len(s.rows.conditions) {
		parts = append(parts, fmt.Sprintf("%d of %d conditions", conditions, s.rows.of))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Means are of " + strings.Join(parts, " and of ") + "."
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

// modulated returns up to n features, those first whose means of conditions differ most: by their
// variance over conditions at each bin, of counts for what they would vary by chance. What all
// conditions have in common, such as a response to a cue, does not count.
func modulated(means *dataset.Array, counts bool, n int) []int {
	by := make([]float64, means.Features)
	for f := range by {
		level, variance := 0., 0.
		for bin := range means.Bins {
			mean, v := spreadAt(means, bin, f)
			level, variance = level+mean, variance+v
		}
		if by[f] = variance; counts && level > 0 {
			by[f] /= level
		}
	}
	order := spread(means.Features, means.Features)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(by[b], by[a]) })
	return order[:min(n, len(order))]
}

// spreadAt returns the mean and the variance over conditions of a feature at a bin, of those that
// are known; 0 without any.
func spreadAt(means *dataset.Array, bin, f int) (mean, variance float64) {
	var known []float64
	for c := range means.Trials {
		if v := float64(means.Bin(c, bin)[f]); finite(v) {
			known = append(known, v)
			mean += v
		}
	}
	n := float64(max(1, len(known)))
	mean /= n
	for _, v := range known {
		variance += float64((v-mean)*(v-mean)) / n
	}
	return mean, variance
}

// behavior takes behaviour of the trials shown, as measured and as decoded.
func (s *sampler) behavior(out *Sample) error {
	measured := s.d.Valid.Behavior
	if measured == nil || measured.Features == 0 {
		return nil
	}
	bins := min(measured.Bins, s.bins)
	n := min(measured.Features, mostOutputs, max(leastOutputs, mostOfBehavior/(len(s.trials)*bins)))
	if n < measured.Features {
		out.Note += fmt.Sprintf(" Of %d outputs of behaviour the first %d are shown.", measured.Features, n)
	}
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
