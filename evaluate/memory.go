package evaluate

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

// Memory returns what Scores holds at most, in bytes, beside the dataset and
// what was inferred, for a model of so many factors.
func Memory(d *dataset.Dataset, factors int) int64 {
	most := ofCounts(d)
	if d.Train.Truth != nil && d.Valid.Truth != nil {
		of := smoothedMemory(d) + 2*some(d.Train.Truth).Bytes() // rates mixed with means, too
		if d.Missing() != nil {                                 // true rates where nothing was observed
			of += d.Train.Truth.Bytes() + d.Valid.Truth.Bytes()
		}
		most = max(most, of)
	}
	if y := d.Train.Latents; y != nil && d.Valid.Latents != nil {
		most = max(most, decodedMemory(d, y, d.Valid.Latents, factors))
	}
	if y := d.Train.Behavior; y != nil && d.Valid.Behavior != nil {
		most = max(most, decodedMemory(d, y, d.Valid.Behavior, d.Train.Recon.Features))
	}
	most = max(most, fewShotMemory(d, factors))
	return most + metric.Memory(d.Valid.Recon) + d.Valid.Recon.Bytes() // of draws; of the baseline that predicts what is not read
}

// ofCounts is what scores of counts take beside what they are compared with: bits per
// spike of smoothing, the baseline of what is not read, PSTHs.
func ofCounts(d *dataset.Dataset) int64 {
	if d.BinWidth == 0 {
		return 0
	}
	others := 4*some(d.Train.Recon).Bytes() + d.Valid.Recon.Bytes()
	regression := 2*d.Train.Recon.Bytes() + d.Valid.Recon.Bytes()
	psths := int64(0)
	if d.Train.Condition != nil && d.Valid.Condition != nil {
		psths = smoothedMemory(d)
	}
	return max(others, regression, psths)
}

// decodedMemory is what a decoder of so many inputs takes, and that of smoothed spikes.
func decodedMemory(d *dataset.Dataset, train, valid *dataset.Array, inputs int) int64 {
	targets := 2 * (train.Bytes() + 2*valid.Bytes()) // outputs that vary, of them and among all
	bins := train.Trials * train.Bins
	most := decode.Memory(bins, inputs, train.Features)
	if d.BinWidth != 0 {
		most = max(most, smoothedMemory(d)+decode.Memory(bins, d.Train.Recon.Features, train.Features))
	}
	return most + targets
}

// smoothedMemory is what smoothed spikes take: those that choose a kernel, before
// and after, then all.
func smoothedMemory(d *dataset.Dataset) int64 {
	if d.BinWidth == 0 {
		return 0
	}
	choice := 2 * 2 * some(d.Train.Recon).Bytes() // one kernel's while the last one's are garbage
	return max(choice, d.Train.Recon.Bytes()+d.Valid.Recon.Bytes())
}

// some has the shape of the trials that choose a kernel.
func some(a *dataset.Array) *dataset.Array {
	every := subset(a)
	return &dataset.Array{Trials: (a.Trials + every - 1) / every, Bins: a.Bins, Features: a.Features}
}
