// Package bench times training steps, and averages over posterior samples, of
// standard shapes and compares the steps with the peak of the machine they run
// on.
//
// A step is forward with coordinated dropout and dropout, loss, backward,
// clipping by the global norm, Adam. Its operations are counted as 3 x those of
// the forward matrix products (2 m k n each), densely, with the encoders'
// input gradient included whether it is computed or not: so a figure says how
// far the step is from what a dense implementation could reach at best. Sums
// over spikes leave operations out: with them a share can pass 100 %.
//
// The peak is that of float32 fused multiply-adds on one core, from registers,
// measured in the same run: a share is comparable between machines, and a busy
// machine shows as a low peak.
package bench
