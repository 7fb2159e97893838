package prior

import (
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
)

// AR1 says that each inferred input is a first-order autoregressive process:
//
//	u_1 ~ N(0, v / (1 - a^2)),  u_t ~ N(a u_{t-1}, v),  a = exp(-1 / tau)
//
// with tau (bins) and the noise variance v learned for each input, as
// logarithms. The divergence is that of one fresh sample, log q(s) - log p(s),
// summed over bins and inputs. Source: Pandarinath et al. 2018.
type AR1 struct {
	Tau, NoiseVariance float64 // where learning starts
	logTau, logVar     nn.Tensor
	process            []ar1 // one an input
}

func newAR1(s Settings) Prior { return &AR1{Tau: s.Tau, NoiseVariance: s.NoiseVariance} }

type ar1 struct {
	a, tau, variance, first float64 // first: variance of u_1
	logVar, logFirst        float64
}

// Bind implements [Prior].
func (p *AR1) Bind(l *nn.Layout, inputs int) {
	p.logTau = l.New("inferred_inputs.prior_log_tau", inputs)
	p.logVar = l.New("inferred_inputs.prior_log_noise_variance", inputs)
	p.process = make([]ar1, inputs)
}

// Initialise implements [Prior].
func (p *AR1) Initialise(params []float32) {
	for i := range p.process {
		p.logTau.Of(params)[i] = float32(maths.Log(p.Tau))
		p.logVar.Of(params)[i] = float32(maths.Log(p.NoiseVariance))
	}
}

// Prepare implements [Prior].
func (p *AR1) Prepare(params []float32) {
	for i := range p.process {
		s := &p.process[i]
		s.tau = maths.Exp(float64(p.logTau.Of(params)[i]))
		s.a = maths.Exp(-1 / s.tau)
		s.logVar = float64(p.logVar.Of(params)[i])
		s.variance = maths.Exp(s.logVar)
		s.first = s.variance / (1 - float64(s.a*s.a))
		s.logFirst = maths.Log(s.first)
	}
}

// KL implements [Prior].
func (p *AR1) KL(q *Posterior, scale float64, dLearned []float64) float64 {
	total := 0.
	for input := range p.process {
		for lane := range q.Trials {
			s := &p.process[input]
			kl, dA, dLogVar := s.kl(q, input, lane, scale)
			total += kl
			if dLearned != nil {
				dLearned[input] += float64(float64(scale*dA) * (s.a / s.tau)) // d a / d log tau = a / tau
				dLearned[len(p.process)+input] += float64(scale * dLogVar)
			}
		}
	}
	return total
}

// kl handles one input of one trial. With e_t = s_t - a s_{t-1} (e_1 = s_1)
// and its variance V_t, the negative log prior is
// .5 sum_t (ln 2 pi V_t + e_t^2 / V_t), and its gradient at s_t is
// e_t / V_t - a e_{t+1} / v. It returns the gradients at a and at the logarithm
// of v, without scale.
func (s *ar1) kl(q *Posterior, input, lane int, scale float64) (total, dA, dLogVar float64) {
	var previous, pull float64 // pull: e_{t-1} / V_{t-1}
	v, logV := s.first, s.logFirst
	for t := range q.Bins {
		sample, logQ := q.Sample(t, input, lane)
		e := sample - float64(s.a*previous)
		ratio := float64(e*e) / v
		total += logQ + float64(.5*(log2Pi+logV+ratio))
		dLogVar += float64(.5 * (1 - ratio))
		if t == 0 {
			dA = (1 - ratio) * s.a / (1 - float64(s.a*s.a))
		} else {
			dA -= float64(e*previous) / v
			q.AddGradient(t-1, input, lane, scale, pull-float64(s.a*e)/v)
		}
		previous, pull = sample, e/v
		v, logV = s.variance, s.logVar
	}
	q.AddGradient(q.Bins-1, input, lane, scale, pull)
	return total, dA, dLogVar
}
