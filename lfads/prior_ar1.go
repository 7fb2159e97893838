package lfads

import "github.com/autolfads/autolfads/nn"

// AR1Prior says that each inferred input is a first-order autoregressive
// process:
//
//	u_1 ~ N(0, v / (1 - a^2)),  u_t ~ N(a u_{t-1}, v),  a = exp(-1 / tau)
//
// with tau (bins) and the noise variance v learned for each input, as
// logarithms. The divergence is that of one fresh sample, log q(s) - log p(s),
// summed over bins and inputs. Source: Pandarinath et al. 2018.
type AR1Prior struct {
	Tau, NoiseVariance float64 // where learning starts
	logTau, logVar     nn.Tensor
	process            []ar1 // one an input
}

type ar1 struct {
	a, tau, variance, first float64 // first: variance of u_1
	logVar, logFirst        float64
}

// Bind implements InputPrior.
func (p *AR1Prior) Bind(l *nn.Layout, inputs int) {
	p.logTau = l.New("inferred_inputs.prior_log_tau", inputs)
	p.logVar = l.New("inferred_inputs.prior_log_noise_variance", inputs)
	p.process = make([]ar1, inputs)
}

// Initialise implements InputPrior.
func (p *AR1Prior) Initialise(params []float32) {
	for i := range p.process {
		p.logTau.Of(params)[i] = float32(log(p.Tau))
		p.logVar.Of(params)[i] = float32(log(p.NoiseVariance))
	}
}

// Prepare implements InputPrior.
func (p *AR1Prior) Prepare(params []float32) {
	for i := range p.process {
		s := &p.process[i]
		s.tau = exp(float64(p.logTau.Of(params)[i]))
		s.a = exp(-1 / s.tau)
		s.logVar = float64(p.logVar.Of(params)[i])
		s.variance = exp(s.logVar)
		s.first = s.variance / (1 - float64(s.a*s.a))
		s.logFirst = log(s.first)
	}
}

// Learned implements InputPrior.
func (p *AR1Prior) Learned() int { return 2 * len(p.process) }

// KL implements InputPrior.
func (p *AR1Prior) KL(q *InputPosterior, scale float64, dLearned []float64) float64 {
	total := 0.
	for input := range p.process {
		for lane := range q.Trials {
			total += p.process[input].kl(q, input, lane, scale, dLearned[2*input:2*input+2])
		}
	}
	return total
}

// kl handles one input of one trial. With e_t = s_t - a s_{t-1} (e_1 = s_1)
// and its variance V_t, the negative log prior is
// .5 sum_t (ln 2 pi V_t + e_t^2 / V_t), and its gradient at s_t is
// e_t / V_t - a e_{t+1} / v.
func (s *ar1) kl(q *InputPosterior, input, lane int, scale float64, dLearned []float64) float64 {
	var total, dA, dLogVar, previous, pull float64 // pull: e_{t-1} / V_{t-1}
	v, logV := s.first, s.logFirst
	for t := range q.Bins {
		sample, logQ := q.sample(t, input, lane)
		e := sample - float64(s.a*previous)
		ratio := float64(e*e) / v
		total += logQ + float64(.5*(log2Pi+logV+ratio))
		dLogVar += float64(.5 * (1 - ratio))
		if t == 0 {
			dA = (1 - ratio) * s.a / (1 - float64(s.a*s.a))
		} else {
			dA -= float64(e*previous) / v
			q.addGradient(t-1, input, lane, scale, pull-float64(s.a*e)/v)
		}
		previous, pull = sample, e/v
		v, logV = s.variance, s.logVar
	}
	q.addGradient(q.Bins-1, input, lane, scale, pull)
	dLearned[0] += float64(float64(scale*dA) * (s.a / s.tau))
	dLearned[1] += float64(scale * dLogVar)
	return total
}

// AddTo implements InputPrior.
func (p *AR1Prior) AddTo(grad []float32, dLearned []float64) {
	for i := range p.process {
		p.logTau.Of(grad)[i] += float32(dLearned[2*i])
		p.logVar.Of(grad)[i] += float32(dLearned[2*i+1])
	}
}

// sample returns the fresh sample of one input in one bin and its log
// probability under the posterior.
func (q *InputPosterior) sample(bin, input, lane int) (s, logQ float64) {
	mean, logVar := q.head(bin, input, lane)
	i := (bin*q.Inputs+input)*q.Width + lane
	noise := float64(q.Noise[i])
	s = float64(q.Head[mean]) + float64(noise*float64(q.Std[i]))
	return s, float64(-.5 * (log2Pi + float64(q.Head[logVar]) + float64(noise*noise)))
}

// addGradient adds the divergence's gradient through one sample, whose
// negative log prior has the gradient ds.
func (q *InputPosterior) addGradient(bin, input, lane int, scale, ds float64) {
	if q.DHead == nil {
		return
	}
	mean, logVar := q.head(bin, input, lane)
	i := (bin*q.Inputs+input)*q.Width + lane
	q.DHead[mean] += float32(scale * ds)
	spread := float64(ds * float64(q.Noise[i]*q.Std[i]))
	q.DHead[logVar] += float32(scale * .5 * (spread - 1))
}

const log2Pi = 1.8378770664093453
