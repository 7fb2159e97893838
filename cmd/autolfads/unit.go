package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/autolfads/autolfads"
)

type unitCmd struct {
	Folder     string `name:"run" help:"Run folder." required:"" type:"path" placeholder:"DIR"`
	Generation int    `help:"Generation of the unit." required:"" placeholder:"G"`
	Member     int    `help:"Member of the population." required:"" placeholder:"M"`
	Threads    int    `help:"Threads; 0: all cores." default:"0"`
	JSON       bool   `name:"json" help:"Progress and result as JSON lines."`
}

// Help is shown by autolfads unit --help.
func (unitCmd) Help() string {
	return `Trains one member in one generation of a run that another process drives, perhaps on another machine, and publishes its
result in the run folder: what a job of a cluster does. The bits are those of any machine. A unit that has its result is left
alone, and two processes may execute the same unit: the first result stays. A unit that was stopped or killed goes on from its
newest checkpoint.

Example:
  autolfads unit --run results --generation 3 --member 12`
}

func (c *unitCmd) Run(ctx context.Context) error {
	flags := resourceFlags{Workers: 1, Threads: c.Threads, JSON: c.JSON}
	p := newProgress("", c.JSON)
	defer context.AfterFunc(ctx, p.stopping)()
	result, err := autolfads.RunUnit(ctx, c.Folder, c.Generation, c.Member, flags.resources(p))
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(result)
	}
	if result.Diverged != nil {
		fmt.Printf("generation %d, member %d diverged: %v\n", result.Generation, result.Member, result.Diverged)
		return nil
	}
	fmt.Printf("generation %d, member %d: score %s after epoch %d\n", result.Generation, result.Member, score(float64(result.Score)), result.Epoch)
	return nil
}
