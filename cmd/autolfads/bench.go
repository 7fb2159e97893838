package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/internal/bench"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/lfads"
)

type benchCmd struct {
	Shape      string          `help:"Time this shape alone: ${shapes}." placeholder:"NAME" complete:"shapes"`
	Likelihood string          `help:"Time models with this likelihood, on random data of its kind: ${likelihoods}." default:"poisson" placeholder:"NAME" complete:"likelihoods"`
	Input      lfads.InputPath `help:"Products with the input: auto, dense or sparse. auto is what training does; all give the same bits." default:"auto"`
	Inference  bool            `help:"Time averages over posterior samples instead of training steps."`
	Samples    int             `help:"Posterior samples of --inference." default:"50"`
	Threads    int             `help:"Threads of one model." default:"1"`
	Time       time.Duration   `help:"Time for each shape." default:"5s"`
	JSON       bool            `name:"json" help:"One JSON object a line."`
}

// Help is shown by autolfads bench --help.
func (benchCmd) Help() string {
	return `Times whole training steps (forward with coordinated dropout and dropout, loss, backward, clipping, Adam) and compares
them with the float32 multiply-add peak of this machine, measured in the same run. Run it on an idle machine.

share is the count of a dense step over the median time over the peak, measured once before the first shape; "now" is the
same with the peak measured between the steps, for machines that others use too. Sums over spikes leave out most of the
count: a share above what dense products reach is theirs.

Examples:
  autolfads bench
  autolfads bench --shape maze-small --input dense --threads 2 --json
  autolfads bench --inference --shape maze-small
  autolfads bench --likelihood gamma
  AUTOLFADS_CPU=avx2 autolfads bench`
}

func (c *benchCmd) Run(ctx context.Context) error {
	shapes, err := c.shapes()
	if err != nil {
		return err
	}
	for _, n := range []struct {
		name  string
		value int
		most  int
	}{{"threads", c.Threads, autolfads.MaxThreads}, {"samples", c.Samples, infer.MaxSamples}} {
		if n.value < 1 || n.value > n.most {
			return fmt.Errorf("--%s is %d: it must lie between 1 and %d", n.name, n.value, n.most)
		}
	}
	if c.Time <= 0 {
		return fmt.Errorf("--time is %v: it must be positive, for example 5s", c.Time)
	}
	o := bench.Options{Threads: c.Threads, Input: c.Input, Peak: kernel.PeakGFLOPS(), Time: c.Time}
	if !c.JSON {
		fmt.Printf("%s, %s, %s; peak of one core %.1f GFLOP/s (float32 multiply-add); input %s, %s\n\n",
			cpuName(), kernel.Active(), runtime.Version(), o.Peak, c.Input, c.Likelihood)
	}
	if c.Inference {
		return c.inference(ctx, shapes, o)
	}
	return c.steps(ctx, shapes, o)
}

// steps times training steps.
func (c *benchCmd) steps(ctx context.Context, shapes []bench.Shape, o bench.Options) error {
	if !c.JSON {
		fmt.Printf("%-13s %7s %10s %20s %7s %9s %7s %7s %11s %9s\n",
			"shape", "threads", "ms a step", "(least .. most)", "GFLOP", "GFLOP/s", "share", "(now)", "generation", "memory")
	}
	err := each(ctx, shapes, c.JSON, func(s *bench.Shape) (bench.Result, error) { return bench.Run(s, o) }, func(r bench.Result) {
		fmt.Printf("%-13s %7d %10.1f %20s %7.2f %9.1f %6.1f%% %6.1f%% %9.1f s %5.0f MiB\n", r.Shape, r.Threads, r.MsMedian,
			fmt.Sprintf("(%.1f .. %.1f)", r.MsMin, r.MsMax), r.GFLOP, r.GFLOPS, 100*r.Share, 100*r.ShareBeside, r.GenerationS, r.MemoryMiB)
	})
	if err == nil && !c.JSON {
		fmt.Println("\ngeneration: 25 epochs of a usual recording of that kind (docs/performance.md)")
	}
	return err
}

// inference times posterior averages.
func (c *benchCmd) inference(ctx context.Context, shapes []bench.Shape, o bench.Options) error {
	if !c.JSON {
		fmt.Printf("%-13s %7s %8s %10s %20s\n", "shape", "threads", "samples", "trials/s", "(least .. most)")
	}
	measure := func(s *bench.Shape) (bench.Inference, error) { return bench.RunInference(s, c.Samples, o) }
	return each(ctx, shapes, c.JSON, measure, func(r bench.Inference) {
		fmt.Printf("%-13s %7d %8d %10.1f %20s\n", r.Shape, r.Threads, r.Samples, r.PerSecond, fmt.Sprintf("(%.1f .. %.1f)", r.Least, r.Most))
	})
}

// each measures one shape after the other and shows what came, as JSON or by
// print.
func each[R any](ctx context.Context, shapes []bench.Shape, asJSON bool, measure func(*bench.Shape) (R, error), print func(R)) error {
	for i := range shapes {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r, err := measure(&shapes[i])
		if err != nil {
			return err
		}
		if !asJSON {
			print(r)
		} else if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// shapes returns those asked for, with the likelihood asked for.
func (c *benchCmd) shapes() (shapes []bench.Shape, err error) {
	for _, s := range bench.Shapes {
		s.Model.Likelihood = c.Likelihood
		if _, err := s.Model.NewLikelihood(); err != nil {
			return nil, fmt.Errorf("--likelihood: %w", err)
		}
		if c.Shape == "" || s.Name == c.Shape {
			shapes = append(shapes, s)
		}
	}
	if len(shapes) == 0 {
		return nil, fmt.Errorf("no shape is called %q: there are %s", c.Shape, bench.Names())
	}
	return shapes, nil
}
