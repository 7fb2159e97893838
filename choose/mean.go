package choose

import (
	"fmt"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/work"
)

// means makes finalists of the means of weights.
func (c *choosing) means() error {
	for _, g := range c.Request.Final.Means {
		parts, err := c.parts(&g)
		if err != nil {
			return err
		}
		if len(parts) < 2 {
			continue // it would be its best member, which is a finalist
		}
		f, err := c.mean(g.Best, parts)
		if err != nil {
			return err
		}
		c.choice.Finalists = append(c.choice.Finalists, f)
	}
	return nil
}

// parts returns the members of a group whose weights have a mean: those of the same
// model.* settings as the best.
func (c *choosing) parts(g *pbt.Group) (parts []run.Finalist, err error) {
	best, err := c.Folder.Finalist(g.Best)
	if err != nil {
		return nil, err
	}
	like, err := c.Config.With(best.Hyper)
	if err != nil {
		return nil, err
	}
	for _, at := range g.Members {
		f, err := c.Folder.Finalist(at)
		if err != nil {
			return nil, err
		}
		its, err := c.Config.With(f.Hyper)
		if err != nil {
			return nil, err
		}
		if its.Model != like.Model {
			c.choice.LeftOut = append(c.choice.LeftOut, fmt.Sprintf("generation %d, member %d: its model.* settings are not those of member %d, so their weights have no mean", at.Generation, at.Member, g.Best.Member))
			continue
		}
		parts = append(parts, f)
	}
	return parts, nil
}

// mean makes the mean of the weights of members, and writes it into the run folder.
func (c *choosing) mean(best pbt.Place, parts []run.Finalist) (f run.Finalist, err error) {
	sum, own := work.NewMean(c.Config, c.Data), (*checkpoint.State)(nil)
	for i := range parts {
		p := &parts[i]
		s, err := c.Folder.ReadFinalist(p)
		if err == nil {
			err = sum.Add(s, p.Generation, p.Member)
		}
		if err != nil {
			return f, err
		}
		f.Members = append(f.Members, run.Part{Place: p.Place, Score: p.Score, Hyper: p.Hyper})
		if p.Place == best {
			f.Place, f.Epoch, f.Score, f.Hyper = p.Place, p.Epoch, p.Score, p.Hyper
			own = s
		}
	}
	f.Kind = run.KindMean
	return f, c.Folder.WriteMean(&f, sum.State(own))
}
