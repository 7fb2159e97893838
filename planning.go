package autolfads

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/pace"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/plan"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/train"
	"github.com/autolfads/autolfads/work"
)

// Planning is a request for what a run would take.
type Planning struct {
	Job         Job // of which Out is not looked at, nor anything written
	Generations int // of a population, exactly; 0: as many as its rules allow

	Cores               int // of another machine to plan for; 0: none
	Nodes, CoresPerNode int // of a cluster to plan for; 0: none

	Measure time.Duration // how long members train here to be timed; 0: DefaultMeasure
	Spread  float64       // of the times of units on several machines; 0: plan.DefaultSpread
}

// DefaultMeasure is how long members train to be timed: dozens of epochs of a small model.
const DefaultMeasure = 5 * time.Second

// The most that is planned for.
const (
	maxCores   = 1 << 20
	maxNodes   = 1 << 16
	maxMeasure = time.Hour
)

// Planned is what a run would take, by a measurement on this machine.
type Planned struct {
	Dataset *dataset.Dataset
	Config  Config // with what of it follows from the data

	Fewest, Most plan.Shape // how much there is to train
	Cost         plan.Cost
	Measured     Measured

	Member train.Memory // that a member in training holds
	Unit   int64        // bytes that a process needs which trains one unit
	Drive  int64        // bytes that the process needs which drives the run while others train

	Here   plan.Estimate
	Beside []plan.Estimate // other machines that were asked for
	Ladder []plan.Estimate // from one slot to a thousand members

	Tasks   plan.Estimate // on a cluster, with a slot for each member
	Request plan.Request  // of a unit there
}

// Measured is what a plan was measured by.
type Measured struct {
	Workers, Threads int           // members that trained side by side, and threads of each
	Inferring        int           // threads by which models were scored anew, and trials inferred
	Share            float64       // of the training trials that they trained on
	Ours             float64       // share of these cores that training had meanwhile; 0: it is unknown
	Took             time.Duration // all of it
}

// Plan says what a run would take: memory, time and core-hours, here and elsewhere. It trains
// a few epochs of real members on the run's data, side by side as the run would on this machine, and
// computes the rest (package plan); what it trains is discarded, and nothing is written.
func Plan(ctx context.Context, p Planning) (*Planned, error) {
	j := &p.Job
	if err := j.asPaper(); err != nil {
		return nil, err
	}
	if err := errors.Join(j.Config.Check(), j.Resources.check(), p.check()); err != nil {
		return nil, err
	}
	if p.Generations > 0 {
		j.Config.PBT.MaxGenerations = p.Generations
	}
	began := time.Now()
	d, search, err := p.begin(ctx)
	if err != nil {
		return nil, err
	}
	planned := &Planned{Dataset: d, Config: j.Config}
	planned.Cost.Before = time.Since(began)
	if planned.Fewest, planned.Most, err = p.shapes(search); err != nil {
		return nil, err
	}
	threads := max(j.Resources.Threads, 1)
	planned.Member = work.MemberMemory(j.Config, d, search, threads)
	planned.Unit = work.UnitMemory(j.Config, d, search, threads)
	planned.Drive = work.DriverMemory(j.Config, d, search, threads)
	if err := planned.measure(ctx, &p, search); err != nil {
		return nil, err
	}
	return planned, planned.estimate(&p)
}

// check returns an error for what cannot be planned.
func (p *Planning) check() error {
	if p.Generations > 0 && !p.Job.Search.Population() {
		return fmt.Errorf("so many generations are of a population, and the search is %s: leave them out", p.Job.Search)
	}
	if (p.Nodes > 0) != (p.CoresPerNode > 0) {
		return errors.New("a cluster has nodes and cores in each: give both, for example 4 nodes of 32 cores")
	}
	for _, n := range []struct {
		name  string
		value int
		most  int
	}{{"generations", p.Generations, pbt.MaxGenerations}, {"cores", p.Cores, maxCores}, {"nodes", p.Nodes, maxNodes}, {"cores a node", p.CoresPerNode, MaxThreads}} {
		if n.value < 0 || n.value > n.most {
			return fmt.Errorf("%s: %d; give 1 to %d", n.name, n.value, n.most)
		}
	}
	if threads := max(p.Job.Resources.Threads, 1); p.CoresPerNode > 0 && threads > p.CoresPerNode {
		return fmt.Errorf("a member of %d threads does not fit on a node of %d cores, and SLURM would never start it: give --threads %d, or fewer", threads, p.CoresPerNode, p.CoresPerNode)
	}
	if p.Measure < 0 || p.Measure > maxMeasure {
		return fmt.Errorf("the measurement is to last %s: give a time up to %s, for example %s", p.Measure, maxMeasure, DefaultMeasure)
	}
	if !(p.Spread >= 0 && p.Spread <= 1) {
		return fmt.Errorf("the spread is %v: give the standard deviation of the times of units as a share of them, from 0 to 1", p.Spread)
	}
	return nil
}

// begin reads the data, of a recording the trials that would be made of it, and decides on the
// search as a run would.
func (p *Planning) begin(ctx context.Context) (*dataset.Dataset, pbt.Search, error) {
	j := &p.Job
	d, err := j.trials(ctx)
	if err == nil {
		err = j.Config.LookThrough(d, j.Data, j.Resources.Observer.note)
	}
	if err != nil {
		return nil, nil, err
	}
	j.Config.Resolve(d)
	search, err := j.Config.Decide(j.Search, j.Seed)
	if err == nil {
		err = work.CheckMemory(j.Config, d, search, j.Resources.cores())
	}
	return d, search, err
}

// trials are those that a run would model, in memory alone.
func (j *Job) trials(ctx context.Context) (*dataset.Dataset, error) {
	recording, err := j.isRecording()
	if err != nil {
		return nil, err
	}
	if !recording {
		return j.Config.Data.Load(j.Data)
	}
	made, err := await(ctx, func() (*prepared, error) {
		return trialsOfRecording(j.Data, j.recording(), j.Resources.Observer)
	})
	if err != nil {
		return nil, err
	}
	j.Config.Data.SetAside = 0 // they are, in these trials
	return made.dataset, nil
}

// cores are those of this machine that members train on.
func (r *Resources) cores() local.Cores {
	return local.Cores{Workers: r.Workers, Threads: r.Threads}
}

// shapes are how much a search trains, at least and at most.
func (p *Planning) shapes(search pbt.Search) (fewest, most plan.Shape, err error) {
	fewest, most, err = plan.ShapesOf(search, func(u pbt.Start) int {
		c, err := p.Job.Config.With(u.Hyper)
		if err != nil {
			return u.Epochs
		}
		return c.Train.RampEnd() + c.Train.EarlyStopPatience
	})
	if p.Generations > 0 {
		fewest = most
	}
	return fewest, most, err
}

// measure fills in what the parts of the run cost.
func (planned *Planned) measure(ctx context.Context, p *Planning, search pbt.Search) error {
	j, began := &p.Job, time.Now()
	m := &planned.Measured
	m.Workers, m.Threads = j.Resources.cores().Share(planned.Most.Members())
	m.Inferring = j.Resources.inferring()
	during := p.Measure
	if during == 0 {
		during = DefaultMeasure
	}
	r := pace.Run{Config: &planned.Config, Data: planned.Dataset, Search: search, Cores: j.Resources.cores(), Engine: j.Resources.engine()}
	speed, share, err := r.MeasureSample(ctx, during)
	if err != nil {
		return err
	}
	m.Share, m.Ours, m.Took = share, speed.Ours, time.Since(began)
	c := &planned.Cost
	c.Blocks = lfads.Blocks(min(planned.Config.Train.BatchSize, planned.Dataset.Train.Trials()))
	c.Serial = plan.DefaultSerial
	c.Epoch = c.OneThread(speed.Epoch, m.Threads)
	c.Unit = plan.Checkpoints(planned.Member.Checkpoint)
	c.Spread = plan.DefaultSpread
	if p.Spread > 0 {
		c.Spread = p.Spread
	}
	c.PerGeneration, c.PerMember = pace.PerGeneration, pace.PerMember
	c.Review, c.Infer, c.After = speed.Review, speed.Infer, speed.Score
	return nil
}
