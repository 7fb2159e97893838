package autolfads

import (
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/report"
	"github.com/autolfads/autolfads/run"
)

// Draw writes figures of validation trials to a folder and returns their
// paths: rates.png, the spikes and rates of one trial beside the true rates if
// they are known; behavior.png, if there is behaviour, a few trials with it,
// measured and decoded from the rates. Without a bin width there are none.
func (o *Outcome) Draw(dir string) ([]string, error) {
	figures, err := o.draw(dir)
	return figures, explain(err, o.dir)
}

func (o *Outcome) draw(dir string) ([]string, error) {
	if o.Dataset.BinWidth == 0 {
		return nil, nil
	}
	if err := durable.MkdirAll(dir); err != nil {
		return nil, err
	}
	rates := filepath.Join(dir, "rates.png")
	if err := o.drawRates(rates); err != nil {
		return nil, err
	}
	if o.Dataset.Train.Behavior == nil || o.Dataset.Valid.Behavior == nil {
		return []string{rates}, nil
	}
	behavior := filepath.Join(dir, "behavior.png")
	train := o.Dataset.Train
	decoder, err := decode.Ridge(o.Result.Train.Rates.FirstBins(train.Behavior.Bins), train.Behavior)
	if err != nil {
		return []string{rates}, nil // Skipped says why behaviour has no score
	}
	return []string{rates, behavior}, o.drawBehavior(behavior, decoder)
}

// DrawSearch draws the scores and hyper-parameters of a population over its
// generations from the run in a folder, to figures/search.png there, and
// returns its path: "" for a search that has no generations to follow.
func DrawSearch(dir string) (string, error) {
	path, err := drawSearch(dir)
	return path, explain(err, dir)
}

func drawSearch(dir string) (string, error) {
	config := DefaultConfig()
	header, err := run.Read(dir, &config)
	if err != nil || Search(header.Search) != PBT {
		return "", err
	}
	f, err := report.ReadSearch(dir)
	if err != nil {
		return "", err
	}
	f.Title = "How the population searched"
	f.Subtitle = fmt.Sprintf("%d members; grey: each member, orange: the best of each generation", config.PBT.Members)
	f.Log = map[string]bool{}
	for key, p := range config.PBT.Space {
		f.Log[key] = p.Scale == pbt.Log
	}
	path := filepath.Join(dir, "figures", "search.png")
	if err := durable.MkdirAll(filepath.Dir(path)); err != nil {
		return "", err
	}
	return path, f.WritePNG(path)
}

func (o *Outcome) drawRates(path string) error {
	valid := o.Dataset.Valid
	f := report.SpikesToRates{
		Title: "From spikes to rates", Subtitle: "one validation trial of " + o.Dataset.Name,
		BinWidth: o.Dataset.BinWidth, Neurons: valid.Recon.Features,
		Spikes: valid.Recon.Trial(0), Rates: o.Result.Valid.Rates.Trial(0),
	}
	if valid.Truth != nil {
		f.Truth = valid.Truth.Trial(0)
	}
	return f.WritePNG(path)
}

// drawnTrials is how many trials stand side by side.
const drawnTrials = 4

func (o *Outcome) drawBehavior(path string, decoder *decode.Linear) error {
	valid := o.Dataset.Valid
	decoded := decoder.Predict(o.Result.Valid.Rates.FirstBins(valid.Behavior.Bins))
	f := report.SpikesRatesVelocity{
		Title: "Spikes, rates and behaviour of single trials", Subtitle: "validation trials of " + o.Dataset.Name,
		BinWidth: o.Dataset.BinWidth, Neurons: valid.Recon.Features, Outputs: outputNames(valid.Behavior.Features),
	}
	for _, i := range differentTrials(valid, drawnTrials) {
		label := fmt.Sprintf("Trial %d", i)
		if valid.Condition != nil {
			label += fmt.Sprintf(", condition %d", valid.Condition[i])
		}
		f.Trials = append(f.Trials, report.VelocityTrial{
			Label: label, Spikes: valid.Recon.Trial(i), Rates: o.Result.Valid.Rates.Trial(i),
			Measured: valid.Behavior.Trial(i), Decoded: decoded.Trial(i),
		})
	}
	return f.WritePNG(path)
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
