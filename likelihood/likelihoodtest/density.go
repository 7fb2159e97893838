package likelihoodtest

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

// mean compares the mean with that of the density e^-loss, summed over counts or
// a fine grid. Stirling's ln y! is 4 % off at y = 2, and the mean of counts with
// it 2 %. Of a likelihood that gives 0 a probability, all must add up to 1, too.
func (s *suite) mean(t *testing.T) {
	const tolerance = .03
	src := rng.NewSource(rng.Derive(6, rng.Synthesis))
	for range 5 {
		out := s.near(src)
		var total, sum float64
		for _, y := range s.grid() {
			p := s.step() * math.Exp(-s.loss(out, y))
			total += p
			sum += float64(p * float64(y))
		}
		if s.massAtZero() {
			total += math.Exp(-s.loss(out, 0))
			if !(math.Abs(total-1) <= tolerance) {
				t.Errorf("at %v, 0 and the density of all else add up to %v", out, total)
			}
		}
		b, mean := s.one(out, s.data[0]), []float32{0}
		s.Mean(mean, b.Out)
		if want := sum / total; !(math.Abs(float64(mean[0])-want) <= tolerance*(.1+math.Abs(want))) {
			t.Errorf("the mean at %v is %v, that of its density %v", out, mean[0], want)
		}
	}
}

// massAtZero says whether 0 has a probability, not a density: numbers on both sides
// of it would have a density there.
func (s *suite) massAtZero() bool { return !s.Counts() && s.Check(0) == "" && s.Check(-.1) != "" }

// step is the distance of a grid's places.
func (s *suite) step() float64 {
	if s.Counts() {
		return 1
	}
	return .01
}

// grid is where a density is summed: all small counts, or steps of .01, as far as
// the likelihood allows them; 0 is none of them.
func (s *suite) grid() []float32 {
	first, n := -40., 8000
	if s.Counts() {
		first, n = -.5, 200
	}
	var grid []float32
	for i := range n {
		y := float32(first + (float64(i)+.5)*s.step())
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
	for _, move := range moves(len(out)) {
		moved := slices.Clone(out)
		for i, h := range move {
			moved[i] += h
		}
		if other := mean(moved); !(other >= least-1e-3*math.Abs(least)) {
			t.Errorf("learning starts with a loss of %v, and %+v further it is %v", least, move, other)
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

// moves lists steps of one output, and of two together: a shape and a rate that are both
// wrong may have the right mean.
func moves(outputs int) (all [][]float64) {
	for i := range outputs {
		for j := range i + 1 {
			for _, h := range []float64{-.3, .3} {
				for _, g := range []float64{-.3, .3} {
					move := make([]float64, outputs)
					move[i], move[j] = h, g
					all = append(all, move)
				}
			}
		}
	}
	return all
}
