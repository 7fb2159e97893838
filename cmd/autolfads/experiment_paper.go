package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/experiment"
	"github.com/autolfads/autolfads/paper"
	"github.com/autolfads/autolfads/prepare"
)

type paperCmd struct {
	Name  string   `arg:"" help:"Which: ${experiments}; or all." complete:"experiments"`
	Out   string   `help:"Folder of data, runs, results and figures; may be there: the same command goes on." required:"" type:"path" placeholder:"DIR"`
	Scale string   `help:"quick (minutes on two cores) or full (the paper's size: days)." enum:"quick,full" default:"quick"`
	Data  []string `help:"Data file of binned spikes in the place of data that the experiment makes; of all, NAME=FILE says for which. Can be given again." sep:"none" placeholder:"[NAME=]FILE"`
	dataFlags
	resourceFlags
}

// Help is shown by autolfads experiment paper --help.
func (paperCmd) Help() string {
	var lines []string
	for _, e := range paper.List() {
		lines = append(lines, fmt.Sprintf("  %-22s %s", e.Name, e.Shows))
	}
	return `Makes data, trains, measures, draws, and says for each panel of the paper whether its claim holds here. Ctrl-C or a crash loses nothing:
the same command goes on; what is finished is not made again (docs/experiments.md).

` + strings.Join(lines, "\n") + `

Examples:
  autolfads experiment coordinated-dropout --out paper
  autolfads experiment small-data --data mc_maze_large_05ms.h5 --out maze
  autolfads experiment all --out paper --data small-data=maze.h5 --data model-selection=maze.h5`
}

func (c *paperCmd) Run(ctx context.Context) error {
	scale, err := paper.ScaleOf(c.Scale)
	if err != nil {
		return err
	}
	m := &paper.Make{
		Out: c.Out, Scale: scale, File: c.dataConfig(), Machine: cpuName(), Command: c.words,
		Resources: autolfads.Resources{Workers: c.Workers, Threads: c.Threads}, Made: c.made,
	}
	adjust(&m.Resources)
	if m.Experiments, err = c.experiments(); err != nil {
		return err
	}
	if m.Given, err = c.given(); err != nil {
		return err
	}
	p := newRunsProgress(&c.resourceFlags)
	m.Watch = func(s paper.Step) autolfads.Observer {
		return p.begin(fmt.Sprintf("experiment %s: %s", s.Experiment, s.Run), s.Dir, s.Number, s.Of)
	}
	m.Judging = func() { p.ended() }
	defer context.AfterFunc(ctx, p.stopping)()
	var e experiment.Experiment = m
	return e.Run(ctx)
}

// experiments are those that are asked for.
func (c *paperCmd) experiments() ([]*paper.Experiment, error) {
	if c.Name == "all" {
		return paper.List(), nil
	}
	e, err := paper.Find(c.Name)
	if err != nil {
		return nil, fmt.Errorf("%w, all, search and page", err)
	}
	return []*paper.Experiment{e}, nil
}

// given are the data files, by experiment.
func (c *paperCmd) given() (map[string]string, error) {
	files := map[string]string{}
	for _, text := range c.Data {
		name, file, named := strings.Cut(text, "=")
		if _, err := paper.Find(name); !named || err != nil {
			if c.Name == "all" {
				return nil, fmt.Errorf("--data %s: say for which experiment, --data NAME=FILE, for example --data small-data=maze.h5", text)
			}
			name, file = c.Name, text
		}
		if c.Name != "all" && name != c.Name {
			return nil, fmt.Errorf("--data %s: the experiment is %s", text, c.Name)
		}
		if _, twice := files[name]; twice {
			return nil, fmt.Errorf("--data %s: %s has a file already, and takes one", text, name)
		}
		if _, err := os.Stat(file); err != nil {
			return nil, fmt.Errorf("--data %s: %w", text, err)
		}
		files[name] = file
	}
	return files, nil
}

// words are the command that makes an experiment again, as it is typed beside its data,
// without what names a place on this machine.
func (c *paperCmd) words(e *paper.Experiment) string {
	words := []string{"autolfads", "experiment", e.Name, "--scale", c.Scale, "--out", "DIR"}
	if files, _ := c.given(); files[e.Name] != "" { // they were found to be in order
		words = append(append(words, "--data", filepath.Base(files[e.Name])), c.dataFlags.words()...)
	}
	return prepare.Command(words...)
}

// made tells of a result.
func (c *paperCmd) made(r *paper.Result, found string) {
	if c.JSON {
		// A line that cannot be written has nobody who reads it.
		_ = json.NewEncoder(os.Stdout).Encode(map[string]any{"event": "result", "found": found, "result": r})
		return
	}
	fmt.Printf("%s: %s\n", r.Experiment, found)
	fmt.Printf("  numbers and tables: %s, figures: %s\n", filepath.Join(c.Out, "results", r.Experiment+".json (and .md)"), filepath.Join(c.Out, "figures"))
}
