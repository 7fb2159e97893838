package slurmtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/executortest"
	"github.com/autolfads/autolfads/run/slurm"
)

// What a generation costs beside its training: 20 members whose ten epochs take a second,
// all at the same time. It is printed, not judged: it depends on the machine, and here
// all nodes are one.
func TestSlurmOverhead(t *testing.T) {
	c := Open(t)
	t.Run("array", func(t *testing.T) { overhead(t, factory(slurm.Site{})) })
	t.Run("steps", func(t *testing.T) {
		allocate(t, c, 24, 24)
		overhead(t, factory(slurm.Site{Mode: slurm.Steps}))
	})
}

const (
	overheadMembers     = 20
	overheadGenerations = 3
	overheadEpochs      = 10
	overheadEpoch       = 100 * time.Millisecond
)

// overhead drives a population, and logs by how much longer than their units its
// generations took.
func overhead(t *testing.T, make executortest.Factory) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data.h5")
	if err := os.WriteFile(data, []byte("spikes"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := run.DataFile(data)
	if err != nil {
		t.Fatal(err)
	}
	f, err := run.Create(filepath.Join(dir, "run"), run.Header{Version: executortest.Version, Seed: 3, Data: d}, struct{}{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c := pbt.DefaultConfig()
	c.Members, c.EpochsPerGeneration, c.FirstGenerationEpochs = overheadMembers, overheadEpochs, overheadEpochs
	c.MaxGenerations, c.StopRatio = overheadGenerations, 0
	c.Space = pbt.Space{pbt.LearningRate: {Low: 1e-3, High: .5, Scale: pbt.Log, Explore: .3}}
	faults := t.TempDir()
	for i := range overheadGenerations * overheadMembers {
		if err := executortest.Late(faults, i/overheadMembers, i%overheadMembers, overheadEpoch); err != nil {
			t.Fatal(err)
		}
	}
	clock := &clock{Executor: make(f, faults)}
	if _, err := run.Drive(t.Context(), f, pbt.Population{Config: c, Seed: 3}, clock, nil, func(run.Event) {}); err != nil {
		t.Fatal(err)
	}
	for g, took := range clock.took {
		t.Logf("%s: generation %d of %d members took %.2f s more than its epochs", filepath.Base(t.Name()), g, overheadMembers, (took - overheadEpochs*overheadEpoch).Seconds())
	}
	if len(clock.took) != overheadGenerations {
		t.Errorf("%d generations were executed, want %d", len(clock.took), overheadGenerations)
	}
}

// clock is an executor that notes how long another takes for a generation.
type clock struct {
	run.Executor
	took []time.Duration
}

func (c *clock) Execute(ctx context.Context, units []run.Unit, observe func(run.Progress)) error {
	began := time.Now()
	err := c.Executor.Execute(ctx, units, observe)
	c.took = append(c.took, time.Since(began))
	if err != nil {
		return fmt.Errorf("after %v: %w", time.Since(began), err)
	}
	return nil
}
