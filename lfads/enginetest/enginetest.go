package enginetest

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/lfads"
)

// Run tests the engines that a maker makes.
func Run(t *testing.T, engine lfads.EngineMaker) {
	for name, v := range map[string]variant{
		"every part":             {change: func(*lfads.Config) {}},
		"no controller":          {change: func(c *lfads.Config) { c.InferredInputs = 0 }},
		"gaussian, normal":       {change: func(c *lfads.Config) { c.Likelihood, c.InputPrior = "gaussian", "normal" }},
		"zero-inflated gamma":    {change: func(c *lfads.Config) { c.Likelihood = "zero_inflated_gamma" }, missing: true},
		"student t, no prior":    {change: func(c *lfads.Config) { c.InputPrior, c.ICPrior = "student_t", "none" }},
		"not variational":        {change: func(c *lfads.Config) { c.Variational = false }},
		"initial segment, lags":  {change: func(c *lfads.Config) { c.ICSegmentBins, c.CILag = 3, 2 }},
		"missing data":           {change: func(*lfads.Config) {}, missing: true},
		"missing data, gaussian": {change: func(c *lfads.Config) { c.Likelihood = "gaussian" }, missing: true},
		"every augmentation":     {change: func(*lfads.Config) {}, missing: true, augment: true},
	} {
		t.Run(name, func(t *testing.T) {
			c := config()
			v.change(&c)
			s := newSuite(t, c, v.missing, engine)
			if v.augment {
				s.pass.Augmentations = slices.Concat([]augment.Augmentation{augment.SampleValidation{Share: .2}, augment.TemporalShift{Most: 2}, augment.SpikeJitter{Most: 1}}, s.pass.Augmentations)
			}
			for name, check := range s.checks() {
				t.Run(name, func(t *testing.T) { check(t) })
			}
		})
	}
}

// variant is what is tested: a model, on trials that may lack elements, with all that
// can be done to them or coordinated dropout alone.
type variant struct {
	change           func(*lfads.Config)
	missing, augment bool
}

// checks are what an engine owes, each by a name.
func (s *suite) checks() map[string]func(testing.TB) {
	return map[string]func(testing.TB){
		"agrees": s.agrees, "gradient of the loss": s.slope, "leaves no trace": s.trace,
		"sees new parameters": s.prepared, "posterior": s.posterior, "stops": s.stops,
		"weighs trials": s.weights, "losses of trials": s.byTrial,
	}
}

// agrees checks losses and gradients, at batches that need a block of each width:
// to the bit where the class of bits is the same.
func (s *suite) agrees(t testing.TB) {
	mine, truth := s.engine(s.model), lfads.NewCPU(s.model, 1)
	if mine.Bits() == "" {
		t.Error("the class of its bits has no name")
	}
	exact := mine.Bits() == truth.Bits()
	for _, n := range []int{1, 7, 32, trials} {
		b := s.batch(0, n)
		got, want := make([]float32, len(s.model.Params)), make([]float32, len(s.model.Params))
		loss, wantLoss := mine.Gradient(got, b, s.objective, s.pass), truth.Gradient(want, b, s.objective, s.pass)
		evaluated, wantEvaluated := mine.Evaluate(b, s.objective, s.pass), truth.Evaluate(b, s.objective, s.pass)
		if exact && (loss != wantLoss || !slices.Equal(got, want) || evaluated != wantEvaluated) {
			t.Fatalf("%d trials: its bits are said to be %s and are others: loss %v, want %v", n, mine.Bits(), loss, wantLoss)
		}
		nearLoss(t, loss, wantLoss)
		nearLoss(t, evaluated, wantEvaluated)
		for _, tensor := range s.model.Layout.Tensors {
			golden.Near(t, "gradient of "+tensor.Name, tensor.Of(got), wide(tensor.Of(want)), golden.Tolerance)
		}
	}
}

func nearLoss(t testing.TB, got, want lfads.Loss) {
	t.Helper()
	for name, pair := range map[string][2]float64{
		"total loss": {got.Total, want.Total}, "reconstruction": {got.Recon, want.Recon}, "divergence of the initial condition": {got.KLIC, want.KLIC},
		"divergence of the inputs": {got.KLInput, want.KLInput}, "L2": {got.L2, want.L2},
	} {
		golden.NearScalar(t, name, pair[0], pair[1])
	}
	if got.Elements != want.Elements || got.Counted != want.Counted {
		t.Errorf("%d elements were observed, %d count: want %d and %d", got.Elements, got.Counted, want.Elements, want.Counted)
	}
}

func wide(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

// slope compares the gradient with differences of the loss along itself, without
// what only the gradient has: coordinated dropout's mask. A loss of the size of 10
// is right to 1e-5; over a step that changes it by some hundredths that is .1 %.
func (s *suite) slope(t testing.TB) {
	b, pass := s.batch(0, trials), *s.pass
	pass.Augmentations = nil
	e, grad := s.engine(s.model), make([]float32, len(s.model.Params))
	e.Gradient(grad, b, s.objective, &pass)
	norm := 0.
	for _, g := range grad {
		norm += float64(g) * float64(g)
	}
	before := slices.Clone(s.model.Params)
	defer s.set(before)
	step := .02 / norm // the loss changes by about .02
	at := func(h float64) float64 {
		moved := slices.Clone(before)
		for i, g := range grad {
			moved[i] += float32(h * float64(g))
		}
		s.set(moved)
		return e.Evaluate(b, s.objective, &pass).Total
	}
	if slope := (at(step) - at(-step)) / (2 * step); !(math.Abs(slope/norm-1) <= .01) {
		t.Errorf("along the gradient the loss rises by %v, its length says %v", slope, norm)
	}
}

// weights checks that the reconstruction loss of a batch is that of its parts, each
// with the weight of the elements that were observed of it.
func (s *suite) weights(t testing.TB) {
	e, pass := s.engine(s.model), lfads.Pass{Draws: s.pass.Draws}
	all := e.Evaluate(s.batch(0, trials), s.objective, &pass)
	sum, elements := 0., 0
	for trial := range trials {
		one := e.Evaluate(s.batch(trial, 1), s.objective, &pass)
		sum += one.Recon * float64(one.Elements)
		elements += one.Elements
	}
	if elements != all.Elements || elements == 0 {
		t.Fatalf("of %d elements of a batch its trials have %d", all.Elements, elements)
	}
	golden.NearScalar(t, "reconstruction of parts", sum/float64(elements), all.Recon)
}

// byTrial checks the reconstruction losses of trials, and that nothing else changes where
// they are asked for: each is that of the trial as a batch of its own, and, where the
// class of bits is the same, has the bits of the truth.
func (s *suite) byTrial(t testing.TB) {
	e, truth, pass := s.engine(s.model), lfads.NewCPU(s.model, 1), *s.pass
	pass.ByTrial = make([]float64, trials)
	b := s.batch(0, trials)
	if loss, want := e.Evaluate(b, s.objective, &pass), e.Evaluate(b, s.objective, s.pass); loss != want {
		t.Errorf("with losses of trials the loss is %v, without %v", loss, want)
	}
	got := slices.Clone(pass.ByTrial)
	if truth.Evaluate(b, s.objective, &pass); e.Bits() == truth.Bits() && !slices.Equal(got, pass.ByTrial) {
		t.Errorf("its bits are said to be %s and are others: losses of trials %v, want %v", e.Bits(), got, pass.ByTrial)
	}
	for trial := range trials {
		golden.NearScalar(t, "loss of a trial in a batch", got[trial], pass.ByTrial[trial])
		one := e.Evaluate(s.batch(trial, 1), s.objective, s.pass)
		want := one.Recon * float64(one.Elements) / augment.WeightOf(s.pass.Augmentations)
		if one.Elements > 0 {
			golden.NearScalar(t, "loss of a trial", got[trial], want)
		} else if !(math.Abs(got[trial]) < 1e-30) { // a kernel may add exp of the least number for what it hides
			t.Errorf("a trial of which nothing was observed has the loss %v", got[trial])
		}
	}
}

func (s *suite) set(params []float32) {
	copy(s.model.Params, params)
	s.model.Prepare()
}

// trace checks that a step has the same bits whatever came before it, and in
// whatever batch it is asked for.
func (s *suite) trace(t testing.TB) {
	fresh, used := s.engine(s.model), s.engine(s.model)
	want, got := make([]float32, len(s.model.Params)), make([]float32, len(s.model.Params))
	few := s.batch(10, 3)
	loss := fresh.Gradient(want, few, s.objective, s.pass)
	used.Gradient(got, s.batch(0, trials), s.objective, s.pass)
	used.Evaluate(s.batch(5, 20), s.objective, s.pass)
	if _, err := used.Posterior(context.Background(), s.data, lfads.Sampling{Samples: 2, Seed: 1}, nil); err != nil {
		t.Fatal(err)
	}
	if again := used.Gradient(got, few, s.objective, s.pass); again != loss || !slices.Equal(got, want) {
		t.Errorf("after other steps the loss is %v, in a fresh engine %v; same gradient: %v", again, loss, slices.Equal(got, want))
	}
}

// prepared checks that an engine sees parameters that changed.
func (s *suite) prepared(t testing.TB) {
	e, b := s.engine(s.model), s.batch(0, 9)
	first := e.Evaluate(b, s.objective, s.pass)
	before := slices.Clone(s.model.Params)
	moved := slices.Clone(before)
	for i := range moved {
		moved[i] *= 1.1
	}
	s.set(moved)
	if e.Evaluate(b, s.objective, s.pass) == first {
		t.Error("with other parameters the loss is the same")
	}
	s.set(before)
	if again := e.Evaluate(b, s.objective, s.pass); again != first {
		t.Errorf("with the parameters back the loss is %v, was %v", again, first)
	}
}

// posterior checks averages against the truth, that they are those of the trial
// whatever else there is, and how far they say they are.
func (s *suite) posterior(t testing.TB) {
	var told []int
	which := lfads.Sampling{Samples: 3, Seed: 7, Split: 1}
	got, err := s.engine(s.model).Posterior(context.Background(), s.data, which, func(n int) { told = append(told, n) })
	if err != nil {
		t.Fatal(err)
	}
	want, err := lfads.NewCPU(s.model, 1).Posterior(context.Background(), s.data, which, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]*dataset.Array{
		"rates": {got.Rates, want.Rates}, "factors": {got.Factors, want.Factors}, "generator's states": {got.GeneratorStates, want.GeneratorStates},
		"generator's inputs": {got.GeneratorInputs, want.GeneratorInputs}, "controller's states": {got.ControllerStates, want.ControllerStates},
		"inferred inputs": {got.InputMeans, want.InputMeans}, "their deviations": {got.InputStds, want.InputStds},
		"initial condition": {got.ICMeans, want.ICMeans}, "its deviations": {got.ICStds, want.ICStds}, "first states": {got.GeneratorInit, want.GeneratorInit},
	} {
		if (pair[0] == nil) != (pair[1] == nil) {
			t.Errorf("%s: there is %v, want %v", name, pair[0], pair[1])
		} else if pair[0] != nil {
			golden.Near(t, name, pair[0].Data, wide(pair[1].Data), golden.Tolerance)
		}
	}
	if len(got.Parameters) != len(want.Parameters) {
		t.Fatalf("there are %d parameters of the likelihood, want %d", len(got.Parameters), len(want.Parameters))
	}
	for i, a := range want.Parameters {
		golden.Near(t, "a parameter of the likelihood", got.Parameters[i].Data, wide(a.Data), golden.Tolerance)
	}
	if !slices.IsSorted(told) || len(told) == 0 || told[len(told)-1] != trials {
		t.Errorf("of %d trials it told %v", trials, told)
	}
}

// stops checks that a posterior ends with its context.
func (s *suite) stops(t testing.TB) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if p, err := s.engine(s.model).Posterior(ctx, s.data, lfads.Sampling{Samples: 50, Seed: 1}, nil); p != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("after its context ended: %v, %v", p, err)
	}
}
