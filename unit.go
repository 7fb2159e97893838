package autolfads

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"time"

	"github.com/autolfads/autolfads/dataset"
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
// CheckpointEvery, Patience and Observer are meant.
func RunUnit(ctx context.Context, dir string, generation, member int, r Resources) (*run.Result, error) {
	results, err := RunUnits(ctx, dir, generation, []int{member}, r)
	if err != nil {
		return nil, err
	}
	return results[0], nil
}

// RunUnits is RunUnit for several members of a generation, one after the other: the data
// are read once. A member that fails keeps the others from nothing; its result is nil, and
// the error is of all that failed.
func RunUnits(ctx context.Context, dir string, generation int, members []int, r Resources) ([]*run.Result, error) {
	if err := cmp.Or(r.check(), run.Exists(dir)); err != nil {
		return nil, err
	}
	c := DefaultConfig()
	joined, err := run.Join(dir, program(), &c)
	if err != nil {
		return nil, err
	}
	w := &unitWork{joined: joined, config: &c, resources: &r}
	results := make([]*run.Result, len(members))
	for i, m := range members {
		if ctx.Err() != nil {
			err = errors.Join(err, fmt.Errorf("member %d was not begun (%w)", m, context.Cause(ctx)))
			break
		}
		var failed error
		results[i], failed = w.do(ctx, generation, m)
		err = errors.Join(err, failed)
	}
	return results, err
}

// unitWork executes units of a run that another process drives.
type unitWork struct {
	joined    *run.Joined
	config    *Config
	resources *Resources
	data      *dataset.Dataset // nil: not read yet
}

// do executes one unit, if it has no result.
func (w *unitWork) do(ctx context.Context, generation, member int) (*run.Result, error) {
	u, err := w.planned(ctx, generation, member)
	if err != nil {
		return nil, err
	}
	if result, err := w.joined.Result(u); result != nil || err != nil {
		return result, err
	}
	if err := w.execute(ctx, u); err != nil {
		return nil, err
	}
	return w.joined.Result(u)
}

// planned returns the unit as the process that drives the run wrote it, which on a network
// file system may be seen a while later.
func (w *unitWork) planned(ctx context.Context, generation, member int) (u run.Unit, err error) {
	err = Patiently(ctx, w.resources.Patience, func() error {
		u, err = planned(w.joined, generation, member)
		return err
	})
	return u, err
}

// Patiently tries something again as long as a file is not there, or not the one that it
// was, but no longer than so: other machines see late what is new on a network file system.
func Patiently(ctx context.Context, patience time.Duration, try func() error) error {
	for end := time.Now().Add(patience); ; {
		err := try()
		late := errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ESTALE)
		if !late || ctx.Err() != nil || time.Now().After(end) {
			return err
		}
		time.Sleep(min(patience, 500*time.Millisecond))
	}
}

// notPlanned is the error of a unit of which nothing is written.
type notPlanned struct{ text string }

func (e notPlanned) Error() string        { return e.text }
func (e notPlanned) Is(target error) bool { return target == fs.ErrNotExist }

// planned returns the unit as the process that drives the run wrote it. One that
// asks for no epoch is of nobody's plan, and its result would have no checkpoint.
func planned(joined *run.Joined, generation, member int) (run.Unit, error) {
	u, err := joined.Unit(generation, member)
	if errors.Is(err, fs.ErrNotExist) {
		return u, notPlanned{fmt.Sprintf("%s has no generation %d, member %d yet (no unit.json): the process that drives the run writes it before it is executed", joined.Dir, generation, member)}
	}
	if err == nil && u.Epochs < 1 {
		err = fmt.Errorf("the unit.json of %s asks for %d epochs: the run folder was edited", u, u.Epochs)
	}
	if unread := new(fs.PathError); err != nil && !errors.As(err, &unread) {
		return u, fmt.Errorf("%w; remove that file, and `autolfads resume %s` writes it again", err, joined.Dir)
	}
	return u, err
}

// load returns what the run's members train on.
func (w *unitWork) load() (*dataset.Dataset, error) {
	if w.data != nil {
		return w.data, nil
	}
	d, err := w.config.LoadData(w.joined.Header.Data.Path, w.resources.Observer.note)
	if err == nil {
		w.data = trainedOf(w.joined.Header, d)
	}
	return w.data, err
}

// execute makes an attempt at a unit.
func (w *unitWork) execute(ctx context.Context, u run.Unit) error {
	d, err := w.load()
	if err != nil {
		return err
	}
	r := w.resources
	_, threads := local.Cores{Workers: 1, Threads: r.Threads}.Share(1)
	if err := work.CheckUnitMemory(*w.config, d, u, threads); err != nil {
		return err
	}
	err = w.joined.Execute(ctx, u, threads, work.Worker(*w.config, d, r.checkpointEvery()), func(p run.Progress) {
		r.Observer.event(run.Event{Kind: run.EpochDone, Progress: p, EpochsDone: p.Done, EpochsTotal: p.Epochs})
	})
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return fmt.Errorf("%s was stopped; nothing is lost: the next attempt at it goes on from there (%w)", u, context.Cause(ctx))
	}
	return run.Advise(err, w.joined.Dir)
}
