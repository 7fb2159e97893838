// Package autolfads is AutoLFADS as a whole: from a data file to firing rates.
//
// It puts together what the packages below it do: package dataset reads a
// recording, package train trains one model (package lfads) on it, package pbt
// searches hyper-parameters over a population of them, package run keeps the
// search on disk so that it survives anything, package infer averages posterior
// samples of the best model, package evaluate scores them.
//
// The command autolfads is a thin layer over this package; a Go program can do
// the same:
//
//	config := autolfads.DefaultConfig()
//	outcome, err := autolfads.Start(ctx, autolfads.Job{
//		Data: "recording.h5", Out: "results", Config: config, Search: autolfads.PBT,
//	})
//
// What rates are worth, beside those of other methods and programs:
//
//	_, err := autolfads.EstimateBaseline(ctx, autolfads.Baseline{
//		Name: "gpfa", Method: baseline.GPFA{}, Data: "recording.h5", Out: "gpfa.h5",
//	})
//	e, err := autolfads.Evaluate(ctx, autolfads.Evaluation{Files: []string{"results", "gpfa.h5"}, Draws: 1000})
//	fmt.Println(e.InWords, e.Score(evaluate.NameCo).Interval)
//
// Sources: Keshtkaran, Sedler et al. 2022 (AutoLFADS); Pandarinath et al. 2018
// (LFADS); Keshtkaran and Pandarinath 2019 (coordinated dropout); Jaderberg et
// al. 2017 (population-based training).
package autolfads
