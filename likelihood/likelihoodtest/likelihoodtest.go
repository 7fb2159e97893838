package likelihoodtest

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/internal/tinyrun"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// Run tests the likelihood registered under a name.
func Run(t *testing.T, name string) {
	s := newSuite(t, name)
	t.Run("what it is", s.words)
	testenv.EachLevel(t, func(t *testing.T) {
		t.Run("gradient", s.gradient)
		t.Run("masks", s.masks)
		t.Run("widths", s.widths)
		t.Run("mean", s.mean)
		t.Run("start", s.start)
		t.Run("parameters for files", s.natural)
		t.Run("learned parameters", s.learned)
		t.Run("allocations", s.allocations)
	})
	t.Run("a tiny run ends", func(t *testing.T) {
		tinyrun.Run(t, s.data, func(c *autolfads.Config) { c.Model.Likelihood = name })
	})
}

// suite tests one likelihood on data that it can have.
type suite struct {
	likelihood.Likelihood
	config lfads.Config
	data   []float32
	params []float32 // the likelihood's own, of a model that has no others
}

func newSuite(t *testing.T, name string) *suite {
	s := &suite{config: lfads.DefaultConfig()}
	s.config.Likelihood = name
	l, err := s.config.NewLikelihood()
	if err != nil {
		t.Fatal(err)
	}
	s.data = sample(t, l)
	return s.of(1)
}

// of returns the suite of the likelihood of some neurons, all of the same data.
func (s *suite) of(neurons int) *suite {
	l, _ := s.config.NewLikelihood() // it has been made before
	c := &suite{Likelihood: l, config: s.config, data: s.data}
	own, ok := l.(likelihood.Learned)
	if !ok {
		return c
	}
	layout := &nn.Layout{}
	own.Bind(layout, neurons)
	c.params = make([]float32, layout.Size)
	own.Initialise(c.params)
	for n := range neurons {
		own.StartLearned(c.params, n, slices.Values(s.data))
	}
	own.Prepare(c.params)
	return c
}

// sample returns a few hundred values that a likelihood can have, none far from
// the others, in random order.
func sample(t *testing.T, l likelihood.Likelihood) []float32 {
	var possible []float32
	for _, y := range []float32{0, 1, 1, 2, 2, 3, 4, .4, .8, 1.5, 2.2, 2.7, -.6, -1.3} {
		if l.Check(y) == "" {
			possible = append(possible, y)
		}
	}
	if len(possible) < 3 {
		t.Fatalf("of small numbers the likelihood allows %v alone", possible)
	}
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	data := make([]float32, 400)
	for i := range data {
		data[i] = possible[src.IntN(len(possible))]
	}
	return data
}

// near returns outputs around those that learning starts from.
func (s *suite) near(src *rng.Source) []float64 {
	out := s.Start(slices.Values(s.data))
	for i := range out {
		out[i] += float64(1.4 * (src.Float64() - .5))
	}
	return out
}

// loss returns the loss of one element, with its data term.
func (s *suite) loss(out []float64, y float32) float64 {
	b := s.one(out, y)
	s.Loss(b)
	return float64(b.Loss[0]) + s.DataTerm(y)
}

// one is a block of one element.
func (s *suite) one(out []float64, y float32) *likelihood.Block {
	b := &likelihood.Block{Width: 1, Y: []float32{y}, Scale: []float32{1}, Loss: []float32{0}}
	for _, v := range out {
		b.Out = append(b.Out, float32(v))
	}
	return b
}

// words checks what others print and count on.
func (s *suite) words(t *testing.T) {
	if s.Outputs() < 1 || s.Unit() == "" {
		t.Errorf("%d outputs in unit %q", s.Outputs(), s.Unit())
	}
	for _, y := range []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
		if len(s.Check(y)) < 20 {
			t.Errorf("of %v it says %q: say what is wrong, and what to do", y, s.Check(y))
		}
	}
	if s.Counts() && (s.Check(1.5) == "" || s.Check(-1) == "" || s.Check(3) != "") {
		t.Error("counts are whole numbers from 0 on")
	}
}

// gradient compares gradients with central differences at two steps, which
// cancel to the fourth order: at steps of .1 what is left is some 1e-5, and the
// loss, rounded to single precision, adds as much.
func (s *suite) gradient(t *testing.T) {
	src := rng.NewSource(rng.Derive(2, rng.Synthesis))
	for _, y := range s.data[:60] {
		out := s.near(src)
		b := s.one(out, y)
		b.Grad = make([]float32, len(out))
		b = s.run(b)
		for i := range out {
			difference := func(h float64) float64 {
				up, down := slices.Clone(out), slices.Clone(out)
				up[i], down[i] = up[i]+h, down[i]-h
				return (s.loss(up, y) - s.loss(down, y)) / (2 * h)
			}
			want := (4*difference(.05) - difference(.1)) / 3
			if got := float64(b.Grad[i]); !(math.Abs(got-want) <= 3e-4*(1+math.Abs(want))) {
				t.Fatalf("y = %v at %v: the gradient of output %d is %v, differences of the loss say %v", y, out, i, got, want)
			}
		}
	}
}

// block returns a block of neurons x w random elements.
func (s *suite) block(src *rng.Source, neurons, w int) *likelihood.Block {
	n := neurons * w
	b := &likelihood.Block{
		Width: w, Out: make([]float32, s.Outputs()*n), Grad: make([]float32, s.Outputs()*n),
		Y: make([]float32, n), Scale: make([]float32, w), Loss: make([]float32, w),
	}
	for i := range n {
		b.Y[i] = s.data[src.IntN(len(s.data))]
		for p, v := range s.near(src) {
			b.Out[p*n+i] = float32(v)
		}
	}
	for lane := range w {
		b.Scale[lane] = float32(.1 + src.Float64())
	}
	return b
}

// run computes a copy of a block.
func (s *suite) run(b *likelihood.Block) *likelihood.Block {
	c := *b
	c.Out, c.Y, c.Loss = slices.Clone(b.Out), slices.Clone(b.Y), slices.Clone(b.Loss)
	if b.Grad != nil {
		c.Grad, c.Learned = slices.Clone(b.Grad), make([]float64, len(s.params))
	}
	s.Loss(&c)
	return &c
}

// mask keeps about half of all elements.
func mask(src *rng.Source, neurons, w int) []uint8 {
	m := nn.NewMask(nil, 1, neurons, w)
	for i := range neurons * w {
		nn.SetKept(m, i, w, src.IntN(2) == 0)
	}
	return m
}
