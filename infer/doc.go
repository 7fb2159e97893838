// Package infer turns a trained model and a dataset into what people want to
// look at: single-trial firing rates, factors, inferred inputs.
//
// LFADS gives a distribution for each trial, not a number. 50 samples are drawn
// from the posterior of the initial condition and of the inferred inputs, each
// is run through the generator, and the outputs are averaged: rates, not log
// rates (Pandarinath et al. 2018). Dropout and augmentation are off.
//
// Rates of several models of the same trials can be averaged ([Averaging]); their
// factors and inputs cannot, for each model has its own.
//
// Package outputs writes them to a file, whose names are those of lfads-torch; see
// Write.
package infer
