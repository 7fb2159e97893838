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
}

// slurmCommands are the commands that run on SLURM what a plan was made for, by the words of
// its command line.
func slurmCommands(typed []string, p *autolfads.Planned) slurmLines {
	run := asRun(typed)
	r, members := p.Request, p.Most.Members()
	array := append([]string{"autolfads", "run"}, run...)
	array = append(array, "--out", "results", "--executor", "slurm", "--slurm", fmt.Sprintf("time=%s,mem=%s", r.SlurmTime(), r.SlurmMemory()))
	whole := plan.RequestOf(p.Steps(members).Most.Whole, p.Unit/int64(r.Cores), r.Cores)
	steps := []string{
		"autolfads", "slurm", "script", "--tasks", fmt.Sprint(members), "--threads", fmt.Sprint(r.Cores),
		"--slurm", fmt.Sprintf("time=%s,mem-per-cpu=%s", whole.SlurmTime(), whole.SlurmMemory()), "--",
	}
	steps = append(append(steps, run...), "--out", "results")
	return slurmLines{prepare.Command(array...), prepare.Command(steps...)}
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
