package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/baseline/gpfa"
	"github.com/autolfads/autolfads/dataset"
)

// gpfaCmd compares expectation maximisation of GPFA with elephant's, from the same
// start, with the same iterations, in turns.
type gpfaCmd struct {
	Data       string `arg:"" help:"Data file of binned spikes; its training trials are fitted, in bins of about 20 ms." type:"existingfile"`
	BinMs      int    `help:"Bins of the file, in ms." default:"5"`
	Latents    []int  `help:"Numbers of latents." default:"8,20,40"`
	Iterations int    `help:"Of each fit." default:"50"`
	Rounds     int    `help:"Of each." default:"5"`
	Python     string `help:"With elephant and scikit-learn." env:"AUTOLFADS_ELEPHANT_PYTHON" default:"python3"`
	Script     string `help:"What has elephant answer." default:"baseline/gpfa/testdata/judge.py" type:"existingfile"`
}

// Run prints medians for each number of latents.
func (c *gpfaCmd) Run(ctx context.Context) error {
	d, err := dataset.Load(c.Data, dataset.Options{})
	if err != nil {
		return err
	}
	counts := coarseCounts(d.Train.Encod, max(1, 20/c.BinMs))
	fmt.Printf("%d trials x %d bins x %d neurons, %d iterations; %d threads each\n", len(counts), len(counts[0]), len(counts[0][0]), c.Iterations, runtime.GOMAXPROCS(0))
	for _, latents := range c.Latents {
		if err := c.compare(ctx, counts, latents); err != nil {
			return err
		}
	}
	return nil
}

// coarseCounts adds the counts of so many bins, of the neurons that vary: elephant
// fits no others.
func coarseCounts(a *dataset.Array, each int) [][][]float64 {
	counts := make([][][]float64, a.Trials)
	varies := make([]bool, a.Features)
	for trial := range counts {
		for bin := range a.Bins / each {
			row := make([]float64, a.Features)
			for i := range each {
				for n, v := range a.Bin(trial, bin*each+i) {
					row[n] += float64(v)
				}
			}
			counts[trial] = append(counts[trial], row)
			for n, v := range row {
				varies[n] = varies[n] || v != counts[0][0][n]
			}
		}
	}
	for _, trial := range counts {
		for bin, row := range trial {
			n := -1
			trial[bin] = slices.DeleteFunc(row, func(float64) bool { n++; return !varies[n] })
		}
	}
	return counts
}

// fitted is what elephant answers.
type fitted struct {
	Start struct {
		Loadings                [][]float64
		Mean, Noise, Timescales []float64
	}
	Iterations    int
	Seconds       float64
	EndLikelihood float64 `json:"end_likelihood"`
}

func (c *gpfaCmd) compare(ctx context.Context, counts [][][]float64, latents int) error {
	var ours, theirs []float64
	for range c.Rounds {
		a, err := c.elephant(ctx, counts, latents)
		if err != nil {
			return err
		}
		seconds, likelihood, iterations, err := c.fit(ctx, counts, a)
		if err != nil {
			return err
		}
		ours, theirs = append(ours, seconds), append(theirs, a.Seconds)
		if len(ours) == 1 {
			fmt.Printf("%d latents: log likelihood %.4f after %d iterations, elephant's %.4f after %d\n", latents, likelihood, iterations, a.EndLikelihood, a.Iterations)
		}
	}
	report("autolfads", ours)
	report("elephant", theirs)
	fmt.Printf("ratio of medians %.2f\n", median(ours)/median(theirs))
	return nil
}

// elephant returns its start, and how long its iterations took.
func (c *gpfaCmd) elephant(ctx context.Context, counts [][][]float64, latents int) (a fitted, err error) {
	var question bytes.Buffer
	if err := json.NewEncoder(&question).Encode(map[string]any{"counts": counts, "latents": latents, "iterations": c.Iterations}); err != nil {
		return a, err
	}
	p := exec.CommandContext(ctx, c.Python, c.Script)
	p.Stdin, p.Stderr = &question, os.Stderr
	p.Env = append(os.Environ(), "OPENBLAS_NUM_THREADS="+strconv.Itoa(runtime.GOMAXPROCS(0)))
	out, err := p.Output()
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(out, &a)
}

// fit does the same iterations from elephant's start.
func (c *gpfaCmd) fit(ctx context.Context, counts [][][]float64, a fitted) (seconds, likelihood float64, iterations int, err error) {
	d := &gpfa.Trials{Neurons: len(a.Start.Mean)}
	for _, trial := range counts {
		var roots []float64
		for _, v := range slices.Concat(trial...) {
			roots = append(roots, math.Sqrt(v))
		}
		d.Roots = append(d.Roots, roots)
	}
	m := &gpfa.Model{Mean: a.Start.Mean, Noise: a.Start.Noise, Timescales: a.Start.Timescales}
	m.Loadings = mat.NewDense(len(m.Mean), len(m.Timescales), slices.Concat(a.Start.Loadings...))
	o := gpfa.DefaultOptions(len(m.Timescales))
	o.Iterations, m.GPNoise = c.Iterations, o.GPNoise
	runtime.GC()
	began := time.Now()
	if m, err = gpfa.Continue(ctx, d, m, o, nil); err != nil {
		return 0, 0, 0, err
	}
	seconds = time.Since(began).Seconds()
	l, err := m.Infer(ctx, d)
	if err != nil {
		return 0, 0, 0, err
	}
	return seconds, l.LogLikelihood, len(m.LogLikelihood), nil
}
