package paper

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/experiment"
	"github.com/autolfads/autolfads/run"
)

// Run is a run that an experiment wants.
type Run struct {
	Label    string // what tables and progress call it
	Set      *Set
	Search   autolfads.Search
	Seed     uint64
	Settings []string // KEY=VALUE beyond the defaults, in the order in which they are set

	dir string // once it is planned
}

// configuration is what the run's settings come to with its data.
func (r *Run) configuration() (autolfads.Config, error) {
	c := autolfads.DefaultConfig()
	if r.Search == autolfads.Paper {
		var err error
		if c, err = c.AsPaper(); err != nil {
			return c, err
		}
	}
	c.Data = r.Set.file.Or(c.Data)
	for _, setting := range r.Settings {
		key, value, _ := strings.Cut(setting, "=")
		if err := c.Set(key, value); err != nil {
			return c, err
		}
	}
	if err := c.Check(); err != nil {
		return c, err
	}
	d, err := r.Set.Load()
	if err == nil {
		c.Resolve(d)
	}
	return c, err
}

// folder is the name of the run's folder: runs of the same data, search, seed and settings
// have the same one, whatever they are called.
func (r *Run) folder() string {
	what := strings.Join(append([]string{autolfads.Version, r.Set.SHA256}, r.Settings...), "\n")
	return fmt.Sprintf("%s-%s-%d-%.4x", r.Set.stem(), r.Search, r.Seed, sha256.Sum256([]byte(what)))
}

// train carries all runs of a plan to their ends, from wherever they are.
func (l *Lab) train(ctx context.Context, p *Plan) error {
	l.begun, l.of = 0, p.trained()
	for _, r := range p.Runs {
		if err := l.carry(ctx, r); err != nil {
			return stopped(ctx, "run "+r.Label, err)
		}
		l.begun++
	}
	for _, s := range p.Searches {
		if err := l.compareWays(ctx, s); err != nil {
			return stopped(ctx, "the comparison of ways", err)
		}
	}
	return nil
}

// stopped is the error of work that did not come to its end.
func stopped(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("stopped in %s; nothing is lost: the same command goes on from there (%w)", what, context.Cause(ctx))
	}
	return fmt.Errorf("%s: %w", what, err)
}

// carry carries a run to its end, unless it is there.
func (l *Lab) carry(ctx context.Context, r *Run) error {
	c, err := r.configuration()
	if err != nil {
		return err
	}
	r.dir = l.path(runsDir, r.folder())
	job := autolfads.Job{Data: r.Set.path, Out: r.dir, Config: c, Search: r.Search, Seed: r.Seed, Resources: l.Resources}
	if state, err := (run.Files{Dir: r.dir}).State(); err != nil || state.Status != "finished" {
		job.Resources = l.step(r.Label, r.dir)
	}
	return experiment.Carry(ctx, job)
}

// RunOf is what a result says of a run.
type RunOf struct {
	Label    string   `json:"label"`
	Set      string   `json:"data"`
	Search   string   `json:"search"`
	Seed     uint64   `json:"seed"`
	Settings []string `json:"settings,omitempty"`
	Seconds  float64  `json:"seconds"` // by the clock, of all processes that took part
}

// described are the plan's runs, as a result has them.
func (p *Plan) described() (all []RunOf) {
	for _, r := range p.Runs {
		var t experiment.Time
		t.Add(r.dir)
		all = append(all, RunOf{r.Label, r.Set.Name, string(r.Search), r.Seed, r.Settings, t.Search})
	}
	for _, s := range p.Searches {
		all = append(all, s.described()...)
	}
	return all
}
