package evaluate

import (
	"context"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

const nameMeans = "data from means"

// means scores the means of data that are not counts: R2 of each channel.
func (e *evaluation) means() error {
	data := e.d.Valid.Recon
	_, err := e.ask(question{
		name: nameMeans, unit: "R2",
		of: func(_ context.Context, c *Candidate) (*answer, error) {
			score := metric.R2ByTrial(data, c.Valid.Rates)
			of := score.Score(nil)
			if of.Varying == 0 {
				return nil, errNothingVaries
			}
			return &answer{score: score, perOutput: ofEach(of.PerOutput), note: notOfMeans(data, data.Features-of.Varying)}, nil
		},
	})
	return err
}

// ofEach returns scores, nil for those that are not finite.
func ofEach(scores []float64) []*float64 {
	each := make([]*float64, len(scores))
	for i := range scores {
		each[i] = finiteOrNil(&scores[i])
	}
	return each
}

// notOfMeans says which of the data have no R2: those of so many channels, and what
// was not observed of the others.
func notOfMeans(data *dataset.Array, without int) (note string) {
	never, missing := neverLearned(data.Observed()), 0
	for _, v := range data.Data {
		if dataset.IsMissing(v) {
			missing++
		}
	}
	if constant := without - never; constant > 0 {
		note = fmt.Sprintf("%d of %s constant: no R2, not in the mean", constant, count(data.Features, "channel"))
	}
	if never > 0 {
		note = joined(note, fmt.Sprintf("%d of %s never observed: no R2, not in the mean", never, count(data.Features, "channel")))
	}
	if missing > 0 {
		note = joined(note, fmt.Sprintf("%d of %d values were not observed and are left out", missing, len(data.Data)))
	}
	return note
}
