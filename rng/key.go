package rng

import "hash/fnv"

// Purpose says what a number is drawn for. Two purposes never share numbers.
// The values are part of the run format: append, never renumber.
type Purpose uint64

// The purposes of random numbers in this program.
const (
	Initialise         Purpose = iota + 1 // first parameters of a member
	Shuffle                               // order of trials in an epoch
	PosteriorIC                           // initial-condition samples in training
	PosteriorInput                        // inferred-input samples in training
	PriorInput                            // the fresh sample inside the AR(1) KL
	CoordinatedDropout                    // which input elements are zeroed
	CoordinatedPass                       // which of the kept elements pass gradient all the same
	DropoutEncoder                        // dropout on the encoders' input
	DropoutICHead                         // dropout before the initial condition's linear layer
	DropoutController                     // dropout on the controller's input
	DropoutFactors                        // dropout on generator states before the factors
	DropoutExternal                       // dropout on external inputs
	Validation                            // the one posterior sample of a validation epoch
	Inference                             // posterior samples averaged in inference
	Exploit                               // which member is the opponent in a tournament
	Explore                               // perturbation of hyper-parameters
	Draw                                  // first hyper-parameters of a member
	Split                                 // splitting trials
	Synthesis                             // synthetic recordings
	Training                              // a pass over a training batch
	SampleValidation                      // which elements are held out for the whole run
	HeldOut                               // the one posterior sample that those are scored with
	TemporalShift                         // by how many bins a neuron is shifted
	SpikeJitter                           // by how many bins a spike is moved
	Windows                               // where the windows of a continuous recording begin
	Review                                // posterior samples that models are compared by, after a generation and in the end
)

// Named returns the purpose of what is written elsewhere, such as an augmentation
// of another module: a name of its own, for instance its path and what it draws,
// keeps its numbers apart from all others. The numbered purposes are far away.
func Named(name string) Purpose {
	h := fnv.New64a()
	h.Write([]byte(name))
	return Purpose(h.Sum64() | 1<<63)
}

// Derive returns the key of a stream from the seed, its purpose and the
// numbers that identify it, in order (by convention: member, generation, epoch,
// step, trial; each purpose uses those it needs).
func Derive(seed uint64, purpose Purpose, ids ...uint64) Key {
	h := mix(mix(seed) ^ uint64(purpose))
	for _, id := range ids {
		h = mix(h ^ mix(id+0x9E3779B97F4A7C15))
	}
	return Key{uint32(h), uint32(h >> 32)}
}

// mix is the finaliser of SplitMix64 (Steele et al. 2014): a bijection whose
// every output bit depends on every input bit.
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
