package augment_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
)

// trained is a small model with a batch whose gradients coordinated dropout
// masks. What the encoders read and what the loss compares with are arrays of
// their own, so that a test can change one without the other.
type trained struct {
	model  *lfads.Model
	split  *dataset.Split
	engine *lfads.CPU
	pass   *lfads.Pass
}

func newTrained(t *testing.T, segment int, passRate float64) *trained {
	t.Helper()
	c := lfads.DefaultConfig()
	c.GeneratorDim, c.Factors, c.InitialConditionDim, c.ICEncoderDim = 9, 3, 4, 5
	c.CIEncoderDim, c.ControllerDim, c.InferredInputs, c.ICSegmentBins = 4, 5, 2, segment
	model, err := lfads.New(c, lfads.Shape{HeldIn: 4, Neurons: 5, Bins: 7, ReconBins: 8})
	if err != nil {
		t.Fatal(err)
	}
	model.Initialise(1, 0)
	src := rng.NewSource(rng.Derive(2, rng.Synthesis))
	split := &dataset.Split{Encod: dataset.NewArray(9, 7, 4), Recon: dataset.NewArray(9, 8, 5)}
	for trial := range 9 {
		for bin := range 8 {
			for n := range 5 {
				y := float32(src.IntN(3))
				split.Recon.Bin(trial, bin)[n] = y
				if bin < 7 && n < 4 {
					split.Encod.Bin(trial, bin)[n] = y
				}
			}
		}
	}
	return &trained{model, split, lfads.NewCPU(model, 1), &lfads.Pass{
		Draws:         lfads.Draws{Seed: 5, Pass: rng.Training},
		DropoutRate:   .2,
		Augmentations: []augment.Augmentation{augment.CoordinatedDropout{Rate: .4, PassRate: passRate}},
	}}
}

func (m *trained) gradient() []float32 {
	grad := make([]float32, len(m.model.Params))
	batch := lfads.Batch{Data: m.model.NewData(m.split), Trials: []int{0, 1, 2, 3, 4, 5, 6, 7, 8}}
	m.engine.Gradient(grad, batch, &lfads.Objective{LossScale: 100, KLRamp: 1, KLICScale: .01, KLInputScale: .01}, m.pass)
	return grad
}

// changes reports whether another value of one element changes the gradient.
// Equal numbers are wanted, not merely near ones: what is masked is multiplied
// by zero.
func (m *trained) changes(want []float32, element *float32) bool {
	*element++
	defer func() { *element-- }()
	return !slices.Equal(m.gradient(), want)
}

// drawn says, from the definition of the random numbers, whether an element is
// drawn for a purpose: to be zeroed, or to pass gradient.
func (m *trained) drawn(purpose rng.Purpose, rate float64, trial, bin, neuron int) bool {
	return m.pass.Draws.Key(purpose, trial).Float64(bin, neuron) < rate
}

// No element of the input reaches the gradient of its own loss term, through
// the whole engine: the target of an element that is read does not move the
// gradient; the input of an element that passes gradient does not either,
// because it is not read. With a segment for the initial condition, whose bins
// another encoder reads, masks still lie over the same bins of input and loss.
func TestNoElementReachesItsOwnLoss(t *testing.T) {
	for _, segment := range []int{0, 3} {
		t.Run(fmt.Sprintf("segment of %d bins", segment), func(t *testing.T) {
			m := newTrained(t, segment, 0)
			want := m.gradient()
			for _, trial := range []int{0, 8} { // 9 trials: the first and the last lane in use
				zeroed := 0
				for bin := range 7 {
					for n := range 4 {
						input, target := m.changes(want, &m.split.Encod.Bin(trial, bin)[n]), m.changes(want, &m.split.Recon.Bin(trial, bin)[n])
						dropped := m.drawn(rng.CoordinatedDropout, .4, trial, bin, n)
						if dropped {
							zeroed++
						}
						if input && target {
							t.Errorf("trial %d, bin %d, neuron %d is read and reaches its own loss", trial, bin, n)
						}
						if target != dropped {
							t.Errorf("trial %d, bin %d, neuron %d: zeroed %v, its target moves the gradient %v", trial, bin, n, dropped, target)
						}
						if input && dropped {
							t.Errorf("trial %d, bin %d, neuron %d is zeroed, but read", trial, bin, n)
						}
					}
				}
				if zeroed == 0 || zeroed == 28 {
					t.Errorf("trial %d: %d of 28 elements are zeroed: nothing to see", trial, zeroed)
				}
			}
		})
	}
}

// Held-out neurons and forward bins are never read and always pass gradient;
// read elements do so where the pass mask says.
func TestWhatPassesGradient(t *testing.T) {
	const trial, passRate = 2, .3
	m := newTrained(t, 0, passRate)
	want, passing := m.gradient(), 0
	for bin := range 8 {
		for n := range 5 {
			pass := bin == 7 || n == 4 || m.drawn(rng.CoordinatedDropout, .4, trial, bin, n) || m.drawn(rng.CoordinatedPass, passRate, trial, bin, n)
			if got := m.changes(want, &m.split.Recon.Bin(trial, bin)[n]); got != pass {
				t.Errorf("bin %d, neuron %d: its target moves the gradient %v, want %v", bin, n, got, pass)
			}
			if pass && bin < 7 && n < 4 && !m.drawn(rng.CoordinatedDropout, .4, trial, bin, n) {
				passing++
			}
		}
	}
	if passing == 0 {
		t.Error("no element that is read passes gradient: nothing to see")
	}
}

// Inputs that are read do move the gradient: without this the tests above
// could pass on a model that reads nothing.
func TestInputsAreRead(t *testing.T) {
	m := newTrained(t, 3, 0)
	m.pass.DropoutRate = 0
	want := m.gradient()
	for bin := range 7 {
		for n := range 4 {
			dropped := m.drawn(rng.CoordinatedDropout, .4, 1, bin, n)
			if got := m.changes(want, &m.split.Encod.Bin(1, bin)[n]); got == dropped {
				t.Errorf("bin %d, neuron %d: zeroed %v, its value moves the gradient %v", bin, n, dropped, got)
			}
		}
	}
}
