package work

import (
	"runtime"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/synth"
	"github.com/autolfads/autolfads/train"
)

// A replay on all trials has larger batches, where training trials alone do not fill one,
// and holds the trials of both splits once more.
func TestMemoryOfAllTrials(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	d := fewTrials(t)
	c := config.Default()
	c.Train.BatchSize = 64
	plan := func(all bool) *memoryPlan {
		replay := pbt.Replay{Members: 2, AllTrials: all, Segments: []pbt.Segment{{Epochs: 1, Hyper: pbt.Hyper{}}}}
		return planOf(c, d, replay, local.Cores{Threads: 1})
	}
	of, all := plan(false), plan(true)
	_, _, less := of.need(of.site)
	workers, threads, more := all.need(all.site)
	if want := train.MemoryOf(all.config.Model, all.config.Train, d.AllTraining(), threads, false); more != want || more.Total() <= less.Total() {
		t.Errorf("a member on all trials takes %+v, want %+v, more than %+v", more, want, less)
	}
	if want := d.AllTraining().Train; of.copied != 0 || all.copied != want.Encod.Bytes()+want.Recon.Bytes()+want.External.Bytes() {
		t.Errorf("copies of %d and %d bytes", of.copied, all.copied)
	}
	need := int64(workers)*more.Total() + all.copied
	if err := all.checkTraining(need, "left over"); err != nil {
		t.Errorf("what it needs is not enough: %v", err)
	}
	err := all.checkTraining(need-1, "left over")
	for _, part := range []string{size(need), "training and validation trials in one " + size(all.copied), "give --workers 1"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("a byte less: %v, want %q in it", err, part)
		}
	}
}

// Scores are of test trials then, or there are none.
func TestMemoryOfTestScores(t *testing.T) {
	d := fewTrials(t)
	p := memoryPlan{config: config.Default(), data: d, all: true}
	if got := p.scores(); got != 0 {
		t.Errorf("scores of no trials take %d bytes", got)
	}
	d.Test = &dataset.Split{Encod: dataset.NewArray(400, 10, 20), Recon: dataset.NewArray(400, 10, 24)}
	if got, want := p.scores(), evaluate.Memory(d.JudgedByTest(), p.config.Model.Factors); got != want || got == (&memoryPlan{config: p.config, data: d}).scores() {
		t.Errorf("scores of test trials take %d bytes, want %d", got, want)
	}
}

// fewTrials are 40 training and 10 validation trials of 24 neurons, of which 20 are read,
// and an external input.
func fewTrials(t *testing.T) *dataset.Dataset {
	t.Helper()
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins = 5, 10, 24, 10
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		s.Encod, s.External = dataset.NewArray(s.Recon.Trials, 10, 20), dataset.NewArray(s.Recon.Trials, 10, 1)
	}
	return d
}
