package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/plan"
	"github.com/autolfads/autolfads/prepare"
)

// slurmLines are command lines for a cluster.
type slurmLines struct {
	Array string `json:"array"` // units are tasks of arrays, from a login node
	Steps string `json:"steps"` // one allocation, in which units are steps
	Drive string `json:"drive"` // the first, from a job of its own
}

// slurmCommands are the commands that run on SLURM what a plan was made for, by the words of
// its command line.
func slurmCommands(typed []string, p *autolfads.Planned) slurmLines {
	run := append(asRun(typed), "--out", "results")
	r, members := p.Request, p.Most.Members()
	array := append(slices.Clone(run), "--executor", "slurm", "--slurm", fmt.Sprintf("time=%s,mem=%s", r.SlurmTime(), r.SlurmMemory()))
	whole := plan.RequestOf(p.Steps(members).Most.Whole, perCPU(p), r.Cores)
	steps := []string{
		"autolfads", "slurm", "script", "--tasks", fmt.Sprint(members), "--threads", fmt.Sprint(r.Cores),
		"--slurm", fmt.Sprintf("time=%s,mem-per-cpu=%s", whole.SlurmTime(), whole.SlurmMemory()), "--",
	}
	driver := plan.RequestOf(p.Tasks.Most.Whole, p.Drive, 1)
	drive := []string{"autolfads", "slurm", "script", "--slurm", fmt.Sprintf("time=%s,mem=%s", driver.SlurmTime(), driver.SlurmMemory()), "--"}
	return slurmLines{
		Array: prepare.Command(append([]string{"autolfads", "run"}, array...)...),
		Steps: prepare.Command(append(steps, withoutThreads(run)...)...),
		Drive: prepare.Command(append(drive, array...)...),
	}
}

// withoutThreads are words of run but for --threads, which a script for steps is given itself.
func withoutThreads(words []string) (left []string) {
	for i := 0; i < len(words); i++ {
		switch {
		case words[i] == "--threads":
			i++ // its value goes with it
		case !strings.HasPrefix(words[i], "--threads="):
			left = append(left, words[i])
		}
	}
	return left
}

// perCPU is the memory that an allocation for steps asks for each of its cores. On its first node
// there is the process that drives the run, too, beside one step perhaps: nobody knows how SLURM lays
// out the tasks.
func perCPU(p *autolfads.Planned) int64 {
	cores := int64(p.Request.Cores)
	return (p.Unit + p.Drive + cores - 1) / cores
}

// notOfRun are flags of plan that run does not have, or that are for this machine; true for those
// with a value.
var notOfRun = map[string]bool{
	"generations": true, "cores": true, "nodes": true, "cores-per-node": true, "measure": true, "spread": true, "workers": true, "json": false,
}

// asRun are the words of a command line of plan that are run's, too: without the command.
func asRun(typed []string) (words []string) {
	if i := slices.Index(typed, "plan"); i >= 0 {
		typed = slices.Delete(slices.Clone(typed), i, i+1)
	}
	for i := 0; i < len(typed); i++ {
		name, _, joined := strings.Cut(strings.TrimPrefix(typed[i], "--"), "=")
		value, known := notOfRun[name]
		switch {
		case !known || !strings.HasPrefix(typed[i], "--"):
			words = append(words, typed[i])
		case value && !joined:
			i++ // its value goes with it
		}
	}
	return words
}
