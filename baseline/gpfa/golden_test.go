package gpfa

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/autolfads/autolfads/internal/testenv"
)

// question and answer are those of testdata/judge.py.
type question struct {
	Counts     [][][]float64 `json:"counts"`
	Latents    int           `json:"latents"`
	Iterations int           `json:"iterations"`
}

type answer struct {
	Start           parametersOf  `json:"start"`
	FirstLikelihood float64       `json:"first_likelihood"`
	FirstMeans      [][][]float64 `json:"first_means"`                 // trials x bins x latents
	FirstLatents    [][][]float64 `json:"first_covariance_of_latents"` // trials x latents x latents, summed over bins
	FirstTime       [][][]float64 `json:"first_covariance_over_time"`  // trials x bins x bins, of the first latent
	End             parametersOf  `json:"end"`
	EndLikelihood   float64       `json:"end_likelihood"`
	EndMeans        [][][]float64 `json:"end_means"`
}

type parametersOf struct {
	Loadings   [][]float64 `json:"loadings"`
	Mean       []float64   `json:"mean"`
	Noise      []float64   `json:"noise"`
	Timescales []float64   `json:"timescales"` // bins
}

func (p parametersOf) model() *Model {
	m := &Model{Mean: p.Mean, Noise: p.Noise, Timescales: p.Timescales, GPNoise: 1e-3}
	m.Loadings = mat.NewDense(len(p.Mean), len(p.Timescales), nil)
	for n, row := range p.Loadings {
		m.Loadings.SetRow(n, row)
	}
	return m
}

// trials returns square roots of counts.
func (q question) trials() *Trials {
	d := &Trials{Neurons: len(q.Counts[0][0])}
	for _, trial := range q.Counts {
		var roots []float64
		for _, bin := range trial {
			for _, c := range bin {
				roots = append(roots, math.Sqrt(c))
			}
		}
		d.Roots = append(d.Roots, roots)
	}
	return d
}

// golden is a question and elephant's answer (testdata/golden.py).
func golden(t *testing.T) (question, answer) {
	t.Helper()
	b, err := os.ReadFile(testenv.Gunzip(t, "testdata/golden.json.gz", filepath.Join(t.TempDir(), "golden.json")))
	if err != nil {
		t.Fatal(err)
	}
	var g struct {
		Question question
		Answer   answer
	}
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	return g.Question, g.Answer
}

// TestGolden compares with what elephant made of simulated trials of three lengths.
func TestGolden(t *testing.T) {
	q, a := golden(t)
	compareFirst(t, q, a)
	compareEnd(t, q, a)
}

// TestElephantAgrees compares with elephant on counts drawn on the spot.
func TestElephantAgrees(t *testing.T) {
	python := os.Getenv("AUTOLFADS_ELEPHANT_PYTHON")
	if python == "" {
		testenv.Missing(t, "AUTOLFADS_ELEPHANT_PYTHON is not set: a Python 3.11 with .ci/requirements-elephant.txt")
	}
	questions := []question{simulated(1, 2, 16, 16, 16, 16, 16, 16, 16, 16), simulated(2, 3, 1, 11, 20, 20, 13, 11, 20, 25, 7, 20)}
	for i, a := range testenv.Judge[answer](t, python, "testdata/judge.py", questions) {
		compareFirst(t, questions[i], a)
		compareEnd(t, questions[i], a)
	}
}

const tolerance = 1e-8

// compareFirst compares the first E-step from elephant's start.
func compareFirst(t *testing.T, q question, a answer) {
	t.Helper()
	d := q.trials()
	p, neurons := a.Start.model().parameters()
	s := sampleOf(d, d.stretches(), neurons)
	all, likelihood, err := newTeam(2).expect(t.Context(), s, p)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "log likelihood", likelihood, a.FirstLikelihood, tolerance)
	l, err := a.Start.model().Infer(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "log likelihood of inference", l.LogLikelihood, a.FirstLikelihood, tolerance)
	for trial, means := range a.FirstMeans {
		for i, want := range flat(means) {
			within(t, "latent", l.Means[trial][i], want, tolerance)
		}
	}
	compareMoments(t, q, a, all)
}

// compareMoments compares the sums that the M-step uses.
func compareMoments(t *testing.T, q question, a answer, all []*posterior) {
	t.Helper()
	for i := range q.Latents {
		for j := range q.Latents {
			var got, want float64
			for _, p := range all {
				got += *p.second.at(i, j)
			}
			for trial, x := range a.FirstMeans {
				want += a.FirstLatents[trial][i][j]
				for _, bin := range x {
					want += bin[i] * bin[j]
				}
			}
			within(t, "second moment", got, want, 1e-8*math.Abs(want)+1e-8)
		}
	}
	got, want := 0., 0. // of neighbouring bins, of the first latent
	for _, p := range all {
		k := p.covariance(nil, []float64{0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}[:p.bins])
		got += crossTrace(k, p.time[0]) / 2
	}
	for trial, x := range a.FirstMeans {
		for bin := range len(x) - 1 {
			want += a.FirstTime[trial][bin][bin+1] + x[bin][0]*x[bin+1][0]
		}
	}
	near(t, "moment of neighbouring bins", got, want, 1e-8)
}

// compareEnd compares where the iterations lead, from elephant's start and ours.
func compareEnd(t *testing.T, q question, a answer) {
	t.Helper()
	d, o := q.trials(), DefaultOptions(q.Latents)
	o.Iterations = q.Iterations
	theirs, err := Continue(t.Context(), d, a.Start.model(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	compareModel(t, d, a, theirs)
	ours, err := Fit(t.Context(), d, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	compareModel(t, d, a, ours)
}

func compareModel(t *testing.T, d *Trials, a answer, m *Model) {
	t.Helper()
	l, err := m.Infer(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("log likelihood %.4f, elephant's %.4f; %d iterations; timescales %.4f, elephant's %.4f", l.LogLikelihood, a.EndLikelihood, len(m.LogLikelihood), m.Timescales, a.End.Timescales)
	near(t, "log likelihood at the end", l.LogLikelihood, a.EndLikelihood, 1e-4)
	for i, want := range sorted(a.End.Timescales) {
		near(t, "timescale", sorted(m.Timescales)[i], want, .05)
	}
	for i, c := range correlations(l.Means, a.EndMeans) {
		if c < .999 {
			t.Errorf("canonical correlation %d of the latents: %v", i, c)
		}
	}
}

// correlations are the canonical correlations of latents, over all bins.
func correlations(ours [][]float64, theirs [][][]float64) []float64 {
	latents := len(theirs[0][0])
	var x, y []float64
	for trial := range ours {
		x, y = append(x, ours[trial]...), append(y, flat(theirs[trial])...)
	}
	var c stat.CC
	if err := c.CanonicalCorrelations(mat.NewDense(len(x)/latents, latents, x), mat.NewDense(len(y)/latents, latents, y), nil); err != nil {
		return []float64{math.NaN()}
	}
	return c.CorrsTo(nil)
}
