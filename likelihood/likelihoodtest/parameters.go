package likelihoodtest

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/rng"
)

// parameters lists what files hold of the likelihood beside the mean.
func (s *suite) parameters() []likelihood.Parameter { return likelihood.ParametersOf(s.Likelihood) }

// naturalOf writes them, if there are any.
func (s *suite) naturalOf(dst, out []float32) {
	if l, ok := s.Likelihood.(likelihood.Parametric); ok {
		l.Natural(dst, out)
	}
}

// natural checks that parameters for files have names, that all are numbers, and that
// an element's do not depend on its place.
func (s *suite) natural(t *testing.T) {
	names := map[string]bool{}
	for _, p := range s.parameters() {
		if p.Name == "" || p.Unit == "" || p.Name == "params" || names[p.Name] {
			t.Errorf("parameter %+v has no name, no unit, or the name of another, or of means in files", p)
		}
		names[p.Name] = true
	}
	if n := len(likelihood.MixturesOf(s.Likelihood)); n != len(names) {
		t.Errorf("it says of %d parameters how those of a mixture follow, and has %d", n, len(names))
	}
	if len(names) == 0 {
		t.Skip("it has none")
	}
	const neurons, w = 3, 8
	s = s.of(neurons)
	b := s.block(rng.NewSource(rng.Derive(7, rng.Synthesis)), neurons, w)
	got := slices.Repeat([]float32{float32(math.NaN())}, len(names)*len(b.Y))
	s.naturalOf(got, b.Out)
	for lane := range w {
		one := make([]float32, len(names)*neurons)
		s.naturalOf(one, oneLane(b, lane).Out)
		for i, v := range one {
			if v-v != 0 || v != got[i*w+lane] {
				t.Fatalf("parameter %d of lane %d is %v, alone %v", i/neurons, lane, got[i*w+lane], v)
			}
		}
	}
}

// learned compares gradients at the likelihood's own parameters, of the loss and of the
// penalty, with differences.
func (s *suite) learned(t *testing.T) {
	if s.params == nil {
		t.Skip("it has none")
	}
	const neurons, w = 3, 8
	s = s.of(neurons)
	src := rng.NewSource(rng.Derive(8, rng.Synthesis))
	s.spread(src)
	b := s.block(src, neurons, w)
	b.Pass = mask(src, neurons, w)
	got := s.run(b)

	passed := *b
	passed.Observed, passed.Grad = b.Pass, nil
	s.compare(t, "the loss", func(i int) float64 { return got.Learned[i] }, func() (total float64) {
		for lane, v := range s.run(&passed).Loss {
			total += float64(float64(v) * float64(b.Scale[lane]))
		}
		return total
	})
	s.addsLearned(t, b, got)
	s.penalty(t)
}

// spread moves the parameters, each by another share, so that none stands for another.
func (s *suite) spread(src *rng.Source) {
	for i := range s.params {
		s.params[i] *= float32(1.1 + .4*src.Float64())
	}
	s.prepare()
}

func (s *suite) prepare() { s.Likelihood.(likelihood.Learned).Prepare(s.params) }

// addsLearned checks that gradients are added to what is there.
func (s *suite) addsLearned(t *testing.T, b, want *likelihood.Block) {
	t.Helper()
	c := *b
	c.Out, c.Y, c.Loss, c.Grad = slices.Clone(b.Out), slices.Clone(b.Y), slices.Clone(b.Loss), slices.Clone(b.Grad)
	c.Learned = slices.Repeat([]float64{1}, len(s.params))
	s.Loss(&c)
	for i, v := range c.Learned {
		if !(math.Abs(v-1-want.Learned[i]) <= 1e-9*(1+math.Abs(v))) {
			t.Errorf("learned parameter %d: %v was to be added to 1, there is %v", i, want.Learned[i], v)
		}
	}
}

// penalty checks that Penalty adds its gradient, times a weight.
func (s *suite) penalty(t *testing.T) {
	t.Helper()
	const weight = 1e4 // a small penalty among numbers of size 1
	own := s.Likelihood.(likelihood.Learned)
	grad := slices.Repeat([]float32{1}, len(s.params))
	own.Penalty(weight, grad)
	s.compare(t, "the penalty", func(i int) float64 { return float64(grad[i] - 1) }, func() float64 {
		return weight * own.Penalty(0, nil)
	})
}

// compare holds gradients at the parameters to differences of what they are gradients
// of, at two steps, a share of each.
func (s *suite) compare(t *testing.T, what string, gradient func(int) float64, of func() float64) {
	t.Helper()
	for i, at := range s.params {
		difference := func(h float64) float64 {
			moved := func(by float64) float64 {
				s.params[i] = at * float32(1+by)
				s.prepare()
				return of()
			}
			return (moved(h) - moved(-h)) / (2 * h)
		}
		want := (4*difference(.05) - difference(.1)) / 3
		s.params[i] = at
		s.prepare()
		if got := float64(at) * gradient(i); !(math.Abs(got-want) <= 3e-4*(1+math.Abs(want))) {
			t.Errorf("learned parameter %d at %v: the gradient of %s, times that, is %v, differences say %v", i, at, what, got, want)
		}
	}
}
