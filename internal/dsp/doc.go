// Package dsp is what signals need on their way to bins: low-pass filters with a
// finite response and decimation without aliases, Butterworth filters that leave
// things where they are in time, as SciPy's signal package has them.
//
//	taps := dsp.LowPass(5)                // from 1 kHz to 200 Hz
//	slow := dsp.Decimate(fast, 5, taps)   // slow[m] is the filtered signal at fast[5*m]
//
// It knows no recordings: samples are numbers in a slice, evenly spaced.
package dsp
