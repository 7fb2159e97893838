package pace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/train"
	"github.com/autolfads/autolfads/work"
)

// LongEnough is how long members train to be timed, if there is time for it: dozens of
// epochs of a small model. One epoch of each is trained in any case.
const LongEnough = 3 * time.Second

// fewSamples is how many posterior samples are inferred, or draws scored, to be timed.
const fewSamples = 4

// Run is a run that is about to begin.
type Run struct {
	Config *config.Config
	Data   *dataset.Dataset
	Search pbt.Search
	Cores  local.Cores       // on which members train
	Engine lfads.EngineMaker // on which trials are inferred
}

// Measure times models of a configuration: as many members of the search's first
// generation as train at a time on these cores, side by side; then inference of all
// trials by one of them. The models are discarded.
func (r *Run) Measure(ctx context.Context, during time.Duration) (Speed, error) {
	c, d := r.Config, r.Data
	units := r.Search.Next(nil).Units
	workers, threads := r.Cores.Share(len(units))
	members, err := newMembers(c, d, units[:workers], threads)
	if err != nil {
		return Speed{}, err
	}
	s := Speed{Workers: workers}
	s.Ours, err = shareOf(workers*threads, func() (err error) {
		s.Epoch, err = timeEpochs(ctx, members, during)
		return err
	})
	if err != nil {
		return s, err
	}
	if s.Infer, err = r.timeInference(ctx, members[0].Model, during/4); err != nil {
		return s, err
	}
	if reviews(r.Search, 1) > 0 {
		s.Review, err = r.timeReview(ctx, members[0], during/4)
	}
	s.Score = r.scoring()
	return s, err
}

// scoring is how long scores and figures of all trials take.
func (r *Run) scoring() time.Duration {
	d := r.Data
	all := d.Train.Trials() + d.Valid.Trials() + d.Test.Trials()
	bins, neurons := float64(all*d.Train.Recon.Bins), float64(d.Train.Recon.Features)
	return scoring(r.Config, bins*neurons, bins, neurons, d.Train.Behavior != nil)
}

// newMembers makes members as they begin their first generation.
func newMembers(c *config.Config, d *dataset.Dataset, units []pbt.Start, threads int) ([]*train.Member, error) {
	members := make([]*train.Member, len(units))
	for i, u := range units {
		own, err := c.With(u.Hyper)
		if err != nil {
			return nil, err
		}
		members[i], err = train.New(own.Model, own.Train, d, train.Identity{Member: u.Member}, lfads.Threads(threads))
		if err != nil {
			return nil, err
		}
	}
	return members, nil
}

// timeEpochs trains members side by side for about a time, each for an epoch at least,
// and returns the mean over members of what an epoch takes: of those after a first one,
// in which memory is first touched, if there are any.
func timeEpochs(ctx context.Context, members []*train.Member, during time.Duration) (time.Duration, error) {
	took := make([]time.Duration, len(members))
	errs := make([]error, len(members))
	until := time.Now().Add(during)
	var group sync.WaitGroup
	for i, m := range members {
		group.Go(func() { took[i], errs[i] = timeMember(ctx, m, until) })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		return 0, err
	}
	took = slices.DeleteFunc(took, func(t time.Duration) bool { return t == 0 })
	if len(took) == 0 {
		return 0, errors.New("no epoch could be timed: training diverged at once; lower train.learning_rate, or look at the data")
	}
	total := time.Duration(0)
	for _, t := range took {
		total += t
	}
	return total / time.Duration(len(took)), nil
}

// timeMember trains a member until a moment has come, and returns the mean time of its
// epochs; 0 if it diverged in its first.
func timeMember(ctx context.Context, m *train.Member, until time.Time) (mean time.Duration, err error) {
	for epochs := 0; epochs == 0 || time.Now().Before(until); epochs++ {
		began := time.Now()
		_, err := m.RunEpoch(ctx)
		var diverged *train.Diverged
		switch took := time.Since(began); {
		case ctx.Err() != nil:
			return 0, fmt.Errorf("stopped while measuring how fast this machine is (%w)", context.Cause(ctx))
		case errors.As(err, &diverged):
			return mean, nil
		case err != nil:
			return 0, err
		case epochs <= 1: // the second takes the first one's place
			mean = took
		default:
			mean += (took - mean) / time.Duration(epochs)
		}
	}
	return mean, nil
}

// timeInference infers few samples of all trials and returns what all samples take.
func (r *Run) timeInference(ctx context.Context, m *lfads.Model, soon time.Duration) (time.Duration, error) {
	return timeAll(m.Config.Samples(r.Config.Infer.Samples), soon, func(samples int) error {
		_, err := infer.Run(ctx, m, r.Data, infer.Options{Samples: samples, Engine: r.Engine})
		return err
	})
}

// timeReview scores a model anew with few draws and returns what all draws take.
func (r *Run) timeReview(ctx context.Context, m *train.Member, soon time.Duration) (time.Duration, error) {
	return timeAll(r.Config.FinalDraws(), soon, func(draws int) error {
		reviewer := work.Reviewer{Config: r.Config, Data: r.Data, Draws: draws, Engine: r.Engine}
		_, err := reviewer.Review(ctx, m.State())
		return err
	})
}

// timeAll times something for few samples of all, and returns what it takes for all: in
// proportion; or measured, if that is soon done, for what is done once however many
// samples there are is not done in proportion.
func timeAll(all int, soon time.Duration, do func(samples int) error) (time.Duration, error) {
	few := min(all, fewSamples)
	began := time.Now()
	err := do(few)
	took := time.Since(began) * time.Duration(all) / time.Duration(few)
	if err != nil || few == all || took > soon {
		return took, err
	}
	began = time.Now()
	err = do(all)
	return time.Since(began), err
}
