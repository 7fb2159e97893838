package evaluate

import (
	"context"
	"fmt"

	"github.com/autolfads/autolfads/baseline"
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
	psth, conditions, err := metric.SmoothedPSTH(sd, e.d.BinWidth,
		metric.Labelled{Spikes: train.Recon, Condition: train.Condition}, metric.Labelled{Spikes: valid.Recon, Condition: valid.Condition})
	if err != nil {
		return err
	}
	if len(conditions) < 2 {
		return nil // the mean over all trials is no answer to anything
	}
	rows := metric.RowsOf(valid.Condition, conditions)
	note := fmt.Sprintf("of %d conditions; PSTHs of training and validation trials, Gaussian, sd %d ms, chosen on training trials", len(conditions), sd.Milliseconds())
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
		smoothing: e.smoothAndRegress,
	})
	return err
}
