package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/autolfads/autolfads/pbt"
)

// Executor executes units. It may do so in any order, late, twice or on
// another machine: the outcome is the same.
type Executor interface {
	// Execute returns when every unit has a published result, when one cannot
	// get one, or when ctx is cancelled and the units under way have saved
	// where they are. It may call observe from several goroutines at a time.
	Execute(ctx context.Context, units []Unit, observe func(Progress)) error
}

// Site is where the units of runs are executed: on the cores of this machine
// (run/local), or elsewhere.
type Site interface {
	// Executor returns what executes a run's units there, each by work or by
	// another process that does the same ([Join]).
	Executor(f *Folder, work Worker) Executor
	// Share says how many of so many units train in this process at a time, and
	// with how many threads each: no workers if they train in other processes,
	// whose memory is their own.
	Share(units int) (workers, threads int)
}

// Sizer is a site that asks somebody for the memory of its units.
type Sizer interface {
	Site
	// Sized returns the site when a unit's process needs so many bytes.
	Sized(bytes int64) Site
}

// Ending is how a search ended.
type Ending struct {
	Reason   string // one sentence
	Best     Best
	Diverged int // member-generations that ended without a score

	Generations int     // how many there were, without a finish
	Gain        float64 // by what share of itself the best score fell in the last of them
	Worsening   string  // that the best score of a population was getting worse when it ended, in words; "": it was not

	Final pbt.Final // among which models the final choice is
}

// Drive goes on with the run in f from wherever it stands, to its end. It
// calls observe for each epoch and generation. The reviewer reviews each generation;
// nil: nobody does.
//
// Cancelling ctx stops it at the ends of the epochs under way; the error then
// says how to go on. A search in which every model diverged ends with an error.
// When the search is over the run's status is scoring, until [Folder.Finish].
func Drive(ctx context.Context, f *Folder, search pbt.Search, executor Executor, reviewer *Reviewer, observe func(Event)) (Ending, error) {
	f.search = search
	d := &driver{folder: f, search: search, executor: executor, reviewer: reviewer, tracker: newTracker(f.Header.ScoreOf(), search.MostEpochs(), observe)}
	d.watch.since = time.Now()
	ending, err := d.drive(ctx)
	if err == nil {
		return ending, nil
	}
	status, reason := "stopped", err.Error()
	if errors.Is(err, errFailed) {
		status = "failed"
	}
	// The cause may be another error than ctx.Err(): a signal has its own.
	if ctx.Err() != nil && (errors.Is(err, ctx.Err()) || errors.Is(err, context.Cause(ctx))) {
		reason = fmt.Sprintf("in generation %d, by: %v", len(d.done), err) // without the folder, which may move
		err = fmt.Errorf("stopped in generation %d; nothing is lost: go on with `autolfads resume %s` (%w)", len(d.done), f.Dir, err)
	}
	return ending, errors.Join(err, f.writeState(len(d.done), d.history, status, reason),
		f.addTime(&d.watch, len(d.done), generation{}))
}

// errFailed marks the end of a search without a model.
var errFailed = errors.New("the search failed")

// driver is a run under way.
type driver struct {
	folder   *Folder
	search   pbt.Search
	executor Executor
	reviewer *Reviewer // nil: nobody reviews
	tracker  *tracker

	done    []generation
	history pbt.History
	watch   stopwatch
}

func (d *driver) drive(ctx context.Context) (Ending, error) {
	for {
		decision := d.search.Next(d.history)
		switch decision.Status {
		case pbt.Failed:
			return Ending{}, fmt.Errorf("%w: %s", errFailed, decision.Reason)
		case pbt.Finished:
			best, _ := d.folder.bestOf(d.done, d.history)
			d.tracker.finished(decision.Reason)
			searched := d.history.Searched()
			ending := Ending{decision.Reason, *best, d.history.Diverged(), len(searched), searched.Gain(), d.worsening(), pbt.FinalOf(d.search, d.history)}
			return ending, d.folder.writeState(len(d.done), d.history, "scoring", decision.Reason)
		}
		if err := d.generation(ctx, decision.Units); err != nil {
			return Ending{}, err
		}
	}
}

// generation completes one generation: writes its units, has those executed
// that have no result, and records what came of it.
func (d *driver) generation(ctx context.Context, starts []pbt.Start) error {
	units := d.units(starts)
	for _, u := range units {
		if err := d.folder.plan(u); err != nil {
			return err
		}
	}
	results, missing, err := d.folder.results(units)
	if err == nil && len(missing) > 0 {
		err = d.folder.syncGeneration(len(d.done))
	}
	if err == nil && len(missing) > 0 {
		err = d.execute(ctx, missing)
	}
	if err == nil && len(missing) > 0 {
		results, missing, err = d.folder.results(units)
	}
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		return fmt.Errorf("%s has no result though its executor returned", missing[0])
	}
	g := generation{units: units, results: results}
	if g.review, err = d.review(ctx, g); err != nil {
		return err
	}
	return d.complete(g)
}

func (d *driver) execute(ctx context.Context, units []Unit) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err := d.folder.writeState(len(d.done), d.history, "running", ""); err != nil {
		return err
	}
	live := d.folder.follow(units)
	defer live.close()
	return d.watch.execute(func() error {
		return d.executor.Execute(ctx, units, func(p Progress) {
			live.progress(p)
			d.tracker.progress(p)
		})
	})
}

// complete takes a generation into the history and records it, unless that was
// done before: the next generation's folder is there.
func (d *driver) complete(g generation) error {
	d.take(g)
	worsening := ""
	if !g.finish() { // of what was before it, it was said
		worsening = d.worsening()
	}
	d.tracker.completed(g, worsening)
	_, err := os.Stat(d.folder.path(generationDir(len(d.done))))
	if errors.Is(err, fs.ErrNotExist) {
		return errors.Join(d.folder.record(d.done, d.history, d.needed()), d.folder.addTime(&d.watch, len(d.done)-1, g))
	}
	return err
}

// worsening says in words that the best score of a population has been getting worse.
func (d *driver) worsening() string {
	if _, population := d.search.(pbt.Population); population {
		return d.history.Searched().Overfitting()
	}
	return ""
}

// needed are the places whose checkpoints the next generation, a restart or the final
// choice needs.
func (d *driver) needed() map[pbt.Place]bool {
	needed := d.history.Needed()
	for _, p := range pbt.FinalOf(d.search, d.history).Needed {
		needed[p] = true
	}
	return needed
}

// take takes a generation into the history.
func (d *driver) take(g generation) {
	d.done, d.history = append(d.done, g), append(d.history, g.outcomes())
}

// units turns decisions into the units of the generation that comes now.
func (d *driver) units(starts []pbt.Start) []Unit {
	units := make([]Unit, len(starts))
	for i, s := range starts {
		units[i] = d.unit(s)
	}
	return units
}

// unit turns a decision into a unit of the generation that comes now.
func (d *driver) unit(s pbt.Start) Unit {
	u := Unit{
		Generation: len(d.done), Member: s.Member, Seed: d.folder.Header.Seed, Copied: s.Copied,
		Epochs: s.Epochs, Single: s.Single, KeepBest: s.KeepBest, Anneal: s.Anneal, Hyper: s.Hyper,
	}
	if s.From != nil {
		r := d.done[s.From.Generation].result(s.From.Member)
		u.Parent = &Parent{*s.From, r.Checkpoint, r.SHA256}
		u.FirstEpoch = r.Epoch
	}
	return u
}
