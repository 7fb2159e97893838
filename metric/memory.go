package metric

import (
	"runtime"

	"github.com/autolfads/autolfads/dataset"
)

// Memory returns what a [ByTrial] of rates holds at most, in bytes, while it is drawn
// from: that of PSTHs, with products as large as the rates, and for each core the
// means of a condition; or that of R2, whose sums of trials and neurons are larger
// where trials have few bins.
func Memory(rates *dataset.Array) int64 {
	trials, bins, neurons := int64(rates.Trials), int64(rates.Bins), int64(rates.Features)
	cores := int64(runtime.GOMAXPROCS(0))
	const ofMoments, ofFloat, ofRate = 48, 8, 4
	sums := ofMoments * (trials + cores + 1) * neurons
	means := cores * ofFloat * (2*bins*neurons + bins*bins)
	counts := ofFloat * (cores + 4) * trials
	return sums + means + counts + ofRate*trials*bins*neurons
}
