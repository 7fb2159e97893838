// Package kernel is the arithmetic of a training step: matrix products, sums
// over the elements of sparse input, gates, masks, normal numbers, losses and
// the optimiser over float32 in the blocked layout.
//
// # Layout
//
// A batch of trials is cut into blocks of w trials, w = 32, 16, 8 or 1. Within a
// block every activation lies as [time][feature][w]: one vector register holds
// the same feature of neighbouring trials. So an activation is a matrix
// operand as it lies, gates are elementwise over contiguous memory, and a
// block runs through all its time bins without knowing of other blocks. A trial
// that is left over has a block of its own (w = 1), whose products hold rows of
// the weights in a register instead.
//
// A mask has a bit for each element, [feature][MaskBytes(w)].
//
// Weights are packed once per step into panels of 12 rows (Packed) and reused
// for every bin of every block; weights of sparse input also in panels of 16
// columns (AddRows).
//
// # Three implementations
//
// The portable Go in this package defines what every function computes.
// Assembly for AVX2 and AVX-512, written by internal/kernel/gen, computes the
// same with fused multiply-adds. The two give the same bits: every output
// element is one chain of operations whose order does not depend on the width
// of a register. Portable Go rounds products before adding them and so differs
// from assembly in the last bits.
//
// Assembly reads and writes exactly what the functions here say; these check
// every length and panic with the numbers. Elements that fill no whole vector
// go through a padded copy and the same instructions, so a value never depends
// on its place. testdata/bits.txt holds all machines to the same bits.
//
// The environment variable AUTOLFADS_CPU (avx512, avx2, portable) forces one.
package kernel
