package decode

import (
	_ "embed"
	"encoding/json"
	"math"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/testenv"
)

// What scikit-learn says of the sets of testdata/ridge.py, which wrote this.
//
//go:embed testdata/ridge.json
var judged []byte

// verdict is a set and scikit-learn's numbers of it: fitted on the first four
// fifths of rows, R2 of each output on the rest.
type verdict struct {
	Rows, Inputs, Factors, Outputs int
	Mean, Scale, Noise             *float64
	Alpha                          float64
	Grid, R2                       []float64
}

// fractions is ridge.py's numbers: splitmix64.
func fractions(seed uint64, n, bits int) []float64 {
	out := make([]float64, n)
	for i := range out {
		z := seed<<32 + uint64(i+1)*0x9E3779B97F4A7C15
		z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
		z = (z ^ z>>27) * 0x94D049BB133111EB
		z ^= z >> 31
		half := float64(int(1) << (bits - 1))
		out[i] = (float64(z>>(64-bits)) - half) / half
	}
	return out
}

// multiply returns the first inner columns of a [rows][width] times b [inner][columns].
func multiply(a []float64, width, inner int, b []float64, columns int) []float64 {
	out := make([]float64, len(a)/width*columns)
	for r := range len(a) / width {
		for k := range inner {
			for c := range columns {
				out[r*columns+c] += a[r*width+k] * b[k*columns+c]
			}
		}
	}
	return out
}

func orElse(v *float64, otherwise float64) float64 {
	if v == nil {
		return otherwise
	}
	return *v
}

// arrays makes the set as one trial.
func (v *verdict) arrays() (x, y *dataset.Array) {
	width := v.Factors
	causes := fractions(1, v.Rows*v.Factors, 8)
	inputs := multiply(causes, max(width, 1), width, fractions(2, v.Factors*v.Inputs, 4), v.Inputs)
	if v.Factors == 0 {
		width, causes = v.Inputs, fractions(1, v.Rows*v.Inputs, 10)
		inputs = causes
	}
	outputs, noise := multiply(causes, width, 10, fractions(3, 10*v.Outputs, 6), v.Outputs), fractions(4, v.Rows*v.Outputs, 8)
	x, y = dataset.NewArray(1, v.Rows, v.Inputs), dataset.NewArray(1, v.Rows, v.Outputs)
	for i, value := range inputs {
		x.Data[i] = float32(value*orElse(v.Scale, 1) + orElse(v.Mean, 0))
	}
	for i, value := range outputs {
		y.Data[i] = float32(value + orElse(v.Noise, 1)*noise[i])
	}
	return x, y
}

func part(a *dataset.Array, from, to int) *dataset.Array {
	return &dataset.Array{Trials: 1, Bins: to - from, Features: a.Features, Data: a.Data[from*a.Features : to*a.Features]}
}

// check compares with the numbers that scikit-learn has for the same set.
func (v *verdict) check(t *testing.T) {
	x, y := v.arrays()
	train := v.Rows * 4 / 5
	l, err := Ridge(t.Context(), part(x, 0, train), part(y, 0, train), nil)
	if err != nil {
		t.Fatal(err)
	}
	score, err := l.Score(part(x, train, v.Rows), part(y, train, v.Rows))
	if err != nil {
		t.Fatal(err)
	}
	// Where inputs are sums of few factors, the least variances are rounding,
	// against which the smallest penalty stands out by 1e7: what both sides
	// lose there. Elsewhere the condition costs a few digits of 1e-16.
	tolerance := 1e-9
	if v.Factors > 0 {
		tolerance = 1e-6
	}
	grid := gridScores(t, part(x, 0, train), part(y, 0, train))
	best := slices.Max(v.Grid)
	for i, want := range v.Grid {
		if !(math.Abs(grid[i]-want) <= tolerance) {
			t.Errorf("alpha %v: cross-validated R2 %v, want %v", Alphas[i], grid[i], want)
		}
		if l.Alpha == Alphas[i] && l.Alpha != v.Alpha && best-want >= 1e-10 {
			t.Errorf("alpha %v, want %v", l.Alpha, v.Alpha)
		}
	}
	for o, want := range v.R2 {
		if !(math.Abs(score.PerOutput[o]-want) <= tolerance) {
			t.Errorf("output %d: R2 %v, want %v", o, score.PerOutput[o], want)
		}
	}
}

func checkAll(t *testing.T, text []byte) {
	var sets map[string]verdict
	if err := json.Unmarshal(text, &sets); err != nil {
		t.Fatal(err)
	}
	if len(sets) < 6 {
		t.Fatalf("%d sets are judged", len(sets))
	}
	for name, v := range sets {
		t.Run(name, v.check)
	}
}

func TestAsScikitLearn(t *testing.T) { checkAll(t, judged) }

// The judge itself, if it is there: pip install scikit-learn.
func TestScikitLearn(t *testing.T) {
	judge := exec.Command(testenv.NLBPython(t), filepath.Join(testenv.Root(), "decode", "testdata", "ridge.py"))
	judge.Env = append(judge.Environ(), "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1") // on busy cores its threads wait for each other
	text, err := judge.Output()
	if err != nil {
		t.Fatal(err)
	}
	checkAll(t, text)
}
