// Package rng makes random numbers that are functions of what they are for.
//
// A generator with a hidden state ties every draw to the order of all draws
// before it: change the number of threads, resume a run, or reorder trials,
// and the numbers change. Here nothing is remembered. A Key is derived from
// the seed, the purpose (dropout, posterior noise, shuffling, ...) and what
// identifies the draw (member, generation, epoch, step, trial); a number
// is then a function of the key, the bin and the feature alone.
//
// The function is Philox4x32-10 (Salmon et al. 2011, "Parallel random
// numbers: as easy as 1, 2, 3"): ten rounds of multiplication over a counter
// of four 32-bit words, with a 64-bit key. internal/kernel computes the same
// function for a whole block of trials at once.
package rng
