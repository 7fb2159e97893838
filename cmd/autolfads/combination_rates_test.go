package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// ratesRowVariable is one row to judge, in a folder that stays: what a failure prints.
const ratesRowVariable = "AUTOLFADS_RATES_COMBINATION"

// Every pair of what rates are of, whose they are, what stands beside them and what is
// asked for goes through run, infer, baseline and evaluate; and every pair that has no
// scores is refused.
func TestRatesCombinations(t *testing.T) {
	d := newDesign(ratesFactors(), ratesClashes())
	chance := rand.New(rand.NewPCG(4, 1))
	rows := append(d.covering(chance), rowsOfRefusals(t, d, chance, refusedRates())...)
	judgeRates(t, d, thinned(rows))
}

// So many random ones, by hand.
func TestRandomRatesCombinations(t *testing.T) {
	d := newDesign(ratesFactors(), ratesClashes())
	judgeRates(t, d, randomRows(t, d))
}

func judgeRates(t *testing.T, d *design, rows []combination) {
	prepared := preparedTrials(t)
	l := newLedger(ratesRowVariable, func(t *testing.T, c combination, dir string) (string, error) { return c.judgedRates(t, prepared, dir) })
	l.judgeRows(t, d, rows)
}

// One row, in a folder that stays.
func TestOneRatesCombination(t *testing.T) {
	text := os.Getenv(ratesRowVariable)
	if text == "" {
		t.Skipf("set %s to a row that a failure printed", ratesRowVariable)
	}
	d := newDesign(ratesFactors(), ratesClashes())
	dir, err := os.MkdirTemp("", "combination-")
	if err != nil {
		t.Fatal(err)
	}
	refusal, err := d.parse(t, text).judgedRates(t, preparedTrials(t), dir)
	t.Logf("in %s\nrefused: %q", dir, refusal)
	if err != nil {
		t.Error(err)
	}
}

// preparedTrials makes trials of recordings, each of what they are of: as the benchmark
// does, and of signals of muscles.
func preparedTrials(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	made := map[string]string{benchmark: filepath.Join(dir, "nlb", "tiny.h5"), ofMuscles: filepath.Join(dir, "emg", "tiny.h5")}
	for _, path := range made {
		if err := os.Mkdir(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	succeed(t, "prepare", benchmarkRecording(t, dir, "area2"), "--preset", "nlb/area2_bump", "--bin-ms", "20", "--eval", "val", "--out", made[benchmark])
	source := testenv.Gunzip(t, filepath.Join("testdata", "sources", "muscles.npz.gz"), filepath.Join(dir, "muscles.npz"))
	succeed(t, "prepare", source, "--signal", "emg", "--signal-kind", "emg", "--scale", "std", "--chop-ms", "200", "--bin-ms", "20", "--no-overview", "--out", made[ofMuscles])
	return made
}

// ratesJudge looks at one row.
type ratesJudge struct {
	judge
	files map[string]string // by kind
}

// judgedRates judges a row in an empty folder. It returns the sentence by which it was
// refused, if it was, or what went wrong.
func (c combination) judgedRates(t *testing.T, prepared map[string]string, dir string) (refusal string, err error) {
	data := filepath.Join(dir, "tiny.h5")
	j := &ratesJudge{judge{combination: c.withUsual(), t: t, dir: dir, data: data, out: filepath.Join(dir, "run")}, map[string]string{}}
	if made := prepared[j.combination["made of"]]; made != "" {
		j.data = made
	} else if err := j.record(data, j.sizes()); err != nil {
		return "", fmt.Errorf("the recording cannot be made: %w", err)
	}
	refusal, err = j.evaluate()
	wanted := c.refusalWanted()
	if wanted == nil {
		wanted = c.mayBeRefused()
		if refusal == "" {
			return "", err
		}
	}
	if err == nil && !wanted.MatchString(refusal) {
		err = fmt.Errorf("refused: %q, want %v", refusal, wanted)
	}
	return refusal, err
}

// evaluate makes the files and scores them.
func (j *ratesJudge) evaluate() (refusal string, err error) {
	args := []string{"evaluate"}
	for _, kind := range append([]string{j.combination["model"]}, j.rivalsOf()...) {
		path, refusal, err := j.ratesOf(kind)
		if err != nil || refusal != "" {
			return refusal, err
		}
		args = append(args, path)
	}
	args = append(args, j.asked()...)
	got := execute(j.t, command(args...))
	if got.code == exitError {
		return refusedBy(got)
	}
	if err := got.fault(args); err != nil {
		return "", err
	}
	if err := j.scored(got.stdout); err != nil {
		return "", fmt.Errorf("%w\nby autolfads %s", err, quoted(args))
	}
	return "", nil
}

// asked are the flags of evaluate. A run folder knows its data.
func (j *ratesJudge) asked() (args []string) {
	if !j.is("model", "the run") {
		args = append([]string{"--data", j.data}, j.openFlags()...)
	}
	args = append(args, "--draws", j.combination["draws"])
	if j.is("told", "json") {
		args = append(args, "--json")
	}
	if j.is("smoothing", "left out") {
		args = append(args, "--no-smoothing")
	}
	if !j.is("few shot", "as usual") && !j.is("few shot", idle) {
		args = append(args, "--few-shot", j.combination["few shot"])
	}
	if !j.is("figures", "none") {
		args = append(args, "--figures", j.figuresDir(), "--format", j.combination["figures"])
	}
	switch j.combination["scored"] {
	case "by the benchmark":
		args = append(args, "--nlb")
	case "by its targets":
		args = append(args, "--nlb", "--targets", j.data)
	}
	return args
}

func (j *ratesJudge) figuresDir() string { return filepath.Join(j.dir, "new", "figures") }

// openFlags are the flags for what the data file leaves open.
func (j *ratesJudge) openFlags() []string {
	flags := j.combination.openFlags()
	if j.is("data.set_aside", "1") {
		flags = append(flags, "--set-aside", "1")
	}
	if j.is("truth", "count") {
		flags = append(flags, "--truth-unit", "count")
	}
	return flags
}

// read is how many bins and neurons the model reads.
func (j *ratesJudge) read() (bins, neurons int) {
	if j.is("made of", benchmark) {
		encod := reload(j.t, j.data).Train.Encod
		return encod.Bins, encod.Features
	}
	s := j.sizes()
	return s.bins, s.heldIn - j.setAside()
}

// fromRun reports whether rates of a kind are the run's. Trials of a file that the run
// divided are inferred with other random numbers.
func (j *ratesJudge) fromRun(kind string) bool {
	return slices.Contains(ofRun, kind) && !(slices.Contains([]string{"inferred", "an ensemble", "its mean"}, kind) && j.is("made of", benchmark))
}
