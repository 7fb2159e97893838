// Package checkpoint keeps a member on disk: its parameters, the moments of
// its Adam optimiser, the running average of its parameters where it keeps one,
// its score and its place in training. Nothing else is
// needed to go on with the same bits, because random numbers are functions of
// where training stands (package rng) and not a stored stream.
//
// A file has the safetensors layout, which many tools read:
//
//	8 bytes   length n of the header, little-endian
//	n bytes   JSON: {"params/NAME": {"dtype": "F32", "shape": [..], "data_offsets": [from, to]}, ...,
//	          "__metadata__": {"epoch": "105", "score": "0.0780", ...}}
//	the rest  float32 values, little-endian
//
// with tensors params/NAME, adam_m/NAME and adam_v/NAME for every NAME, and, of a
// member that keeps an average, average/NAME: the weights it is validated and
// inferred with ([State.Weights]). Floats in the metadata are decimal numbers that
// read back to the same bits; a NaN is written with its bits. "mean_of" is there if the
// parameters are the mean of members' weights, whom it names ("7/0 7/3": generation 7,
// members 0 and 3): such a state is inferred from and not trained on, and its moments are
// 0. The metadata's "sha256" is the checksum of the
// whole file with its own 64 digits set to 0; a file cut short or changed is
// refused.
package checkpoint
