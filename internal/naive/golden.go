package naive

import (
	"slices"
	"strings"

	"github.com/autolfads/autolfads/internal/golden"
)

// FromGolden returns the configuration, the parameters and the batch of a
// golden case.
func FromGolden(c *golden.Case) (*Config, Params, *Inputs) {
	return goldenConfig(c), GoldenParams(c.Params), goldenInputs(c.Inputs)
}

func goldenConfig(from *golden.Case) *Config {
	g := from.Config
	c := &Config{
		Neurons: g.Int("encod_data_dim"), ReconNeurons: from.Inputs.Array("recon_data").Shape[2],
		Bins: g.Int("encod_seq_len"), ReconBins: g.Int("recon_seq_len"),
		ICSegmentBins: g.Int("ic_enc_seq_len"), ExternalInputs: g.Int("ext_input_dim"),
		GeneratorDim: g.Int("gen_dim"), Factors: g.Int("fac_dim"),
		InitialConditionDim: g.Int("ic_dim"), ICEncoderDim: g.Int("ic_enc_dim"),
		CIEncoderDim: g.Int("ci_enc_dim"), ControllerDim: g.Int("con_dim"),
		CILag: g.Int("ci_lag"), InferredInputs: g.Int("co_dim"),
		CellClip: g.Float("cell_clip"), ICPosteriorMinVariance: g.Float("ic_post_var_min"),
		Variational: g.Int("variational") == 1, ICPrior: goldenPrior(g.Text("ic_prior")), InputPrior: goldenPrior(g.Text("co_prior")),
		Likelihood: Likelihood(strings.ToLower(g.Text("recon"))),
		SumRecon:   g.Int("recon_reduce_mean") == 0, LossScale: g.Float("loss_scale"),
		KLICScale: g.Float("kl_ic_scale"), KLInputScale: g.Float("kl_co_scale"),
		L2GeneratorScale: g.Float("l2_gen_scale"), L2ControllerScale: g.Float("l2_con_scale"),
		L2ICEncoderScale: g.Float("l2_ic_enc_scale"), L2CIEncoderScale: g.Float("l2_ci_enc_scale"),
		Epoch: g.Int("current_epoch"), KLRampStart: g.Int("kl_start_epoch"), KLRampEpochs: g.Int("kl_increase_epoch"),
		L2RampStart: g.Int("l2_start_epoch"), L2RampEpochs: g.Int("l2_increase_epoch"),
		LearningRate: g.Float("lr_init"), AdamBeta1: g.Float("lr_adam_beta1"), AdamBeta2: g.Float("lr_adam_beta2"),
		AdamEpsilon: g.Float("lr_adam_epsilon"), WeightDecay: g.Float("weight_decay"), GradientClip: g.Float("grad_clip_norm"),
	}
	if g.Has("cd_rate") {
		c.CoordinatedDropoutRate = g.Float("cd_rate")
	}
	return c
}

// goldenPrior returns the prior that a case calls so.
func goldenPrior(name string) Prior {
	prior, known := map[string]Prior{"MultivariateNormal": Normal, "AutoregressiveMultivariateNormal": AR1, "Null": None}[name]
	if !known {
		panic("naive: golden prior " + name + " is not known")
	}
	return prior
}

// GoldenParams returns a group of parameters, gradients or moments. It leaves out
// what is not a parameter here: bias_hh, always zero, and arrays without rows.
func GoldenParams(g *golden.Group) Params {
	p := Params{}
	for name, a := range g.Arrays {
		if !strings.HasSuffix(name, ".bias_hh") {
			p[name] = goldenMatrix(a)
		}
	}
	return p
}

func goldenInputs(g *golden.Group) *Inputs {
	in := &Inputs{
		Data: goldenSequence(g.Array("encod_data")), Target: goldenSequence(g.Array("recon_data")),
		External: goldenSequence(g.Array("ext_input")),
		NoiseIC:  goldenMatrix(g.Array("noise_ic")), NoiseInput: goldenSequence(g.Array("noise_co")),
		NoisePrior: goldenSequence(g.Array("noise_kl_co")),
	}
	if _, ok := g.Arrays["cd_mask"]; ok {
		in.Kept, in.Pass = goldenSequence(g.Array("cd_mask")), goldenSequence(g.Array("cd_pass_mask"))
	}
	return in
}

// goldenMatrix takes the last dimension of an array as columns.
func goldenMatrix(a golden.Array) *Matrix {
	rows := 1
	for _, n := range a.Shape[:len(a.Shape)-1] {
		rows *= n
	}
	return &Matrix{rows, a.Shape[len(a.Shape)-1], slices.Clone(a.Data)}
}

// goldenSequence takes [trials, bins, features] apart into bins.
func goldenSequence(a golden.Array) Sequence {
	trials, bins, features := a.Shape[0], a.Shape[1], a.Shape[2]
	s := NewSequence(bins, trials, features)
	for b := range trials {
		for t := range bins {
			from := (b*bins + t) * features
			copy(s[t].Data[b*features:], a.Data[from:from+features])
		}
	}
	return s
}
