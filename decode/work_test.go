package decode

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// one is a set of the sizes given, of 40 factors where factors is set.
func one(rows, inputs, factors, outputs int) (x, y *dataset.Array) {
	return (&verdict{Rows: rows, Inputs: inputs, Factors: factors, Outputs: outputs}).arrays()
}

// Neither the number of cores nor which of them is faster changes a bit.
func TestCoresChangeNothing(t *testing.T) {
	for _, inputs := range []int{70, 400} { // primal and dual
		x, y := one(300, inputs, 0, 3)
		var want *Linear
		for _, cores := range []int{1, 2, 3, 16} {
			func() {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
				l, err := Ridge(t.Context(), x, y, nil)
				if err != nil {
					t.Fatal(err)
				}
				if want == nil {
					want = l
				}
				if !slices.Equal(l.Weights.RawMatrix().Data, want.Weights.RawMatrix().Data) ||
					!slices.Equal(l.Intercept, want.Intercept) || l.CrossValidated != want.CrossValidated {
					t.Errorf("%d inputs: %d cores give another fit than one", inputs, cores)
				}
			}()
		}
	}
}

// Both forms of the equations have one solution.
func TestPrimalIsDual(t *testing.T) {
	x, y := one(200, 190, 0, 2)
	r, err := rows(x, y)
	if err != nil {
		t.Fatal(err)
	}
	c := &centred{rowset: r}
	c.meanX, c.meanY = r.means()
	w := newWork(t.Context(), nil)
	w.total = 1
	bounds := foldBounds(r.len())
	one, err := newPrimal(w, c, bounds)
	if err != nil {
		t.Fatal(err)
	}
	other, err := newDual(w, c, bounds)
	if err != nil {
		t.Fatal(err)
	}
	a, err := crossValidate(w, one, r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := crossValidate(w, other, r)
	if err != nil {
		t.Fatal(err)
	}
	for i := range a {
		if math.Abs(a[i]-b[i]) > 1e-9 { // nearly as many inputs as rows: a condition of 1e5
			t.Errorf("alpha %v: R2 %v, %v", Alphas[i], a[i], b[i])
		}
	}
	for _, alpha := range []float64{0, 1e-2} {
		p, err := fit(w, one, alpha)
		if err != nil {
			t.Fatal(err)
		}
		d, err := fit(w, other, alpha)
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.p {
			for o := range r.q {
				if math.Abs(p.Weights.At(i, o)-d.Weights.At(i, o)) > 1e-8 {
					t.Fatalf("alpha %v: weight %d, %d is %v, %v", alpha, i, o, p.Weights.At(i, o), d.Weights.At(i, o))
				}
			}
		}
	}
}

// Where all directions vary Cholesky's solution is the eigenvalues'; where
// some do not, or hardly, it is not taken.
func TestLeastSquaresByEitherWay(t *testing.T) {
	for _, c := range []struct {
		what                  string
		rows, inputs, factors int
		certain               bool
	}{
		{"all vary", 500, 60, 0, true},
		{"of few factors", 500, 60, 12, false},
		{"more than rows", 60, 200, 0, true}, // least norm
		{"more than rows, of few factors", 60, 200, 12, false},
	} {
		x, y := one(c.rows, c.inputs, c.factors, 2)
		e := equationsOf(t, x, y)
		w := newWork(t.Context(), nil)
		got, err := e.leastSquares(w)
		if err != nil {
			t.Fatal(err)
		}
		s := newSpace(e.ld)
		certain := s.factorised(e, 0, func() bool { return false }) && s.least(e.unknowns) > clearly*e.greatest()
		if certain != c.certain {
			t.Errorf("%s: Cholesky's solution is certain: %v", c.what, certain)
		}
		spectrum, err := e.spectrum(w)
		if err != nil {
			t.Fatal(err)
		}
		want := spectrum.solve(0)
		for i := range want {
			if math.Abs(got[i]-want[i]) > 1e-8 { // conditions up to 1e4, solutions of size 1
				t.Fatalf("%s: %v, by eigenvalues %v", c.what, got[i], want[i])
			}
		}
	}
}

func equationsOf(t *testing.T, x, y *dataset.Array) *equations {
	t.Helper()
	r, err := rows(x, y)
	if err != nil {
		t.Fatal(err)
	}
	w := newWork(t.Context(), nil)
	p, err := newProblem(w, r, []int{0, r.len()})
	if err != nil {
		t.Fatal(err)
	}
	e, err := p.without(w, -1)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Inputs so large that the penalty is lost in rounding leave no positive
// definite matrix: eigenvalues say which directions there are, and the score is
// that of the same inputs in another unit.
func TestPenaltyLostInRounding(t *testing.T) {
	x, y := one(600, 50, 10, 1)
	want, err := Ridge(t.Context(), x, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range x.Data {
		x.Data[i] *= 1 << 30
	}
	if e := equationsOf(t, x, y); e.cholesky(newWork(t.Context(), nil), newSpace(e.ld), Alphas[0]) != nil {
		t.Fatal("Cholesky takes it: the test shows nothing")
	}
	got, err := Ridge(t.Context(), x, y, nil)
	// The penalty's own share of the score is what differs.
	if err != nil || math.Abs(got.CrossValidated-want.CrossValidated) > 1e-4 {
		t.Errorf("R2 %v, in small units %v (%v)", got.CrossValidated, want.CrossValidated, err)
	}
}

// A fit that is told to end does so at its next block, whichever part it is in.
func TestEndsWhenTold(t *testing.T) {
	for _, c := range []struct {
		rows, inputs, factors int
	}{{3000, 200, 0}, {200, 500, 0}, {3000, 300, 40}} {
		x, y := one(c.rows, c.inputs, c.factors, 2)
		var told []int
		if _, err := Ridge(t.Context(), x, y, func(done, total int) { told = append(told, done) }); err != nil {
			t.Fatal(err)
		}
		if len(told) < 20 || !slices.IsSorted(told) || told[len(told)-1] != 1000 {
			t.Errorf("%d rows, %d inputs: progress %v", c.rows, c.inputs, told)
		}
		for _, at := range []int{0, len(told) / 2, len(told) - 3} {
			ctx, cancel := context.WithCancel(t.Context())
			calls := 0
			l, err := Ridge(ctx, x, y, func(int, int) {
				if calls++; calls > at {
					cancel()
				}
			})
			if l != nil || !errors.Is(err, context.Canceled) {
				t.Errorf("%d rows, %d inputs, ended at %d of %d: %v, %v", c.rows, c.inputs, at, len(told), l, err)
			}
			if calls > at+1+workers() {
				t.Errorf("%d rows, %d inputs: %d steps after the end", c.rows, c.inputs, calls-at-1)
			}
		}
	}
}

// Eigenvalues cannot be interrupted, only left.
func TestEigenvaluesAreLeft(t *testing.T) {
	x, y := one(400, 350, 20, 1)
	e := equationsOf(t, x, y)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.spectrum(newWork(ctx, nil)); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	began := time.Now()
	if _, err := LeastSquares(ctx, x, y, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}
