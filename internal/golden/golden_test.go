package golden

import (
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestEveryCaseIsWhole checks that a case's arrays fit its configuration and
// each other, so that a test that loops over them loops over something.
func TestEveryCaseIsWhole(t *testing.T) {
	for _, name := range Cases {
		t.Run(name, func(t *testing.T) {
			c := Load(t, name)
			data := c.Inputs.Array("encod_data")
			if want := []int{data.Shape[0], c.Config.Int("encod_seq_len"), c.Config.Int("encod_data_dim")}; !slices.Equal(data.Shape, want) {
				t.Errorf("encod_data is %v, want %v", data.Shape, want)
			}
			for _, p := range c.Trainable {
				for what, g := range map[string]*Group{"gradient": c.Noise.Grads, "after 1": c.Noise.After1, "after 3": c.Noise.After3} {
					if a, b := c.Params.Array(p).Shape, g.Array(p).Shape; !slices.Equal(a, b) {
						t.Errorf("%s is %v, its %s %v", p, a, what, b)
					}
				}
			}
			checkSizes(t, c)
		})
	}
}

func checkSizes(t *testing.T, c *Case) {
	t.Helper()
	for _, g := range []*Group{c.Params, c.Inputs, c.Noise.Outputs, c.Noise.Losses} {
		for _, name := range g.Names() {
			a, size := g.Array(name), 1
			for _, n := range a.Shape {
				size *= n
			}
			if len(a.Data) != size {
				t.Errorf("%s/%s has %d numbers for shape %v", g.name, name, len(a.Data), a.Shape)
			}
		}
	}
	if n := len(c.Noise.Losses.Floats("total_steps_1_2_3")); n != 3 {
		t.Errorf("%d losses of steps, want 3", n)
	}
}

func TestMaxError(t *testing.T) {
	for _, c := range []struct {
		got, want []float64
		error     float64
	}{
		{[]float64{1, 2}, []float64{1, 2}, 0},
		{[]float64{1, 2.5}, []float64{1, 2}, .25},
		{[]float64{.5}, []float64{0}, .5},
		{[]float64{1}, []float64{1, 2}, math.Inf(1)},
		{[]float64{math.NaN()}, []float64{1}, math.Inf(1)},
		{nil, nil, 0},
	} {
		if got := MaxError(c.got, c.want); got != c.error {
			t.Errorf("MaxError(%v, %v) = %v, want %v", c.got, c.want, got, c.error)
		}
	}
}

// TestMissingNames wants a mistyped name to be found at once, by group and name.
func TestMissingNames(t *testing.T) {
	g := Units(t)["gru_cell"]
	defer func() {
		if got, want := recover(), `golden: group "gru_cell" has no "wieght_ih"`; got != want {
			t.Errorf("panic %v, want %v", got, want)
		}
	}()
	g.Array("wieght_ih")
}

// TestEveryUnitIsUsed wants a test to name each group of units.h5.
func TestEveryUnitIsUsed(t *testing.T) {
	tests := everyTest(t)
	for name := range Units(t) {
		if name != "" && !strings.Contains(tests, `"`+name+`"`) {
			t.Errorf("no test takes %q of units.h5", name)
		}
	}
}

// everyTest returns the text of this module's tests.
func everyTest(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(testenv.Root(), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
