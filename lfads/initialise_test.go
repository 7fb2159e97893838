package lfads

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// Weights are normal with variance 1/fan, gate biases 1, all else 0: mean and
// variance of each tensor within five standard errors.
func TestInitialise(t *testing.T) {
	c := DefaultConfig()
	c.GeneratorDim, c.ICEncoderDim, c.CIEncoderDim, c.ControllerDim, c.InferredInputs = 50, 30, 20, 40, 3
	m, err := New(c, Shape{HeldIn: 25, Neurons: 35, Bins: 5, ReconBins: 5, External: 2})
	if err != nil {
		t.Fatal(err)
	}
	m.Initialise(4, 1)
	fans := map[string]int{
		"ic_encoder.forward": 25 + 30, "ic_encoder.backward": 25 + 30, "ci_encoder.forward": 25 + 20, "ci_encoder.backward": 25 + 20,
		"controller.input": 2*20 + c.Factors, "controller.recurrent": 40, "generator.input": 3 + 2, "generator.recurrent": 50,
		"initial_condition.weight": 60, "generator.from_initial_condition.weight": c.InitialConditionDim,
		"factors.weight": 50, "readout.weight": c.Factors, "inferred_inputs.weight": 40,
	}
	for _, tensor := range m.Layout.Tensors {
		x := tensor.Of(m.Params)
		if fan := fanOf(tensor.Name, fans); fan > 0 {
			wantNormal(t, tensor.Name, x, 1/float64(fan))
			continue
		}
		for i, v := range x {
			want := float32(0)
			if strings.Contains(tensor.Name, "prior_log") {
				want = v // TestAR1PriorInitialise
			}
			if hidden := len(x) / 3; isCell(tensor.Name) && strings.HasSuffix(tensor.Name, ".bias") && i < 2*hidden {
				want = 1
			}
			if v != want {
				t.Errorf("%s[%d] = %v, want %v", tensor.Name, i, v, want)
			}
		}
	}
}

func isCell(name string) bool {
	return strings.Contains(name, "encoder") || strings.HasPrefix(name, "controller") || name == "generator.bias"
}

// fanOf returns the fan of the weights that a tensor is named for; 0: it holds
// no weights.
func fanOf(name string, fans map[string]int) int {
	if strings.HasSuffix(name, "bias") || strings.HasSuffix(name, "initial_state") {
		return 0
	}
	for prefix, fan := range fans {
		if strings.HasPrefix(name, prefix) {
			return fan
		}
	}
	return 0
}

func wantNormal(t *testing.T, what string, x []float32, variance float64) {
	t.Helper()
	sum, squares, n := 0., 0., float64(len(x))
	for _, v := range x {
		sum += float64(v)
		squares += float64(v) * float64(v)
	}
	if mean := sum / n; !(math.Abs(mean) <= 5*math.Sqrt(variance/n)) {
		t.Errorf("%s: mean %v of %v numbers, want 0", what, mean, n)
	}
	if share := squares / n / variance; !(math.Abs(share-1) <= 5*math.Sqrt(2/n)) {
		t.Errorf("%s: variance %v times %v, want once (%v numbers)", what, share, variance, n)
	}
}

// With readout weights of 0 the first loss is that of each neuron's mean (and
// variance) over the data, which no other constant betters. The silent neuron
// starts at half a spike.
func TestStartReadout(t *testing.T) {
	const trials, bins, neurons, silent = 6, 7, 4, 2
	data := dataset.NewArray(trials, bins, neurons)
	for i := range data.Data {
		if i%neurons != silent {
			data.Data[i] = float32(i * i % 5)
		}
	}
	for _, likelihood := range []string{"poisson", "gaussian"} {
		t.Run(likelihood, func(t *testing.T) {
			c := DefaultConfig()
			c.Likelihood, c.InferredInputs = likelihood, 0
			m, err := New(c, Shape{HeldIn: neurons, Neurons: neurons, Bins: bins, ReconBins: bins})
			if err != nil {
				t.Fatal(err)
			}
			m.Initialise(1, 0)
			m.StartReadout(data)
			clear(m.readout.linear.Weight.Of(m.Params))
			bias := m.readout.linear.Bias.Of(m.Params)
			if want := math.Log(.5 / (trials * bins)); likelihood == "poisson" && bias[silent] != float32(want) {
				t.Errorf("bias of the silent neuron %v, want %v", bias[silent], want)
			}
			loss := lossOf(m, data)
			for i, v := range bias {
				if i%neurons == silent {
					continue
				}
				for _, step := range []float32{-.1, .1} {
					bias[i] = v + step
					if other := lossOf(m, data); !(other > loss) {
						t.Errorf("bias %d at %v: loss %v, but %v at %v", i, v, loss, other, bias[i])
					}
				}
				bias[i] = v
			}
		})
	}
}

func lossOf(m *Model, data *dataset.Array) float64 {
	m.Prepare()
	all := make([]int, data.Trials)
	for i := range all {
		all[i] = i
	}
	b := Batch{Data: m.NewData(&dataset.Split{Encod: data, Recon: data}), Trials: all}
	return NewCPU(m, 1).Evaluate(b, &Objective{LossScale: 1}, &Pass{}).Recon
}

// Posterior noise is standard normal and uncorrelated between features, bins,
// trials, steps, epochs and purposes: correlations within five standard errors.
func TestNoiseIsFresh(t *testing.T) {
	const features, bins, trials = 5, 40, 30
	draw := func(purpose rng.Purpose, pass rng.Purpose, ids [4]uint64, firstBin, firstTrial int) []float32 {
		var x []float32
		row := make([]float32, features)
		for trial := range trials {
			for bin := range bins {
				Draws{Seed: 3, Pass: pass, IDs: ids}.Key(purpose, trial+firstTrial).Normals(row, bin+firstBin)
				x = append(x, row...)
			}
		}
		return x
	}
	base := draw(rng.PosteriorInput, rng.Training, [4]uint64{}, 0, 0)
	wantNormal(t, "noise", base, 1)
	others := map[string][]float32{
		"the next feature":  append(base[1:len(base):len(base)], base[0]),
		"the next bin":      draw(rng.PosteriorInput, rng.Training, [4]uint64{}, 1, 0),
		"the next trial":    draw(rng.PosteriorInput, rng.Training, [4]uint64{}, 0, 1),
		"the prior's noise": draw(rng.PriorInput, rng.Training, [4]uint64{}, 0, 0),
		"validation":        draw(rng.PosteriorInput, rng.Validation, [4]uint64{}, 0, 0),
	}
	for i, name := range []string{"member", "generation", "epoch", "step"} {
		ids := [4]uint64{}
		ids[i] = 1
		others["another "+name] = draw(rng.PosteriorInput, rng.Training, ids, 0, 0)
	}
	for name, other := range others {
		product := 0.
		for i, v := range base {
			product += float64(v) * float64(other[i])
		}
		n := float64(len(base))
		if r := product / n; !(math.Abs(r) <= 5/math.Sqrt(n)) {
			t.Errorf("correlation with %s: %v over %v numbers", name, r, n)
		}
	}
}
