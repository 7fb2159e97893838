package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/run"
)

// processes is a site where each unit is executed by processes of the built
// program, several at the same time that do not know of each other.
type processes struct{ each int }

func (processes) Share(int) (workers, threads int) { return 0, 1 }

func (p processes) Executor(f *run.Folder, _ run.Worker) run.Executor { return &spawner{f.Dir, p.each} }

type spawner struct {
	dir  string
	each int
}

func (s *spawner) Execute(_ context.Context, units []run.Unit, _ func(run.Progress)) error {
	var group sync.WaitGroup
	failed := make(chan error, len(units)*s.each)
	for _, u := range units {
		for range s.each {
			group.Go(func() {
				out, err := command("unit", "--run", s.dir, "--generation", fmt.Sprint(u.Generation), "--member", fmt.Sprint(u.Member), "--threads", "1").CombinedOutput()
				if err != nil {
					failed <- fmt.Errorf("%s: %w\n%s", u, err, out)
				}
			})
		}
	}
	group.Wait()
	close(failed)
	return <-failed // nil if there is none
}

// small returns a job of a small population on a small recording.
func small(t *testing.T, site run.Site) autolfads.Job {
	t.Helper()
	data := filepath.Join(t.TempDir(), "small.h5")
	succeed(t, "synth", "lorenz", "--out", data, "--conditions", "4", "--trials", "10", "--neurons", "6", "--bins", "10")
	c := autolfads.DefaultConfig()
	m := &c.Model
	m.GeneratorDim, m.Factors, m.InitialConditionDim, m.InferredInputs = 8, 4, 4, 1
	m.ICEncoderDim, m.CIEncoderDim, m.ControllerDim = 6, 6, 6
	c.Train.BatchSize, c.Train.KLRampEpochs, c.Train.L2RampEpochs = 16, 2, 2
	c.PBT.Members, c.PBT.FirstGenerationEpochs, c.PBT.EpochsPerGeneration, c.PBT.MaxGenerations = 4, 3, 2, 3
	c.Infer.Samples = 3
	return autolfads.Job{
		Data: data, Out: filepath.Join(t.TempDir(), "run"), Config: c, Search: autolfads.PBT, Seed: 3,
		Resources: autolfads.Resources{Site: site, NoFigures: true},
	}
}

// A run whose units are executed by `autolfads unit`, each by one process or by
// two at the same time, has the bytes of one that this process trains.
func TestUnitsByOtherProcesses(t *testing.T) {
	want := small(t, nil)
	if _, err := autolfads.Start(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	for _, each := range []int{1, 2} {
		job := small(t, processes{each})
		if _, err := autolfads.Start(t.Context(), job); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"scores.csv", "exploits.csv", "hyperparameters.csv", "best/checkpoint.safetensors", "best/best.json", "scores.json", "outputs/small.h5"} {
			got, err := os.ReadFile(filepath.Join(job.Out, name))
			if err != nil {
				t.Fatal(err)
			}
			expected, err := os.ReadFile(filepath.Join(want.Out, name))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(expected) {
				t.Errorf("%d processes a unit: %s differs", each, name)
			}
		}
	}
}

// Units that cannot be executed are refused in a sentence and leave the run as
// it is; one that has its result says it again.
func TestUnitRefuses(t *testing.T) {
	job := small(t, nil)
	if _, err := autolfads.Start(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	unit := func(generation, member string) []string {
		return []string{"unit", "--run", job.Out, "--generation", generation, "--member", member}
	}
	refuseIn(t, job.Out, []string{"has no generation 9, member 0 yet"}, unit("9", "0")...)
	refuseIn(t, job.Out, []string{"threads is 5000: give 1 to 4096"}, append(unit("1", "0"), "--threads", "5000")...)
	refuse(t, []string{"holds no run"}, "unit", "--run", t.TempDir(), "--generation", "0", "--member", "0")
	before := contents(t, job.Out)
	if out := succeed(t, unit("1", "2")...); !strings.HasPrefix(out, "generation 1, member 2: score ") {
		t.Errorf("a unit with a result: %q", out)
	}
	if after := contents(t, job.Out); len(after) != len(before) {
		t.Error("a unit with a result was executed again")
	}
	if err := os.WriteFile(job.Data, []byte("other spikes"), 0o600); err != nil {
		t.Fatal(err)
	}
	refuseIn(t, job.Out, []string{"is not the file this run was started with"}, unit("1", "2")...)
}

// A unit.json that was cut short or asks for nothing is refused with what to do,
// and nothing is published for it: a result without a checkpoint would stop the run.
func TestUnitRefusesDamagedPlan(t *testing.T) {
	job := small(t, nil)
	if _, err := autolfads.Start(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(job.Out, "generations", "000", "member-001")
	if err := os.Remove(filepath.Join(dir, "result.json")); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`{"generation": 0, "mem`:                              "unexpected end of JSON input",
		`{"generation": 0, "member": 2, "epochs": 3}`:         "is of generation 0, member 2",
		`{"generation": 0, "member": 1, "epochs": -3}`:        "asks for -3 epochs",
		`{"generation": 0, "member": 1, "first_epoch": 1000}`: "asks for 0 epochs",
	} {
		if err := os.WriteFile(filepath.Join(dir, "unit.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		refuseIn(t, job.Out, []string{want, "remove that file, and `autolfads resume"}, "unit", "--run", job.Out, "--generation", "0", "--member", "1")
	}
}
