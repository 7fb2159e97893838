package pbt

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// toy is a model whose training is known: with the right learning rate for its
// distance to the optimum it moves fast, with a wrong one it stands still, and
// the right rate falls as it comes closer. Fixed values cannot follow; a
// population can.
func toy(loss float64, h Hyper, epochs int) float64 {
	for range epochs {
		off := math.Log(h["rate"] / (.1 * loss))
		loss *= 1 - .1*math.Exp(-off*off)
	}
	return loss
}

// train plays a search to its end with the toy model; it returns the best
// score and the epochs spent.
func train(t *testing.T, s Search) (float64, int) {
	t.Helper()
	var h History
	spent := 0
	for {
		d := s.Next(h)
		if d.Status != Continue {
			best, ok := h.Best()
			if d.Status != Finished || !ok {
				t.Fatalf("ended with %v", d)
			}
			return h[best.Generation][best.Member].Score, spent
		}
		h = append(h, nil)
		now := len(h) - 1
		for _, u := range d.Units {
			loss := 1.
			if u.From != nil {
				loss = h[u.From.Generation][u.From.Member].Score
			}
			h[now] = append(h[now], Outcome{Member: u.Member, Score: toy(loss, u.Hyper, u.Epochs), Epochs: u.Epochs, Hyper: u.Hyper, From: u.From, Anneal: u.Anneal})
			spent += u.Epochs
		}
	}
}

// With the same epochs a population beats random search, for every seed tried.
func TestPopulationBeatsRandomSearch(t *testing.T) {
	space := Space{"rate": {Low: 1e-5, High: 10, Scale: Log, Explore: .8}}
	c := asPaper()
	c.Space, c.Members, c.MaxGenerations, c.EpochsPerGeneration = space, 10, 20, 10
	for seed := range uint64(5) {
		p := Population{Config: c, Seed: seed, RampEnd: 10}
		score, spent := train(t, p)
		r := Random{Space: space, Seed: seed, MaxEpochs: 210, EpochsBudget: p.MostEpochs()}
		rival, cost := train(t, r)
		if cost != spent || score >= rival/2 {
			t.Errorf("seed %d: population %.2g with %d epochs, random search %.2g with %d", seed, score, spent, rival, cost)
		}
	}
}

// Models that stop early leave budget for more, in rounds; their numbers go on.
func TestRandomSpendsItsBudget(t *testing.T) {
	r := Random{Space: DefaultSpace(), Seed: 2, MaxEpochs: 100, EpochsBudget: 450}
	var h History
	spent, next := 0, 0
	for r.Next(h).Status == Continue {
		var round []Outcome
		for _, u := range r.Next(h).Units {
			if u.Member != next || !u.Single || u.From != nil || u.Epochs != 100 {
				t.Fatalf("unit %+v, want member %d, fresh, to its own early stop", u, next)
			}
			round = append(round, Outcome{Member: u.Member, Score: 1, Epochs: 30 + u.Member})
			spent += 30 + u.Member
			next++
		}
		h = append(h, round)
	}
	if left := 450 - spent; left < 0 || left >= 100 {
		t.Errorf("%d epochs of 450 left after %d models", left, next)
	}
	if r.Next(h).Status != Finished {
		t.Errorf("ended with %+v", r.Next(h))
	}
}

// Where every draw diverges the search ends, and says so; where some do, it
// goes on within its budget.
func TestRandomDivergence(t *testing.T) {
	r := Random{Space: DefaultSpace(), MaxEpochs: 100, EpochsBudget: 250}
	var h History
	for range 2 {
		if d := r.Next(h); d.Status != Continue || len(d.Units) != 2 {
			t.Fatalf("after %d rounds: %+v", len(h), d)
		}
		h = append(h, []Outcome{{Score: math.NaN(), Member: 2 * len(h)}, {Score: math.NaN(), Member: 2*len(h) + 1}})
	}
	some := append(h, []Outcome{{Score: 1, Member: 4, Epochs: 40}, {Score: math.NaN(), Member: 5, Epochs: 3}})
	if d := r.Next(some); d.Status != Continue || len(d.Units) != 2 || d.Units[0].Member != 6 {
		t.Errorf("203 epochs left: %+v", d)
	}
	all := append(h, h[0])
	if d := r.Next(all); d.Status != Failed || d.Reason == "" {
		t.Errorf("three rounds without a model: %+v", d)
	}
}

func TestRandomCheck(t *testing.T) {
	for _, c := range []struct {
		r    Random
		want string
	}{
		{Random{MaxEpochs: 100, EpochsBudget: 100 * MaxMembers}, ""},
		{Random{MaxEpochs: 100, EpochsBudget: 100*MaxMembers + 100}, "enough for 10001 models"},
		{Random{MaxEpochs: 100, EpochsBudget: 99}, "less than train.max_epochs, 100"},
		{Random{MaxEpochs: 0}, "train.max_epochs is 0"},
	} {
		err := c.r.Check()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%+v: %v, want %q", c.r, err, c.want)
		}
	}
}

func TestFixed(t *testing.T) {
	f := Fixed{MaxEpochs: 1000}
	d := f.Next(nil)
	if len(d.Units) != 1 || !d.Units[0].Single || d.Units[0].Epochs != 1000 || len(d.Units[0].Hyper) != 0 {
		t.Errorf("begins with %+v", d)
	}
	if d := f.Next(History{{{Score: 1}}}); d.Status != Finished {
		t.Errorf("after training: %+v", d)
	}
	if d := f.Next(History{{{Score: math.NaN()}}}); d.Status != Failed {
		t.Errorf("after a divergence: %+v", d)
	}
}

// A population of two: the worse member takes the better one's place and
// perturbs what it copied.
func ExamplePopulation_Next() {
	config := DefaultConfig()
	config.Members = 2
	p := Population{Config: config, Seed: 1, RampEnd: 80}

	var first []Outcome
	for _, u := range p.Next(nil).Units {
		first = append(first, Outcome{Member: u.Member, Score: .2 - .1*float64(u.Member), Epochs: u.Epochs, Hyper: u.Hyper})
	}
	for _, u := range p.Next(History{first}).Units {
		fmt.Printf("member %d goes on from member %d for %d epochs, copied: %v, learning rate %.4f\n",
			u.Member, u.From.Member, u.Epochs, u.Copied, u.Hyper[LearningRate])
	}
	// Output:
	// member 0 goes on from member 1 for 25 epochs, copied: true, learning rate 0.0032
	// member 1 goes on from member 1 for 25 epochs, copied: false, learning rate 0.0040
}
