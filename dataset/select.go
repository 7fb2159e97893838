package dataset

import "math"

// Pick returns a copy of some trials, in the order given.
func (a *Array) Pick(trials []int) *Array {
	out := NewArray(len(trials), a.Bins, a.Features)
	for i, trial := range trials {
		copy(out.Trial(i), a.Trial(trial))
	}
	return out
}

// OneIn returns a copy of every n-th trial, from the first on; a itself for n = 1.
func (a *Array) OneIn(n int) *Array {
	if n == 1 {
		return a
	}
	out := NewArray((a.Trials+n-1)/n, a.Bins, a.Features)
	for i := range out.Trials {
		copy(out.Trial(i), a.Trial(i*n))
	}
	return out
}

// Columns returns a copy of some features, in the order given. Zeros are not written,
// for what is not written takes no memory.
func (a *Array) Columns(features []int) *Array {
	out := NewArray(a.Trials, a.Bins, len(features))
	for row := range a.Trials * a.Bins {
		for i, f := range features {
			if v := a.Data[row*a.Features+f]; math.Float32bits(v) != 0 {
				out.Data[row*len(features)+i] = v
			}
		}
	}
	return out
}

// Part returns a copy of so many bins and features of all trials, from some on.
func (a *Array) Part(fromBin, bins, fromFeature, features int) *Array {
	out := NewArray(a.Trials, bins, features)
	for trial := range a.Trials {
		for bin := range bins {
			copy(out.Bin(trial, bin), a.Bin(trial, fromBin+bin)[fromFeature:])
		}
	}
	return out
}

// FirstBins returns the first bins of every trial; a itself if it has no more.
func (a *Array) FirstBins(bins int) *Array {
	if a.Bins == bins {
		return a
	}
	return a.Part(0, bins, 0, a.Features)
}

// Bytes is how much memory the numbers take; of a shape alone, would take.
func (a *Array) Bytes() int64 { return 4 * int64(a.Trials) * int64(a.Bins) * int64(a.Features) }
