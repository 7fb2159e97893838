package metric

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/parallel"
)

// TrialPSTH scores condition means of rates against PSTHs of the data, for any
// selection of trials.
//
// A selection costs a sum over pairs of trials of a condition, or over their bins
// where there are fewer bins than trials. The pairs' products are formed for the
// first selection, and take no more memory than the rates do.
type TrialPSTH struct {
	rates, psth *dataset.Array
	jitter      []int
	rows        []psthRow
	pairs       sync.Once
	rooms       sync.Pool // of *means, for those who score at once
}

// psthRow is a condition: its trials, and what is known of its PSTH.
type psthRow struct {
	trials []int
	truth  []moments // of each neuron; residuals are a selection's
	pairs  []float64 // products of the trials' errors, [pairs of trials, neurons]; nil: not used
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
	p := &TrialPSTH{rates: rates, psth: psth, jitter: jitter, rows: make([]psthRow, psth.Trials)}
	for trial, c := range condition {
		if c >= int64(psth.Trials) {
			return nil, fmt.Errorf("trial %d is of condition %d, but there are PSTHs for conditions 0 to %d only", trial, c, psth.Trials-1)
		}
		if c >= 0 {
			p.rows[c].trials = append(p.rows[c].trials, trial)
		}
	}
	references := references(psth.Data, max(1, psth.Features))
	for i := range p.rows {
		p.rows[i].truth = make([]moments, psth.Features)
		addRows(p.rows[i].truth, psth.Trial(i), psth.Trial(i), references)
	}
	return p, nil
}

// Trials returns how many trials there are.
func (p *TrialPSTH) Trials() int { return p.rates.Trials }

// Of returns the R2 of a selection of trials, averaged over neurons.
func (p *TrialPSTH) Of(times []int) float64 { return p.Score(times).Mean }

// Score returns the score of a selection of trials; nil: all.
func (p *TrialPSTH) Score(times []int) Score {
	checkTimes(times, p.rates.Trials)
	if times != nil {
		p.pairs.Do(p.multiply)
	}
	all, residuals := make([]moments, p.rates.Features), make([]float64, p.rates.Features)
	room := p.room()
	defer p.rooms.Put(room)
	for i := range p.rows {
		row := &p.rows[i]
		if !row.any(times) {
			continue
		}
		clear(residuals)
		if times != nil && row.pairs != nil {
			row.ofPairs(residuals, times)
		} else {
			room.of(p.rates, row.trials, p.jitter, times)
			room.miss(residuals, p.psth.Trial(i))
		}
		for n, truth := range row.truth {
			truth.residual = residuals[n]
			all[n].include(truth, 1)
		}
	}
	return scoreOf(all)
}

// room returns room for the means of a row.
func (p *TrialPSTH) room() *means {
	if room, ok := p.rooms.Get().(*means); ok {
		return room
	}
	return newMeans(p.rates)
}

// any reports whether any of the row's trials is selected.
func (r *psthRow) any(times []int) bool {
	for _, trial := range r.trials {
		if timesOf(times, trial) > 0 {
			return true
		}
	}
	return false
}

// multiply forms the products of pairs, where they serve.
func (p *TrialPSTH) multiply() {
	if p.jitter != nil {
		return
	}
	_ = parallel.Do(context.Background(), runtime.GOMAXPROCS(0), len(p.rows), func(_, i int) {
		if row := &p.rows[i]; len(row.trials) < p.rates.Bins && allKnown(p.rates, row.trials) {
			row.pairs = pairsOf(p.rates, row.trials, p.psth.Trial(i))
		}
	})
}

// allKnown reports whether the rates of some trials are numbers, so that each trial
// has a part in the mean of every bin.
func allKnown(rates *dataset.Array, trials []int) bool {
	for _, trial := range trials {
		for _, v := range rates.Trial(trial) {
			if v != v {
				return false
			}
		}
	}
	return true
}
