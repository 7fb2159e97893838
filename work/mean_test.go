package work

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/train"
)

// factorWeights returns the factor weights of a state.
func factorWeights(s *checkpoint.State) []float32 {
	at := 0
	for i, name := range s.Names {
		n := 1
		for _, d := range s.Shapes[i] {
			n *= d
		}
		if name == "factors.weight" {
			return s.Params[at : at+n]
		}
		at += n
	}
	return nil
}

// reviewed returns the losses of a state.
func reviewed(t *testing.T, c *config.Config, d *dataset.Dataset, s *checkpoint.State) []float64 {
	t.Helper()
	losses, err := (&Reviewer{c, d, 4, 7, lfads.Threads(1)}).Review(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return losses
}

// The mean of a model and of the same with other norms of factor weights is the model: it
// scores alike.
func TestMeanOfOneModel(t *testing.T) {
	c, d, s := trained(t, true)
	twin := s.Clone()
	for i := range factorWeights(twin) {
		factorWeights(twin)[i] *= 16
	}
	m := NewMean(&c, d)
	for i, one := range []*checkpoint.State{s, twin} {
		if err := m.Add(one, 3, i); err != nil {
			t.Fatal(err)
		}
	}
	mean := m.State(s)
	if !slices.Equal(mean.MeanOf, []string{"3/0", "3/1"}) || mean.Epoch != s.Epoch || mean.Weights()[0] == 0 {
		t.Errorf("the mean is of %q at epoch %d", mean.MeanOf, mean.Epoch)
	}
	if len(factorWeights(s)) == 0 || slices.Equal(factorWeights(mean), factorWeights(s)) {
		t.Error("the factor weights are not standardised")
	}
	want, got := reviewed(t, &c, d, s), reviewed(t, &c, d, mean)
	for i, v := range got {
		if math.Abs(v-want[i]) > 1e-4*math.Abs(want[i]) {
			t.Errorf("trial %d: the mean of equals loses %v, each of them %v", i, v, want[i])
		}
	}
}

// Weights are those that infer: a running average where one is kept. Sums are float64.
func TestMeanIsOfWeights(t *testing.T) {
	c, d, s := trained(t, true)
	a, b := s.Clone(), s.Clone()
	a.Average = slices.Repeat([]float32{1}, len(s.Params))
	b.Average = slices.Repeat([]float32{1 + 0x1p-20}, len(s.Params))
	clear(a.Params)
	clear(b.Params)
	m := NewMean(&c, d)
	for i, one := range []*checkpoint.State{a, b, b, b} {
		if err := m.Add(one, 0, i); err != nil {
			t.Fatal(err)
		}
	}
	if got := m.State(a).Params[0]; got != 1+.75*0x1p-20 {
		t.Errorf("the mean is %v", got)
	}
}

// Models of other sizes have no mean.
func TestMeanOfOtherSizes(t *testing.T) {
	c, d, s := trained(t, true)
	larger := c.Model
	larger.Factors++
	other, err := train.New(larger, c.Train, d, train.Identity{Seed: 1}, lfads.Threads(1))
	if err != nil {
		t.Fatal(err)
	}
	of := other.State()
	of.Hyper = map[string]float64{"model.factors": float64(larger.Factors)}
	m := NewMean(&c, d)
	if err := m.Add(s, 0, 0); err != nil {
		t.Fatal(err)
	}
	if err := m.Add(of, 0, 1); err == nil || !strings.Contains(err.Error(), "model.* settings differ") {
		t.Errorf("said: %v", err)
	}
}
