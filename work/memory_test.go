package work

import (
	"runtime"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/synth"
)

// What fits starts; what does not is refused with numbers and a way out that
// fits.
func TestMemoryPlan(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition = 5, 10
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	p := memoryPlan{config: config.Default(), data: d, trained: d, units: 20, site: local.Cores{}}
	workers, threads, member := p.need(p.site)
	if workers != 8 || threads != 1 {
		t.Fatalf("%d workers of %d threads on 8 cores", workers, threads)
	}
	one := member.Total()
	for _, c := range []struct {
		available int64
		says      []string
	}{
		{8 * one, nil},
		{8*one - 1, []string{"8 members at a time", "left over", size(one), "give --workers 7"}},
		{4 * one, []string{"give --workers 2"}}, // four would use the cores left over for second threads
		{one / 2, []string{"not even one member", "train.batch_size (now 64)", "model.*"}},
	} {
		err := p.checkTraining(c.available, "left over")
		if (err == nil) != (c.says == nil) {
			t.Errorf("%d bytes: %v", c.available, err)
		}
		for _, part := range c.says {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%d bytes: the error does not say %q: %v", c.available, part, err)
			}
		}
	}
	// Long recordings of many neurons take more when they are scored.
	probe := *p.data
	probe.Train = &dataset.Split{Encod: shape(400, 100, 2000), Recon: shape(400, 100, 2000), Behavior: shape(400, 100, 2)}
	probe.Valid = &dataset.Split{Encod: shape(100, 100, 2000), Recon: shape(100, 100, 2000), Behavior: shape(100, 100, 2)}
	large := memoryPlan{config: p.config, data: &probe, units: p.units, site: p.site}
	if err := large.checkScoring(1<<30, "left over"); err == nil || !strings.Contains(err.Error(), "scoring the rates at the end needs 1.") || !strings.Contains(err.Error(), "without behaviour") {
		t.Errorf("a gigabyte is taken to be enough to score 2000 neurons: %v", err)
	}
	gamma := large
	gamma.config.Model.Likelihood = "gamma" // files hold two numbers beside each rate
	if more := gamma.scoring() - large.scoring(); more != 2*4*500*100*2000 {
		t.Errorf("two parameters of a likelihood take %d bytes more", more)
	}
	p.site = elsewhere{}
	if err := p.checkTraining(1, ""); err != nil {
		t.Errorf("members that train elsewhere are counted here: %v", err)
	}
	p.site = local.Cores{Threads: 1}
	if err := p.checkTraining(2*one, ""); err == nil || !strings.Contains(err.Error(), "give --workers 2") {
		t.Errorf("two members of one thread fit: %v", err)
	}
}

// elsewhere is a site whose members train in other processes.
type elsewhere struct{ run.Site }

func (elsewhere) Share(int) (workers, threads int) { return 0, 1 }

// shape is an array without its numbers.
func shape(trials, bins, features int) *dataset.Array {
	return &dataset.Array{Trials: trials, Bins: bins, Features: features}
}
