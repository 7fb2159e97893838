package nlb

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// psth averages smoothed spikes over the trials of each condition.
type psth struct {
	*Tensor
	s          *session
	conditions []condition
	kernel     []float64
	stretches  [2][]stretch
	smoothed   []float64 // of one unit, by ms
	sum, count []float64 // of one condition, by bin
}

// condition is the trials of one condition.
type condition struct {
	values []value
	pieces []piece
	at     [][]int // of each piece and its bins: which bin of the average; -1: none
	bins   int     // of the average
	front  int     // bins in front of it that are not known
}

// planPSTH plans PSTHs and lists the trials of their conditions.
func (m *maker) planPSTH() error {
	p := &psth{s: m.session, kernel: kernel(m.kernelMs), smoothed: make([]float64, m.ms)}
	trials := slices.Sorted(slices.Values(slices.Concat(m.train, m.eval)))
	for _, values := range m.combinations(trials) {
		c, err := m.condition(values, trials)
		if err != nil {
			return err
		}
		if c == nil {
			m.note("condition %s: no trial to average", m.named(values))
			continue
		}
		p.conditions = append(p.conditions, *c)
	}
	if len(p.conditions) == 0 {
		return fmt.Errorf("no trial has all of %s, which make its condition", strings.Join(m.conditions, ", "))
	}
	m.finishPSTH(p)
	return nil
}

// finishPSTH adds the tensors of PSTHs, as many bins as the longest has, or as trials
// of timing have at most.
func (m *maker) finishPSTH(p *psth) {
	bins := 0
	for _, c := range p.conditions {
		bins = max(bins, c.bins)
	}
	if m.timing {
		bins = mostIntervals / m.factor
	}
	for i := range p.conditions {
		if m.timing {
			p.conditions[i].front = bins - p.conditions[i].bins
		}
	}
	in := m.set.Group + "/"
	m.add(m.conditionLists(in+"eval_cond_idx", m.eval, p.conditions))
	m.add(m.conditionLists(in+"train_cond_idx", m.train, p.conditions))
	if m.timing {
		m.add(m.jitterTensor(in+"eval_jitter", m.eval))
		m.add(m.jitterTensor(in+"train_jitter", m.train))
	}
	for g := range p.stretches {
		p.stretches[g] = m.stretches(g)
	}
	p.sum, p.count = make([]float64, bins), make([]float64, bins)
	p.Tensor = newNumbers(in+"psth", len(p.conditions), bins, len(m.units[heldIn])+len(m.units[heldOut]))
	m.add(p.Tensor)
	m.psth = p
}

// combinations are the conditions of some trials, sorted.
func (m *maker) combinations(trials []int) (all [][]value) {
	for _, i := range trials {
		values := m.valuesOf(i)
		if !slices.ContainsFunc(values, func(v value) bool { return !v.known() }) {
			all = append(all, values)
		}
	}
	compare := func(a, b []value) int { return slices.CompareFunc(a, b, compareValues) }
	slices.SortFunc(all, compare)
	return slices.CompactFunc(all, func(a, b []value) bool { return compare(a, b) == 0 })
}

// valuesOf are what makes the condition of a trial.
func (m *maker) valuesOf(trial int) []value {
	values := make([]value, len(m.conditions))
	for k, column := range m.conditions {
		values[k] = m.trials.values[column][trial]
	}
	return values
}

// named is a condition in words.
func (m *maker) named(values []value) string {
	parts := make([]string, len(values))
	for k, v := range values {
		parts[k] = m.conditions[k] + " " + v.String()
	}
	return strings.Join(parts, ", ")
}

// condition finds the trials of a condition that are averaged: all of it but outliers
// and those much shorter than the others; nil if there is none.
func (m *maker) condition(values []value, trials []int) (*condition, error) {
	trials = slices.DeleteFunc(slices.Clone(trials), func(i int) bool {
		return slices.CompareFunc(m.valuesOf(i), values, compareValues) != 0 || m.timing && m.trials.number(columnOutlier, i) == 1
	})
	window := m.about(m.trials.moments[m.align], 0, false)
	if m.timing {
		window = cut{start: columnSet, stop: m.align, align: window.align}
	}
	window.gaps = true
	pieces := m.cutOut(window, trials)
	if len(pieces) == 0 {
		return nil, nil
	}
	mean, least := 0., math.MaxInt
	for _, p := range pieces {
		mean += float64(len(p.rows)) / float64(len(pieces))
	}
	pieces = slices.DeleteFunc(pieces, func(p piece) bool { return float64(len(p.rows)) < .8*mean })
	for _, p := range pieces {
		least = min(least, len(p.rows))
	}
	c := &condition{values: values, pieces: pieces, bins: least}
	c.arrange(int64(m.factor)*nsPerMs, m.timing)
	if m.timing && c.bins > mostIntervals/m.factor {
		return nil, fmt.Errorf("condition %s: trials take more than %d ms from set to go, for which the benchmark has no place", m.named(values), mostIntervals)
	}
	return c, nil
}

// arrange finds which bin of the average each bin of a trial is: those about the
// moment of alignment, the first ones or the last ones of all that there are.
func (c *condition) arrange(step int64, last bool) {
	places := map[int64]bool{}
	behind := func(p piece, row int) int64 { return int64(row) - ceil(p.align, step)/step }
	for _, p := range c.pieces {
		for _, row := range p.rows {
			places[behind(p, row)] = true
		}
	}
	first := 0
	sorted := make([]int64, 0, len(places))
	for at := range places {
		sorted = append(sorted, at)
	}
	slices.Sort(sorted)
	if last {
		first = len(sorted) - c.bins
	}
	for _, p := range c.pieces {
		at := make([]int, len(p.rows))
		for k, row := range p.rows {
			place, _ := slices.BinarySearch(sorted, behind(p, row))
			if at[k] = place - first; at[k] < 0 || at[k] >= c.bins {
				at[k] = -1
			}
		}
		c.at = append(c.at, at)
	}
}

// add averages one unit.
func (p *psth) add(u *unit, place int) {
	if u.group == heldOut {
		place += len(p.s.units[heldIn])
	}
	smooth(p.smoothed, u.spikes, p.kernel, p.stretches[u.group])
	units := p.Shape[2]
	for k := range p.conditions {
		c := &p.conditions[k]
		p.average(u, c)
		for bin := range c.bins {
			p.Numbers[(k*p.Shape[1]+c.front+bin)*units+place] = float32(p.sum[bin] / p.count[bin])
		}
	}
}

// average sums a unit's smoothed spikes over the trials of a condition, and counts how
// many have each bin.
func (p *psth) average(u *unit, c *condition) {
	clear(p.sum)
	clear(p.count)
	for i, piece := range c.pieces {
		for k, row := range piece.rows {
			at := c.at[i][k]
			if at < 0 || math.IsNaN(float64(u.bins[row])) {
				continue
			}
			for _, v := range p.smoothed[row*p.s.factor : min((row+1)*p.s.factor, p.s.ms)] {
				p.sum[at] += v
			}
			p.count[at]++
		}
	}
}

// conditionLists lists, for each condition, which of some trials are of it: their
// places among those whose moment is known.
func (m *maker) conditionLists(key string, trials []int, conditions []condition) *Tensor {
	known := slices.DeleteFunc(slices.Clone(trials), func(i int) bool { return m.trials.moments[m.align][i] == unknown })
	t := &Tensor{Key: key, Shape: []int{len(conditions)}, Lists: make([][]int32, len(conditions))}
	for k, c := range conditions {
		for place, i := range known {
			if slices.ContainsFunc(c.pieces, func(p piece) bool { return p.trial == i }) {
				t.Lists[k] = append(t.Lists[k], int32(place))
			}
		}
	}
	return t
}

// jitterTensor is by how many bins trials were moved.
func (m *maker) jitterTensor(key string, trials []int) *Tensor {
	t := &Tensor{Key: key, Shape: []int{len(trials)}}
	for _, ms := range m.jitters(trials) {
		t.Whole = append(t.Whole, int32(math.RoundToEven(ms/float64(m.factor))))
	}
	return t
}
