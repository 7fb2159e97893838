package report

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// searchTables writes the tables of a run of two generations of three members: the
// last of them is the best, then the first; one diverges.
func searchTables(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{
		"scores.csv": "generation,member,epoch,score,diverged\n" +
			"0,0,5,.9,\n0,1,5,.8,\n0,2,5,.7,\n1,0,7,.5,\n1,1,7,NaN,w is not finite\n1,2,7,.6,\n",
		"hyperparameters.csv": "generation,member,train.a,train.b\n" +
			"0,0,.001,1\n0,1,.1,2\n0,2,.01,3\n1,0,.1,4\n1,1,.01,\n1,2,.001,5\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// search reads them.
func search(t *testing.T) *SearchTrajectories {
	t.Helper()
	s, err := ReadSearch(searchTables(t))
	if err != nil {
		t.Fatal(err)
	}
	s.Log = map[string]bool{"train.a": true}
	return s
}

func TestReadSearch(t *testing.T) {
	s := search(t)
	if got := fmt.Sprint(s.Names, s.Scores, s.Hyper); got != "[train.a train.b] [[0.9 0.8 0.7] [0.5 NaN 0.6]] [[[0.001 0.1 0.01] [0.1 0.01 0.001]] [[1 2 3] [4 NaN 5]]]" {
		t.Errorf("read %s", got)
	}
	if got := fmt.Sprint(s.bestMembers()); got != "[2 0]" {
		t.Errorf("best members %s", got)
	}
	path := filepath.Join(t.TempDir(), "scores.csv")
	if err := os.WriteFile(path, []byte("a,b\n1,2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadSearch(filepath.Dir(path)); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a table of something else: %v", err)
	}
}

// The marks of the best members lie where their values are: in the middle of a
// log scale from .001 to .1, then at its top.
func TestSearchShowsTheBest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "search.png")
	if err := search(t).Write(path); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	left := searchColumn + searchLeft // the second panel is train.a
	for g, fraction := range []float64{.5, (2 + .12) / 2.24} {
		x := left + searchWidth*vg.Length((float64(g)+.3)/1.6)
		y := searchTop + searchHeight*vg.Length(1-fraction)
		if got := pixel(img, x, y); got != inferred {
			t.Errorf("generation %d: %v at the best member's value, want %v", g, got, inferred)
		}
		if got := pixel(img, x, searchTop+searchHeight*.8); got == inferred {
			t.Errorf("generation %d: the best member is marked elsewhere as well", g)
		}
	}
}

func TestValueScale(t *testing.T) {
	for _, c := range []struct {
		values []float64
		log    bool
		want   string
	}{
		{[]float64{1e-6, 1e-3}, true, "[1e-06 1e-05 0.0001 0.001]"},
		{[]float64{.0035, .0049}, true, "[0.0035 0.004 0.0045]"},
		{[]float64{0, 10, math.NaN(), math.Inf(1)}, false, "[0 5 10]"},
		{[]float64{.5, .5}, false, "[0.4 0.45 0.5 0.55 0.6]"},
		{[]float64{math.NaN()}, true, "[1 10]"},
	} {
		s := newValueScale([][]float64{c.values}, c.log)
		if got := fmt.Sprint(s.labels); got != c.want {
			t.Errorf("%v: ticks %s, want %s", c.values, got, c.want)
		}
	}
	none := SearchTrajectories{}
	if err := none.Write(filepath.Join(t.TempDir(), "x.png")); err == nil {
		t.Error("a figure of nothing")
	}
}
