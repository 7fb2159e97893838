package dataset

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// mergeJudged is what testdata/merge.py has of NumPy.
type mergeJudged struct {
	Window, Overlap, Features int
	Power                     float64
	Bins                      int64
	Starts                    []int64
	Windows                   []float32
	Merged                    []*float32
}

func TestMergeIsNumPys(t *testing.T) {
	var all []mergeJudged
	text, err := os.ReadFile(testenv.Gunzip(t, "testdata/merge.json.gz", filepath.Join(t.TempDir(), "merge.json")))
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil || len(all) < 10 {
		t.Fatalf("%d judgements, %v", len(all), err)
	}
	for _, j := range all {
		c := Chop{j.Window, j.Overlap, j.Power, 0, j.Bins}
		m, err := c.Merge(j.Window, Placed{j.Starts, &Array{len(j.Starts), j.Window, j.Features, j.Windows}})
		if err != nil {
			t.Fatal(err)
		}
		got := rowsOf(m, 0, j.Bins)
		for i, want := range j.Merged {
			if want == nil != IsMissing(got[i]) || want != nil && math.Abs(float64(*want-got[i])) > 1e-5 {
				t.Fatalf("%+v: bin %d is %g, want %v", c, i/j.Features, got[i], want)
			}
		}
	}
}

// rowsOf are the bins of a merged recording from first up to, but not with, last.
func rowsOf(m *Merged, first, last int64) []float32 {
	rows := make([]float32, int(last-first)*m.Features)
	m.Rows(first, rows)
	return rows
}

// randomChop draws a recording with gaps, and how it is cut.
func randomChop(r *rand.Rand) (c Chop, recording []float32, features int) {
	c = Chop{Window: 1 + r.IntN(40), Power: []float64{1, 2, 3, .5, 2.7}[r.IntN(5)], Origin: r.Float64()}
	c.Overlap = r.IntN(c.Window/2 + 1)
	features = 1 + r.IntN(4)
	for range 1 + r.IntN(6) {
		for range r.IntN(6 * c.Window) {
			for range features {
				recording = append(recording, float32(r.NormFloat64()*math.Pow(10, float64(r.IntN(9)-4))))
			}
			if features > 1 && r.IntN(10) == 0 {
				recording[len(recording)-1] = float32(math.NaN()) // one feature alone is no gap
			}
		}
		for range features * r.IntN(9) {
			recording = append(recording, float32(math.NaN()))
		}
	}
	c.Bins = int64(len(recording) / features)
	return c, recording, features
}

// TestMergeChop: merge(chop(x)) is x, bit for bit, wherever a window is, and NaN
// elsewhere; windows lie in one stretch each, and no more than a step of a stretch is
// in none; rows may be asked for in any pieces.
func TestMergeChop(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		c, x, features := randomChop(r)
		stretches := StretchesOf(x, features)
		starts := c.Starts(stretches, r.Uint64())
		m, err := c.Merge(c.Window, Placed{starts, c.Cut(x, features, starts)})
		if err != nil {
			t.Fatal(err)
		}
		if m.Features == 0 {
			continue // no window fits
		}
		covered := make([]bool, c.Bins)
		for _, s := range starts {
			for b := range c.Window {
				covered[s+int64(b)] = true
			}
		}
		got := rowsOf(m, 0, c.Bins)
		for i, v := range got {
			switch in := covered[i/features]; {
			case in && v != x[i] && !(IsMissing(v) && IsMissing(x[i])):
				t.Fatalf("%+v: bin %d is %g, was %g", c, i/features, v, x[i])
			case !in && !IsMissing(v):
				t.Fatalf("%+v: bin %d is in no window and %g", c, i/features, v)
			}
		}
		for _, s := range stretches {
			n := countTrue(covered[s.First:s.Last])
			if length := s.Last - s.First; length >= int64(c.Window) && int64(n) <= length-c.Step() || length < int64(c.Window) && n > 0 {
				t.Fatalf("%+v: %d of %+v are covered", c, n, s)
			}
		}
		if all := countTrue(covered); all != coveredBins(m) {
			t.Fatalf("%+v: %v are covered, not %d bins", c, m.Covered(), all)
		}
		first := r.Int64N(c.Bins)
		last := first + r.Int64N(c.Bins-first+1)
		if piece := rowsOf(m, first, last); !alike(piece, got[int(first)*features:]) {
			t.Fatalf("%+v: bins %d to %d differ from those of all", c, first, last)
		}
	}
}

func countTrue(all []bool) (n int) {
	for _, v := range all {
		if v {
			n++
		}
	}
	return n
}

func coveredBins(m *Merged) (n int) {
	for _, s := range m.Covered() {
		n += int(s.Last - s.First)
	}
	return n
}

// TestMergeWeights: what two windows share goes from the earlier to the later.
func TestMergeWeights(t *testing.T) {
	ones := func(v float32) []float32 { return slices.Repeat([]float32{v}, 8) }
	for power, want := range map[float64][]float32{1: {.25, .41666666, .5833333, .75}, 2: {.0625, .1736111, .3402777, .5625}} {
		c := Chop{Window: 8, Overlap: 4, Power: power, Bins: 14}
		m, err := c.Merge(8, Placed{[]int64{5, 1}, &Array{2, 8, 1, append(ones(1), ones(0)...)}})
		if err != nil {
			t.Fatal(err)
		}
		nan := float32(math.NaN())
		want = slices.Concat([]float32{nan, 0, 0, 0, 0}, want, []float32{1, 1, 1, 1, nan})
		for i, v := range rowsOf(m, 0, 14) {
			if math.Abs(float64(v-want[i])) > 1e-6 || IsMissing(v) != IsMissing(want[i]) {
				t.Errorf("power %g: bin %d is %g, want %g", power, i, v, want[i])
			}
		}
	}
}

// TestMergeForward: of windows that go on, the first bins count.
func TestMergeForward(t *testing.T) {
	c := Chop{Window: 4, Overlap: 1, Power: 2, Bins: 7}
	m, err := c.Merge(3, Placed{[]int64{0, 3}, &Array{2, 4, 1, []float32{1, 2, 3, 9, 4, 5, 6, 9}}})
	if err != nil || !alike(rowsOf(m, 0, 6), []float32{1, 2, 3, 4, 5, 6}) {
		t.Errorf("%v, %v", rowsOf(m, 0, 6), err)
	}
}

func TestMergeRefused(t *testing.T) {
	for name, v := range map[string]struct {
		chop   Chop
		starts []int64
		say    string
	}{
		"overlap":   {Chop{Window: 5, Overlap: 3, Power: 2, Bins: 20}, []int64{0, 2}, "must be 0 to 2, half a window"},
		"no window": {Chop{Power: 2, Bins: 20}, []int64{0}, "0 bins long"},
		"power":     {Chop{Window: 5, Bins: 20}, []int64{0, 9}, "power"},
		"crowded":   {Chop{Window: 5, Overlap: 2, Power: 2, Bins: 20}, []int64{0, 2}, "begin at bins 0 and 2"},
		"twice":     {Chop{Window: 5, Overlap: 2, Power: 2, Bins: 20}, []int64{4, 4}, "begin at bins 4 and 4"},
		"behind":    {Chop{Window: 5, Overlap: 2, Power: 2, Bins: 20}, []int64{0, 16}, "begins at bin 16: the recording has bins 0 to 19"},
		"before":    {Chop{Window: 5, Overlap: 2, Power: 2, Bins: 20}, []int64{-1, 9}, "begins at bin -1"},
		"another":   {Chop{Window: 5, Overlap: 2, Power: 2, Bins: 20}, []int64{0}, "cannot be merged"},
	} {
		_, err := v.chop.Merge(5, Placed{v.starts, NewArray(2, 5, 1)})
		if err == nil || !strings.Contains(err.Error(), v.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
