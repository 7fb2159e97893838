package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/autolfads/autolfads/run/slurm"
)

// slurmCmd has a subcommand for what a cluster needs beside run --executor slurm.
type slurmCmd struct {
	Script slurmScriptCmd `cmd:"" help:"Write a batch script that does a run inside one job."`
}

// Help is shown by autolfads slurm --help.
func (slurmCmd) Help() string { return slurmScriptCmd{}.Help() }

type slurmScriptCmd struct {
	Tasks   int      `help:"Members trained at a time: tasks of the job. A whole population at a time wastes least; a half, a third do as well." default:"20" placeholder:"N"`
	Threads int      `help:"Cores of each." default:"1" placeholder:"T"`
	Slurm   []string `help:"What the job asks for: long options of sbatch. Can be given again." sep:"none" placeholder:"KEY=VALUE,..."`
	Args    []string `arg:"" name:"run" help:"What autolfads run is given: data, --out and settings, behind --."`
}

// Help is shown by autolfads slurm script --help.
func (slurmScriptCmd) Help() string {
	return `Prints a batch script for sbatch that does a whole run inside one job: members train as steps of it, on all its nodes, and the
process that drives the run is part of it. Submitted again, or queued again when its time is over or a node has failed, it goes on
where the run was.

What stands behind -- is what "autolfads run" is given, and is checked as that would be. With --executor slurm among it, members
train in jobs of their own, an array for each generation, and the script's job has one task, the process that drives the run; what
each job asks for stands with its --slurm.

Examples:
  autolfads slurm script --tasks 20 --slurm partition=short,time=8:00:00,mem-per-cpu=2G -- recording.h5 --out results > search.sh
  autolfads slurm script --slurm partition=long,time=3-00:00:00 -- recording.h5 --out results --executor slurm --slurm partition=short,time=2:00:00,mem=2G`
}

func (c *slurmScriptCmd) Run() error {
	if c.Tasks < 1 || c.Threads < 1 {
		return errors.New("--tasks and --threads are whole numbers from 1 on")
	}
	options, err := slurm.JobOptions(c.Slurm...)
	if err != nil {
		return err
	}
	s := slurm.Script{Options: options, Tasks: c.Tasks, Threads: c.Threads}
	run, err := c.parsed()
	if err != nil {
		return err
	}
	place := []string{"--executor", "slurm", "--slurm", "mode=steps", "--threads", fmt.Sprint(c.Threads)}
	s.Run = append([]string{"run"}, c.Args...)
	if run.Executor == "" {
		s.Run = append(s.Run, place...)
	} else {
		s.Tasks, place = 1, run.again()
	}
	s.Out = run.Out
	s.Resume = append([]string{"resume", run.Out}, place...)
	if s.Program, err = os.Executable(); err == nil {
		s.Dir, err = os.Getwd()
	}
	if err == nil {
		fmt.Print(s)
	}
	return err
}

// parsed is the run that is to be done, as the program takes it.
func (c *slurmScriptCmd) parsed() (*runCmd, error) {
	line := new(cli)
	if _, err := newParser(line).Parse(append([]string{"run"}, c.Args...)); err != nil {
		return nil, fmt.Errorf("behind --, autolfads run would not take it: %w", err)
	}
	r := &line.Run
	if r.Executor == "local" {
		return nil, errors.New("--executor local trains on one node: for that, a script of one line will do")
	}
	if r.Workers > 0 {
		return nil, errors.New("behind --, --workers is of members on one machine: how many train at a time say --tasks before --, or, with --executor slurm, --slurm at-once=N")
	}
	if r.Executor == "" && r.Threads > 0 {
		return nil, errors.New("behind --, --threads would be of one machine: give it before --, where the job's cores are asked for")
	}
	if r.Executor == "" && len(r.Slurm) > 0 {
		return nil, errors.New("behind --, --slurm wants --executor slurm beside it: members then train in jobs of their own; what the script's own job asks for stands before --")
	}
	return r, new(slurm.Site).Set(r.Slurm...)
}

// again are the flags as they were given.
func (f *siteFlags) again() []string {
	words := []string{"--executor", f.Executor}
	for _, s := range f.Slurm {
		words = append(words, "--slurm", s)
	}
	return words
}
