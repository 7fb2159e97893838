package autolfads

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/fault"
	"github.com/autolfads/autolfads/internal/guard"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/report"
	"github.com/autolfads/autolfads/run"
)

// draw draws the figures of a run into its folder. One that cannot be drawn is
// a sentence in o.Undrawn; what the file system refuses is an error, for the
// run can go on from it.
func (o *Outcome) draw(ctx context.Context) error {
	if fault.NoFigures {
		return nil
	}
	for _, figure := range []struct {
		name string
		draw func(path string) (drawn bool, err error)
	}{
		{"rates.png", o.drawRates},
		{"behavior.png", o.drawBehavior},
		{"search.png", o.drawSearch},
	} {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := filepath.Join("figures", figure.name)
		if err := durable.MkdirAll(filepath.Join(o.dir, "figures")); err != nil {
			return err
		}
		var drawn bool
		err := guard.Call(func() (err error) {
			drawn, err = figure.draw(filepath.Join(o.dir, name))
			return err
		})
		switch {
		case isPathError(err):
			return err
		case err != nil:
			o.Undrawn = append(o.Undrawn, fmt.Sprintf("%s was not drawn: %v", name, err))
		case drawn:
			o.Figures = append(o.Figures, name)
		}
	}
	return nil
}

// drawSearch draws the scores and hyper-parameters of a population over its
// generations; other searches have none to follow.
func (o *Outcome) drawSearch(path string) (drawn bool, err error) {
	config := DefaultConfig()
	header, err := run.Read(o.dir, &config)
	if err != nil || Search(header.Search) != PBT {
		return false, err
	}
	f, err := report.ReadSearch(o.dir)
	if err != nil {
		return false, err
	}
	f.Title = "How the population searched"
	f.Subtitle = fmt.Sprintf("%d members; grey: each member, orange: the best of each generation", config.PBT.Members)
	f.Log = map[string]bool{}
	for key, p := range config.PBT.Space {
		f.Log[key] = p.Scale == pbt.Log
	}
	return true, f.WritePNG(path)
}

// drawRates draws spikes and rates of one validation trial, beside the true
// rates if they are known.
func (o *Outcome) drawRates(path string) (drawn bool, err error) {
	if !o.Result.Likelihood.Counts() || o.Dataset.BinWidth == 0 {
		return false, nil
	}
	valid := o.Dataset.Valid
	f := report.SpikesToRates{
		Title: "From spikes to rates", Subtitle: "one validation trial of " + o.Dataset.Name,
		BinWidth: o.Dataset.BinWidth, Neurons: valid.Recon.Features,
		Spikes: valid.Recon.Trial(0), Rates: o.Result.Valid.Rates.Trial(0),
	}
	if valid.Truth != nil {
		f.Truth = valid.Truth.Trial(0)
	}
	return true, f.WritePNG(path)
}

// drawnTrials is how many trials stand side by side.
const drawnTrials = 4

// drawBehavior draws a few validation trials with their behaviour, measured and
// decoded from the rates, if it has a score.
func (o *Outcome) drawBehavior(path string) (drawn bool, err error) {
	if !o.Result.Likelihood.Counts() || o.Dataset.BinWidth == 0 || o.decoded == nil {
		return false, nil
	}
	valid := o.Dataset.Valid
	f := report.SpikesRatesVelocity{
		Title: "Spikes, rates and behaviour of single trials", Subtitle: "validation trials of " + o.Dataset.Name,
		BinWidth: o.Dataset.BinWidth, Neurons: valid.Recon.Features, Outputs: outputNames(valid.Behavior.Features),
	}
	for _, i := range differentTrials(valid, drawnTrials) {
		label := fmt.Sprintf("Trial %d", i)
		if valid.Condition != nil {
			label += ", condition " + o.Dataset.ConditionName(valid.Condition[i])
		}
		f.Trials = append(f.Trials, report.VelocityTrial{
			Label: label, Spikes: valid.Recon.Trial(i), Rates: o.Result.Valid.Rates.Trial(i),
			Measured: valid.Behavior.Trial(i), Decoded: o.decoded.Trial(i),
		})
	}
	return true, f.WritePNG(path)
}

// outputNames names the behaviour's dimensions: x, y and z of up to three.
func outputNames(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("output %d", i+1)
		if n <= 3 {
			names[i] = string("xyz"[i])
		}
	}
	return names
}

// differentTrials returns up to n trials, of different conditions if there are
// as many.
func differentTrials(s *dataset.Split, n int) []int {
	var trials []int
	seen := map[int64]bool{}
	for i := range s.Trials() {
		if s.Condition != nil && seen[s.Condition[i]] {
			continue
		}
		if s.Condition != nil {
			seen[s.Condition[i]] = true
		}
		if trials = append(trials, i); len(trials) == n {
			break
		}
	}
	return trials
}
