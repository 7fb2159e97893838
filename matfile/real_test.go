package matfile

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestRecordings reads what MATLAB wrote: spikes of Aplysia's neurons, a line for each
// with its neuron and time in s. The numbers are SciPy's.
func TestRecordings(t *testing.T) {
	for name, want := range map[string]struct {
		spikes      int
		last, total float64
	}{
		"Jun0214da01.mat":        {23681, 122.21942688838436, 1456940.333190152},
		"Jun0214da02.mat":        {25768, 122.5501626066147, 1588244.802724424},
		"Jun0214da03.mat":        {27178, 118.48131557955452, 1671413.89519543},
		"Jun0414Bda01.mat":       {13961, 85.04571393508007, 833527.4369515834},
		"P10_Jun0414da01p10.mat": {5902, 122.63054549917162, 306688.2499846593},
	} {
		f := must[*File](t)(Open(testenv.Data(t, "aplysia/"+name)))
		a := array(t, f, "spks")
		v := must[[]float64](t)(a.Float64s())
		total := 0.0
		for i := 1; i < len(v); i += 2 {
			total += v[i]
		}
		if n := a.Shape()[0]; n != want.spikes || a.Shape()[1] != 2 || v[2*n-1] != want.last || total != want.total {
			t.Errorf("%s: %v, last at %v, sum %v; want %v", name, a, v[2*n-1], total, want)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestMATLABs reads the files that come with SciPy's own tests, which MATLAB 4.2 to 8
// and Octave wrote on three systems: what SciPy reads of them must be read the same.
func TestMATLABs(t *testing.T) {
	python := testenv.Python(t, "scipy", "h5py")
	out := must[[]byte](t)(exec.Command(python, "-c", "import scipy.io.matlab as m; print(m.__path__[0], end='')").Output())
	paths := must[[]string](t)(filepath.Glob(string(out) + "/tests/data/*.mat"))
	if len(paths) == 0 {
		testenv.Missing(t, "this SciPy has no test data")
	}
	var questions []question
	for _, path := range paths {
		f, err := Open(path)
		if err != nil {
			t.Logf("refused: %v", err)
			continue
		}
		if q := claim(f, path); len(q.Items) > 0 {
			questions = append(questions, q)
		}
		f.Close()
	}
	read := 0
	for i, answers := range ask(t, python, questions) {
		q := questions[i]
		for k, answer := range answers {
			if agrees := answer == q.claims[k]; agrees {
				read++
			} else if told(answer) {
				t.Errorf("%s: %s: %s, SciPy reads %s", filepath.Base(q.File), q.Items[k], q.claims[k], answer)
			}
		}
	}
	t.Logf("%d variables of %d files are read as SciPy reads them", read, len(questions))
	if read < 90 {
		t.Errorf("only %d variables of %d files are read as SciPy reads them", read, len(questions))
	}
}

// line joins what the judge says of one variable.
func line(answer any) string {
	b, _ := json.Marshal(answer)
	return string(b)
}
