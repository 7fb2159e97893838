package experiment

import (
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/run"
)

// A mean of rates is that of each number.
func TestMean(t *testing.T) {
	of := func(values ...float32) *dataset.Array {
		return &dataset.Array{Trials: 1, Bins: 1, Features: 2, Data: values}
	}
	m := mean([]rates{{of(1, 2), of(3, 4)}, {of(2, 2), of(5, 0)}, {of(3, 5), of(1, 2)}})
	if !slices.Equal(m.train.Data, []float32{2, 3}) || !slices.Equal(m.test.Data, []float32{3, 2}) {
		t.Errorf("mean of training %v, of test %v", m.train.Data, m.test.Data)
	}
}

// The last generation is all members of it.
func TestOfLast(t *testing.T) {
	var all []member
	for _, g := range []int{0, 0, 1, 1, 1} {
		all = append(all, member{unit: run.Unit{Generation: g, Member: len(all)}})
	}
	if last := ofLast(all); len(last) != 3 || last[0].unit.Member != 2 {
		t.Errorf("of the last generation: %+v", last)
	}
}
