package metric

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// TrialPSTH scores condition means of rates against PSTHs of the data, for any
// selection of trials. A selection costs a pass over the rates of its trials.
type TrialPSTH struct {
	rates      *dataset.Array
	psth       *dataset.Array
	jitter     []int
	trials     [][]int   // of each row of psth
	references []float64 // of each neuron: the mean of the PSTHs
}

// PSTHByTrial prepares [PSTHR2] for any selection of trials; its arguments are the
// same.
func PSTHByTrial(rates *dataset.Array, condition []int64, jitter []int, psth *dataset.Array) (*TrialPSTH, error) {
	checkTrials(rates, len(condition))
	if jitter != nil {
		checkTrials(rates, len(jitter))
	}
	if rates.Bins != psth.Bins || rates.Features != psth.Features {
		panic(fmt.Sprintf("metric: rates %v against PSTHs %v", rates, psth))
	}
	p := &TrialPSTH{rates: rates, psth: psth, jitter: jitter, trials: make([][]int, psth.Trials)}
	for trial, c := range condition {
		if c >= int64(psth.Trials) {
			return nil, fmt.Errorf("trial %d is of condition %d, but there are PSTHs for conditions 0 to %d only", trial, c, psth.Trials-1)
		}
		if c >= 0 {
			p.trials[c] = append(p.trials[c], trial)
		}
	}
	p.references = references(psth.Data, max(1, psth.Features))
	return p, nil
}

// Trials returns how many trials there are.
func (p *TrialPSTH) Trials() int { return p.rates.Trials }

// Of returns the R2 of a selection of trials, averaged over neurons.
func (p *TrialPSTH) Of(times []int) float64 { return p.Score(times).Mean }

// Score returns the score of a selection of trials; nil: all.
func (p *TrialPSTH) Score(times []int) Score {
	checkTimes(times, p.rates.Trials)
	sums := make([]moments, p.rates.Features)
	mean := newMeans(p.rates)
	for row, trials := range p.trials {
		if mean.of(p.rates, trials, p.jitter, times) {
			for i, truth := range p.psth.Trial(row) {
				n := i % len(sums)
				sums[n].add(float64(truth), mean.mean[i], p.references[n])
			}
		}
	}
	return scoreOf(sums)
}

// means is room for the mean of some trials, [bins, features].
type means struct {
	mean, n []float64
}

func newMeans(a *dataset.Array) *means {
	return &means{make([]float64, a.Bins*a.Features), make([]float64, a.Bins*a.Features)}
}

// of takes the mean of some trials of a, each so many times and moved by its jitter,
// over what is not NaN. It reports whether there was any trial.
func (m *means) of(a *dataset.Array, trials, jitter, times []int) (any bool) {
	clear(m.mean)
	clear(m.n)
	for _, trial := range trials {
		t, shift := timesOf(times, trial), 0
		if t == 0 {
			continue
		}
		if jitter != nil {
			shift = jitter[trial]
		}
		m.add(a.Trial(trial), t, shift*a.Features)
		any = true
	}
	for i := range m.mean {
		m.mean[i] /= m.n[i] // 0/0: NaN where no trial was recorded
	}
	return any
}

// add adds a trial so many times, moved by so many elements.
func (m *means) add(trial []float32, times float64, shift int) {
	size := len(trial)
	from, to := max(0, min(size, -shift)), max(0, min(size, size-shift))
	if from >= to {
		return
	}
	trial = trial[from:to]
	mean, n := m.mean[from+shift:][:len(trial)], m.n[from+shift:][:len(trial)]
	for i, v := range trial {
		if v == v {
			mean[i] += float64(times * float64(v))
			n[i] += times
		}
	}
}
