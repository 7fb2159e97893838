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
	prepared    sync.Once
	rooms       sync.Pool // of *means, for those who score at once
}

// psthRow is a condition: its trials, and what is known of its PSTH.
type psthRow struct {
	trials   []int
	truth    []moments // of each neuron; residuals are a selection's
	variance []float64 // of each neuron: of the rates of single trials, summed over the bins of the PSTH
	pairs    []float64 // products of the trials' errors, [pairs of trials, neurons]; nil: not used
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

// Of returns the R2 of a selection of trials, averaged over neurons, as of as many
// different trials: without what the noise of trials that count several times adds.
// Condition means of some trials, repeated, are noisier than those of all and lie
// further from any PSTH; an interval of [TrialPSTH.Score] can lie below the score.
// What is taken off is the noise expected, so a draw may come out as over 1: it is 1.
func (p *TrialPSTH) Of(times []int) float64 { return min(p.score(times, true).Mean, 1) }

// Score returns the score of a selection of trials; nil: all.
func (p *TrialPSTH) Score(times []int) Score { return p.score(times, false) }

// score returns a selection's score, perhaps as of different trials.
func (p *TrialPSTH) score(times []int, different bool) Score {
	checkTimes(times, p.rates.Trials)
	if times != nil {
		p.prepared.Do(p.prepare)
	}
	all, residuals := make([]moments, p.rates.Features), make([]float64, p.rates.Features)
	room := p.room()
	defer p.rooms.Put(room)
	for i := range p.rows {
		row := &p.rows[i]
		n, repeated := row.selected(times)
		if n == 0 {
			continue
		}
		clear(residuals)
		p.miss(residuals, i, times, room)
		for k, truth := range row.truth {
			truth.residual = residuals[k]
			if different && times != nil {
				truth.residual -= float64(row.variance[k] * repeated)
			}
			all[k].include(truth, 1)
		}
	}
	return scoreOf(all)
}

// miss adds each neuron's squared residual of a row.
func (p *TrialPSTH) miss(residuals []float64, i int, times []int, room *means) {
	row := &p.rows[i]
	if times != nil && row.pairs != nil {
		row.ofPairs(residuals, times)
		return
	}
	room.of(p.rates, row.trials, p.jitter, times)
	room.miss(residuals, p.psth.Trial(i))
}

// selected returns how many trials of the row are selected, and by how much of the
// variance of a single trial the variance of their mean is above that of as many
// trials as the row has, all different: with weights w, sum w^2 / (sum w)^2 - 1/m.
func (r *psthRow) selected(times []int) (n, repeated float64) {
	var squares float64
	for _, trial := range r.trials {
		t := timesOf(times, trial)
		n, squares = n+t, squares+t*t
	}
	return n, squares/(n*n) - 1/float64(len(r.trials))
}

// room returns room for the means of a row.
func (p *TrialPSTH) room() *means {
	if room, ok := p.rooms.Get().(*means); ok {
		return room
	}
	return newMeans(p.rates)
}

// prepare finds the variances of trials, and forms the products of pairs where they
// serve.
func (p *TrialPSTH) prepare() {
	_ = parallel.Do(context.Background(), runtime.GOMAXPROCS(0), len(p.rows), func(_, i int) {
		row, room := &p.rows[i], p.room()
		defer p.rooms.Put(room)
		row.variance = make([]float64, p.rates.Features)
		room.of(p.rates, row.trials, p.jitter, nil)
		for _, trial := range row.trials {
			room.spread(row.variance, p.rates.Trial(trial), p.psth.Trial(i), p.jitterOf(trial)*p.rates.Features)
		}
		if p.jitter == nil && len(row.trials) < p.rates.Bins && allKnown(p.rates, row.trials) {
			row.pairs = pairsOf(p.rates, row.trials, p.psth.Trial(i))
		}
	})
}

func (p *TrialPSTH) jitterOf(trial int) int {
	if p.jitter == nil {
		return 0
	}
	return p.jitter[trial]
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
