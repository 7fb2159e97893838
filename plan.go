package autolfads

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/internal/memory"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/train"
)

// memoryPlan says what memory training needs beside the dataset, and then
// scoring: whichever is more.
type memoryPlan struct {
	config Config
	data   *dataset.Dataset
	units  []pbt.Start // of the first generation
	how    How
}

// checkMemory returns an error if training will not fit in the memory that
// this process may still use: known before the start, not after hours.
func checkMemory(c Config, d *dataset.Dataset, s pbt.Search, how How) error {
	available, limit, known := memory.Available()
	if !known {
		return nil
	}
	if _, fixed := s.(pbt.Fixed); !fixed {
		c = c.Largest()
	}
	p := memoryPlan{c, d, s.Next(nil).Units, how}
	return p.check(available, limit)
}

// need returns what the members need that train at a time, and one of them.
func (p *memoryPlan) need(asked int) (workers, threads int, member train.Memory) {
	workers, threads = (&local.Executor{Workers: asked, Threads: p.how.Threads}).Share(len(p.units))
	return workers, threads, train.MemoryOf(p.config.Model, p.config.Train, p.data, threads, p.units[0].Single)
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
	each := p.data.Train.Recon.Features + m.Factors + m.GeneratorDim + m.ControllerDim + 3*m.InferredInputs + external
	return 4*trials*bins*int64(each) + evaluate.Memory(p.data, m.Factors)
}

func (p *memoryPlan) check(available int64, limit string) error {
	if need := p.scoring(); need > available {
		return fmt.Errorf("scoring the rates at the end needs %s of memory and %s are %s: run on fewer trials, or on a file without behaviour and true rates",
			size(need), size(available), limit)
	}
	workers, threads, member := p.need(p.how.Workers)
	if total := int64(workers) * member.Total(); total <= available {
		return nil
	}
	text := fmt.Sprintf("training needs %s of memory and %s are %s: %d members at a time, each %s (activations on %d threads %s, gradients %s, parameters, moments and their copies %s)",
		size(int64(workers)*member.Total()), size(available), limit, workers, size(member.Total()), threads,
		size(member.Tapes), size(member.Gradients), size(member.Parameters+member.Optimiser+member.Checkpoint))
	for fewer := workers - 1; fewer > 0; fewer-- {
		if n, _, m := p.need(fewer); int64(n)*m.Total() <= available {
			return fmt.Errorf("%s; give --workers %d", text, fewer)
		}
	}
	return fmt.Errorf("%s; not even one member fits: give --workers 1 --threads 1, a smaller train.batch_size (now %d) or smaller model.* dimensions",
		text, p.config.Train.BatchSize)
}

// size writes a number of bytes.
func size(bytes int64) string {
	if bytes < 1<<30 {
		return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
}
