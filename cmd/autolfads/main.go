// Command autolfads turns binned spikes of many neurons into denoised
// single-trial firing rates. See the README.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dashboard"
	"github.com/autolfads/autolfads/internal/bench"
	"github.com/autolfads/autolfads/internal/memory"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/paper"
)

// cli is the command line: one field a subcommand, each in a file of its own.
type cli struct {
	Demo       demoCmd       `cmd:"" help:"See it work: make a small recording with known rates, model it, show how well they were found (about a minute)."`
	Info       infoCmd       `cmd:"" help:"Say what a data file holds."`
	Prepare    prepareCmd    `cmd:"" help:"Make trials of binned spikes of a recording."`
	Plan       planCmd       `cmd:"" help:"Say what a run would take before it starts: memory, time and core-hours, here and on a cluster."`
	Run        runCmd        `cmd:"" help:"Model a recording: population-based training on all cores, then rates for every trial."`
	Resume     resumeCmd     `cmd:"" help:"Go on with a run that was stopped."`
	Status     statusCmd     `cmd:"" help:"Say where a run stands: generation, members, scores, hyper-parameters, time left."`
	Dashboard  dashboardCmd  `cmd:"" help:"Look at runs in a browser, while they run and after."`
	Compare    compareCmd    `cmd:"" help:"Set runs beside each other: settings that differ, scores with intervals, time."`
	Replay     replayCmd     `cmd:"" help:"Train a run's model again by its own schedule: other seeds, all trials, or another recording."`
	Unit       unitCmd       `cmd:"" help:"Train one member in one generation of a run that another process drives."`
	Slurm      slurmCmd      `cmd:"" help:"Runs on a cluster with SLURM."`
	Infer      inferCmd      `cmd:"" help:"Rates of a recording from a trained model."`
	Baseline   baselineCmd   `cmd:"" help:"Rates by methods to compare a model with: smoothing, GPFA, PSTHs."`
	Evaluate   evaluateCmd   `cmd:"" help:"Say what rates are worth, of this program or another, and how they compare."`
	Report     reportCmd     `cmd:"" help:"Make the page of a run, one HTML file that opens offline."`
	Experiment experimentCmd `cmd:"" help:"Make again what is said of this program: ways of it, compared on trials that no choice has seen."`
	Presets    presetsCmd    `cmd:"" help:"Settings for kinds of recordings, each with its reason."`
	Synth      synthCmd      `cmd:"" help:"Make a synthetic recording with known rates."`
	Bench      benchCmd      `cmd:"" help:"Time training steps against this machine's peak."`
	Completion completionCmd `cmd:"" help:"Have a shell complete commands, flags and their values at TAB."`
	Man        manCmd        `cmd:"" help:"Write manual pages."`
	Version    versionCmd    `cmd:"" help:"Print the version."`

	Complete completeCmd `cmd:"" hidden:"" name:"__complete" passthrough:"" help:"Answer a shell that completes a command line."`
}

const description = `AutoLFADS: single-trial firing rates from binned spikes, with no behaviour and no hand tuning.

Start with:

  autolfads demo
  autolfads info recording.h5
  autolfads run recording.h5 --out results`

// newParser is the program's parser of its command line, which fills c in.
func newParser(c *cli) *kong.Kong {
	return kong.Must(c, kong.Name("autolfads"), kong.Description(description+"\n\n"+exitWords()), vars(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Resolvers(kong.ResolverFunc(resolvePreset)))
}

func main() {
	parser := newParser(new(cli))
	command, err := parser.Parse(os.Args[1:])
	if err != nil {
		parser.FatalIfErrorf(fmt.Errorf("%w; --help says what there is, also after a command", mistyped{err}))
	}

	limitMemory()
	ctx := context.Background()
	// Only of commands that ask for a context are signals caught: any other ends by one, as programs do.
	err = command.BindSingletonProvider(func() context.Context {
		ctx = interruptible()
		return ctx
	})
	if err == nil {
		err = command.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "autolfads:", err)
		os.Exit(exitCode(ctx, err))
	}
}

// vars are what the texts of flags name.
func vars() kong.Vars {
	return kong.Vars{"shapes": bench.Names(), "likelihoods": strings.Join(likelihood.Names(), ", "), "presets": strings.Join(config.Presets(), ", "), "experiments": strings.Join(paper.Names(), ", "), "trials": strings.Join(trialPresetNames(), ", "), "port": strconv.Itoa(dashboard.DefaultPort)}
}

// limitMemory has the collector work before garbage takes what there is no
// memory for; the environment's GOMEMLIMIT goes first.
func limitMemory() {
	limit, _, known := memory.Available()
	if asked, ok := memory.Asked(); ok && (!known || asked < limit) {
		limit, known = asked, true
	}
	if known && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(max(limit-limit/softness-ownPages, limit/2))
	}
}

// What of a limit is left to what the collector does not know of, or is late for.
const (
	ownPages = 32 << 20 // of the program's file, which has about 40 MB, 21 MB were in RAM after a run
	softness = 16       // its limit is no wall: units of a large model were beyond 380 MB by 23, without these pages
)

// interruptible returns a context that ends at the first Ctrl-C or TERM, so
// that work can be put away; when it has ended, a second one ends the program at
// once.
func interruptible() context.Context {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithCancelCause(context.Background())
	go func() {
		s := <-signals
		signal.Stop(signals) // the next one has its default effect
		cancel(stoppedBy{s})
	}()
	return ctx
}

// stoppedBy is the cause of a context that a signal has ended.
type stoppedBy struct{ signal os.Signal }

func (s stoppedBy) Error() string { return s.signal.String() + " signal received" }

// Is makes it the error of a context that was cancelled.
func (s stoppedBy) Is(target error) bool { return target == context.Canceled }

type versionCmd struct{}

// Help is shown by autolfads version --help.
func (versionCmd) Help() string {
	return `A run goes on only under the version it was started with: its run.yaml names it.

Example:
  autolfads version`
}

func (versionCmd) Run() error {
	fmt.Println("autolfads", autolfads.Version)
	return nil
}
