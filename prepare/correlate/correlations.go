package correlate

import (
	"math"
	"slices"
)

// Correlations of trains are made one by one, as they are asked for.
type Correlations struct {
	*Trains
	together coincidences
	groups   [][]stretch        // where units of each group were observed
	both     map[[2]int]float64 // bins that were observed of two groups
	own      []map[int]sums     // of each unit, over what was observed of each group
}

// sums are of a train's counts in some bins of 1 ms: of the counts, and of their
// squares.
type sums struct{ counts, squares float64 }

// Correlate counts what is needed for correlations of all added so far. Units of which
// nobody says when they were observed were so from the first spike of all to the last.
func (t *Trains) Correlate() *Correlations {
	c := &Correlations{Trains: t, together: t.coincide(), both: map[[2]int]float64{}, own: make([]map[int]sums, len(t.units))}
	span := t.span()
	for i := range t.units {
		u := &t.units[i]
		if !u.said {
			u.observed = []stretch{span}
		}
		span.end(u.observed)
		u.group = slices.IndexFunc(c.groups, func(g []stretch) bool { return slices.Equal(g, u.observed) })
		if u.group < 0 {
			u.group = len(c.groups)
			c.groups = append(c.groups, u.observed)
		}
		c.own[i] = map[int]sums{}
	}
	return c
}

// end gives stretches without an end one, that of the span.
func (s stretch) end(all []stretch) {
	for i := range all {
		if all[i].from == farBefore {
			all[i].from = s.from
		}
		if all[i].to == farBehind {
			all[i].to = s.to
		}
	}
}

// Of returns Pearson's correlation of two units' counts in the bins of 1 ms that were
// observed of both; NaN if one of them does not vary there. What is summed are whole
// numbers.
func (c *Correlations) Of(i, j int) float64 {
	n := c.bins(c.units[i].group, c.units[j].group)
	a, b := c.over(i, c.units[j].group), c.over(j, c.units[i].group)
	covariance := float64(n*float64(c.together.of(i, j))) - float64(a.counts*b.counts)
	return covariance / (a.deviation(n) * b.deviation(n))
}

// deviation is n times the standard deviation over n bins.
func (s sums) deviation(n float64) float64 {
	return math.Sqrt(float64(n*s.squares) - float64(s.counts*s.counts))
}

// bins is how many were observed of two groups.
func (c *Correlations) bins(g, h int) float64 {
	key := [2]int{min(g, h), max(g, h)}
	n, known := c.both[key]
	if !known {
		n = binsOfBoth(c.groups[g], c.groups[h])
		c.both[key] = n
	}
	return n
}

// binsOfBoth counts the bins that lie in stretches of both.
func binsOfBoth(a, b []stretch) (bins float64) {
	for len(a) > 0 && len(b) > 0 {
		if n := int64(min(a[0].to, b[0].to)) - int64(max(a[0].from, b[0].from)); n > 0 {
			bins += float64(n)
		}
		if a[0].to < b[0].to {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return bins
}

// over returns the sums of a unit over what was observed of a group, too.
func (c *Correlations) over(unit, group int) sums {
	s, known := c.own[unit][group]
	if !known {
		rest := c.units[unit].at
		for _, observed := range c.groups[group] {
			var in []int32
			in, rest = observed.cut(rest)
			s.add(in)
		}
		c.own[unit][group] = s
	}
	return s
}

// add adds the bins of spikes that ascend.
func (s *sums) add(at []int32) {
	for from := 0; from < len(at); {
		to := from + 1
		for to < len(at) && at[to] == at[from] {
			to++
		}
		n := float64(to - from)
		s.counts += n
		s.squares += float64(n * n)
		from = to
	}
}

// RateHz is how often a unit fires where it was observed; 0 if it never was.
func (c *Correlations) RateHz(unit int) float64 {
	group := c.units[unit].group
	if n := c.bins(group, group); n > 0 {
		return c.over(unit, group).counts / n * 1000
	}
	return 0
}
