package pace

import (
	"fmt"
	"sort"
	"time"

	"github.com/autolfads/autolfads/config"
)

// Plan is a search that fits into a time.
type Plan struct {
	Key   string        // the setting that says how long the search is
	Value int           // what it is made
	Whole bool          // all that was configured fits: nothing is changed
	Takes time.Duration // at most, by what was measured

	what string // how many of what fit
}

// length is what a search can be shortened by: steps, of which there are least to most.
type length struct {
	key         string
	step        int // of the setting's value
	least, most int // steps
	set         func(c *config.Config, value int)
	unit        string // what a step is, many of them
	first       string // what the least is
	lower       string // which settings make it shorter
}

// lengthOf returns how a search is shortened: never beyond what is configured.
func lengthOf(c *config.Config, s config.Search) length {
	switch {
	case s.Population():
		return length{
			"pbt.max_generations", 1, 1, c.PBT.MaxGenerations, func(c *config.Config, n int) { c.PBT.MaxGenerations = n },
			"generations", "the first generation", "pbt.members, pbt.first_generation_epochs or model.* dimensions",
		}
	case s == config.Random:
		models := c.PBT.Members
		if c.Random.EpochsBudget > 0 {
			models = c.Random.EpochsBudget / c.Train.MaxEpochs
		}
		return length{
			"random.epochs_budget", c.Train.MaxEpochs, 1, models, func(c *config.Config, n int) { c.Random.EpochsBudget = n },
			"models", "one model of train.max_epochs", "train.max_epochs or model.* dimensions",
		}
	}
	least := max(1, min(c.Train.RampEnd(), c.Train.MaxEpochs))
	return length{
		"train.max_epochs", 1, least, c.Train.MaxEpochs, func(c *config.Config, n int) { c.Train.MaxEpochs = n },
		"epochs", "a model trained to the end of its ramps", "train.kl_ramp_epochs and train.l2_ramp_epochs, or model.* dimensions",
	}
}

// Fit returns the longest search under a configuration, no longer than it says, that
// ends within a limit with all that follows it, by this speed; so much of the limit is
// spent already. The error says how much time the shortest would take, and what to lower.
func (s *Speed) Fit(c config.Config, search config.Search, limit, spent time.Duration) (Plan, error) {
	l := lengthOf(&c, search)
	usable := time.Duration(float64(limit)*(1-reserve)) - spent
	takes := func(n int) (time.Duration, error) { return s.takes(c, search, l, n) }
	if all, err := takes(l.most); err != nil || all <= usable {
		return l.plan(l.most, all), err
	}
	least, err := takes(l.least)
	if err != nil {
		return Plan{}, err
	}
	if least > usable {
		return Plan{}, s.tooShort(l, limit, least+spent)
	}
	n := l.least + sort.Search(l.most-l.least, func(more int) bool {
		t, err := takes(l.least + more + 1)
		return err != nil || t > usable
	})
	t, err := takes(n)
	return l.plan(n, t), err
}

// plan is the plan of so many steps.
func (l *length) plan(steps int, takes time.Duration) Plan {
	return Plan{l.key, steps * l.step, steps == l.most, takes, fmt.Sprintf("%d %s", steps, l.unit)}
}

// takes is how long a run of so many steps takes.
func (s *Speed) takes(c config.Config, search config.Search, l length, steps int) (time.Duration, error) {
	l.set(&c, steps*l.step)
	decisions, err := c.Decide(search, 0) // how much there is to train, no seed changes
	if err != nil {
		return 0, err
	}
	generations := 1
	if search.Population() {
		generations = steps
	}
	return s.duration(decisions, generations), nil
}

// tooShort says that not even the shortest search fits.
func (s *Speed) tooShort(l length, limit, least time.Duration) error {
	needed := time.Duration(float64(least) / (1 - reserve))
	return fmt.Errorf("not even %s fits into %s: with rates and scores it takes about %s here (%s an epoch, members at a time: %d). Give %s or more, or lower %s",
		l.first, limit, round(needed), round(s.Epoch), s.Workers, round(needed+needed/10+time.Second), l.lower)
}

// Apply puts a plan into force.
func (p Plan) Apply(c *config.Config, search config.Search) {
	if !p.Whole {
		l := lengthOf(c, search)
		l.set(c, p.Value)
	}
}

// String says the plan, and where it stands from now on.
func (p Plan) String() string {
	text := fmt.Sprintf("%s fit, which takes at most about %s here, with rates and scores", p.what, round(p.Takes))
	if p.Whole {
		return text + "; that is the whole search"
	}
	return fmt.Sprintf("%s; recorded as %s=%d", text, p.Key, p.Value)
}

// round leaves of a time what a reader needs: two or three digits.
func round(d time.Duration) time.Duration {
	for _, unit := range []time.Duration{time.Second, 100 * time.Millisecond, time.Millisecond, 10 * time.Microsecond} {
		if d >= 20*unit {
			return d.Round(unit)
		}
	}
	return d.Round(time.Microsecond)
}
