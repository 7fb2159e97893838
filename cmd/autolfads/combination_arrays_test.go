package main

import (
	"slices"
	"strings"

	"github.com/autolfads/autolfads/hdf5"
)

// inFileOrder puts neurons, held-in first, where the file has them.
func (r *recorder) inFileOrder(a []float64) []float64 {
	if !r.is("held-in neurons lie", "in reverse") {
		return a
	}
	n := r.neurons()
	reversed := make([]float64, len(a))
	for i, v := range a {
		reversed[i-i%n+n-1-i%n] = v
	}
	return reversed
}

// array writes what does not count spikes.
func (r *recorder) array(key string, trials, bins, features int, value func(trial, bin, feature int) float64) {
	r.write(key, r.make(trials, bins, features, value), r.ofNumbers(), []int{trials, bins, features})
}

// ofNumbers is how what does not count spikes is stored.
func (r *recorder) ofNumbers() string {
	if r.is("stored as", "float32") {
		return "float32"
	}
	return "float64"
}

// windows says of trials that they are windows of a continuous recording, each third of
// which lies in the next, and which; if they are.
func (r *recorder) windows(split string, trials int) {
	if !r.is("made of", "windows") {
		return
	}
	step := r.bins - r.bins/3
	starts := make([]int64, trials)
	for i, id := range r.ids[:trials] {
		starts[i] = id * int64(step)
	}
	r.do(r.w.Write(split+"_start_bin", starts, []int{trials}))
	if split != "train" {
		return
	}
	for name, value := range map[string]any{
		"chop_window_bins": int64(r.bins), "chop_overlap_bins": int64(r.bins / 3), "chop_power": 2., "chop_origin_s": 0.,
		"chop_bins": int64(step*(r.train+r.valid+r.test) + r.bins/3),
	} {
		r.do(r.w.SetAttr("/", name, value))
	}
}

func (r *recorder) spikes(key string, a []float64, trials, bins, neurons int) {
	r.write(key, a, r.combination["stored as"], []int{trials, bins, neurons})
}

func (r *recorder) write(key string, a []float64, stored string, shape []int) {
	r.spoil(key, a)
	a, shape = inOrder(r.combination["axes"], a, shape)
	if r.is("behaviour", "one, of all bins") && strings.HasSuffix(key, "_behavior") {
		features := slices.Index(axesOf(r.combination["axes"]), 2)
		shape = slices.Delete(shape, features, features+1)
	}
	var options []hdf5.Option
	switch r.combination["storage"] {
	case "compressed":
		options = []hdf5.Option{hdf5.Gzip(4), hdf5.Shuffle()}
	case "chunks":
		chunk := slices.Repeat([]int{1}, len(shape))
		chunk[0], chunk[1] = (shape[0]+1)/2, shape[1]
		options = []hdf5.Option{hdf5.Chunk(chunk...)}
	}
	r.do(r.w.Write(key, stores[stored](a), shape, options...))
}

// axesOf reads an order of axes: for each of the file's, which of trials, bins
// and neurons it is.
func axesOf(order string) []int {
	axes := []int{0, 1, 2}
	if names := strings.Split(order, ","); len(names) == 3 {
		for i, name := range names {
			axes[i] = slices.Index([]string{"trials", "bins", "neurons"}, name)
		}
	}
	return axes
}

// inOrder brings an array of trials x bins x features into another order.
func inOrder(order string, a []float64, shape []int) ([]float64, []int) {
	axes := axesOf(order)
	stride := []int{shape[1] * shape[2], shape[2], 1}
	other := []int{shape[axes[0]], shape[axes[1]], shape[axes[2]]}
	out := make([]float64, 0, len(a))
	for i := range other[0] {
		for j := range other[1] {
			for k := range other[2] {
				out = append(out, a[i*stride[axes[0]]+j*stride[axes[1]]+k*stride[axes[2]]])
			}
		}
	}
	return out, other
}

// stores are the numbers that a recording may be stored as.
var stores = map[string]func([]float64) any{
	"int8": as[int8], "uint8": as[uint8], "uint16": as[uint16], "int64": as[int64], "float32": as[float32], "float64": as[float64],
}

func as[T int8 | uint8 | uint16 | int64 | float32 | float64](a []float64) any {
	b := make([]T, len(a))
	for i, v := range a {
		b[i] = T(v)
	}
	return b
}
