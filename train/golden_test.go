package train

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/internal/golden"
)

// The smoothed score, from the losses of 60 epochs.
func TestSmoothingGolden(t *testing.T) {
	u := golden.Units(t)["exp_smooth"]
	m := &Member{}
	for i, x := range u.Array("in").Data {
		m.epoch = i + 1
		m.smooth(x)
		near(t, "score", i, m.score, u.Array("out_coef0.3").Data[i])
	}
}

// The learning rate, from the scores of 60 epochs.
func TestPlateauGolden(t *testing.T) {
	u := golden.Units(t)["plateau"]
	m := &Member{rate: u.Float("lr_init"), schedule: checkpoint.Schedule{Best: math.NaN()}, Config: Config{
		LearningRateDecay: u.Float("factor"), LearningRatePatience: u.Int("patience"), LearningRateMin: u.Float("min_lr"),
		MaxEpochs: 1000, EarlyStopPatience: 1000,
	}}
	for i, score := range u.Array("in").Data {
		m.epoch, m.score = i+1, score
		m.Advance()
		near(t, "learning rate", i, m.LearningRate(), u.Array("lr_after").Data[i])
	}
}

// near allows a rounding error an epoch, of 60.
func near(t *testing.T, what string, epoch int, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-14*want) {
		t.Errorf("%s after %d epochs is %v, want %v", what, epoch+1, got, want)
	}
}
