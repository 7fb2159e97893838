package lfads

import (
	"fmt"
	"math"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// A reference is a model, a batch and everything random about it, in the terms
// of the naive float64 implementation.
type reference struct {
	config *naive.Config
	params naive.Params
	in     *naive.Inputs
}

// fixed is noise given by the reference.
type fixed struct{ in *naive.Inputs }

func (f fixed) Fill(dst []float32, purpose rng.Purpose, trial, bin int) {
	var row *naive.Matrix
	switch purpose {
	case rng.PosteriorIC:
		row = f.in.NoiseIC
	case rng.PosteriorInput:
		if f.in.NoiseInput != nil {
			row = f.in.NoiseInput[bin]
		}
	case rng.PriorInput:
		if f.in.NoisePrior != nil {
			row = f.in.NoisePrior[bin]
		}
	}
	clear(dst)
	if row != nil {
		for i := range dst {
			dst[i] = float32(row.At(trial, i))
		}
	}
}

// fixedDropout is coordinated dropout with the reference's masks.
type fixedDropout struct{ reference }

func (fixedDropout) Changes() augment.Changes { return augment.Changes{} }

func (f fixedDropout) Apply(b *augment.Block) {
	scale := float32(1 / (1 - f.config.CoordinatedDropoutRate))
	for bin, kept := range f.in.Kept {
		for n := range b.HeldIn {
			for trial := range b.Trials {
				i := (bin*b.HeldIn+n)*b.Width + trial
				g := (bin*b.Neurons+n)*b.Width + trial
				b.Input[i] *= float32(kept.At(trial, n)) * scale
				passes := kept.At(trial, n) == 0 || f.in.Pass != nil && f.in.Pass[bin].At(trial, n) != 0
				nn.SetKept(b.Pass, g, b.Width, passes)
			}
		}
	}
}

// build makes the fast engine's model, data and objective of a reference.
func (r reference) build(t testing.TB) (*Model, Batch, *Objective, *Pass) {
	t.Helper()
	c := r.config
	model, err := New(Config{
		GeneratorDim: c.GeneratorDim, Factors: c.Factors, InitialConditionDim: c.InitialConditionDim,
		ICEncoderDim: c.ICEncoderDim, CIEncoderDim: c.CIEncoderDim, ControllerDim: c.ControllerDim,
		InferredInputs: c.InferredInputs, CILag: c.CILag, ICSegmentBins: c.ICSegmentBins,
		CellClip: c.CellClip, ICPriorVariance: r.variance("ic_prior.logvar"), ICPosteriorMinVariance: c.ICPosteriorMinVariance,
		Variational: c.Variational, ICPrior: string(c.ICPrior),
		InputPrior: r.inputPrior(), InputPriorDegreesOfFreedom: max(c.DegreesOfFreedom, 1),
		InputPriorTau: 10, InputPriorNoiseVariance: r.variance("co_prior.logvar"),
		Likelihood: string(c.Likelihood), ZIGLocation: c.ZIG.Location, ZIGScale: c.ZIG.Prior, ZIGScalePenalty: c.ZIG.Penalty,
	}, Shape{HeldIn: c.Neurons, Neurons: c.ReconNeurons, Bins: c.Bins, ReconBins: c.ReconBins, External: c.ExternalInputs})
	if err != nil {
		t.Fatal(err)
	}
	model.Initialise(0, 0) // a likelihood may remember where its parameters start
	r.eachWeight(model, model.Params, r.params, func(fast *float32, naive float64) { *fast = float32(naive) })
	model.Prepare()
	split := &dataset.Split{Encod: array(r.in.Data), Recon: array(r.in.Target)}
	if c.ExternalInputs > 0 {
		split.External = array(r.in.External)
	}
	batch := Batch{Data: model.NewData(split)}
	for i := range split.Trials() {
		batch.Trials = append(batch.Trials, i)
	}
	objective := &Objective{
		LossScale: c.LossScale, SumRecon: c.SumRecon, KLICScale: c.KLICScale, KLInputScale: c.KLInputScale, KLRamp: c.KLRamp(),
		L2Generator: c.L2GeneratorScale, L2Controller: c.L2ControllerScale, L2ICEncoder: c.L2ICEncoderScale, L2CIEncoder: c.L2CIEncoderScale, L2Ramp: c.L2Ramp(),
	}
	pass := &Pass{Noise: fixed{r.in}}
	if r.in.Kept != nil {
		pass.Augmentations = []augment.Augmentation{fixedDropout{r}}
	}
	return model, batch, objective, pass
}

// inputPrior is the name of the prior of inferred inputs; the default's for a model
// without them.
func (r reference) inputPrior() string {
	if r.config.InferredInputs == 0 {
		return DefaultConfig().InputPrior
	}
	return string(r.config.InputPrior)
}

// variance reads a fixed log variance of the reference; without it, the
// default of .1.
func (r reference) variance(name string) float64 {
	if p := r.params[name]; p != nil {
		return math.Exp(p.Data[0])
	}
	return .1
}

// fixVariances gives the priors' fixed log variances one value for all
// dimensions, which is what our configuration can say.
func (r reference) fixVariances() {
	for _, name := range []string{"ic_prior.logvar", "co_prior.logvar"} {
		if p := r.params[name]; p != nil {
			*p = *p.Map(func(float64) float64 { return math.Log(.1) })
		}
	}
}

func array(s naive.Sequence) *dataset.Array {
	a := dataset.NewArray(s[0].Rows, len(s), s[0].Cols)
	for bin, m := range s {
		for trial := range m.Rows {
			for f := range m.Cols {
				a.Bin(trial, bin)[f] = float32(m.At(trial, f))
			}
		}
	}
	return a
}

// referenceNames maps our tensors to the reference's; ".T" marks a transposed
// one, "#i" row i of a matrix.
func referenceNames() map[string]string {
	names := map[string]string{
		"initial_condition.weight":                 "encoder.ic_linear.weight.T",
		"initial_condition.bias":                   "encoder.ic_linear.bias",
		"initial_condition.prior_mean":             "ic_prior.mean",
		"generator.from_initial_condition.weight":  "decoder.ic_to_g0.weight.T",
		"generator.from_initial_condition.bias":    "decoder.ic_to_g0.bias",
		"controller.initial_state":                 "decoder.con_h0",
		"inferred_inputs.weight":                   "decoder.rnn.cell.co_linear.weight.T",
		"inferred_inputs.bias":                     "decoder.rnn.cell.co_linear.bias",
		"inferred_inputs.prior_log_tau":            "co_prior.logtaus",
		"inferred_inputs.prior_log_noise_variance": "co_prior.lognvars",
		"inferred_inputs.prior_mean":               "co_prior.mean",
		"inferred_inputs.prior_location":           "co_prior.mean",
		"factors.weight":                           "decoder.rnn.cell.fac_linear.weight.T",
		"readout.weight":                           "readout.0.weight.T",
		"readout.bias":                             "readout.0.bias",
		"likelihood.scale":                         "recon.0.scale",
	}
	cell := func(ours, theirs string) {
		names[ours+".input"] = theirs + ".weight_ih.T"
		names[ours+".recurrent"] = theirs + ".weight_hh.T"
		names[ours+".bias"] = theirs + ".bias_ih"
	}
	cell("controller", "decoder.rnn.cell.con_cell")
	cell("generator", "decoder.rnn.cell.gen_cell")
	for _, e := range []string{"ic", "ci"} {
		cell(e+"_encoder.forward", "encoder."+e+"_enc.fwd_gru.cell")
		cell(e+"_encoder.backward", "encoder."+e+"_enc.bwd_gru.cell")
		names[e+"_encoder.forward.initial_state"] = "encoder." + e + "_enc_h0#0"
		names[e+"_encoder.backward.initial_state"] = "encoder." + e + "_enc_h0#1"
	}
	return names
}

// eachWeight visits every element of a flat vector beside its counterpart.
func (r reference) eachWeight(m *Model, flat []float32, theirs naive.Params, visit func(fast *float32, naive float64)) {
	r.eachTensor(m, flat, theirs, func(_ string, fast []float32, want []float64) {
		for i := range fast {
			visit(&fast[i], want[i])
		}
	})
}

// eachTensor visits every tensor with the reference's values in our order.
func (r reference) eachTensor(m *Model, flat []float32, theirs naive.Params, visit func(name string, fast []float32, want []float64)) {
	names := referenceNames()
	for _, tensor := range m.Layout.Tensors {
		name, ok := names[tensor.Name]
		if !ok {
			panic("no counterpart of " + tensor.Name)
		}
		fast := tensor.Of(flat)
		if len(fast) == 0 {
			continue
		}
		visit(tensor.Name, fast, counterpart(theirs, name, len(fast)))
	}
}

func counterpart(p naive.Params, name string, n int) []float64 {
	row := -1
	if i := len(name) - 2; name[i] == '#' {
		row, name = int(name[i+1]-'0'), name[:i]
	}
	transposed := name[len(name)-2:] == ".T"
	if transposed {
		name = name[:len(name)-2]
	}
	m := p[name]
	if m == nil {
		panic(fmt.Sprintf("the reference has no %s", name))
	}
	if row >= 0 {
		return m.Data[row*n : (row+1)*n]
	}
	if !transposed {
		return m.Data
	}
	out := make([]float64, 0, n)
	for j := range m.Cols {
		for i := range m.Rows {
			out = append(out, m.At(i, j))
		}
	}
	return out
}
