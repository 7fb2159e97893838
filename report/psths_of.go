package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

const (
	psthConditions = 64 // curves in a panel, at most
	psthNeurons    = 4
)

// PSTHsOf is the figure of the neurons that conditions and time modulate most: means of
// the data, of the trials of all splits, smoothed as those that rates are scored against
// (metric.SmoothedPSTH) by a Gaussian of standard deviation sd, 0: the benchmark's,
// beside those of the methods, of the trials of one split. It is nil where trials have
// no conditions, or bins no width. Estimates that are not as the split are an error.
//
// Memory: sums and means of the data, then means of a method, of 64 conditions at most.
func PSTHsOf(d *dataset.Dataset, s *dataset.Split, estimates []Estimate, sd time.Duration) (*PSTHs, error) {
	if s.Condition == nil || d.BinWidth == 0 {
		return nil, nil
	}
	if err := checkEstimates(s, estimates); err != nil {
		return nil, err
	}
	if sd == 0 {
		sd = metric.PSTHKernel
	}
	m := newMeansShown(d, s)
	data, _, err := metric.SmoothedPSTH(sd, d.BinWidth, m.ofData()...)
	if err != nil {
		return nil, err
	}
	neurons := modulated(data, psthNeurons)
	f := &PSTHs{
		Title: "Means by condition", BinWidth: d.BinWidth, Colouring: m.colouring(),
		Subtitle: fmt.Sprintf("%s; data: %d trials, smoothed (Gaussian, sd %g ms); methods: %s", countOf(m.shown, len(m.all.names), "conditions"), m.trials(), float64(sd)/1e6, trialsOfSplit(d, s)),
		Columns:  []Means{{"Data", data.Columns(neurons)}},
	}
	for _, e := range estimates {
		if e.Rates != nil {
			f.Columns = append(f.Columns, Means{e.Name, meansOf(m.shown, labelled{e.Rates, m.rowOf(s)}).Columns(neurons)})
		}
	}
	for _, n := range neurons {
		f.Neurons = append(f.Neurons, neuronName(d, n))
	}
	return f, nil
}

// meansShown is which conditions are shown: all, or some spread over them.
type meansShown struct {
	splits []*dataset.Split
	all    *conditions
	shown  int
	row    []int // of each condition; below 0: not shown
}

func newMeansShown(d *dataset.Dataset, s *dataset.Split) *meansShown {
	m := &meansShown{}
	for _, of := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		if of == s || of != nil && of.Condition != nil && of.Recon != nil {
			m.splits = append(m.splits, of)
		}
	}
	m.all = conditionsOf(d, m.splits...)
	n := len(m.all.names)
	m.shown = min(n, psthConditions)
	m.row = slices.Repeat([]int{-1}, n)
	for k := range m.shown {
		m.row[k*n/m.shown] = k
	}
	return m
}

// rowOf is the row of each trial of a split.
func (m *meansShown) rowOf(s *dataset.Split) []int {
	at := slices.Index(m.splits, s)
	rows := make([]int, s.Trials())
	for i, condition := range m.all.row[at] {
		rows[i] = m.row[condition]
	}
	return rows
}

// ofData are the spikes of all splits, by the rows of the conditions shown.
func (m *meansShown) ofData() (all []metric.Labelled) {
	for _, s := range m.splits {
		of := metric.Labelled{Spikes: s.Recon}
		for _, row := range m.rowOf(s) {
			of.Condition = append(of.Condition, int64(row))
		}
		all = append(all, of)
	}
	return all
}

// trials counts those of all splits.
func (m *meansShown) trials() (n int) {
	for _, s := range m.splits {
		n += s.Trials()
	}
	return n
}

// colouring is that of the conditions shown.
func (m *meansShown) colouring() Colouring {
	c := m.all.colouring()
	of := Colouring{Directed: c.Directed, Names: c.Names, Angles: make([]float64, m.shown)}
	for i, row := range m.row {
		if row >= 0 {
			of.Angles[row] = c.Angles[i]
		}
	}
	return of
}

// modulated returns up to n neurons, those first whose means vary most over conditions
// and time for what counts of their rate would vary by chance.
func modulated(means *dataset.Array, n int) []int {
	all := &block{means.Trials * means.Bins, means.Features, means.Data}
	by := make([]float64, means.Features)
	order := make([]int, means.Features)
	for i := range order {
		order[i] = i
		column := all.column(i)
		if mean := meanOf(column); mean > 0 {
			by[i] = spread(column) / mean
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(by[b], by[a]) })
	return order[:min(n, len(order))]
}

// meanOf is the mean of what is a number.
func meanOf(v []float64) float64 {
	sum, n := 0., 0
	for _, x := range v {
		if x == x {
			sum, n = sum+x, n+1
		}
	}
	return sum / float64(max(n, 1))
}
