package naive

import (
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
)

// TestAugmentationUnits compares what is read, what it counts in the loss, and the
// gradient that passes, of coordinated dropout and missing data.
func TestAugmentationUnits(t *testing.T) {
	units := golden.Units(t)
	for name, rate := range map[string]float64{"aug_cd": .3, "aug_cd_pass": .4, "aug_sbtt": 0, "aug_sbtt_cd": .3} {
		t.Run(name, func(t *testing.T) {
			u := unit{units[name], t}
			m := u.augmented(rate, goldenSequence(u.Array("encod_data")), goldenSequence(u.Array("recon_data")))
			after, gradient := u.augmentLoss(m)
			u.near("model_input", trialsFirst(m.out.Outputs.EncoderInput))
			u.near("recon_loss_after", trialsFirst(after))
			u.near("grad_of_mean_loss_wrt_recon_loss", trialsFirst(gradient))
		})
	}
}

// With an initial-condition segment the reference masks the bins after it, and lays the
// gradient's mask over the trial from its first bin on. Here it lies over the bins
// that it was drawn for: on those alone both agree.
func TestCoordinatedDropoutAfterSegment(t *testing.T) {
	u := unit{golden.Units(t)["aug_cd_icseg2"], t}
	const segment = 2
	m := u.augmented(.3, goldenSequence(u.Array("encod_data"))[segment:], goldenSequence(u.Array("recon_data"))[segment:])
	_, gradient := u.augmentLoss(m)
	near(t, "model_input", trialsFirst(m.out.Outputs.EncoderInput), trialsFirst(goldenSequence(u.Array("model_input"))[segment:]))
	want := goldenSequence(u.Array("grad_of_mean_loss_wrt_recon_loss"))[:m.Bins]
	share := float64(m.ReconBins+segment) / float64(m.ReconBins) // its mean is over the segment, too
	for i, g := range gradient[:m.Bins] {
		near(t, "gradient", g.Data, want[i].Map(func(x float64) float64 { return x * share }).Data)
	}
}

// augmented returns a model, without parameters, that has read a batch with the group's
// masks.
func (u unit) augmented(rate float64, data, target Sequence) *model {
	in := &Inputs{Data: data, Target: target}
	if rate > 0 {
		in.Kept, in.Pass = goldenSequence(u.Array("cd_mask")), goldenSequence(u.Array("cd_pass_mask"))
	}
	m := &model{Config: &Config{
		Bins: len(data), Neurons: data[0].Cols, ReconBins: len(target), ReconNeurons: target[0].Cols,
		CoordinatedDropoutRate: rate,
	}, in: in, trials: data[0].Rows, share: observedShare(target), out: &Result{}}
	m.readInput()
	return m
}

// augmentLoss takes the group's losses of elements through the model: it returns what
// they count, and the gradient of the mean of that at them.
func (u unit) augmentLoss(m *model) (after, gradient Sequence) {
	before := u.sequence("recon_loss_before")
	before = before[len(before)-m.ReconBins:]
	var counted []*Var
	for t, loss := range before {
		counted = append(counted, m.passing(t, m.observed(t, loss)))
	}
	elements := m.trials * m.ReconBins * m.ReconNeurons
	Backward(Scale(Sum(counted...), 1/float64(elements)))
	return values(counted), grads(before)
}
