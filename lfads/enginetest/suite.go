package enginetest

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
)

func config() lfads.Config {
	c := lfads.DefaultConfig()
	c.GeneratorDim, c.Factors, c.InitialConditionDim, c.ICEncoderDim = 19, 5, 6, 9
	c.CIEncoderDim, c.ControllerDim, c.InferredInputs, c.CellClip = 7, 11, 3, 1
	return c
}

// suite tests one engine on trials of a model.
type suite struct {
	engine    lfads.EngineMaker
	model     *lfads.Model
	data      *lfads.Data
	objective *lfads.Objective
	pass      *lfads.Pass
}

// trials need a block of each width.
const trials = 32 + 16 + 1

func newSuite(t testing.TB, c lfads.Config, missing bool, engine lfads.EngineMaker) *suite {
	const bins, forward, heldIn, neurons, external = 10, 2, 6, 8, 2
	m, err := lfads.New(c, lfads.Shape{HeldIn: heldIn, Neurons: neurons, Bins: bins, ReconBins: bins + forward, External: external})
	if err != nil {
		t.Fatal(err)
	}
	m.Initialise(1, 0)
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	for i := range m.Params { // vectors that start at 0 count, too
		m.Params[i] += float32(.05 * src.Normal())
	}
	m.Prepare()
	counts := func(bins, features int) *dataset.Array {
		a := dataset.NewArray(trials, bins, features)
		for i := range a.Data {
			a.Data[i] = float32(max(src.IntN(6)-3, 0))
		}
		return a
	}
	split := &dataset.Split{Encod: counts(bins, heldIn), Recon: counts(bins+forward, neurons), External: counts(bins+forward, external)}
	if missing {
		lose(split.Encod)
		lose(split.Recon)
	}
	return &suite{
		engine, m, m.NewData(split),
		&lfads.Objective{LossScale: 10, KLICScale: .01, KLInputScale: .02, KLRamp: .5, L2Generator: 1, L2Controller: 2, L2ICEncoder: 3, L2CIEncoder: 4, L2Ramp: .7},
		&lfads.Pass{
			Draws: lfads.Draws{Seed: 3, Pass: rng.Training, IDs: [4]uint64{1, 2, 3, 4}}, DropoutRate: .2,
			Augmentations: []augment.Augmentation{augment.CoordinatedDropout{Rate: .3}},
		},
	}
}

// lose makes elements here and there missing, a neuron, a bin of a trial, and trials
// as a whole: two that are alone in a block of a batch that is tried, and others.
func lose(a *dataset.Array) {
	missing := float32(math.NaN())
	for trial := range a.Trials {
		for bin := range a.Bins {
			row := a.Bin(trial, bin)
			for n := range row {
				if n == 4 || (trial+3*bin+7*n)%5 == 0 || trial%8 == 2 && bin == 6 || trial%16 == 0 {
					row[n] = missing
				}
			}
		}
	}
}

func (s *suite) batch(first, n int) lfads.Batch {
	b := lfads.Batch{Data: s.data}
	for i := range n {
		b.Trials = append(b.Trials, first+i)
	}
	return b
}
