package choose

import (
	"context"
	"fmt"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/work"
)

// Request is a request for the final choice of a run whose search is over.
type Request struct {
	Folder *run.Folder
	Config *config.Config
	Data   *dataset.Dataset
	Final  pbt.Final // among which models

	Engine   lfads.EngineMaker                  // on which they are scored
	Progress func(step string, done, total int) // is told how many are scored; nil: nobody is
}

// Final chooses, and writes the choice and the chosen model into the run folder. It
// returns nil if there is nothing to choose among.
func Final(ctx context.Context, r *Request) (*run.Choice, error) {
	if len(r.Final.Members)+len(r.Final.Means) < 2 {
		return nil, nil
	}
	c := &choosing{Request: r, choice: &run.Choice{Draws: r.Config.FinalDraws()}}
	for _, find := range []func() error{c.members, c.means} {
		if err := find(); err != nil {
			return nil, err
		}
	}
	if err := c.score(ctx); err != nil {
		return nil, err
	}
	c.decide()
	return c.choice, r.Folder.Choose(c.choice)
}

// choosing is a choice under way.
type choosing struct {
	*Request
	choice *run.Choice
	losses [][]float64 // of the finalists, of each validation trial
}

// members makes finalists of the search's best members.
func (c *choosing) members() error {
	for _, at := range c.Request.Final.Members {
		f, err := c.Folder.Finalist(at)
		if err != nil {
			return err
		}
		c.choice.Finalists = append(c.choice.Finalists, f)
	}
	return nil
}

// score scores all finalists anew.
func (c *choosing) score(ctx context.Context) error {
	reviewer := work.Reviewer{
		Config: c.Config, Data: c.Data, Draws: c.choice.Draws, Seed: c.Folder.Header.Seed, Engine: c.Engine,
	}
	list := c.choice.Finalists
	for i := range list {
		c.tell(i, len(list))
		s, err := c.Folder.ReadFinalist(&list[i])
		if err != nil {
			return err
		}
		losses, err := reviewer.Review(ctx, s)
		if err != nil {
			return err
		}
		c.losses = append(c.losses, losses)
	}
	c.tell(len(list), len(list))
	return nil
}

func (c *choosing) tell(done, total int) {
	if c.Progress != nil {
		c.Progress(fmt.Sprintf("choosing among %d models", total), done, total)
	}
}
