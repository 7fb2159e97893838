package report

import "github.com/autolfads/autolfads/dataset"

// labelled are trials, and which row of means each counts in; below 0: in none.
type labelled struct {
	values *dataset.Array
	row    []int
}

// meansOf averages trials by their rows: [rows, bins, features], NaN where nothing was
// recorded. A row at a time is added up, in double precision.
func meansOf(rows int, all ...labelled) *dataset.Array {
	first := all[0].values
	m := dataset.NewArray(rows, first.Bins, first.Features)
	for row := range rows {
		s := newSums(first.Bins * first.Features)
		for _, l := range all {
			for trial, of := range l.row {
				if of == row {
					s.add(l.values.Trial(trial))
				}
			}
		}
		for i, v := range s.means(1) {
			m.Trial(row)[i] = float32(v)
		}
	}
	return m
}

// add adds numbers, each to its own sum; what is missing is left out.
func (s *sums) add(values []float32) {
	for i, v := range values {
		if v == v {
			s.sum[i] += float64(v)
			s.n[i]++
		}
	}
}
