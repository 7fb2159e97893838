package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
)

// Figures is what the figures of a run show.
type Figures struct {
	Dir        string // the run folder; the figures go into its folder figures
	Dataset    *dataset.Dataset
	Rates      *dataset.Array   // of the validation trials, in spikes per bin; nil: the data are no counts
	Means      *dataset.Array   // of the validation trials, in the data's numbers; nil: the data are counts
	Decoded    *dataset.Array   // behaviour of the validation trials as decoded from Rates; nil: not known
	Continuous *dataset.Merged  // rates of all windows of a continuous recording, in spikes per bin; nil: trials are none, or the data no counts
	Scores     []evaluate.Score // of the model and its rivals
	PSTHKernel time.Duration    // standard deviation by which PSTHs are smoothed; 0: not known
	Search     *Population      // nil: the search has no generations to follow
}

// Population says how a population searched.
type Population struct {
	Members     int
	Generations int             // without a finish
	Log         map[string]bool // hyper-parameters to draw on a log scale
}

// Draw draws all that there is something to show of. drawn are the figures, by
// their path in the run folder. For one that cannot be drawn there is a
// sentence in undrawn; what the file system refuses is an error, for the run
// can go on from it, and so is ctx's end.
func (f *Figures) Draw(ctx context.Context) (drawn, undrawn []string, err error) {
	return drawAll(ctx, f.Dir, "figures", []drawing{
		{"rates.png", f.drawRates},
		{"signals.png", f.drawSignals},
		{"continuous.png", f.drawContinuous},
		{"behavior.png", f.drawBehavior},
		{"psth.png", f.drawPSTHs},
		{"trajectories.png", f.drawTrajectories},
		{"scores.png", f.drawScores},
		{"search.png", f.drawSearch},
	})
}

// drawSearch draws the scores and hyper-parameters of a population over its
// generations.
func (f *Figures) drawSearch(path string) (drawn bool, err error) {
	if f.Search == nil {
		return false, nil
	}
	s, err := f.search()
	if err != nil {
		return false, err
	}
	return true, s.Write(path)
}

// search is the figure of the population. What comes after its generations is a finish.
func (f *Figures) search() (*SearchTrajectories, error) {
	s, err := ReadSearch(f.Dir)
	if err != nil {
		return nil, err
	}
	s.Title = "How the population searched"
	s.Subtitle = fmt.Sprintf("%d members; grey: each member, orange: the best of each generation", f.Search.Members)
	if s.Finish = len(s.Scores) > f.Search.Generations; s.Finish {
		s.Subtitle += "; squares: after a finish"
	}
	s.Log = f.Search.Log
	return s, nil
}

// drawRates draws spikes and rates of one validation trial, beside the true
// rates if they are known.
func (f *Figures) drawRates(path string) (drawn bool, err error) {
	if f.Rates == nil || f.Dataset.BinWidth == 0 {
		return false, nil
	}
	valid := f.Dataset.Valid
	trial := firstObserved(valid.Recon)
	s := SpikesToRates{
		Title: "From spikes to rates", Subtitle: "one " + f.Dataset.Judged() + " trial of " + f.Dataset.Name,
		BinWidth: f.Dataset.BinWidth, Neurons: valid.Recon.Features,
		Spikes: valid.Recon.Trial(trial), Rates: f.Rates.Trial(trial),
	}
	if valid.Truth != nil {
		s.Truth = valid.Truth.Trial(trial)
	}
	return true, s.Write(path)
}

// firstObserved returns the first trial of which anything was observed; 0 if none
// was.
func firstObserved(spikes *dataset.Array) int {
	for i := range spikes.Trials {
		if slices.ContainsFunc(spikes.Trial(i), func(v float32) bool { return !dataset.IsMissing(v) }) {
			return i
		}
	}
	return 0
}

// drawnTrials is how many trials stand side by side.
const drawnTrials = 4

// drawBehavior draws a few validation trials with their behaviour, measured and
// decoded from the rates, if it was decoded.
func (f *Figures) drawBehavior(path string) (drawn bool, err error) {
	if f.Rates == nil || f.Dataset.BinWidth == 0 || f.Decoded == nil {
		return false, nil
	}
	valid := f.Dataset.Valid
	s := SpikesRatesVelocity{
		Title: "Spikes, rates and behaviour of single trials", Subtitle: f.Dataset.Judged() + " trials of " + f.Dataset.Name,
		BinWidth: f.Dataset.BinWidth, Neurons: valid.Recon.Features,
	}
	s.Outputs, s.Unit = outputNames(f.Dataset.Outputs, valid.Behavior.Features)
	for _, i := range differentTrials(valid, drawnTrials) {
		label := fmt.Sprintf("Trial %d", i)
		if valid.Condition != nil {
			label += ", condition " + f.Dataset.ConditionName(valid.Condition[i])
		}
		s.Trials = append(s.Trials, VelocityTrial{
			Label: label, Spikes: valid.Recon.Trial(i), Rates: f.Rates.Trial(i),
			Measured: valid.Behavior.Trial(i), Decoded: f.Decoded.Trial(i),
		})
	}
	return true, s.Write(path)
}

// outputNames names the behaviour's dimensions, as the data do or else x, y and z of up
// to three, and their unit, if it is the same for all.
func outputNames(called []dataset.Quantity, n int) (names []string, unit string) {
	if len(called) == n {
		unit = called[0].Unit
		for _, q := range called {
			if q.Unit != unit {
				unit = ""
			}
		}
	}
	names = make([]string, n)
	for i := range names {
		switch {
		case len(called) == n && unit != "":
			names[i] = called[i].Name
		case len(called) == n:
			names[i] = called[i].String()
		case n <= 3:
			names[i] = string("xyz"[i])
		default:
			names[i] = fmt.Sprintf("output %d", i+1)
		}
	}
	return names, unit
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
