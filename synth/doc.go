// Package synth makes recordings whose true rates are known, so that what a
// model infers can be compared with the truth.
//
// # Lorenz
//
// The states of the Lorenz system (Lorenz 1963),
//
//	dx/dt = 10 (y - x)    dy/dt = x (28 - z) - y    dz/dt = x y - 8/3 z
//
// drive a population of neurons, as in Sussillo et al. 2016 ("LFADS"). Each
// condition starts at a random state, runs until it is on the attractor, and
// is then recorded; its trials share the trajectory and differ in their spikes
// alone. With the states s standardised over all conditions, neuron n has the
// log rate
//
//	ln r_n = sum_i W_ni s_i + b_n
//
// where |W_ni| is uniform in 1..2, divided by the root of 3, of random sign,
// and b_n gives every neuron the same mean rate. A bin's rate is the mean over
// its milliseconds; its spikes are Poisson.
//
// # Chaotic
//
// A network of N tanh units at random, all of them observed, as in Sussillo et al.
// 2016 ("LFADS"):
//
//	25 ms dx/dt = -x + g W tanh(x) + B q(t)
//
// in steps of 10 ms (Euler), a bin each, with W_ij of variance 1/N and B_i and the
// first x_i of variance 1, all normal. A large network is chaotic at gains g above 1,
// one of 50 units mildly at 2.5. q is a pulse of one step, at a random time in the
// middle half of a trial, which the network gets and nobody records: a model has to
// infer it. The paper's sets have g = 1.5 and a pulse of 20, or g = 2.5 and none. A
// condition is a first state and a time of the pulse, which all of its trials share.
// The rate of a unit in a trial is its tanh(x), brought to 0 at its lowest and to the
// peak rate, 30 spikes/s, at its highest, so that logarithms of rates mean little; its
// spikes are Poisson. Latents are tanh(x) of every unit and then, where there is one,
// the pulse: q in its bin, whose effect begins in the next, and 0 in the others.
//
// # Reaching
//
// A continuous recording of a hand that reaches to one random target after the other, as
// that of O'Doherty et al. 2017. The next target, anywhere in a square of 10 cm but not
// within 2 cm, shows when the last one is reached; after a rest of 0 to 150 ms the hand
// goes there in 400 to 700 ms, by the movement of the least jerk (Flash and Hogan 1985),
//
//	p(s) = from + (to - from) (10 s^3 - 15 s^4 + 6 s^5)    s = 0..1
//
// A network of 30 tanh units (gain 1.2, 25 ms, steps of 5 ms) is told what the hand will
// do: position, velocity, the direction to the target, and a two-dimensional
// oscillation, that direction turned twice a second, which comes and goes with the reach.
// The logarithm of a neuron's rate is a weighted sum of the standardised units, of
// variance 1 but for their correlations. The network is told all this so early that
// what the hand does follows the spikes by 100 ms. Spikes are Poisson in bins of 5 ms,
// anywhere within. The recording holds spike times, streams of position, velocity and
// target, and of the true rates (dataset.StreamTrueRates), which package prepare makes
// truth of; and a table of the reaches.
//
// # Timing
//
// A circuit that measures an interval between two signals, ready and set, and then
// produces it, from set to go, as in Sohn et al. 2019. The interval t_s is one of five from
// a short (480 to 800 ms) or a long prior (800 to 1200 ms), produced by the hand or the
// eye: 20 conditions. What is produced is drawn to the prior's mean and varies with its
// length,
//
//	t_p ~ N(.9 t_s + .1 mean, (.1 t_s)^2)
//
// From set to go the state runs along a curve on a torus in four dimensions,
//
//	1.5 (cos a, sin a)    .75 (cos 2a, sin 2a)    a = pi u
//
// whose speed is the same everywhere: u grows by (1 + .05 e) / t_p a ms, e normal, from 0
// at set to about 1 at go. Before set it waits at u = 0, and a fifth state is the time
// since ready, less the prior's mean, which stays what it is at set; the last two are
// prior and effector. Log rates are weighted sums of these, at the middle of each bin;
// spikes are Poisson.
//
// Trials have one length where intervals have not: they are aligned to go, as those of
// the benchmark's timing task (dmfc_rsg), 1.5 s before it. All from set to go is in every
// trial, nothing needs to be padded, and the front of a trial shows how long t_s was.
// Aligned to set, windows long enough for all would be half empty after go in many trials.
//
// # EMG
//
// Muscles of a stepping limb, for models of continuous positive data. The phase
// of a trial, in turns, moves on by its cadence, which differs from trial to
// trial and swings slowly within one; each step has a vigour, which goes over
// smoothly into the next one's. Muscle m has the envelope
//
//	e_m = base_m + gain_m v_m sum_b h_b exp(k_b (cos(phase - centre_b) - 1))
//
// with one or two bumps b, and v_m the vigour times a little of the muscle's own.
// Its activity in a bin is e_m times a Gamma number of mean 1, independent from
// bin to bin. Envelopes, after a low-pass filter of 40 ms, drive three joints,
// damped pendulums. Behaviour has six columns: the three angles in degrees and the
// three accelerations in deg/s^2, which are their second differences, all without
// noise. Latents are the sine and the cosine of the phase, cadence in steps/s,
// vigour.
//
// # Calcium
//
// Neurons driven by the Lorenz system, slowed down, as a two-photon microscope
// shows them. In frame t a neuron fires s_t times, Poisson of rate r_t;
// calcium is c_t = g c_t-1 + s_t, fluorescence f_t = c_t + noise. Data are the
// events that a deconvolution of first order finds: f_t - g f_t-1, 0 where that is
// not above a threshold. A spike is 1. An event is thus s_t and the noise of two
// frames, cut at the threshold: mostly zeros, else positive numbers above it
// (Zhu et al. 2022, "RADICaL"). Truth is its exact expectation, a sum over s_t;
// noise makes neighbouring events a little dependent, which truth and oracle leave
// aside. Means are taken over a long stretch of the attractor, on which every
// condition begins.
//
// # The oracle
//
// Truth of the sets of spikes are rates in counts per bin: the likelihood
// of the spikes under them is the oracle's (package metric); that of the reaching
// recording, in bins of 5 ms, stands among its attributes. Means do not say all of the other
// sets: Dataset.Oracle is the mean negative log likelihood of validation data under
// the distribution that each was drawn from, and OracleLikelihood the likelihood
// that comes nearest. Activity is Gamma, so a model may come up to the oracle;
// events are not quite a zero-inflated Gamma, so none can.
//
// # Reproducibility
//
// A set is a function of its options, with the same bits on every amd64. Trials of
// the EMG and the calcium set, and what is seen of each muscle and neuron, are the
// same whatever the number of the others; so are those of the timing set, and those of the
// chaotic set, in one network.
package synth
