package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/experiment"
	"github.com/autolfads/autolfads/prepare"
)

// experimentCmd has a subcommand for each experiment.
type experimentCmd struct {
	Search searchCmd `cmd:"" help:"Compare ways of finding hyper-parameters, at equal numbers of epochs."`
	Page   pageCmd   `cmd:"" help:"Make a page and its figures of cells that experiments made."`
	Paper  paperCmd  `cmd:"" default:"withargs" help:"Make figures of the AutoLFADS paper again, each from data to a sentence; the word paper can be left out."`
}

// Help is shown by autolfads experiment --help.
func (experimentCmd) Help() string { return paperCmd{}.Help() }

type searchCmd struct {
	Data  string `help:"Data file of binned spikes; its training and validation trials are pooled and divided anew." required:"" type:"path" placeholder:"FILE"`
	Out   string `help:"Folder of runs, their data, and cells; may be there." required:"" type:"path" placeholder:"DIR"`
	Cells string `help:"Folder of cells, if not DIR/cells; cells that it has are not made again." type:"path" placeholder:"DIR"`

	Splits int `help:"Divisions of the trials, whose test sets share no trial." default:"5"`
	Test   int `help:"Test trials of each." default:"20"`
	Valid  int `help:"Validation trials of each; what is left trains." default:"20"`
	Train  int `name:"train-trials" help:"Training trials, if not all that are left." placeholder:"N"`
	Seeds  int `help:"Seeds of each split: 100, 101, ... on splits 0, 1, ..., then 200, 201, ..." default:"1"`

	Ways    []string `help:"Ways that are compared: ours, paper, random, fixed; or NAME=WAY, one under another name, for settings of its own." default:"random,paper,ours,fixed"`
	Epochs  int      `help:"Epochs of all models of a way together." default:"3040"`
	Members int      `help:"Members of a population; a model of the other ways may take its share of the epochs." default:"8"`
	Set     []string `help:"Change one setting of all ways, or of one: --set ours:train.average_half_life=100. Can be given again." sep:"none" placeholder:"[WAY:]KEY=VALUE" complete:"settings"`
	Only    []string `help:"Make no other cells: way=NAME, split=N or seed=N. Can be given again." sep:"none" placeholder:"WHAT=WHICH"`
	Again   int      `help:"Train what each way chose again by its schedule, from N other seeds (2 or more), on its training trials and on the validation trials, too: epochs beyond those of the way." placeholder:"N"`
	dataFlags
	resourceFlags
}

// Help is shown by autolfads experiment search --help.
func (searchCmd) Help() string {
	return `Trains each way on each division of the trials and scores it on test trials that no choice has seen. A cell (way, split, seed)
is a run folder in DIR/runs and, when it is scored, a small JSON in the folder of cells. Ctrl-C or a crash loses nothing: the same
command goes on. Cells of other machines may be put beside: docs/experiments.md.

Examples:
  autolfads experiment search --data maze.h5 --out maze
  autolfads experiment search --data maze.h5 --out maze --ways ours,half100=ours --set half100:train.learning_rate=.005 --only split=0
  autolfads experiment search --data maze.h5 --out few --train-trials 20 --ways ours,fixed
  autolfads experiment page maze/cells --out maze.md`
}

func (c *searchCmd) Run(ctx context.Context) error {
	s := &experiment.Search{
		Data: c.Data, File: c.dataConfig(), Out: c.Out, Cells: c.Cells,
		Division: experiment.Division{Splits: c.Splits, Test: c.Test, Valid: c.Valid, Train: c.Train},
		Seeds:    c.Seeds, Epochs: c.Epochs, Members: c.Members, Only: c.Only, Again: c.Again,
		Machine: cpuName(), Command: c.words(),
	}
	for _, word := range c.Ways {
		w, err := experiment.WayOf(word)
		if err != nil {
			return err
		}
		s.Ways = append(s.Ways, w)
	}
	for _, text := range c.Set {
		set, err := settingOf(text)
		if err != nil {
			return err
		}
		s.Set = append(s.Set, set)
	}
	p := newRunsProgress(&c.resourceFlags)
	s.Resources = autolfads.Resources{Workers: c.Workers, Threads: c.Threads}
	adjust(&s.Resources)
	s.Watch = func(cell string, number, of int) autolfads.Observer {
		return p.begin("cell "+cell, filepath.Join(c.Out, "runs", cell), number, of)
	}
	s.Made = c.made(p)
	defer context.AfterFunc(ctx, p.stopping)()
	var e experiment.Experiment = s
	if err := e.Run(ctx); err != nil {
		return err
	}
	fmt.Printf("next: autolfads experiment page %s --out PAGE.md\n", prepare.Typed(s.Cells))
	return nil
}

// settingOf reads a setting of all ways, or of one.
func settingOf(text string) (set experiment.Setting, err error) {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return set, fmt.Errorf("--set %s: it must be KEY=VALUE or WAY:KEY=VALUE, for example --set ours:train.batch_size=128", text)
	}
	set.Key, set.Value = strings.TrimSpace(name), value
	if way, key, of := strings.Cut(set.Key, ":"); of {
		set.Way, set.Key = way, key
	}
	return set, nil
}

// words are the command as it is typed beside the data file, without what names a place
// on this machine, and without which cells are made.
func (c *searchCmd) words() string {
	words := []string{"autolfads", "experiment", "search", "--data", filepath.Base(c.Data), "--out", "DIR"}
	words = append(words, fmt.Sprintf("--splits=%d", c.Splits), fmt.Sprintf("--test=%d", c.Test), fmt.Sprintf("--valid=%d", c.Valid))
	if c.Train > 0 {
		words = append(words, fmt.Sprintf("--train-trials=%d", c.Train))
	}
	words = append(words, fmt.Sprintf("--seeds=%d", c.Seeds), fmt.Sprintf("--epochs=%d", c.Epochs), fmt.Sprintf("--members=%d", c.Members))
	for _, set := range c.Set {
		words = append(words, "--set", set)
	}
	if c.Again > 0 {
		words = append(words, fmt.Sprintf("--again=%d", c.Again))
	}
	return prepare.Command(append(words, c.dataFlags.words()...)...)
}

// made tells of a cell that is made.
func (c *searchCmd) made(p *runsProgress) func(*experiment.Cell) {
	return func(cell *experiment.Cell) {
		took := p.ended()
		if !c.JSON {
			fmt.Printf("%s, split %d, seed %d: %s (%s)\n", cell.Way, cell.Split, cell.Seed, strings.Join(scoredWords(cell), ", "), short(took))
		}
	}
}

// scoredWords are the scores of what a cell's way chose.
func scoredWords(c *experiment.Cell) (words []string) {
	v := c.Variant(experiment.Chosen)
	for _, m := range experiment.Measures() {
		if value, ok := v.Scores[m.Key]; ok {
			words = append(words, fmt.Sprintf("%s %.*f", m.Title, m.Digits, value))
		}
	}
	return words
}
