package evaluate

import (
	"context"
	"fmt"
	"time"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// NamePSTH is the score of rates averaged by condition against PSTHs of the data.
const NamePSTH = "PSTHs from rates"

// psth scores rates averaged by condition against the PSTHs of the data, of training
// and validation trials together as the Neural Latents Benchmark makes them, smoothed as
// much as this recording wants it (docs/decisions/019).
func (e *evaluation) psth() error {
	train, valid := e.d.Train, e.d.Valid
	if train.Condition == nil || valid.Condition == nil || e.d.BinWidth == 0 {
		return nil
	}
	sd, err := baseline.ConditionMean{}.SD(e.ctx, e.d, func(step string, done, total int) { e.Progress("PSTHs: "+step, done, total) })
	if err != nil {
		return err
	}
	e.report.PSTHKernel = sd
	psth, conditions, err := metric.SmoothedPSTH(sd, e.d.BinWidth,
		metric.Labelled{Spikes: train.Recon, Condition: train.Condition}, metric.Labelled{Spikes: valid.Recon, Condition: valid.Condition})
	if err != nil {
		return err
	}
	if len(conditions) < 2 {
		return nil // the mean over all trials is no answer to anything
	}
	rows := metric.RowsOf(valid.Condition, conditions)
	note := fmt.Sprintf("of %d conditions; PSTHs of training and %s trials, Gaussian, sd %d ms, chosen on training trials", len(conditions), e.d.Judged(), sd.Milliseconds())
	_, err = e.ask(question{
		name: NamePSTH, unit: "R2",
		of: func(_ context.Context, c *Candidate) (*answer, error) {
			score, err := metric.PSTHByTrial(c.Valid.Rates, rows, nil, psth)
			if err != nil {
				return nil, err
			}
			if score.Score(nil).Varying == 0 {
				return nil, errNothingVaries
			}
			return &answer{score: score, note: note}, nil
		},
		smoothing: func() (*smoothed, error) { return e.smoothForPSTH(sd) },
	})
	return err
}

// smoothForPSTH smooths spikes with the kernel by which means of a few training trials
// are most like the PSTHs of all of them, smoothed by sd.
func (e *evaluation) smoothForPSTH(sd time.Duration) (*smoothed, error) {
	train := e.d.Train
	psth, conditions, err := metric.SmoothedPSTH(sd, e.d.BinWidth, metric.Labelled{Spikes: train.Recon, Condition: train.Condition})
	if err != nil {
		return nil, err
	}
	return e.smooth(NamePSTH, func(rates *dataset.Array, every int, _ func(int, int)) (float64, error) {
		return psthOfParts(rates, metric.RowsOf(labelsOf(every, train.Condition), conditions), psth)
	})
}

// psthParts is in how many parts training trials are averaged to choose a kernel: as
// validation trials are usually a fifth of all, means are of about as many trials.
const psthParts = 5

// psthOfParts returns the mean score of parts of training trials, each with some of every
// row's. Of all trials at once any kernel would do: it is in means of few that noise counts.
func psthOfParts(rates *dataset.Array, rows []int64, psth *dataset.Array) (float64, error) {
	part := metric.PartsOf(rows, psthParts)
	sum, n := 0., 0.
	some := make([]int64, len(rows))
	for i := range psthParts {
		for trial, row := range rows {
			some[trial] = -1
			if part[trial] == i {
				some[trial] = row
			}
		}
		score, err := metric.PSTHR2(rates, some, nil, psth)
		if err != nil {
			return 0, err
		}
		if finite(score.Mean) {
			sum, n = sum+score.Mean, n+1
		}
	}
	return sum / n, nil
}

// labelsOf returns those of every n-th trial.
func labelsOf(every int, labels []int64) []int64 {
	var some []int64
	for i := 0; i < len(labels); i += every {
		some = append(some, labels[i])
	}
	return some
}
