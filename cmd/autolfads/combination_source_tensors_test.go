package main

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/autolfads/autolfads/hdf5"
)

// tensors are the arrays of an HDF5 file by name, and words of its attributes, with the
// unit of each array under its name.
type tensors struct {
	path   string
	shape  map[string][]int
	values map[string][]float64
	words  map[string][]string
}

// readTensors reads the top of a file, and its group continuous.
func readTensors(path string) (*tensors, error) {
	f, err := hdf5.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	a := &tensors{path, map[string][]int{}, map[string][]float64{}, map[string][]string{}}
	for _, key := range f.Root().Keys() {
		keys := []string{key}
		if g, none := f.Root().Group(key); none == nil {
			keys = g.Keys()
			for i, name := range keys {
				keys[i] = key + "/" + name
			}
		}
		for _, key := range keys {
			err = errors.Join(err, a.add(f, key))
		}
	}
	return a, errors.Join(err, a.name(f))
}

// name reads what units, behaviour and conditions are called.
func (a *tensors) name(f *hdf5.File) error {
	for _, name := range []string{"unit_ids", "set_aside_ids", "behavior_names", "conditions", "scale_unit"} {
		attr, err := f.Root().Attr(name)
		if err != nil {
			continue // there is none
		}
		if a.words[name], err = attr.Strings(); err != nil {
			return err
		}
	}
	return nil
}

func (a *tensors) add(f *hdf5.File, key string) error {
	d, err := f.Root().Dataset(key)
	if err != nil {
		return err
	}
	if unit, none := d.Attr("unit"); none == nil {
		if a.words[key], err = unit.Strings(); err != nil {
			return err
		}
	}
	a.shape[key] = d.Shape()
	a.values[key], err = d.Float64s()
	return err
}

// has looks that an array is of a shape.
func (a *tensors) has(key string, shape ...int) error {
	if !slices.Equal(a.shape[key], shape) {
		return fmt.Errorf("%s: %s has shape %v, want %v", a.path, key, a.shape[key], shape)
	}
	return nil
}

// all puts the arrays of all splits together.
func (a *tensors) all(key string) (values []float64) {
	for _, split := range []string{"train", "valid", "test"} {
		values = append(values, a.values[split+"_"+key]...)
	}
	return values
}

// sameTensors looks that two files have the same arrays, bit by bit, and names.
func sameTensors(one, two string) error {
	a, err := readTensors(one)
	if err != nil {
		return err
	}
	b, err := readTensors(two)
	if err != nil {
		return err
	}
	if !maps.EqualFunc(a.words, b.words, slices.Equal) || !maps.EqualFunc(a.shape, b.shape, slices.Equal) {
		return fmt.Errorf("%s has %v of %v, %s %v of %v", one, a.words, a.shape, two, b.words, b.shape)
	}
	for key, values := range a.values {
		for i, v := range values {
			if math.Float64bits(v) != math.Float64bits(b.values[key][i]) {
				return fmt.Errorf("%s: number %d of %s is %g, of %s %g", one, i, key, v, two, b.values[key][i])
			}
		}
	}
	return nil
}
