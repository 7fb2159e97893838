package ingest

import (
	"math"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// paddedUnits are a matrix of units x times, or times x units, in ascending order
// and filled up with NaN, or with zeros, to the length of the unit with the most.
func (a *arrays) paddedUnits(g tree.Group) (bool, error) {
	m := nodeAt[tree.Array](g, firstOf(g, slices.Concat(namesSpikes, namesTimes[:4])))
	if m == nil || !strings.HasPrefix(m.Type(), "float") || m.Fields() != nil || len(m.Shape()) != 2 || min(m.Shape()[0], m.Shape()[1]) < 2 {
		return false, nil
	}
	if a.holds(m) != nil {
		return false, nil
	}
	values, err := m.Float64s()
	if err != nil {
		return true, err
	}
	width := m.Shape()[1]
	trains := trainsOf(slices.Collect(slices.Chunk(values, width)))
	if trains == nil || width == 2 {
		trains = trainsOf(transposed(values, width))
	}
	pairs := width == 2 && !slices.ContainsFunc(values, math.IsNaN) // of a time and a unit
	if trains == nil || pairs {
		return false, nil
	}
	a.take(m)
	if a.looking {
		return true, nil
	}
	per, err := a.clock(g, []tree.Array{m})
	if err != nil {
		return true, err
	}
	for u := range trains {
		inSeconds(trains[u], per)
	}
	a.r.Units.Spikes = trains
	a.note("%s of shape %v is taken for the spike times of %d units, filled up to one length", m.Path(), m.Shape(), len(trains))
	a.r.Units.IDs = a.idsOf(g, len(trains), nil)
	return true, nil
}

// transposed are the columns of values that lie row after row.
func transposed(values []float64, width int) [][]float64 {
	columns := make([][]float64, width)
	for i, v := range values {
		columns[i%width] = append(columns[i%width], v)
	}
	return columns
}

// trainsOf takes the filling off rows of spike times; nil, if one does not ascend
// up to its filling, or none has any. Whole numbers that are equal are counts.
func trainsOf(rows [][]float64) dataset.SpikeTrains {
	filled := false
	trains := make(dataset.SpikeTrains, len(rows))
	for i, row := range rows {
		n := len(row)
		for n > 0 && (math.IsNaN(row[n-1]) || row[n-1] == 0) {
			n--
		}
		filled = filled || n < len(row)
		for k, v := range row[:n] {
			if math.IsNaN(v) || k > 0 && (v < row[k-1] || v == row[k-1] && v == math.Trunc(v)) {
				return nil
			}
		}
		trains[i] = row[:n]
	}
	if !filled {
		return nil
	}
	return trains
}
