package evaluate_test

import (
	"testing"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

// Smoothing stands beside a model's PSTHs with a kernel that suits them, not with that
// of other scores: hardly below the best of all kernels. Validation trials have no part
// in the choice.
func TestSmoothingForPSTHs(t *testing.T) {
	d := lorenz(t)
	heldOut(d, 8, bins)
	r := beside(t, d)
	rival := r.Score(evaluate.NamePSTH).Rival(evaluate.Smoothing)
	sd, err := baseline.ConditionMean{}.SD(t.Context(), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	psth, conditions, err := metric.SmoothedPSTH(sd, d.BinWidth,
		metric.Labelled{Spikes: d.Train.Recon, Condition: d.Train.Condition}, metric.Labelled{Spikes: d.Valid.Recon, Condition: d.Valid.Condition})
	if err != nil {
		t.Fatal(err)
	}
	best := -1e9
	for _, sd := range baseline.DefaultSDs {
		rates, err := baseline.Smooth(t.Context(), d.Valid.Recon, sd, d.BinWidth)
		if err != nil {
			t.Fatal(err)
		}
		score, err := metric.PSTHR2(rates, metric.RowsOf(d.Valid.Condition, conditions), nil, psth)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%v: %v", sd, score.Mean)
		best = max(best, score.Mean)
	}
	if !(*rival.Value > best-.05) || *rival.Value > best+1e-9 {
		t.Errorf("smoothing has %v (%s), the best kernel %v", *rival.Value, rival.Note, best)
	}
	for i := range d.Valid.Recon.Data {
		d.Valid.Recon.Data[i] = float32(i * i % 3)
	}
	r = beside(t, d)
	if other := r.Score(evaluate.NamePSTH).Rival(evaluate.Smoothing); other.Note != rival.Note {
		t.Errorf("with other validation trials: %s, before %s", other.Note, rival.Note)
	}
}
