package ingesttest

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// SampleRate is the rate of the clock that Sample's spikes are on, in Hz: formats
// that store samples have the same times.
const SampleRate = 30000

// Sample is the recording that every format must give back. Its units are in
// ascending order, their ids whole numbers that are no places; one has no spikes,
// two have spikes at the same time. Trials have times, one of them unknown, words,
// numbers and truths; the streams are one sampled evenly and one with a clock.
func Sample() *dataset.Recording {
	return &dataset.Recording{
		Name: "sample",
		Units: dataset.Units{
			IDs: []string{"3", "4", "7", "12", "20"},
			Spikes: dataset.SpikeTrains{
				train(40, 11), train(200, 29), {}, train(3, 4001), train(77, 53),
			},
		},
		Intervals: []*dataset.Table{trials()},
		Streams:   []*dataset.Stream{velocity(), eye()},
	}
}

// train is spikes at samples that a fixed rule spreads over some 2 s.
func train(n, stride int) []float64 {
	times := make([]float64, n)
	at := stride
	for i := range times {
		times[i] = float64(at) / SampleRate
		at += 1 + (i*i*stride+7*i)%(2*60000/(n+1))
	}
	return times
}

func trials() *dataset.Table {
	return &dataset.Table{Name: dataset.TrialsTable, Rows: 4, Columns: []*dataset.Column{
		{Name: dataset.ColumnStart, Numbers: []float64{.125, .5, 1, 1.5}},
		{Name: dataset.ColumnStop, Numbers: []float64{.375, .875, 1.25, 1.875}},
		{Name: "go_cue_time", Numbers: []float64{.25, .625, math.NaN(), 1.625}},
		{Name: "target", Words: []string{"left", "right", "left", "up, then down"}},
		{Name: "reward", Flags: []bool{true, false, true, true}},
		{Name: "angle", Numbers: []float64{0, 90, 180, -45.5}},
	}}
}

// velocity is a stream of two features, 250 Hz from .1 s on.
func velocity() *dataset.Stream {
	values := make([]float64, 2*500)
	for i := range values {
		values[i] = float64((i*37)%101)/8 - 5
	}
	return &dataset.Stream{
		Name: "hand_vel", Unit: "mm/s", Features: 2,
		Data: dataset.Values{Data: values, Width: 2}, Start: .125, Rate: 250,
	}
}

// eye is a stream of one feature with a clock that has a gap.
func eye() *dataset.Stream {
	const n = 90
	values, clock := make([]float64, n), make([]float64, n)
	for i := range values {
		values[i] = float64(i%17) / 4
		clock[i] = float64(i) / 64
		if i >= 50 {
			clock[i]++
		}
	}
	return &dataset.Stream{
		Name: "eye_x", Unit: "deg", Features: 1,
		Data: dataset.Values{Data: values, Width: 1}, Clock: dataset.Values{Data: clock, Width: 1},
	}
}
