package choose

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// decided are finalists of losses by trial, of which the last is a mean of the first and
// the second.
func decided(losses ...[]float64) *run.Choice {
	recon := &dataset.Array{Trials: 3, Bins: 2, Features: 1, Data: []float32{1, 0, 1, float32(math.NaN()), 0, float32(math.NaN())}}
	c := &choosing{Request: &Request{Data: &dataset.Dataset{Valid: &dataset.Split{Recon: recon}}}, choice: &run.Choice{Draws: 4}, losses: losses}
	for i := range losses {
		c.choice.Finalists = append(c.choice.Finalists, run.Finalist{Best: run.Best{Place: pbt.Place{Generation: 2, Member: i}, Epoch: 9}})
	}
	mean := &c.choice.Finalists[len(losses)-1]
	mean.Kind, mean.Members, mean.Member = run.KindMean, make([]run.Part, 2), 1
	c.decide()
	return c.choice
}

// The lowest is chosen, the first of several; of the others the difference is known, by
// trials: 4 elements of the 6 were observed.
func TestDecide(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		losses [][]float64
		chosen int
	}{
		{[][]float64{{1, 2, 3}, {3, 2, 1}, {2, 2, 2.5}}, 0},
		{[][]float64{{1, 2, 3}, {1, 2, 2}, {1, 1, 1}}, 2},
		{[][]float64{{nan, 2, 3}, {9, 9, 9}, {1, nan, 1}}, 1},
		{[][]float64{{nan, 2, 3}, {nan, 2, 2}, {nan, 1, 1}}, 0},
	} {
		if got := decided(c.losses...); got.Chosen() != &got.Finalists[c.chosen] {
			t.Errorf("of %v %s is chosen", c.losses, got.Chosen())
		}
	}
	c := decided([]float64{1, 2, 3}, []float64{2, 4, 3}, []float64{3, 3, 3})
	f := &c.Finalists[1]
	// Differences 1, 2, 0: their sum 3, its standard error sqrt(3) x 1.
	if *c.Finalists[0].FinalScore != 6./4 || *f.Worse != 3./4 || math.Abs(float64(*f.Error)-math.Sqrt(3)/4) > 1e-15 {
		t.Errorf("final score %v, worse by %v, error %v", *c.Finalists[0].FinalScore, *f.Worse, *f.Error)
	}
}

func TestWords(t *testing.T) {
	words := Words(decided([]float64{1, 2, 3}, []float64{2, 4, 3}, []float64{3, 3, 3}))
	for i, part := range []string{
		"among 3 models, each scored anew by 4 posterior draws of every validation trial: generation 2, member 0, epoch 9 (validation loss 1.50000)",
		"Not chosen: the mean of the weights of 2 members of generation 2, whose validation loss is 2.25000, worse by 0.75 ± 0.4",
	} {
		if !strings.Contains(words[i], part) {
			t.Errorf("%q does not say %q", words[i], part)
		}
	}
	words = Words(decided([]float64{1, 2, 3}, []float64{2, 4, 3}, []float64{1, 1, 1}))
	if want := "the mean of the weights of 2 members of generation 2 (validation loss 0.75000; its best member by the search's scores, member 1: 2.25000, worse by 1.5"; !strings.Contains(words[0], want) {
		t.Errorf("%q does not say %q", words[0], want)
	}
	words = Words(decided([]float64{1, 2, 3}, []float64{1, 1, 3}, []float64{9, 9, 9}))
	if want := "generation 2, member 1, epoch 9 (validation loss 1.25000; the search's best, generation 2, member 0, epoch 9: 1.50000, worse by 0.25"; !strings.Contains(words[0], want) {
		t.Errorf("%q does not say %q", words[0], want)
	}
}
