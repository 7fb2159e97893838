package outputs

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// Rates that Python's libraries write in each layout and format are read as they were:
// trials in another order by their indices, neurons of a submission held-in ones first.
func TestOtherPrograms(t *testing.T) {
	python := testenv.Python(t, "h5py", "scipy.io")
	for _, kind := range []string{"lfads-torch", "npz", "mat5", "mat73", "submission"} {
		t.Run(kind, func(t *testing.T) { wantFrom(t, python, kind) })
	}
}

// TestNLBTools has the benchmark's own tools write a submission.
func TestNLBTools(t *testing.T) {
	wantFrom(t, testenv.NLBPython(t), "nlb_tools")
}

func wantFrom(t *testing.T, python, kind string) {
	t.Helper()
	d := session()
	train, valid, test := estimates(d)
	c := exec.Command(python, "testdata/others.py", written(t, d, OfCounts(train, valid, test)), t.TempDir(), kind)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	f := read(t, strings.TrimSpace(string(out)), d)
	wantSame(t, "train", f.Train.Rates, train.Rates)
	wantSame(t, "valid", f.Valid.Rates, valid.Rates)
	wantSame(t, "test", f.Test.Rates, test.Rates)
	if len(f.Notes) > 0 {
		t.Errorf("%q", f.Notes)
	}
	if f.Layout == OfLFADSTorch {
		wantSame(t, "factors", f.Valid.Factors, valid.Factors)
	}
}
