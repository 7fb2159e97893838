package autolfads

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/pace"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run/local"
)

// checkLimit returns an error for a time limit that cannot be kept.
func (j *Job) checkLimit() error {
	if j.TimeLimit < 0 {
		return fmt.Errorf("the time limit is %s: give a time, for example 15m, or 0 for none", j.TimeLimit)
	}
	if _, here := j.Resources.site().(local.Cores); j.TimeLimit > 0 && !here {
		return errors.New("a time limit is kept on the cores of this machine, where it can be measured how long epochs take, and members are to train elsewhere: give pbt.max_generations instead")
	}
	return nil
}

// keepLimit makes a search as long as fits into the job's time limit, which began at
// j.began: in its configuration, before the run begins.
func (j *Job) keepLimit(ctx context.Context, d *dataset.Dataset, search pbt.Search) (pbt.Search, error) {
	cores, here := j.Resources.site().(local.Cores)
	if j.TimeLimit == 0 || !here {
		return search, nil
	}
	next := pace.Run{Config: &j.Config, Data: d, Search: search, Cores: cores, Engine: j.Resources.engine()}
	speed, err := next.Measure(ctx, min(pace.LongEnough, j.TimeLimit/20))
	if err != nil {
		return nil, err
	}
	plan, err := speed.Fit(j.Config, j.Search, j.TimeLimit, time.Since(j.began))
	if err != nil {
		return nil, err
	}
	plan.Apply(&j.Config, j.Search)
	j.Resources.Observer.note(fmt.Sprintf("within %s, %s", j.TimeLimit, plan))
	return j.Config.Decide(j.Search, j.Seed)
}
