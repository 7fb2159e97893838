package work

import (
	"cmp"
	"fmt"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/internal/memory"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/train"
)

// CheckMemory returns an error if a run will not fit in the memory that this
// process may still use: known before the start, not after hours.
func CheckMemory(c config.Config, d *dataset.Dataset, s pbt.Search, site run.Site) error {
	available, limit, known := memory.Available()
	if !known {
		return nil
	}
	p := planOf(c, d, s, site)
	return cmp.Or(p.checkScoring(available, limit), p.checkTraining(available, limit))
}

// CheckUnitMemory returns an error if a unit will not fit in the memory that
// this process may still use, when it trains with so many threads.
func CheckUnitMemory(c config.Config, d *dataset.Dataset, u run.Unit, threads int) error {
	available, limit, known := memory.Available()
	c, err := c.With(u.Hyper)
	if err != nil || !known {
		return err
	}
	p := memoryPlan{config: c, trained: d, units: 1, best: u.Single || u.KeepBest, site: local.Cores{Workers: 1, Threads: threads}}
	return p.checkTraining(available, limit)
}

// memoryPlan says what memory training needs beside the dataset, and then
// scoring: whichever is more.
type memoryPlan struct {
	config  config.Config
	data    *dataset.Dataset // what rates are inferred of
	trained *dataset.Dataset // what the members train on, perhaps shapes alone
	units   int              // of the first generation
	best    bool             // they keep their best epochs
	site    run.Site
	all     bool  // they train on the validation trials, too
	copied  int64 // for that, bytes of the trials of both splits in one
}

// planOf is the plan of a run.
func planOf(c config.Config, d *dataset.Dataset, s pbt.Search, site run.Site) *memoryPlan {
	if _, fixed := s.(pbt.Fixed); !fixed {
		c = c.Largest()
	}
	first := s.Next(nil).Units
	p := &memoryPlan{config: c, data: d, trained: d, units: len(first), best: first[0].Single || first[0].KeepBest, site: site}
	if r, replay := s.(pbt.Replay); replay && r.AllTrials {
		p.trainOnAll()
	}
	return p
}

// need returns what the members need that train in this process at a time, and
// one of them.
func (p *memoryPlan) need(site run.Site) (workers, threads int, member train.Memory) {
	workers, threads = site.Share(p.units)
	return workers, threads, train.MemoryOf(p.config.Model, p.config.Train, p.trained, threads, p.best)
}

// scoring returns what the end of a run needs: what is inferred of all trials,
// and the scores of it. Training is over by then.
func (p *memoryPlan) scoring() int64 {
	m, bins := p.config.Model, int64(p.data.Train.Recon.Bins)
	trials := int64(p.data.Train.Trials() + p.data.Valid.Trials() + p.data.Test.Trials())
	external := 0
	if p.data.Train.External != nil {
		external = p.data.Train.External.Features
	}
	each := (1+parameters(m))*p.data.Train.Recon.Features + m.Factors + m.GeneratorDim + m.ControllerDim + 3*m.InferredInputs + external
	return 4*trials*bins*int64(each) + p.scores()
}

// scores returns what the scores need beside what was inferred.
func (p *memoryPlan) scores() int64 {
	judged := p.data
	if p.all {
		judged = p.data.JudgedByTest()
	}
	if judged == nil { // nothing is scored
		return 0
	}
	return evaluate.Memory(judged, p.config.Model.Factors)
}

// parameters is how many parameters of each neuron's likelihood are averaged beside
// its rate.
func parameters(m lfads.Config) int {
	l, _ := m.NewLikelihood() // the configuration has been checked
	return len(likelihood.ParametersOf(l))
}

func (p *memoryPlan) checkScoring(available int64, limit string) error {
	need := p.scoring()
	if need <= available {
		return nil
	}
	return fmt.Errorf("scoring the rates at the end needs %s of memory and %s are %s: run on fewer trials, or on a file without behaviour and true rates",
		size(need), size(available), limit)
}

func (p *memoryPlan) checkTraining(available int64, limit string) error {
	workers, threads, member := p.need(p.site)
	total := int64(workers)*member.Total() + p.copied
	if total <= available {
		return nil
	}
	text := fmt.Sprintf("training needs %s of memory and %s are %s: %s%d members at a time, each %s (activations on %d threads %s, gradients %s, parameters, moments and their copies %s)",
		size(total), size(available), limit, p.sayCopied(), workers, size(member.Total()), threads,
		size(member.Tapes), size(member.Gradients), size(member.Parameters+member.Optimiser+member.Checkpoint))
	if fewer := p.fewer(workers, available); fewer > 0 {
		return fmt.Errorf("%s; give --workers %d", text, fewer)
	}
	return fmt.Errorf("%s; not even one member fits: give --workers 1 --threads 1, a smaller train.batch_size (now %d) or smaller model.* dimensions",
		text, p.config.Train.BatchSize)
}

// fewer returns how many members, fewer than so many, would fit on the cores of
// this machine; 0 if not even one does, or they train elsewhere.
func (p *memoryPlan) fewer(than int, available int64) int {
	cores, here := p.site.(local.Cores)
	for n := than - 1; here && n > 0; n-- {
		cores.Workers = n
		if workers, _, m := p.need(cores); int64(workers)*m.Total()+p.copied <= available {
			return n
		}
	}
	return 0
}

// size writes a number of bytes.
func size(bytes int64) string {
	if bytes < 1<<30 {
		return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
}
