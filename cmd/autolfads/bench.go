package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/autolfads/autolfads/internal/bench"
	"github.com/autolfads/autolfads/internal/kernel"
)

type benchCmd struct {
	Shape   string        `help:"Time this shape alone: ${shapes}." placeholder:"NAME"`
	Threads int           `help:"Threads of one model." default:"1"`
	Time    time.Duration `help:"Time for each shape." default:"5s"`
	JSON    bool          `name:"json" help:"One JSON object a line."`
}

// Help is shown by autolfads bench --help.
func (benchCmd) Help() string {
	return `Times whole training steps (forward with coordinated dropout and dropout, loss, backward, clipping, Adam) and compares
them with the float32 multiply-add peak of this machine, measured in the same run. Run it on an idle machine.

Examples:
  autolfads bench
  autolfads bench --shape maze-small --threads 2 --json
  AUTOLFADS_CPU=avx2 autolfads bench`
}

func (c *benchCmd) Run(ctx context.Context) error {
	shapes, err := c.shapes()
	if err != nil {
		return err
	}
	if c.Threads < 1 {
		return fmt.Errorf("--threads is %d: it must be at least 1", c.Threads)
	}
	if c.Time <= 0 {
		return fmt.Errorf("--time is %v: it must be positive, for example 5s", c.Time)
	}
	peak := kernel.PeakGFLOPS()
	if !c.JSON {
		fmt.Printf("%s, %s, %s; peak of one core %.1f GFLOP/s (float32 multiply-add)\n\n",
			cpuName(), kernel.Active(), runtime.Version(), peak)
		fmt.Printf("%-13s %7s %10s %20s %8s %9s %7s\n", "shape", "threads", "ms a step", "(least .. most)", "GFLOP", "GFLOP/s", "share")
	}
	for i := range shapes {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r, err := bench.Run(&shapes[i], c.Threads, peak, c.Time)
		if err != nil {
			return err
		}
		if c.JSON {
			if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
				return err
			}
			continue
		}
		fmt.Printf("%-13s %7d %10.1f %20s %8.2f %9.1f %6.1f%%\n", r.Shape, r.Threads, r.MsMedian,
			fmt.Sprintf("(%.1f .. %.1f)", r.MsMin, r.MsMax), r.GFLOP, r.GFLOPS, 100*r.Share)
	}
	return nil
}

func (c *benchCmd) shapes() ([]bench.Shape, error) {
	if c.Shape == "" {
		return bench.Shapes, nil
	}
	for _, s := range bench.Shapes {
		if s.Name == c.Shape {
			return []bench.Shape{s}, nil
		}
	}
	return nil, fmt.Errorf("no shape is called %q: there are %s", c.Shape, bench.Names())
}
