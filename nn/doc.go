// Package nn holds the layers of a recurrent network with explicit forward and
// backward passes: a GRU cell, a unidirectional pass of it over time, linear
// layers with and without row normalisation, dropout.
//
// Activations lie as internal/kernel says: [features][w] for one time bin of a
// block of w trials, [bins][features][w] for a stretch of time. A layer does
// not own activations: the caller keeps what the backward pass needs.
//
// Parameters of a whole model lie in one flat vector. A Layout hands out
// places in it (Tensor); a layer keeps its tensors and, after each optimiser
// step, packs them for the matrix kernels (Prepare). Weights are stored
// transposed, [inputs][outputs], because that is the order in which the
// gradient kernel can write them.
//
// Gradients are accumulated for each block of trials on its own (the *Grad
// types) and added to the flat gradient in block order (AddTo): the sum is
// the same however many threads computed the blocks.
//
// # The GRU cell of LFADS
//
//	z = sigmoid(Wz x + bz + Uz h)
//	r = sigmoid(Wr x + br + Ur h)
//	n = tanh(Wn x + bn + Un (r * h))        the reset gate acts BEFORE the product
//	h' = clip(z * h + (1 - z) * n, -c, c)
//
// (Sussillo et al. 2016; the clip bounds the state of the generator.)
//
// # Sparse input
//
// What encoders read is spikes, mostly zeros. A Sweep takes an Input: dense, or
// as a list of the elements that are not zero (Sparse), for which products and
// weight gradients become sums over the list, with the same bits. The list pays
// up to MaxDensity.
package nn
