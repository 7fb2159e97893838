package priortest

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/tinyrun"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/prior"
	"github.com/autolfads/autolfads/rng"
)

const bins, inputs, width = 6, 3, 8

// settings are not the defaults, and different from each other.
var settings = prior.Settings{Tau: 4, NoiseVariance: .3, DegreesOfFreedom: 3.5}

// Run tests the prior registered under a name.
func Run(t *testing.T, name string) {
	p, err := prior.New(name, settings)
	if err != nil {
		t.Fatal(err)
	}
	s := &suite{Prior: p}
	p.Bind(&s.layout, inputs)
	s.params = make([]float32, s.layout.Size)
	p.Initialise(s.params)
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	for i := range s.params { // an input's parameters differ from another's
		s.params[i] += float32(.4 * (src.Float64() - .5))
	}
	p.Prepare(s.params)
	t.Run("gradient at the posterior", s.posteriorGradient)
	t.Run("gradient at learned parameters", s.learnedGradient)
	t.Run("what is wanted", s.wanted)
	t.Run("trials add up", s.trials)
	t.Run("never negative", s.positive)
	t.Run("allocations", s.allocations)
	t.Run("a tiny run ends", func(t *testing.T) {
		tinyrun.Run(t, tinyrun.Counts(), func(c *autolfads.Config) { c.Model.InputPrior = name })
	})
}

// suite tests one prior.
type suite struct {
	prior.Prior
	layout nn.Layout
	params []float32
}

// posterior returns a random posterior. Lanes beyond its trials hold NaN: nothing
// of them may be seen.
func posterior(stream uint64, trials int) *prior.Posterior {
	q := &prior.Posterior{
		Bins: bins, Inputs: inputs, Trials: trials, Width: width,
		Head: make([]float32, bins*2*inputs*width), DHead: make([]float32, bins*2*inputs*width),
		Std: make([]float32, bins*inputs*width), Noise: make([]float32, bins*inputs*width),
	}
	for _, x := range [][]float32{q.Head, q.Std, q.Noise} {
		for i := range x {
			x[i] = float32(math.NaN())
		}
	}
	src := rng.NewSource(rng.Derive(2, rng.Synthesis, stream))
	each(q, func(_, mean, logVar, single int) {
		q.Head[mean], q.Head[logVar] = float32(.8*src.Normal()), float32(.6*src.Normal()-1)
		q.Noise[single] = float32(src.Normal())
	})
	spread(q)
	return q
}

// each visits the elements of a posterior's trials.
func each(q *prior.Posterior, visit func(lane, mean, logVar, single int)) {
	for bin := range q.Bins {
		for input := range q.Inputs {
			for lane := range q.Trials {
				mean, logVar, single := q.Place(bin, input, lane)
				visit(lane, mean, logVar, single)
			}
		}
	}
}

// spread makes deviations those of the log variances.
func spread(q *prior.Posterior) {
	each(q, func(_, _, logVar, single int) {
		q.Std[single] = float32(math.Exp(.5 * float64(q.Head[logVar])))
	})
}

// kl is the divergence alone.
func (s *suite) kl(q *prior.Posterior) float64 {
	alone := *q
	alone.DHead = nil
	return s.KL(&alone, 0, nil)
}

// difference is the central difference of f at steps that cancel to the fourth
// order. The deviations that f sees are rounded to single precision, 6e-8 of them:
// 1e-5 in a difference over .05.
func difference(f func(h float64) float64) float64 {
	at := func(h float64) float64 { return (f(h) - f(-h)) / (2 * h) }
	return (4*at(.025) - at(.05)) / 3
}

const tolerance = 1e-4

func near(got, want float64) bool { return math.Abs(got-want) <= tolerance*(1+math.Abs(want)) }

func (s *suite) posteriorGradient(t *testing.T) {
	const scale = .7
	q := posterior(1, 5)
	s.KL(q, scale, nil)
	each(q, func(lane, mean, logVar, single int) {
		for name, place := range map[string]int{"mean": mean, "log variance": logVar} {
			was := q.Head[place]
			want := scale * difference(func(h float64) float64 {
				q.Head[place] = was + float32(h)
				spread(q)
				return s.kl(q)
			})
			q.Head[place] = was
			spread(q)
			if got := float64(q.DHead[place]); !near(got, want) {
				t.Fatalf("trial %d: the gradient at the %s is %v, differences of the divergence say %v", lane, name, got, want)
			}
		}
	})
}

func (s *suite) learnedGradient(t *testing.T) {
	const scale = .7
	q := posterior(2, 5)
	got := make([]float64, s.layout.Size)
	s.KL(q, scale, got)
	defer s.Prepare(s.params)
	for i := range got {
		want := scale * difference(func(h float64) float64 {
			moved := slices.Clone(s.params)
			moved[i] += float32(h)
			s.Prepare(moved)
			return s.kl(q)
		})
		if !near(got[i], want) {
			t.Errorf("the gradient at learned parameter %d is %v, differences of the divergence say %v", i, got[i], want)
		}
	}
}

// wanted checks that gradients are added to what is there, that none is needed,
// and that lanes without a trial have none.
func (s *suite) wanted(t *testing.T) {
	q := posterior(3, 5)
	learned := make([]float64, s.layout.Size)
	kl := s.KL(q, 1, learned)
	if alone := s.kl(q); alone != kl {
		t.Errorf("the divergence is %v with gradients, %v without", kl, alone)
	}
	used := make([]bool, len(q.DHead))
	each(q, func(_, mean, logVar, _ int) { used[mean], used[logVar] = true, true })
	for i, d := range q.DHead {
		if !used[i] && d != 0 {
			t.Fatalf("a lane without a trial has the gradient %v", d)
		}
	}
	once := slices.Clone(q.DHead)
	twice := append([]float64(nil), learned...)
	s.KL(q, 1, twice)
	for i, d := range q.DHead {
		if !near(float64(d), 2*float64(once[i])) {
			t.Fatalf("gradient %d is %v, added to %v", i, d, once[i])
		}
	}
	for i, d := range twice {
		if !near(d, 2*learned[i]) {
			t.Fatalf("learned gradient %d is %v, added to %v", i, d, learned[i])
		}
	}
}

// trials checks that the divergence of a block is the sum over its trials.
func (s *suite) trials(t *testing.T) {
	q := posterior(4, 5)
	sum := 0.
	for lane := range q.Trials {
		one := posterior(4, 1)
		for bin := range bins {
			for input := range inputs {
				m, v, i := q.Place(bin, input, lane)
				m1, v1, i1 := one.Place(bin, input, 0)
				one.Head[m1], one.Head[v1], one.Std[i1], one.Noise[i1] = q.Head[m], q.Head[v], q.Std[i], q.Noise[i]
			}
		}
		sum += s.kl(one)
	}
	if all := s.kl(q); !(math.Abs(all-sum) <= 1e-12*(1+math.Abs(sum))) { // double precision
		t.Errorf("the divergence of five trials is %v, one by one %v", all, sum)
	}
}

// positive checks that the divergence, on average over samples, is not negative:
// of 400 samples the mean is known to a twentieth of their deviation.
func (s *suite) positive(t *testing.T) {
	const samples = 400
	q := posterior(5, 1)
	src := rng.NewSource(rng.Derive(3, rng.Synthesis))
	sum, squares := 0., 0.
	for range samples {
		each(q, func(_, _, _, single int) { q.Noise[single] = float32(src.Normal()) })
		kl := s.kl(q)
		sum += kl
		squares += kl * kl
	}
	mean := sum / samples
	if deviation := math.Sqrt(max(squares/samples-mean*mean, 0)); mean < -5*deviation/math.Sqrt(samples) {
		t.Errorf("the divergence is %v on average, deviating by %v", mean, deviation)
	}
}

func (s *suite) allocations(t *testing.T) {
	q, learned := posterior(6, 5), make([]float64, s.layout.Size)
	if n := testing.AllocsPerRun(10, func() { s.KL(q, 1, learned) }); n > 0 {
		t.Errorf("the divergence makes %v allocations", n)
	}
}
