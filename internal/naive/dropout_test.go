package naive

import (
	"slices"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

// The golden cases have no dropout. These tests close one place at a time, with
// a mask of zeros, and look at what may still pass: if a place were dropped
// elsewhere, or the recurrence ran through it, the equalities would not hold.
func TestDropoutPlaces(t *testing.T) {
	config := everything()
	source := rng.NewSource(rng.Derive(4, rng.Synthesis))
	params := config.RandomParams(source)
	const trials = 3
	open := config.RandomInputs(source, trials)
	other := config.RandomInputs(source, trials) // another batch, with the same noise
	other.NoiseIC, other.NoiseInput = open.NoiseIC, open.NoiseInput
	closed := config.RandomDropout(source, trials, 1) // 1/(1-1) is never used: nothing is kept

	evaluate := func(in *Inputs, d Dropout) *Outputs {
		with := *in
		with.Dropout = d
		return &Evaluate(config, params, &with).Outputs
	}
	plain := evaluate(open, Dropout{})

	t.Run("encoder input", func(t *testing.T) {
		a, b := evaluate(open, Dropout{EncoderInput: closed.EncoderInput}), evaluate(other, Dropout{EncoderInput: closed.EncoderInput})
		same(t, "ic_mean of two batches", Sequence{a.ICMean}, Sequence{b.ICMean})
		same(t, "ci of two batches", a.CI, b.CI)
		same(t, "encoder input before dropout", a.EncoderInput, plain.EncoderInput)
	})
	t.Run("IC head", func(t *testing.T) {
		a := evaluate(open, Dropout{ICHead: closed.ICHead})
		bias := params["encoder.ic_linear.bias"].Data[:config.InitialConditionDim]
		same(t, "ic_mean", Sequence{a.ICMean}, repeated(bias, 1, trials))
		same(t, "encoder states", Sequence{a.ICForward, a.ICBackward}, Sequence{plain.ICForward, plain.ICBackward})
	})
	t.Run("controller input", func(t *testing.T) {
		a, b := evaluate(open, Dropout{ControllerInput: closed.ControllerInput}), evaluate(other, Dropout{ControllerInput: closed.ControllerInput})
		same(t, "controller of two batches", a.ControllerStates, b.ControllerStates)
		same(t, "ci before dropout", a.CI, plain.CI)
	})
	t.Run("external input", func(t *testing.T) {
		a := evaluate(open, Dropout{External: closed.External})
		for _, m := range a.GeneratorInputs {
			for b := range trials {
				if row := m.Data[b*m.Cols+config.InferredInputs : (b+1)*m.Cols]; !slices.Equal(row, make([]float64, config.ExternalInputs)) {
					t.Fatalf("external inputs %v reach the generator", row)
				}
			}
		}
		same(t, "first controller state", a.ControllerStates[:1], plain.ControllerStates[:1])
	})
	t.Run("factors", func(t *testing.T) {
		a := evaluate(open, Dropout{Factors: closed.Factors})
		same(t, "readout", a.Readout, repeated(params["readout.0.bias"].Data, config.ReconBins, trials))
		same(t, "g_0", Sequence{a.GeneratorInit}, Sequence{plain.GeneratorInit})
	})
	t.Run("factors without controller", func(t *testing.T) {
		config.InferredInputs, config.ControllerDim, config.CIEncoderDim = 0, 0, 0
		params = config.RandomParams(source)
		a, b := evaluate(open, Dropout{Factors: closed.Factors}), evaluate(open, Dropout{})
		same(t, "generator states carried on", a.GeneratorStates, b.GeneratorStates)
	})
}

// repeated returns bins matrices of trials copies of row.
func repeated(row []float64, bins, trials int) Sequence {
	s := NewSequence(bins, trials, len(row))
	for _, m := range s {
		for i := range m.Data {
			m.Data[i] = row[i%len(row)]
		}
	}
	return s
}

// same wants the same bits: nothing that differs took part.
func same(t *testing.T, what string, a, b Sequence) {
	t.Helper()
	if !slices.Equal(trialsFirst(a), trialsFirst(b)) {
		t.Errorf("%s differ", what)
	}
}
