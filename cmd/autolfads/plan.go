package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads"
)

type planCmd struct {
	jobFlags
	Generations  int           `help:"Plan for exactly so many generations of a population, and not for as many as its stop rule may allow." placeholder:"N"`
	Cores        int           `help:"Plan for a machine with so many cores, too." placeholder:"N"`
	Nodes        int           `help:"Plan for so many nodes of a cluster, too." placeholder:"N"`
	CoresPerNode int           `help:"Cores that each of the nodes has for us." placeholder:"N"`
	Measure      time.Duration `help:"How long members train here to be timed." default:"5s"`
	Spread       float64       `help:"Standard deviation of how long units take, as a share of it: of nodes that differ, about .2." default:"0.05" placeholder:"SHARE"`
	Workers      int           `help:"Members trained at a time; 0: one a core." default:"0"`
	Threads      int           `help:"Threads of one member; 0: cores that no member needs." default:"0"`
	JSON         bool          `name:"json" help:"Print one JSON object."`
	sourceFlags
}

// Help is shown by autolfads plan --help.
func (planCmd) Help() string {
	return `Says, before anything starts, what a run of these data and settings would take: memory of a member, time and core-hours of
the whole search here, on another machine, on a cluster; and what to ask SLURM for. It takes what run takes, trains a few epochs of
real members side by side, as a run would on these cores, and computes the rest. It writes nothing.

A stop rule ends a search when it has converged: times are then a range, from the fewest generations that the rule allows to the
most that are configured. --generations N plans for exactly N. Other machines are taken to have cores like these; waiting in a
queue is in no time. docs/cluster.md says what to do with the numbers.

Examples:
  autolfads plan recording.h5
  autolfads plan recording.h5 --preset small --members 8 --generations 20
  autolfads plan recording.h5 --cores 64
  autolfads plan recording.h5 --nodes 4 --cores-per-node 32 --set model.generator_dim=200
  autolfads plan session.nwb --align go_cue_time --window=-250..450 --json`
}

func (c *planCmd) Run(ctx context.Context, k *kong.Context) error {
	job, typed, err := c.job(k, &c.sourceFlags)
	if err != nil {
		return err
	}
	p := newProgress("", c.JSON)
	defer context.AfterFunc(ctx, p.stopping)()
	flags := resourceFlags{Workers: c.Workers, Threads: c.Threads, JSON: c.JSON}
	job.Resources = flags.resources(p)
	planned, err := autolfads.Plan(ctx, autolfads.Planning{
		Job: job, Generations: c.Generations, Cores: c.Cores, Nodes: c.Nodes, CoresPerNode: c.CoresPerNode, Measure: c.Measure, Spread: c.Spread,
	})
	if err != nil {
		return leaveOut(err, typed)
	}
	commands := slurmCommands(os.Args[1:], planned)
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(planLine(planned, commands))
	}
	p.done()
	text := planText{planned, autolfads.Search(c.Search), cpuName(), commands}
	for _, line := range text.lines() {
		fmt.Println(line)
	}
	return nil
}
