package report

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

const (
	rasterNeurons = 3
	rasterShown   = 5   // trials whose rates are shown
	rasterTrials  = 100 // in a raster, at most
)

// RastersOf is the figure of the condition that has most trials in a split, of the
// neurons whose rates vary most in them. It is nil where bins have no width or nobody has
// rates. Estimates that are not as the split are an error.
func RastersOf(d *dataset.Dataset, s *dataset.Split, estimates []Estimate) (*Rasters, error) {
	if err := checkEstimates(s, estimates); err != nil {
		return nil, err
	}
	methods := withRates(estimates)
	if d.BinWidth == 0 || s.Trials() == 0 || len(methods) == 0 {
		return nil, nil
	}
	all := conditionsOf(d, s)
	row, trials := largest(all)
	neurons := modulated(methods[0].Rates.Pick(trials), rasterNeurons)
	f := &Rasters{
		Title: "Spikes and rates of single trials", BinWidth: d.BinWidth,
		Subtitle: someOf(d, s, len(trials)), Spikes: s.Recon.Pick(trials).Columns(neurons),
	}
	if all.numbers != nil {
		f.Subtitle = fmt.Sprintf("condition %s: %s", all.names[row], someOf(d, s, len(trials)))
	}
	for _, m := range methods {
		f.Methods = append(f.Methods, Estimate{Name: m.Name, Rates: m.Rates.Pick(trials).Columns(neurons)})
	}
	for _, n := range neurons {
		f.Neurons = append(f.Neurons, neuronName(d, n))
	}
	for i := range min(rasterShown, len(trials)) {
		f.Shown = append(f.Shown, i)
		f.Labels = append(f.Labels, trialName(s, trials[i]))
	}
	return f, nil
}

// withRates are the estimates that have rates.
func withRates(estimates []Estimate) (all []Estimate) {
	for _, e := range estimates {
		if e.Rates != nil {
			all = append(all, e)
		}
	}
	return all
}

// largest is the condition with most trials, and these, up to rasterTrials.
func largest(c *conditions) (row int, trials []int) {
	of := make([][]int, len(c.names))
	for trial, r := range c.row[0] {
		of[r] = append(of[r], trial)
	}
	for r := range of {
		if len(of[r]) > len(of[row]) {
			row = r
		}
	}
	return row, of[row][:min(len(of[row]), rasterTrials)]
}

// trialName is a trial's place in the recording.
func trialName(s *dataset.Split, i int) string {
	if s.TrialIDs != nil {
		return fmt.Sprintf("trial %d", s.TrialIDs[i])
	}
	return fmt.Sprintf("trial %d", i)
}
