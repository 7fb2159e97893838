package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/prepare"
)

// baselineCmd has a subcommand for each method, with the flags that it has alone.
type baselineCmd struct {
	Smooth smoothCmd `cmd:"" help:"Spikes smoothed with a Gaussian; held-out neurons by Poisson regression on the smoothed rates of the others."`
	GPFA   gpfaCmd   `cmd:"" name:"gpfa" help:"Gaussian-process factor analysis of square-rooted counts in bins of 20 ms; takes minutes."`
	PSTH   psthCmd   `cmd:"" name:"psth" help:"The mean of the training trials of a trial's condition: a reference that knows nothing of single trials."`
}

// Help is shown by autolfads baseline --help.
func (baselineCmd) Help() string {
	return `Writes rates by methods that are older than models of single trials, in the layout of autolfads infer, to be compared with
a model's. They learn from training trials alone, and choose their settings by cross-validation among them.

Examples:
  autolfads baseline smooth trials.h5 --out smooth.h5
  autolfads evaluate results/outputs/rates.h5 smooth.h5 --data trials.h5`
}

// baselineFlags are what all methods have.
type baselineFlags struct {
	Data string `arg:"" help:"Data file of binned spikes, such as autolfads prepare makes of a recording." type:"path"`
	Out  string `help:"HDF5 file to write; must not exist." required:"" type:"path"`
	dataFlags
	Threads int `help:"Threads; 0: one a core." default:"0"`
}

// run fits a method, writes rates, and says what was chosen and what to do next.
func (f *baselineFlags) run(ctx context.Context, name string, m baseline.Method) error {
	if f.Threads < 0 || f.Threads > autolfads.MaxThreads {
		return fmt.Errorf("threads is %d: give 1 to %d, or 0 for one a core", f.Threads, autolfads.MaxThreads)
	}
	if f.Threads > 0 {
		runtime.GOMAXPROCS(f.Threads)
	}
	p := newProgress("", false)
	settings, err := autolfads.EstimateBaseline(ctx, autolfads.Baseline{
		Name: name, Method: m, Data: f.Data, Out: f.Out, File: f.dataConfig(), Note: p.note, Progress: p.fitted(time.Now),
	})
	p.done()
	if err != nil {
		return err
	}
	fmt.Printf("%s: %s\n", name, settings)
	fmt.Printf("rates of all trials: %s, in %s\n", prepare.Typed(f.Out), short(time.Since(p.began)))
	words := append([]string{"autolfads", "evaluate", prepare.Typed(f.Out), "--data", prepare.Typed(f.Data)}, f.words()...)
	fmt.Printf("what they are worth: %s\n", prepare.Command(words...))
	return nil
}

// sdFlags are the kernels that a method chooses of.
type sdFlags struct {
	SDMs []float64 `name:"sd-ms" help:"Standard deviations of the Gaussian to choose of, in ms: --sd-ms 30,50,80; one alone is taken as it is. 20 to 150, or 1 to 7.5 bins of more than 20 ms, if not given." placeholder:"MS,..."`
}

func (f *sdFlags) sds() (sds []time.Duration) {
	for _, ms := range f.SDMs {
		sds = append(sds, time.Duration(ms*float64(time.Millisecond)))
	}
	return sds
}

type smoothCmd struct {
	baselineFlags
	sdFlags
	Penalty []float64 `help:"Penalties of the regression of held-out neurons to choose of, as scikit-learn's alpha; one alone is taken as it is. .001 to 3 if not given." placeholder:"L2,..."`
}

// Help is shown by autolfads baseline smooth --help.
func (smoothCmd) Help() string {
	return `Examples:
  autolfads baseline smooth trials.h5 --out smooth.h5
  autolfads baseline smooth trials.h5 --out smooth.h5 --sd-ms 50`
}

func (c *smoothCmd) Run(ctx context.Context) error {
	return c.run(ctx, "smooth", baseline.Smoothing{SDs: c.sds(), Penalties: c.Penalty})
}

type gpfaCmd struct {
	baselineFlags
	Latents int       `help:"Number of latents; 0: chosen by the likelihood of training trials left out." default:"0"`
	Penalty []float64 `help:"Penalties of the regression of held-out neurons to choose of, as scikit-learn's alpha; one alone is taken as it is. 1e-6 to .01 if not given." placeholder:"L2,..."`
}

// Help is shown by autolfads baseline gpfa --help.
func (gpfaCmd) Help() string {
	return `Examples:
  autolfads baseline gpfa trials.h5 --out gpfa.h5
  autolfads baseline gpfa trials.h5 --out gpfa.h5 --latents 8`
}

func (c *gpfaCmd) Run(ctx context.Context) error {
	return c.run(ctx, "gpfa", baseline.GPFA{Latents: c.Latents, Penalties: c.Penalty})
}

type psthCmd struct {
	baselineFlags
	sdFlags
}

// Help is shown by autolfads baseline psth --help.
func (psthCmd) Help() string {
	return `Examples:
  autolfads baseline psth trials.h5 --out psth.h5
  autolfads baseline psth trials.h5 --out psth.h5 --sd-ms 70`
}

func (c *psthCmd) Run(ctx context.Context) error {
	return c.run(ctx, "psth", baseline.ConditionMean{SDs: c.sds()})
}
