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
// # Implementations
//
// An implementation is a row of functions (table.go): portable Go, AVX2 and
// AVX-512. The public functions check every length and panic with the numbers,
// call the row in use, and see to the elements that fill no whole vector: these
// go through a padded copy and the same function (tail.go), so a value never
// depends on its place.
//
// Portable Go defines what every function computes. Assembly, written by
// internal/kernel/gen, computes the same with fused multiply-adds. AVX2 and
// AVX-512 give the same bits: every output element is one chain of operations
// whose order does not depend on the width of a register. Portable Go rounds
// products before adding them and so differs from assembly in the last bits.
// testdata/bits.txt holds all machines to the same bits.
//
// To add an implementation: write its functions and its row in a file of its own,
// as avx2_amd64.go, and name the row in assembled of tables_GOARCH.go, before
// those that it beats (a new architecture: beside tables_other.go, which then
// leaves it out). What it does not do better, the row borrows from another. Its
// bits are those of a row whose every bit it gives, or a new class, for which
// go test -update adds lines to bits.txt. All tests run it.
//
// To add a kernel: write its portable function, a field of table, an entry in
// each row, and the public function: shape check, row, tail. Call it in outputs
// of golden_test.go (a test finds fields that this misses), compare it with
// float64 in a test that eachLevel runs at all tails before a fence, and add it
// to TestNoAllocation.
//
// Functions here take slices and their shapes as arguments side by side, nine at
// most, as BLAS does: they are called in few places, where names say what is what,
// and a struct of them would be filled for each bin of each block.
//
// The environment variable AUTOLFADS_CPU (avx512, avx2, portable) forces one.
package kernel
