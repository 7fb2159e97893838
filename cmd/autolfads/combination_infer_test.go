package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/hdf5"
)

// inferred checks rates that are inferred afterwards.
func (r *judge) inferred() error {
	from, data := r.out, r.data
	rates := filepath.Join(r.dir, "rates.h5")
	s, other := r.otherSizes()
	if other {
		data = filepath.Join(r.dir, "other.h5")
		if err := r.recordOther(data, s); err != nil {
			return err
		}
	}
	if r.is("infer", "the file by its checkpoint") {
		from = filepath.Join(r.out, "best", "checkpoint.safetensors")
	}
	args := []string{"infer", from, data, "--out", rates, "--threads", r.combination["threads"]}
	if r.is("infer", "one array") && s.external > 0 {
		return r.lacksInputs(args)
	}
	if r.is("infer", "an ensemble") {
		return r.ensemble(args, rates, s)
	}
	if _, err := r.succeeds(args...); err != nil {
		return err
	}
	if err := r.checkRates(rates, s); err != nil || other {
		return err
	}
	return sameArrays(filepath.Join(r.out, "outputs", "tiny.h5"), rates)
}

// ensemble infers with the model and a copy of it: their mean is what the model says alone,
// bit for bit, whatever is averaged.
func (r *judge) ensemble(args []string, rates string, s sizes) error {
	again, err := copyOfBest(r.out)
	if err != nil {
		return err
	}
	defer os.Remove(again)
	if _, err := r.succeeds(append(args, "--ensemble", again)...); err != nil {
		return err
	}
	if err := r.checkRates(rates, s); err != nil {
		return err
	}
	own := filepath.Join(r.out, "outputs", "tiny.h5")
	return errors.Join(sameArrays(own, rates), sameArraysIn(own, rates, "single/"))
}

// copyOfBest is a copy of a run's best model in its folder.
func copyOfBest(run string) (path string, err error) {
	path = filepath.Join(run, "again.safetensors")
	state, err := os.ReadFile(filepath.Join(run, "best", "checkpoint.safetensors"))
	if err != nil {
		return "", err
	}
	return path, os.WriteFile(path, state, 0o666)
}

// otherSizes are those of the recording to infer, if it is not the run's.
func (r *judge) otherSizes() (s sizes, other bool) {
	s = r.sizes()
	switch r.combination["infer"] {
	case "more trials":
		s.train, s.valid = s.train+3, s.valid+1
	case "more bins":
		s.bins += 2
	case "fewer bins":
		s.bins--
	case "test trials alone", "one array":
		s.train, s.valid, s.test = 0, 0, 3
	}
	return s, s != r.sizes()
}

// recordOther writes it; one array holds the spikes read alone.
func (r *judge) recordOther(path string, s sizes) error {
	if !r.is("infer", "one array") {
		return r.record(path, s)
	}
	w, err := hdf5.Create(path)
	if err != nil {
		return err
	}
	defer w.Abort()
	counts := make([]float64, s.test*s.bins*s.heldIn)
	for i := range counts {
		counts[i] = r.least() + float64(i%3)
	}
	counts, shape := inOrder(r.combination["axes"], counts, []int{s.test, s.bins, s.heldIn})
	if err := w.Write("spikes", counts, shape); err != nil {
		return err
	}
	return w.Close()
}

// lacksInputs runs infer on a file without the external inputs that the model
// reads.
func (r *judge) lacksInputs(args []string) error {
	got := execute(r.t, command(args...))
	if got.code != exitError || !strings.Contains(got.stderr, "external input") || strings.Contains(got.stderr, "panic:") {
		return fmt.Errorf("infer does not say that external inputs are missing: exit code %d: %s\nby autolfads %s", got.code, got.stderr, quoted(args))
	}
	return nil
}

// sameArrays compares the data sets at the top of two HDF5 files, bit by bit.
func sameArrays(a, b string) error {
	f, err := hdf5.Open(a)
	if err != nil {
		return err
	}
	defer f.Close()
	g, err := hdf5.Open(b)
	if err != nil {
		return err
	}
	defer g.Close()
	keys := arraysAtTop(g)
	if !slices.Equal(f.Root().Keys(), keys) {
		return fmt.Errorf("%s has %v, %s has %v", a, f.Root().Keys(), b, keys)
	}
	return sameAt(f, g, keys, "")
}

// arraysAtTop are all but the group that an ensemble's file has beside.
func arraysAtTop(f *hdf5.File) []string {
	return slices.DeleteFunc(f.Root().Keys(), func(key string) bool { return key == "single" })
}

// sameArraysIn compares the data sets in a group of b with those of the same names at the
// top of a.
func sameArraysIn(a, b, group string) error {
	f, err := hdf5.Open(a)
	if err != nil {
		return err
	}
	defer f.Close()
	g, err := hdf5.Open(b)
	if err != nil {
		return err
	}
	defer g.Close()
	in, err := g.Root().Group(strings.TrimSuffix(group, "/"))
	if err != nil {
		return err
	}
	if !slices.Contains(in.Keys(), "train_output_params") {
		return fmt.Errorf("%s of %s has %v", group, b, in.Keys())
	}
	return sameAt(f, g, in.Keys(), group)
}

// sameAt compares data sets of f with those of the same names in a group of g.
func sameAt(f, g *hdf5.File, keys []string, group string) error {
	for _, key := range keys {
		x, err := bitsOf(f, key)
		y, err2 := bitsOf(g, group+key)
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		if !slices.Equal(x, y) {
			return fmt.Errorf("%s differs from %s%s", key, group, key)
		}
	}
	return nil
}

func bitsOf(f *hdf5.File, key string) ([]uint64, error) {
	d, err := f.Root().Dataset(key)
	if err != nil {
		return nil, err
	}
	values, err := d.Float64s()
	bits := make([]uint64, len(values))
	for i, v := range values {
		bits[i] = math.Float64bits(v)
	}
	return bits, err
}
