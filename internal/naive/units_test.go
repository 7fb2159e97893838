package naive

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
)

// unit is one group of units.h5 with its arrays as Vars.
type unit struct {
	*golden.Group
	t *testing.T
}

func (u unit) matrix(name string) *Matrix { return goldenMatrix(u.Array(name)) }

func (u unit) leaf(name string) *Var { return NewVar(u.matrix(name)) }

// sequence returns [trials, bins, features] as one leaf per bin.
func (u unit) sequence(name string) []*Var { return leaves(goldenSequence(u.Array(name))) }

func leaves(s Sequence) []*Var {
	vars := make([]*Var, len(s))
	for t, m := range s {
		vars[t] = NewVar(m)
	}
	return vars
}

// grads returns the gradients of a sequence.
func grads(vars []*Var) Sequence {
	s := make(Sequence, len(vars))
	for t, v := range vars {
		s[t] = v.Grad
	}
	return s
}

func (u unit) near(name string, got []float64) {
	u.t.Helper()
	near(u.t, name, got, u.Array(name).Data)
}

// cell returns a GRU cell of the group. The reference has two biases that are
// only ever added: their sum is this package's one, and both their gradients
// are its gradient.
func (u unit) cell(prefix string) Cell {
	bias := Add(u.leaf(prefix+"bias_ih"), u.leaf(prefix+"bias_hh"))
	return Cell{u.leaf(prefix + "weight_ih"), u.leaf(prefix + "weight_hh"), bias}
}

func (u unit) cellGrads(prefix string, c Cell) {
	u.t.Helper()
	u.near("grad_"+prefix+"weight_ih", c.Input.Grad.Data)
	u.near("grad_"+prefix+"weight_hh", c.Recurrent.Grad.Data)
	u.near("grad_"+prefix+"bias_ih", c.Bias.Grad.Data)
	u.near("grad_"+prefix+"bias_hh", c.Bias.Grad.Data)
}

// TestUnits compares single pieces and their gradients of sum(out * grad_out).
func TestUnits(t *testing.T) {
	units := golden.Units(t)
	for name, test := range map[string]func(unit){
		"gru_cell":                 testCell,
		"bigru":                    testBiGRU,
		"kernel_normalized_linear": testNormalisedLinear,
		"poisson":                  testPoisson,
		"gaussian":                 testGaussian,
		"gamma":                    testGamma,
		"mse":                      testMSE,
		"zig":                      testZIG,
		"prior_mvn_ic":             testICPrior,
		"prior_mvn_co":             testNormalInputPrior,
		"prior_ar1_co":             testAR1Prior,
	} {
		t.Run(name, func(t *testing.T) { test(unit{units[name], t}) })
	}
	t.Run("ramp_table", func(t *testing.T) {
		table := goldenMatrix(units[""].Array("ramp_table")) // start, increase, epoch, ramp
		for i := range table.Rows {
			got := Ramp(int(table.At(i, 2)), int(table.At(i, 0)), int(table.At(i, 1)))
			near(t, "ramp", []float64{got}, []float64{table.At(i, 3)})
		}
	})
}

func testCell(u unit) {
	x, h, cell := u.leaf("x"), u.leaf("h"), u.cell("")
	out := cell.Step(x, h, u.Float("clip"))
	Backward(Sum(Mul(out, u.leaf("grad_out"))))
	u.near("out", out.Value.Data)
	u.near("grad_x", x.Grad.Data)
	u.near("grad_h", h.Grad.Data)
	u.cellGrads("", cell)
}

func testBiGRU(u unit) {
	x, h0 := u.sequence("x"), u.leaf("h_0")
	trials := x[0].Rows()
	g := BiGRU{u.cell("fwd_gru_cell_"), u.cell("bwd_gru_cell_")}
	forward, backward := g.Run(x, Rows(h0, 0, trials), Rows(h0, trials, 2*trials), math.Inf(1))
	var out, weighted []*Var
	for t, w := range u.sequence("grad_out") {
		out = append(out, Concat(forward[t], backward[t]))
		weighted = append(weighted, Mul(out[t], w))
	}
	Backward(Sum(weighted...))
	u.near("out", trialsFirst(values(out)))
	u.near("h_n", append(append([]float64{}, forward[len(x)-1].Value.Data...), backward[0].Value.Data...))
	u.near("grad_x", trialsFirst(grads(x)))
	u.near("grad_h_0", h0.Grad.Data)
	u.cellGrads("fwd_gru_cell_", g.Forward)
	u.cellGrads("bwd_gru_cell_", g.Backward)
}

func testNormalisedLinear(u unit) {
	x, w := u.leaf("x"), u.leaf("weight")
	out := MatMulT(x, NormaliseRows(w))
	Backward(Sum(Mul(out, u.leaf("grad_out"))))
	u.near("out", out.Value.Data)
	u.near("grad_x", x.Grad.Data)
	u.near("grad_weight", w.Grad.Data)
}

func testPoisson(u unit) {
	data := u.matrix("data")
	params := NewVar(&Matrix{data.Rows, data.Cols, u.Array("output_params").Data})
	out := PoissonNLL(params, data)
	Backward(Sum(Mul(out, u.leaf("grad_out"))))
	u.near("out", out.Value.Data)
	u.near("means", Exp(params).Value.Data)
	u.near("grad_output_params", params.Grad.Data)
}

func testGaussian(u unit) {
	data, params := u.matrix("data"), u.leaf("flat_params")
	n := data.Cols
	out := GaussianNLL(Cols(params, 0, n), Cols(params, n, 2*n), data)
	Backward(Sum(Mul(out, u.leaf("grad_out"))))
	u.near("out", out.Value.Data)
	u.near("grad_flat_params", params.Grad.Data)
	u.near("reshaped_params", parametersLast(params.Value.Data, n, 2))
}

func testGamma(u unit) {
	data, params := u.matrix("data"), u.leaf("flat_params")
	m := &model{Config: &Config{Likelihood: Gamma, ReconNeurons: data.Cols}}
	out, means := m.nll(params, data)
	Backward(Sum(Mul(out, u.leaf("grad_out"))))
	u.near("out", out.Value.Data)
	u.near("means", means.Data)
	u.near("grad_flat_params", params.Grad.Data)
	u.near("reshaped_params", parametersLast(params.Value.Data, data.Cols, 2))
}

func testMSE(u unit) {
	data := u.matrix("data")
	params := NewVar(&Matrix{data.Rows, data.Cols, u.Array("output_params").Data})
	out := SquaredError(params, data)
	Backward(Sum(Mul(out, u.leaf("grad_out"))))
	u.near("out", out.Value.Data)
	u.near("grad_output_params", params.Grad.Data)
}

func testZIG(u unit) {
	data, params, scale := u.matrix("data"), u.leaf("flat_params"), u.leaf("scale")
	m := &model{
		Config: &Config{
			Likelihood: ZeroInflatedGamma, ReconNeurons: data.Cols,
			ZIG: ZIG{u.Float("gamma_loc"), u.Float("scale_prior"), u.Float("scale_penalty")},
		},
		params: map[string]*Var{zigScale: scale},
	}
	out, means := m.nll(params, data)
	Backward(Sum(Mul(out, u.leaf("grad_out"))))
	u.near("out", out.Value.Data)
	u.near("means", means.Data)
	u.near("grad_flat_params", params.Grad.Data)
	u.near("grad_scale", scale.Grad.Data)
	u.near("l2", m.zigPenalty().Value.Data)
}

func testICPrior(u unit) {
	mean, std, priorMean := u.leaf("post_mean"), u.leaf("post_std"), u.leaf("mean")
	kl := Scale(Sum(NormalKL(mean, std, priorMean, u.leaf("logvar"))), 1/float64(mean.Rows()))
	Backward(kl)
	u.near("kl", kl.Value.Data)
	u.near("grad_post_mean", mean.Grad.Data)
	u.near("grad_post_std", std.Grad.Data)
	u.near("grad_mean", priorMean.Grad.Data)
}

func testNormalInputPrior(u unit) {
	means, stds := u.sequence("post_mean"), u.sequence("post_std")
	m := &model{Config: &Config{InputPrior: Normal, InferredInputs: 2}, trials: means[0].Rows()}
	m.params = map[string]*Var{"co_prior.mean": u.leaf("mean"), "co_prior.logvar": u.leaf("logvar")}
	for t := range means {
		m.inputs = append(m.inputs, normal{means[t], stds[t], means[t]})
	}
	kl := m.inputKL()
	Backward(kl)
	u.near("kl", kl.Value.Data)
	u.near("grad_post_mean", trialsFirst(grads(means)))
	u.near("grad_post_std", trialsFirst(grads(stds)))
	u.near("grad_mean", m.p("co_prior.mean").Grad.Data)
}

func testAR1Prior(u unit) {
	means, stds := u.sequence("post_mean"), u.sequence("post_std")
	m := &model{Config: &Config{InputPrior: AR1, InferredInputs: 2}, trials: means[0].Rows()}
	m.params = map[string]*Var{"co_prior.logtaus": u.leaf("logtaus"), "co_prior.lognvars": u.leaf("lognvars")}
	m.in = &Inputs{NoisePrior: goldenSequence(u.Array("eps"))}
	for t := range means {
		m.inputs = append(m.inputs, normal{means[t], stds[t], means[t]})
	}
	kl := m.inputKL()
	Backward(kl)
	u.near("kl", kl.Value.Data)
	u.near("grad_post_mean", trialsFirst(grads(means)))
	u.near("grad_post_std", trialsFirst(grads(stds)))
	for _, name := range []string{"logtaus", "lognvars"} {
		u.near("grad_"+name, m.p("co_prior."+name).Grad.Data)
	}
}
