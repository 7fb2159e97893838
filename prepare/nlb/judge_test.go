package nlb

import (
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// judged are recordings that testdata/simulate.py makes in a form, irregular in ways
// that it names by words, and how they are prepared.
var judged = []struct {
	form, words string
	o           Options
}{
	{"maze", "gaps noise stamps units edges", Options{Preset: "mc_maze_small", BinMs: 20}},
	{"maze", "late noise conversion stray lacking", Options{Preset: "mc_maze_large", BinMs: 5}},
	{"maze", "test gaps noise units", Options{Preset: "mc_maze", BinMs: 5, Eval: Test}},
	{"maze", "late begun noise stamps gaps short", Options{Preset: "mc_maze", BinMs: 5}},
	{"maze", "test late begun noise short gaps", Options{Preset: "mc_maze_large", BinMs: 20}},
	{"maze", "test noise lacking edges", Options{Preset: "mc_maze_medium", BinMs: 20}},
	{"maze", "gaps stamps noise edges conversion units late lacking stray", Options{Preset: "mc_maze", BinMs: 5}},
	{"rtt", "gaps noise stamps", Options{Preset: "mc_rtt", BinMs: 20}},
	{"rtt", "test noise edges units", Options{Preset: "mc_rtt", BinMs: 5, Eval: Test}},
	{"rtt", "late noise edges", Options{Preset: "mc_rtt", BinMs: 5}},
	{"rtt", "noise whole spaced", Options{Preset: "mc_rtt", BinMs: 5}},
	{"area2", "gaps noise single", Options{Preset: "area2_bump", BinMs: 5}},
	{"area2", "gaps noise stamps units lacking", Options{Preset: "area2_bump", BinMs: 20}},
	{"area2", "test gaps noise", Options{Preset: "area2_bump", BinMs: 5, Eval: Test}},
	{"area2", "gaps conversion noise edges late", Options{Preset: "area2_bump", BinMs: 5}},
	{"dmfc", "gaps units edges lacking", Options{Preset: "dmfc_rsg", BinMs: 20}},
	{"dmfc", "test gaps", Options{Preset: "dmfc_rsg", BinMs: 5, Eval: Test}},
	{"dmfc", "test late units stray", Options{Preset: "dmfc_rsg", BinMs: 5}},
}

// TestNLBToolsAgree compares with nlb_tools on recordings simulated on the spot.
func TestNLBToolsAgree(t *testing.T) {
	python, seed := testenv.NLBPython(t), testenv.Number(t, "AUTOLFADS_SEED", 1)
	for _, c := range judged {
		t.Run(c.form+"/"+strings.ReplaceAll(c.words, " ", "-"), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			source, tensors := filepath.Join(dir, "source"), filepath.Join(dir, "tensors.h5")
			words := append([]string{"-W", "ignore", "testdata/simulate.py", source, c.form, strconv.Itoa(seed)}, strings.Fields(c.words)...)
			run(t, python, words...)
			o := c.o
			if err := o.check(); err != nil {
				t.Fatal(err)
			}
			run(t, python, "testdata/judge.py", source, o.Preset, strconv.Itoa(o.BinMs), o.Eval, tensors)
			set, _ := prepared(t, source, c.o)
			compare(t, set, tensors)
		})
	}
}

func run(t *testing.T, python string, args ...string) {
	t.Helper()
	if out, err := exec.Command(python, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
