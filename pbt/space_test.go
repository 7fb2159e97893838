package pbt

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

// First draws fill their range evenly on their scale: the mean of n draws is
// within five standard errors of the middle.
func TestStartIsUniformOnItsScale(t *testing.T) {
	const n = 20000
	space := Space{"a": {Low: 1e-6, High: 1e-2, Scale: Log, Explore: 1}, "b": {Low: .2, High: .6, Scale: Uniform, Explore: 1}}
	var a, b float64
	for member := range n {
		h := space.Start(9, member, 0)
		for key, p := range space {
			if h[key] < p.Low || h[key] > p.High {
				t.Fatalf("%s = %v outside its range", key, h[key])
			}
		}
		a += (math.Log10(h["a"]) + 6) / 4
		b += (h["b"] - .2) / .4
	}
	for name, sum := range map[string]float64{"log": a, "uniform": b} {
		if math.Abs(sum/n-.5) > 5/math.Sqrt(12*n) {
			t.Errorf("%s: mean position in the range %v, want .5", name, sum/n)
		}
	}
}

// A perturbation changes the logarithm by least to most, up as often as down,
// so a long chain of copies has no drift. The step is uniform in size: its
// mean square is (least^2 + least most + most^2) / 3, and a chain of n steps
// ends within five standard deviations of where it began.
func TestPerturbHasNoDrift(t *testing.T) {
	const n = 40000
	const w = .8
	least, most := math.Log1p(.002*w), math.Log1p(w)
	space := Space{"x": {Low: 1, High: 2, Scale: Log, Explore: w}}
	drift := 0.
	for g := range n {
		h := Hyper{"x": 1}
		step := math.Log(space.Perturb(h, 4, 3, g)["x"])
		if size := math.Abs(step); size < least-1e-12 || size > most+1e-12 {
			t.Fatalf("a step of %v, want %v to %v", size, least, most)
		}
		drift += step
	}
	sd := math.Sqrt((least*least + least*most + most*most) / 3 * n)
	if math.Abs(drift) > 5*sd {
		t.Errorf("drift %v over %d steps, standard deviation %v", drift, n, sd)
	}
}

// Inside its limits a value always moves by the least change or more; where it
// cannot, it is clipped.
func TestPerturbKeepsLimits(t *testing.T) {
	p := Parameter{Low: .01, High: .7, Scale: Uniform, Explore: .3, Limits: true}
	least := math.Log1p(.002 * p.Explore)
	for _, start := range []float64{.01, .0101, .3, .6999, .7} {
		for i := range 2000 {
			v := p.perturb(start, rng.NewSource(rng.Derive(1, rng.Explore, uint64(i))))
			if v < p.Low || v > p.High || math.Abs(math.Log(v/start)) < least-1e-12 {
				t.Fatalf("%v became %v", start, v)
			}
		}
	}
	if v := p.perturb(5, rng.NewSource(rng.Derive(1, rng.Explore))); v != p.High {
		t.Errorf("a value far above became %v, want the limit", v)
	}
}

// A key more in the space leaves the draws of the others alone, and a value
// that is not searched passes unchanged.
func TestKeysAreIndependent(t *testing.T) {
	small, large := DefaultSpace(), DefaultSpace()
	large["train.weight_decay"] = Parameter{Low: 1e-6, High: 1e-2, Scale: Log, Explore: .8}
	a, b := small.Start(1, 2, 3), large.Start(1, 2, 3)
	b2 := small.Perturb(b, 1, 2, 3)
	a2 := small.Perturb(a, 1, 2, 3)
	for key := range small {
		if a[key] != b[key] || a2[key] != b2[key] {
			t.Errorf("%s: %v and %v, then %v and %v", key, a[key], b[key], a2[key], b2[key])
		}
		if a[key] == a2[key] {
			t.Errorf("%s was not perturbed", key)
		}
	}
	if b2["train.weight_decay"] != b["train.weight_decay"] {
		t.Error("a value outside the space was perturbed")
	}
}

// The bits of draws and perturbations are part of the run format.
func TestGoldenBits(t *testing.T) {
	space := DefaultSpace()
	h := space.Sample(12, 3, 0)
	p := space.Perturb(h, 12, 3, 7)
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"drawn kl_ic_scale", h["train.kl_ic_scale"], 1.0487763468348691e-06},
		{"drawn dropout_rate", h["train.dropout_rate"], 0.34584437735637585},
		{"perturbed kl_ic_scale", p["train.kl_ic_scale"], 1.1454606515018913e-06},
		{"perturbed learning_rate", p[LearningRate], 0.003803236290294713},
	} {
		if c.got != c.want {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
}

// Whole numbers are drawn whole. On a uniform scale each is as likely as any
// other, on a log scale n as log((n + 1) / n): counts within five standard
// deviations.
func TestWholeNumbersAreDrawnWhole(t *testing.T) {
	const n = 20000
	for scale, share := range map[Scale]func(v float64) float64{
		Uniform: func(float64) float64 { return 1. / 5 },
		Log:     func(v float64) float64 { return math.Log((v+1)/v) / math.Log(9./4) },
	} {
		space := Space{"x": {Low: 4, High: 8, Scale: scale, Explore: .3, Limits: true}}.Within(func(string) Domain { return Domain{Whole: true} })
		count := map[float64]int{}
		for member := range n {
			count[space.Sample(5, member, 0)["x"]]++
		}
		if len(count) != 5 {
			t.Errorf("%s: drawn %v, want 4 to 8", scale, count)
		}
		for v, got := range count {
			p := share(v)
			if math.Abs(float64(got)-n*p) > 5*math.Sqrt(n*p*(1-p)) {
				t.Errorf("%s: %v drawn %d times, want about %.0f", scale, v, got, n*p)
			}
		}
	}
}

// A perturbed whole number is another whole number inside the limits, however
// small it is; where there is no other, it stays.
func TestWholeNumbersMove(t *testing.T) {
	p := Parameter{Low: 1, High: 100, Scale: Log, Explore: .3, Limits: true, domain: Domain{Whole: true}}
	one := Parameter{Low: 3, High: 3, Scale: Log, Explore: .3, Limits: true, domain: Domain{Whole: true}}
	for i := range 2000 {
		for _, start := range []float64{1, 2, 10, 99, 100} {
			v := p.perturb(start, rng.NewSource(rng.Derive(1, rng.Explore, uint64(i))))
			if v == start || v != math.Trunc(v) || v < 1 || v > 100 || math.Abs(v-start) > max(1, .3*start+.5) {
				t.Fatalf("%v became %v", start, v)
			}
		}
		if v := one.perturb(3, rng.NewSource(rng.Derive(1, rng.Explore, uint64(i)))); v != 3 {
			t.Fatalf("3 of 3 to 3 became %v", v)
		}
	}
}

// A value with which no model can train is not where a perturbation goes, also
// without limits; the others come from the same stream as ever.
func TestPerturbStaysPossible(t *testing.T) {
	free := Parameter{Low: 0, High: .6, Scale: Uniform, Explore: .8}
	kept := free
	kept.domain.Possible = func(v float64) bool { return v < 1 }
	left := 0
	for i := range 2000 {
		key := rng.Derive(1, rng.Explore, uint64(i))
		was, v := free.perturb(.9, rng.NewSource(key)), kept.perturb(.9, rng.NewSource(key))
		if was >= 1 {
			left++
		}
		if v >= 1 || was < 1 && v != was {
			t.Fatalf(".9 became %v, without bounds %v", v, was)
		}
	}
	if left < 500 {
		t.Errorf("%d of 2000 perturbations left the range: nothing was tested", left)
	}
	kept.domain.Possible = func(float64) bool { return false }
	if v := kept.perturb(.9, rng.NewSource(rng.Derive(1, rng.Explore))); v != .9 {
		t.Errorf("with nowhere to go, .9 became %v", v)
	}
}

func TestHyperString(t *testing.T) {
	h := Hyper{"train.learning_rate": 4e-3, "train.batch_size": 32, "a": 1e-7}
	if got, want := fmt.Sprint(h), "a=1e-07, train.batch_size=32, train.learning_rate=0.004"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestCheck(t *testing.T) {
	bad := func(change func(*Parameter)) Config {
		c := DefaultConfig()
		p := c.Space[LearningRate]
		change(&p)
		c.Space[LearningRate] = p
		return c
	}
	for _, c := range []struct {
		config Config
		want   string
	}{
		{DefaultConfig(), ""},
		{bad(func(p *Parameter) { p.Low = 1 }), "low 1 is above high 0.005"},
		{bad(func(p *Parameter) { p.Low = 0 }), "a log scale needs a positive one"},
		{bad(func(p *Parameter) { p.Low = -1 }), "must not be negative"},
		{bad(func(p *Parameter) { p.High = math.Inf(1) }), "not a finite number"},
		{bad(func(p *Parameter) { p.Scale = "linear" }), `give "log" or "uniform"`},
		{bad(func(p *Parameter) { p.Explore = 0 }), "explore is 0"},
		{bad(func(p *Parameter) { v := 1.; p.Init = &v }), "init 1 is outside"},
		{bad(func(p *Parameter) { v := 0.; p.Init = &v }), "init is 0"},
		{bad(func(p *Parameter) { p.High, p.domain.Whole = .5, true }), "it is a whole number"},
		{bad(func(p *Parameter) { v := 2.5; *p = Parameter{Low: 1, High: 3, Init: &v, domain: Domain{Whole: true}} }), "it is a whole number"},
		{func() Config { c := DefaultConfig(); c.Members = 0; return c }(), "pbt.members is 0; give 1 or more"},
		{func() Config { c := DefaultConfig(); c.Members = 1e9; return c }(), "pbt.members is 1000000000; give 10000 or less"},
		{func() Config { c := DefaultConfig(); c.MaxGenerations = 1e9; return c }(), "pbt.max_generations is 1000000000; give 100000 or less"},
		{func() Config { c := DefaultConfig(); c.EpochsPerGeneration = 1e9; return c }(), "pbt.epochs_per_generation is 1000000000"},
		{func() Config { c := DefaultConfig(); c.StopRatio = -1; return c }(), ""},
		{func() Config { c := DefaultConfig(); c.StopGenerations = 1; return c }(), "pbt.stop_generations is 1; give 2 or more"},
		{func() Config { c := DefaultConfig(); c.StopRatio = math.NaN(); return c }(), "pbt.stop_ratio is NaN"},
		{func() Config { c := DefaultConfig(); c.StopErrors, c.FinalDraws = 2, 1; return c }(), ""},
		{func() Config { c := DefaultConfig(); c.StopErrors, c.FinalDraws = 2, 0; return c }(), "give pbt.final_draws=32, or pbt.stop_errors=0"},
		{func() Config { c := DefaultConfig(); c.StopErrors, c.FinalDraws = -1, 1; return c }(), "pbt.stop_errors is -1"},
		{func() Config { c := DefaultConfig(); c.StopErrors, c.FinalDraws = math.NaN(), 1; return c }(), "pbt.stop_errors is NaN"},
		{func() Config { c := DefaultConfig(); c.StopErrors, c.FinalDraws = 0, -1; return c }(), "pbt.final_draws is -1; give 0 or more"},
	} {
		err := cmp.Or(c.config.Check(), c.config.CheckStop())
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}
