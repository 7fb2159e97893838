package autolfads

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/work"
)

// RunUnit executes one unit of the run in a folder, a member in a generation,
// and publishes its result: what another machine does for a run that this
// process does not drive. It takes no lock and changes nothing but the folder of
// its attempt. If the unit has a result, or gets one from another process
// meanwhile, that stays and is returned: they are the same.
//
// When ctx ends, RunUnit saves the member at the end of the epoch, and the next
// attempt goes on there. Of the resources, Threads (0: all cores),
// CheckpointEvery and Observer are meant.
func RunUnit(ctx context.Context, dir string, generation, member int, r Resources) (*run.Result, error) {
	if err := cmp.Or(r.check(), run.Exists(dir)); err != nil {
		return nil, err
	}
	c := DefaultConfig()
	joined, err := run.Join(dir, program(), &c)
	if err != nil {
		return nil, err
	}
	u, err := planned(joined, generation, member)
	if err != nil {
		return nil, err
	}
	if result, err := joined.Result(u); result != nil || err != nil {
		return result, err
	}
	if err := execute(ctx, joined, u, &c, &r); err != nil {
		return nil, err
	}
	return joined.Result(u)
}

// planned returns the unit as the process that drives the run wrote it. One that
// asks for no epoch is of nobody's plan, and its result would have no checkpoint.
func planned(joined *run.Joined, generation, member int) (run.Unit, error) {
	u, err := joined.Unit(generation, member)
	if errors.Is(err, fs.ErrNotExist) {
		return u, fmt.Errorf("%s has no generation %d, member %d yet (no unit.json): the process that drives the run writes it before it is executed", joined.Dir, generation, member)
	}
	if err == nil && u.Epochs < 1 {
		err = fmt.Errorf("the unit.json of %s asks for %d epochs: the run folder was edited", u, u.Epochs)
	}
	if unread := new(fs.PathError); err != nil && !errors.As(err, &unread) {
		return u, fmt.Errorf("%w; remove that file, and `autolfads resume %s` writes it again", err, joined.Dir)
	}
	return u, err
}

// execute makes an attempt at a unit.
func execute(ctx context.Context, joined *run.Joined, u run.Unit, c *Config, r *Resources) error {
	d, err := c.LoadData(joined.Header.Data.Path, r.Observer.note)
	if err != nil {
		return err
	}
	d = trainedOf(joined.Header, d)
	_, threads := local.Cores{Workers: 1, Threads: r.Threads}.Share(1)
	if err := work.CheckUnitMemory(*c, d, u, threads); err != nil {
		return err
	}
	err = joined.Execute(ctx, u, threads, work.Worker(*c, d, r.checkpointEvery()), func(p run.Progress) {
		r.Observer.event(run.Event{Kind: run.EpochDone, Progress: p, EpochsDone: p.Done, EpochsTotal: p.Epochs})
	})
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return fmt.Errorf("%s was stopped; nothing is lost: the next attempt at it goes on from there (%w)", u, context.Cause(ctx))
	}
	return run.Advise(err, joined.Dir)
}
