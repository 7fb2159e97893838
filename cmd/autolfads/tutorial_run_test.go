package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/internal/testenv"
)

// tinySets makes any run of the tutorial a matter of seconds.
const tinySets = " --set model.generator_dim=4 --set model.factors=3 --set model.initial_condition_dim=3 --set model.ic_encoder_dim=4" +
	" --set model.ci_encoder_dim=4 --set model.controller_dim=4 --set train.kl_ramp_epochs=0 --set train.l2_ramp_epochs=0 --set infer.samples=2" +
	" --set pbt.members=3 --set pbt.first_generation_epochs=2 --set pbt.epochs_per_generation=1 --set pbt.max_generations=3 --set pbt.final_draws=2"

// reductions make the tutorial's commands small, and put the practice session in the place of
// the reader's recording. Each must be needed.
var reductions = []struct{ from, to string }{
	{"autolfads demo --out demo", "autolfads run demo/lorenz.h5 --out demo/run" + tinySets},
	{"session.nwb", "session.csv"},
	{"hand_vel", "session_behavior"},
	{"synth emg --out emg.h5", "synth emg --out emg.h5 --trials 20 --bins 20"},
	{"synth calcium --out calcium.h5", "synth calcium --out calcium.h5 --conditions 5 --trials 4 --frames 20 --neurons 8"},
	{"--preset small", "--preset small" + tinySets},
	{"--preset emg", "--preset emg" + tinySets},
	{"--preset calcium", "--preset calcium" + tinySets},
	{"train.max_epochs=150", "train.max_epochs=3"},
	{"pbt.max_generations=12", "pbt.max_generations=4"},
}

// reduced is a command made small; it notes which reductions were needed.
func reduced(line string, needed []bool) string {
	for i, r := range reductions {
		if strings.Contains(line, r.from) {
			needed[i] = true
			line = strings.Replace(line, r.from, r.to, 1)
		}
	}
	return line
}

// What the tutorial does, from the demo to the rates in Python, goes through to its end, at
// small scale; the files that it then names are there.
func TestTutorialMainLine(t *testing.T) {
	dir := testenv.MemoryDir(t)
	practiceSession(t, dir)
	if err := os.Mkdir(filepath.Join(dir, "demo"), 0o777); err != nil {
		t.Fatal(err)
	}
	succeed(t, "synth", "lorenz", "--out", filepath.Join(dir, "demo", "lorenz.h5"), "--conditions", "5", "--neurons", "10", "--trials", "10", "--bins", "20", "--rate-hz", "20")
	pages, needed, folders, n := tutorial(t), make([]bool, len(reductions)), map[string]bool{}, 0
	for _, p := range pages {
		for _, text := range p.blocksIn("sh") {
			for _, line := range commandsOf(text) {
				n++
				args := words(reduced(line, needed))
				if args[0] != "autolfads" {
					t.Fatalf("%s: not a command of ours: %s", p.name, line)
				}
				c := command(args[1:]...)
				c.Dir = dir
				if r := execute(t, c); r.code != 0 {
					t.Fatalf("%s: %s: exit code %d\n%s%s", p.name, strings.Join(args, " "), r.code, r.stdout, r.stderr)
				}
				for i, arg := range args {
					if arg == "--out" || arg == "--figures" {
						folders[args[i+1]] = true
					}
				}
			}
		}
	}
	if i := slices.Index(needed, false); i >= 0 {
		t.Errorf("no command needs the reduction of %q", reductions[i].from)
	}
	if n < 20 {
		t.Errorf("the main line has %d commands", n)
	}
	for _, p := range pages {
		filesNamed(t, &p, dir, folders)
		arraysInMATLAB(t, &p, dir)
	}
	t.Run("python", func(t *testing.T) {
		python := testenv.Python(t, "h5py", "numpy")
		for _, p := range pages {
			for _, text := range p.blocksIn("python") {
				runPython(t, python, dir, text)
			}
		}
	})
}

// filesNamed checks that files that a page names are there: those in a folder that a command
// made by its name, those in figures/ in one run at least.
func filesNamed(t *testing.T, p *tutorialPage, dir string, folders map[string]bool) {
	t.Helper()
	there := func(path string) bool {
		_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path)))
		return err == nil
	}
	for _, span := range p.codeSpans() {
		if strings.ContainsAny(span, " *=") {
			continue
		}
		ofSome, found := strings.HasPrefix(span, "figures/"), false
		for folder := range folders {
			if !ofSome && strings.HasPrefix(span, folder+"/") && !there(span) {
				t.Errorf("%s: there is no %s", p.name, span)
			}
			found = found || there(folder+"/"+span)
		}
		if ofSome && !found {
			t.Errorf("%s: no run has %s", p.name, span)
		}
	}
}

// fromMATLAB is how a MATLAB block reads an array; of a name alone, the outputs.
var fromMATLAB = regexp.MustCompile(`h5read\((out|'[^']+'), '/([^']+)'\)`)

// arraysInMATLAB checks that the arrays that a page's MATLAB reads are there.
func arraysInMATLAB(t *testing.T, p *tutorialPage, dir string) {
	t.Helper()
	for _, text := range p.blocksIn("matlab") {
		all := fromMATLAB.FindAllStringSubmatch(text, -1)
		if len(all) == 0 {
			t.Errorf("%s: a block of MATLAB reads nothing", p.name)
		}
		for _, m := range all {
			path := strings.Trim(strings.Replace(m[1], "out", "results/outputs/trials.h5", 1), "'")
			f, err := hdf5.Open(filepath.Join(dir, filepath.FromSlash(path)))
			if err != nil {
				t.Errorf("%s: %v", p.name, err)
				continue
			}
			if _, err := f.Root().Dataset(m[2]); err != nil {
				t.Errorf("%s: %s has no %s: %v", p.name, path, m[2], err)
			}
			f.Close()
		}
	}
}

// The practice session.
const (
	practiceTrials = 40
	practiceUnits  = 8
	practiceStepMs = 900 // from trial to trial
)

// practiceSession writes a small recording: units whose rates go round once in 400 ms, in two
// directions for the two targets, 300 ms after each trial's start; a hand that follows.
func practiceSession(t *testing.T, dir string) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var spikes, trials, hand strings.Builder
	spikes.WriteString("unit,time\n")
	trials.WriteString("start_time,stop_time,go_cue_time,target\n")
	hand.WriteString("time,x,y\n")
	for trial := range practiceTrials {
		start, turn := float64(trial*practiceStepMs)/1000, 1-2*float64(trial%2)
		fmt.Fprintf(&trials, "%g,%g,%g,%s\n", start, start+.85, start+.3, []string{"left", "right"}[trial%2])
		for ms := range practiceStepMs {
			at, phase := start+float64(ms)/1000, turn*2*math.Pi*float64(max(ms-300, 0))/400
			for unit := range practiceUnits {
				hz := 25 * math.Exp(math.Sin(phase+2*math.Pi*float64(unit)/practiceUnits)-1)
				if random.Float64() < hz/1000 {
					fmt.Fprintf(&spikes, "%d,%g\n", unit+1, at)
				}
			}
			if ms%10 == 0 {
				fmt.Fprintf(&hand, "%g,%g,%g\n", at, math.Sin(phase), turn*math.Cos(phase))
			}
		}
	}
	for name, text := range map[string]string{"session.csv": spikes.String(), "session_trials.csv": trials.String(), "session_behavior.csv": hand.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
