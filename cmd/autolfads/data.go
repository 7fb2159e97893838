package main

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// dataFlags say what a data file may leave open.
type dataFlags struct {
	BinMs     float64 `help:"Bin width in ms, if the file does not say it." placeholder:"MS"`
	TruthUnit string  `help:"Unit of the file's true rates: hz or count." enum:",hz,count" default:"" placeholder:"UNIT"`
}

func (f *dataFlags) options() dataset.Options {
	return dataset.Options{
		BinWidth:  time.Duration(f.BinMs * float64(time.Millisecond)),
		TruthUnit: dataset.TruthUnit(f.TruthUnit),
	}
}

// load reads a data file.
func (f *dataFlags) load(path string) (*dataset.Dataset, error) {
	if f.BinMs < 0 {
		return nil, fmt.Errorf("--bin-ms is %v: it must be positive", f.BinMs)
	}
	return dataset.Load(path, f.options())
}
