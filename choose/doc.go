// Package choose makes the final choice of a search.
//
// A search scores each member at the end of each epoch by one posterior sample of each
// validation trial, smoothed, and takes the lowest of hundreds of such scores: that one
// was lucky, too. And it cannot score what it did not train: a mean of weights. So at the
// end of a search its best models and the means (package pbt says which, [pbt.Final]) are
// scored anew on the validation trials, with the same posterior draws each
// ([work.Review]): differences between models are then free of the luck of the draw, and
// their standard errors over trials say how much they mean. The lowest score is chosen.
//
// All follows from the results on disk and the run's seed: the choice has the same bytes
// however often it is made. A search that goes on forgets it.
package choose
