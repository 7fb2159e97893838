package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/plan"
)

// planOf is the JSON of a plan of a tiny run.
func planOf(t *testing.T, args ...string) planJSON {
	t.Helper()
	var p planJSON
	if err := json.Unmarshal([]byte(succeed(t, args...)), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// tinyPlan is the command line of a plan of a tiny run.
func tinyPlan(t *testing.T, dir, data string, more ...string) []string {
	t.Helper()
	args := tinyRun(t, dir, data, "none", more...)
	i := slices.Index(args, "--out")
	args = slices.Delete(args, i, i+2)
	args[0] = "plan"
	return slices.Insert(args, 2, "--measure", "100ms")
}

// A plan of a fixed number of generations is exact in what is trained: the run that follows has
// as many generations and epochs. It leaves nothing behind, neither beside the data nor among
// temporary files.
func TestPlanAndRun(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out, temporary := tinyData(t, dir), filepath.Join(dir, "run"), t.TempDir()
	args := tinyPlan(t, dir, data, "--generations", "3", "--cores", "64", "--nodes", "4", "--cores-per-node", "16", "--json")
	before := contents(t, dir)
	c := command(args...)
	c.Env = append(os.Environ(), "TMPDIR="+temporary)
	r := execute(t, c)
	var p planJSON
	if err := json.Unmarshal([]byte(r.stdout), &p); err != nil {
		t.Fatalf("%v\n%s%s", err, r.stdout, r.stderr)
	}
	if after := contents(t, dir); len(after) != len(before) {
		t.Errorf("a plan leaves %d files where %d were", len(after), len(before))
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("a plan leaves %v among temporary files (%v)", left, err)
	}
	if p.Members != 3 || p.Generations != [2]int{3, 3} || p.Epochs != [2]int{3 * (3 + 2*2), 3 * (3 + 2*2)} {
		t.Errorf("%d members, %v generations, %v epochs", p.Members, p.Generations, p.Epochs)
	}
	if p.EpochSeconds <= 0 || p.MemberBytes <= 0 || p.UnitBytes < p.MemberBytes || p.DriverBytes < p.UnitBytes || p.MeasuredWorkers < 1 || p.Here.Fewest != p.Here.Most {
		t.Errorf("%+v", p)
	}
	if len(p.Beside) != 3 || p.Beside[0].Slots != 3 || p.Beside[0].Threads != 21 || p.Beside[1].Slots != 64 || p.Beside[2].Most.Waiting <= p.Beside[1].Most.Waiting {
		t.Errorf("beside: %+v", p.Beside)
	}
	if last := p.Ladder[len(p.Ladder)-1]; last.Members != 1000 || last.Slots != 1000 || last.Most.Epochs != 1000*(3+2*2) {
		t.Errorf("the ladder ends with %+v", last)
	}
	succeed(t, tinyRun(t, dir, data, out, set("pbt.max_generations=3", "pbt.stop_errors=0")...)...)
	text, err := os.ReadFile(filepath.Join(out, "scores.csv"))
	if rows := strings.Count(string(text), "\n") - 1; err != nil || rows != 3*p.Generations[1] {
		t.Errorf("the run has %d results of members, the plan %d generations of 3 (%v)", rows, p.Generations[1], err)
	}
}

// Times of a search that a stop rule may end are a range, whose ends have the same costs; of
// models that train alone, too.
func TestPlanRanges(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := tinyData(t, dir)
	p := planOf(t, tinyPlan(t, dir, data, append(set("pbt.max_generations=30", "pbt.stop_generations=6"), "--json")...)...)
	if p.Generations != [2]int{6, 30} || p.Here.Most.SearchSeconds < 2*p.Here.Fewest.SearchSeconds {
		t.Errorf("%v generations take %v to %v s", p.Generations, p.Here.Fewest.SearchSeconds, p.Here.Most.SearchSeconds)
	}
	p = planOf(t, tinyPlan(t, dir, data, append(set("train.max_epochs=40", "train.early_stop_patience=5"), "--search", "random", "--members", "4", "--json")...)...)
	if p.Epochs != [2]int{4 * 7, 4 * 40} || p.Generations != [2]int{1, 1} {
		t.Errorf("random: %v epochs, %v generations", p.Epochs, p.Generations)
	}
	p = planOf(t, tinyPlan(t, dir, data, append(set("train.max_epochs=40"), "--search", "fixed", "--json")...)...)
	if p.Members != 1 || len(p.Ladder) != 1 {
		t.Errorf("one model has a ladder of %+v", p.Ladder)
	}
	const endless = 100_000 // generations, of the most members: no time has gone round
	p = planOf(t, tinyPlan(t, dir, data, append(set("pbt.max_generations=100000"), "--members", "3000", "--json")...)...)
	if year := 365 * 24 * 3600.; p.Generations[1] != endless || p.Here.Most.SearchSeconds < year/10 || p.Here.Most.Waiting < 0 || p.Here.Most.Waiting > 1 {
		t.Errorf("%v generations take %v s", p.Generations, p.Here.Most.SearchSeconds)
	}
}

// What cannot be planned is refused in words.
func TestPlanRefuses(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := tinyData(t, dir)
	for says, more := range map[string][]string{
		"give both":            {"--nodes", "4"},
		"give --threads 4":     {"--nodes", "2", "--cores-per-node", "4", "--threads", "8"},
		"nodes: -1":            {"--nodes=-1"},
		"generations are of a": {"--generations", "3", "--search", "fixed"},
		"is to last -1s":       {"--measure=-1s"},
		"the spread is 7":      {"--spread", "7"},
		"--epochs-budget is":   {"--epochs-budget", "3"},
		"cores: 1000000000; ":  {"--cores", "1000000000"},
	} {
		refuseIn(t, dir, []string{says}, tinyPlan(t, dir, data, more...)...)
	}
	refuseIn(t, dir, []string{"none.h5"}, "plan", filepath.Join(dir, "none.h5"))
}

// A recording is planned for as the run models it: with the trials that would be made of it, of which
// no file is written.
func TestPlanOfRecording(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := filepath.Join(dir, "reach.npz")
	succeed(t, "synth", "reaching", "--out", data, "--seconds", "60", "--neurons", "8")
	before := contents(t, dir)
	args := tinyPlan(t, dir, data, "--chop", "--json")
	p := planOf(t, args...)
	delete(before, filepath.Join(dir, "tiny.yaml"))
	if after := contents(t, dir); len(after) != len(before)+1 || p.Epochs[1] == 0 {
		t.Errorf("%d files where %d were; %v epochs", len(after), len(before), p.Epochs)
	}
	if want := "autolfads run " + data; !strings.HasPrefix(p.Slurm.Array, want) || !strings.Contains(p.Slurm.Array, "--chop") || strings.Contains(p.Slurm.Array, "--measure") {
		t.Errorf("for SLURM: %s", p.Slurm.Array)
	}
}

// Each core of an allocation for steps has its share of a step and of the process that drives the
// run, which may be on a node with one step.
func TestMemoryOfAllocation(t *testing.T) {
	for threads, want := range map[int]int64{1: 700, 3: 234} {
		p := &autolfads.Planned{Unit: 300, Drive: 400, Request: plan.Request{Cores: threads}}
		if got := perCPU(p); got != want {
			t.Errorf("%d threads: %d bytes for each core, want %d", threads, got, want)
		}
	}
}

// A script for steps is told once how many threads a unit has: before --.
func TestWithoutThreads(t *testing.T) {
	for typed, want := range map[string]string{
		"a.h5 --threads 2 --seed 3": "a.h5 --seed 3", "--threads=2 a.h5": "a.h5", "a.h5 --seed 3": "a.h5 --seed 3",
	} {
		if got := strings.Join(withoutThreads(strings.Fields(typed)), " "); got != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
		}
	}
}

// Flags of plan alone are left out of the command that runs.
func TestAsRun(t *testing.T) {
	for typed, want := range map[string]string{
		"plan a.h5":                     "a.h5",
		"plan a.h5 --json --members 8":  "a.h5 --members 8",
		"plan --cores 8 a.h5 --nodes=4": "a.h5",
		"plan plan --measure 3s --set pbt.stop_ratio=0 --window=-5..7": "plan --set pbt.stop_ratio=0 --window=-5..7",
		"plan a.h5 --workers 3 --threads 2 --generations=5 --spread 0": "a.h5 --threads 2",
	} {
		if got := strings.Join(asRun(strings.Fields(typed)), " "); got != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
		}
	}
}

// commandsParse parses the commands of this program in some lines, and says how many there are.
func commandsParse(t *testing.T, lines ...string) (n int) {
	t.Helper()
	for _, line := range lines {
		for _, args := range commandsIn(line) {
			n++
			if _, err := newParser(new(cli)).Parse(args); err != nil {
				t.Errorf("%s: %v", line, err)
			}
			if i := slices.Index(args, "--"); i >= 0 {
				if _, err := newParser(new(cli)).Parse(append([]string{"run"}, args[i+1:]...)); err != nil {
					t.Errorf("%s: %v", line, err)
				}
			}
		}
	}
	return n
}

// A plan in words, of costs that are given.
func TestPlanLines(t *testing.T) {
	search := autolfads.DefaultConfig()
	search.PBT.Members, search.PBT.MaxGenerations, search.PBT.EpochsPerGeneration, search.PBT.FirstGenerationEpochs = 4, 10, 25, 105
	decided, err := search.Decide(autolfads.PBT, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := &autolfads.Planned{
		Dataset: &dataset.Dataset{Name: "reach", Train: spikesOf(80), Valid: spikesOf(20)}, Config: search,
		Cost:     plan.Cost{Epoch: 2 * time.Second, Blocks: 2, Serial: plan.DefaultSerial, PerGeneration: time.Second, Review: 3 * time.Second, After: 20 * time.Second},
		Measured: autolfads.Measured{Workers: 2, Threads: 1, Share: .5, Took: 9 * time.Second}, Unit: 192 << 20, Drive: 256 << 20,
		Request: plan.RequestOf(4*time.Minute, 192<<20, 1),
	}
	p.Member.Params, p.Member.Tapes = 1000, 10<<20
	if p.Fewest, p.Most, err = plan.ShapesOf(decided, nil); err != nil {
		t.Fatal(err)
	}
	estimate := func(s plan.Site) plan.Estimate { return plan.Estimated(&p.Fewest, &p.Most, &p.Cost, s) }
	p.Here = estimate(plan.Site{Name: "this machine, 2 cores", Slots: 2, Threads: 1, Held: true})
	p.Tasks = estimate(plan.Array(4, 1, 0, 2))
	p.Beside = []plan.Estimate{estimate(plan.Array(3, 1, 0, 2))}
	p.Ladder = []plan.Estimate{estimate(plan.Site{Name: "here", Slots: 1, Threads: 1, Held: true}), estimate(plan.Array(4, 1, 0, 2))}
	p.Measured.Ours = .4
	text := planText{p, autolfads.PBT, "a processor", slurmCommands([]string{"plan", "reach.h5"}, p)}
	commandsParse(t, text.commands.Array, text.commands.Steps, text.commands.Drive)
	got := text.lines()
	if want := testenv.Stored(t, filepath.Join("testdata", "plan.json"), got); !slices.Equal(got, want) {
		t.Errorf("a plan reads\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A busy machine is warned of, one that is not, or of which nothing is known, is not: threads that
// share a batch wait by themselves.
func TestPlanOnBusyMachine(t *testing.T) {
	for _, c := range []struct {
		threads int
		ours    float64
		warns   bool
	}{{1, 0, false}, {1, 1.02, false}, {1, .9, false}, {1, .6, true}, {2, .85, false}, {2, .6, true}, {8, .2, false}} {
		p := &autolfads.Planned{Cost: plan.Cost{Epoch: time.Second, Blocks: 2, Serial: plan.DefaultSerial}}
		p.Measured.Threads, p.Measured.Ours = c.threads, c.ours
		text := planText{Planned: p}
		if warns := text.busy() != ""; warns != c.warns {
			t.Errorf("%d threads with %v of their cores: %q", c.threads, c.ours, text.busy())
		}
	}
}

func spikesOf(trials int) *dataset.Split {
	a := dataset.NewArray(trials, 50, 30)
	return &dataset.Split{Encod: a, Recon: a}
}
