package main

import "github.com/autolfads/autolfads"

// dataFlags say what a data file may leave open.
type dataFlags struct {
	BinMs     float64 `help:"Bin width in ms, if the file does not say it." placeholder:"MS"`
	TruthUnit string  `help:"Unit of the file's true rates: hz or count." enum:",hz,count" default:"" placeholder:"UNIT"`
}

func (f *dataFlags) dataConfig() autolfads.DataConfig {
	return autolfads.DataConfig{BinMs: f.BinMs, TruthUnit: f.TruthUnit}
}
