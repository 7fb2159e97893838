package likelihoodtest

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

// mean compares the mean with that of the density e^-loss, summed over counts or
// a fine grid. Stirling's ln y! is 4 % off at y = 2, and the mean of counts with
// it 2 %.
func (s *suite) mean(t *testing.T) {
	const tolerance = .03
	src := rng.NewSource(rng.Derive(6, rng.Synthesis))
	for range 5 {
		out := s.near(src)
		var total, sum float64
		for _, y := range s.grid() {
			p := math.Exp(-s.loss(out, y))
			total += p
			sum += float64(p * float64(y))
		}
		b, mean := s.one(out, s.data[0]), []float32{0}
		s.Mean(mean, b.Out)
		if want := sum / total; !(math.Abs(float64(mean[0])-want) <= tolerance*(.1+math.Abs(want))) {
			t.Errorf("the mean at %v is %v, that of its density %v", out, mean[0], want)
		}
	}
}

// grid is where a density is summed: all small counts, or steps of .01, as far as
// the likelihood allows them.
func (s *suite) grid() []float32 {
	first, step, n := -40., .01, 8000
	if s.Counts() {
		first, step, n = 0, 1, 200
	}
	var grid []float32
	for i := range n {
		y := float32(first + (float64(i)+.5)*step)
		if s.Counts() {
			y = float32(i)
		}
		if s.Check(y) == "" {
			grid = append(grid, y)
		}
	}
	return grid
}

// start checks that no constant outputs near those that learning starts from
// describe the data better, but for a thousandth: a start from moments need not
// be the likeliest.
func (s *suite) start(t *testing.T) {
	mean := func(out []float64) (total float64) {
		for _, y := range s.data {
			total += s.loss(out, y) / float64(len(s.data))
		}
		return total
	}
	out := s.Start(slices.Values(s.data))
	if len(out) != s.Outputs() {
		t.Fatalf("it starts from %d outputs and has %d", len(out), s.Outputs())
	}
	least := mean(out)
	for i := range out {
		for _, h := range []float64{-.3, .3} {
			moved := slices.Clone(out)
			moved[i] += h
			if other := mean(moved); !(other >= least-1e-3*math.Abs(least)) {
				t.Errorf("output %d: learning starts with a loss of %v, and %+v further it is %v", i, least, h, other)
			}
		}
	}
	for _, same := range [][]float32{s.data[:1], slices.Repeat(s.data[:1], 9)} { // a neuron that never varies
		for i, v := range s.Start(slices.Values(same)) {
			if v-v != 0 {
				t.Errorf("of %d equal data output %d starts at %v", len(same), i, v)
			}
		}
	}
}
