package slurm

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Script is a batch script that begins a run inside a job, or goes on with it.
type Script struct {
	Options Options  // of the job; they go before what the script says itself
	Tasks   int      // steps at a time; 1: members train in other jobs
	Threads int      // of each
	Program string   // this one
	Dir     string   // where it is executed
	Out     string   // run folder
	Run     []string // arguments that begin the run
	Resume  []string // arguments that go on with it
}

// JobOptions are options of sbatch for the job of a script, by words as [Site.Set] takes
// them.
func JobOptions(words ...string) (options Options, err error) {
	for _, word := range words {
		for _, piece := range pieces(word) {
			o, err := optionOf(piece)
			if err != nil {
				return nil, err
			}
			switch o.Key {
			case "mode", "members", "at-once", "ask", "lost":
				return nil, fmt.Errorf("--slurm %s is of a run, not of a job: it stands behind --, beside --executor slurm", o.Key)
			case "array", "wrap":
				return nil, fmt.Errorf("--slurm %s cannot be given: a script does one run", o.Key)
			case "no-requeue":
				return nil, fmt.Errorf("--slurm %s cannot be given: the script is queued again when its time is over, and goes on", o.Key)
			}
			options = options.with(o)
		}
	}
	return options, nil
}

// String is the script. What is not quoted in it is the job's own.
func (s Script) String() string {
	output := "autolfads-%j.log"
	if strings.Contains(s.Dir, "%") {
		output = pattern(s.Dir, output)
	}
	options := Options{
		{"job-name", "autolfads"},
		{"ntasks", fmt.Sprint(s.Tasks)},
		{"cpus-per-task", fmt.Sprint(max(1, s.Threads))},
		{"requeue", ""},
		{"open-mode", "append"},
		{"output", output},
	}
	for _, o := range s.Options {
		options = options.with(o)
	}
	var b strings.Builder
	b.WriteString("#!/bin/sh\n# Submit it with sbatch. It begins the run, or goes on with it; when its time is over it is queued again by itself.\n")
	for _, o := range options {
		fmt.Fprintf(&b, "#SBATCH --%s\n", spaced(o))
	}
	if !options.has("mem", "mem-per-cpu", "mem-per-gpu", "exclusive") {
		b.WriteString("# Memory is what the partition gives: autolfads plan says what a member needs (--slurm mem-per-cpu=...).\n")
	}
	fmt.Fprintf(&b, "export %s=1\n", RequeueVariable)
	fmt.Fprintf(&b, "cd %s || exit 1\n", quoted(s.Dir))
	fmt.Fprintf(&b, "if [ -e %s ]; then\n  exec %s\nfi\n", quoted(filepath.Join(s.Out, "run.yaml")), line(append([]string{s.Program}, s.Resume...)))
	fmt.Fprintf(&b, "exec %s\n", line(append([]string{s.Program}, s.Run...)))
	return b.String()
}

// spaced is an option in a line of a script, where a space would end it.
func spaced(o Option) string {
	if !strings.ContainsAny(o.Value, " \t\"'\\#") {
		return o.String()
	}
	return o.Key + `="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(o.Value) + `"`
}
