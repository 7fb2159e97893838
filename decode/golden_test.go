package decode

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/golden"
)

// Numbers of scikit-learn's Ridge and GridSearchCV. Inputs are float32 numbers
// and the problem is well conditioned (six inputs of similar variance): solved
// in float64, both agree far closer than 1e-10.
const tolerance = 1e-10

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// masked returns the trials of a that column of mask (trials x 2) selects.
func masked(a *dataset.Array, mask []int64, column int) *dataset.Array {
	out := &dataset.Array{Bins: a.Bins, Features: a.Features}
	for trial := range a.Trials {
		if mask[2*trial+column] != 0 {
			out.Data = append(out.Data, a.Trial(trial)...)
			out.Trials++
		}
	}
	return out
}

func TestGoldenVelocity(t *testing.T) {
	g := golden.Metrics(t)["vel"]
	var searched, fixed float64
	for column := range 2 {
		trainMask, evalMask := g.Array("train_mask").Int64s(), g.Array("eval_mask").Int64s()
		x, y := masked(g.Array("train_rates").Dataset(), trainMask, column), masked(g.Array("train_behavior").Dataset(), trainMask, column)
		evalX, evalY := masked(g.Array("eval_rates").Dataset(), evalMask, column), masked(g.Array("eval_behavior").Dataset(), evalMask, column)
		best, err := Ridge(t.Context(), x, y, nil)
		if err != nil {
			t.Fatal(err)
		}
		hundredth, err := RidgeWith(t.Context(), x, y, .01, nil)
		if err != nil {
			t.Fatal(err)
		}
		searched += score(t, best, evalX, evalY) / 2
		fixed += score(t, hundredth, evalX, evalY) / 2
		if column == 1 {
			checkIntermediates(t, g, best, x, y)
			near(t, "R2", score(t, best, evalX, evalY), g.Array("mask1_r2").Data[0])
		}
	}
	near(t, "mean R2", searched, g.Array("r2_grid").Data[0])
	near(t, "mean R2 at alpha .01", fixed, g.Array("r2_alpha_0.01").Data[0])
}

func score(t *testing.T, l *Linear, x, y *dataset.Array) float64 {
	t.Helper()
	s, err := l.Score(x, y)
	if err != nil {
		t.Fatal(err)
	}
	return s.Mean
}

func checkIntermediates(t *testing.T, g *golden.Group, best *Linear, x, y *dataset.Array) {
	near(t, "alpha", best.Alpha, g.Array("mask1_best_alpha").Data[0])
	coefficients := g.Array("mask1_coef").Data // outputs x inputs
	for o := range 2 {
		near(t, "intercept", best.Intercept[o], g.Array("mask1_intercept").Data[o])
		for i := range x.Features {
			near(t, "weight", best.Weights.At(i, o), coefficients[o*x.Features+i])
		}
	}
	scores := gridScores(t, x, y)
	for i, want := range g.Array("mask1_cv_mean_r2").Data {
		near(t, "alpha tried", Alphas[i], g.Array("mask1_alphas").Data[i])
		near(t, "cross-validated R2", scores[i], want)
	}
}

// gridScores returns the cross-validated R2 of each of Alphas.
func gridScores(t *testing.T, x, y *dataset.Array) []float64 {
	t.Helper()
	r, err := rows(x, y)
	if err != nil {
		t.Fatal(err)
	}
	w := newWork(t.Context(), nil)
	p, err := newProblem(w, r, foldBounds(r.len()))
	if err != nil {
		t.Fatal(err)
	}
	scores, err := crossValidate(w, p, r)
	if err != nil {
		t.Fatal(err)
	}
	return scores
}
