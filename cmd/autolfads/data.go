package main

import (
	"strconv"

	"github.com/autolfads/autolfads"
)

// dataFlags say what a data file may leave open.
type dataFlags struct {
	BinMs        float64 `help:"Bin width in ms, if the file does not say it; of a recording, to make (10 if not given)." placeholder:"MS"`
	TruthUnit    string  `help:"Unit of the file's true rates: hz or count." enum:",hz,count" default:"" placeholder:"UNIT"`
	Axes         string  `help:"Order of the axes in the file, if it is not trials,bins,neurons; for example neurons,bins,trials, as MATLAB leaves them." placeholder:"ORDER"`
	EncodDiffers bool    `help:"The spikes read differ on purpose from those reconstructed (*_encod_data from *_recon_data)."`
	DataGroup    string  `help:"Group of the file in which the arrays stand, if there are several data sets in it." placeholder:"NAME"`
	ValidShare   float64 `help:"Share of the trials that validate, where the file does not say which do, or of a recording; .2 if not given." placeholder:"SHARE"`
	SplitSeed    uint64  `help:"Seed of which trials these are, and which neurons are set aside; 0 if not given." placeholder:"SEED"`
	SetAside     float64 `help:"Neurons that models neither read nor reconstruct, for few-shot co-smoothing: a number, or a share below 1, of those read (of a recording, of all units); the seed of the split says which." placeholder:"N"`
	Missing      string  `help:"What NaN among spikes is: hidden (not observed, neither read nor scored; the default) or refuse (an error)." enum:",hidden,refuse" default:"" placeholder:"WORD"`
}

func (f *dataFlags) dataConfig() autolfads.DataConfig {
	return autolfads.DataConfig{
		BinMs: f.BinMs, TruthUnit: f.TruthUnit, Axes: f.Axes, EncodDiffers: f.EncodDiffers, Missing: f.Missing,
		Group: f.DataGroup, ValidShare: f.ValidShare, SplitSeed: f.SplitSeed, SetAside: f.SetAside,
	}
}

// words are the flags as they are typed; those not given are left out.
func (f *dataFlags) words() (words []string) {
	add := func(name, value, none string) {
		if value != none {
			words = append(words, "--"+name, value)
		}
	}
	add("bin-ms", strconv.FormatFloat(f.BinMs, 'f', -1, 64), "0")
	add("truth-unit", f.TruthUnit, "")
	add("axes", f.Axes, "")
	if f.EncodDiffers {
		words = append(words, "--encod-differs")
	}
	add("data-group", f.DataGroup, "")
	add("valid-share", strconv.FormatFloat(f.ValidShare, 'f', -1, 64), "0")
	add("split-seed", strconv.FormatUint(f.SplitSeed, 10), "0")
	add("set-aside", strconv.FormatFloat(f.SetAside, 'f', -1, 64), "0")
	add("missing", f.Missing, "")
	return words
}
