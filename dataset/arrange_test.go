package dataset

import (
	"slices"
	"strings"
	"testing"
)

// Neurons read in another order than the model's come into the model's; equal
// ones stay; others than the model's are refused.
func TestArrange(t *testing.T) {
	trained := []int{4, 1, 3, 0, 2, 5} // the model reads neurons 4, 1 and 3 of its file
	recon := made(3, 6, 20, 6)
	twins := made(3, 6, 20, 6) // of which 1 and 3 fire alike
	for trial := range twins.Trials {
		for bin := range twins.Bins {
			twins.Bin(trial, bin)[3] = twins.Bin(trial, bin)[1]
		}
	}
	for name, c := range map[string]struct {
		recon *Array
		read  []int
		says  string // "": as the model reads them
	}{
		"in its order": {recon, []int{4, 1, 3}, ""},
		"in another":   {recon, []int{3, 4, 1}, ""},
		"twins":        {twins, []int{4, 1, 3}, ""},
		"twins apart":  {twins, []int{3, 4, 1}, ""},
		"others":       {recon, []int{4, 1, 2}, "stand at other places"},
	} {
		encod := pick(c.recon, c.read)
		d := load(t, file{"train_encod_data": entryOf(encod), "train_recon_data": entryOf(pick(c.recon, []int{0, 1, 2, 3, 4, 5}))}, nil, Options{SpikesAlone: true})
		err := d.Arrange(trained)
		if c.says != "" {
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: error %v", name, err)
			}
			continue
		}
		if err != nil || !slices.Equal(d.Order, trained) {
			t.Errorf("%s: error %v, order %v", name, err, d.Order)
			continue
		}
		if !slices.Equal(d.Train.Encod.Data, pick(c.recon, trained[:3]).Data) || !slices.Equal(d.Train.Recon.Data, pick(c.recon, trained).Data) {
			t.Errorf("%s: not the model's neurons", name)
		}
	}
}

// pick returns features of an array, in that order.
func pick(a *Array, features []int) *Array {
	out := NewArray(a.Trials, a.Bins, len(features))
	for trial := range a.Trials {
		for bin := range a.Bins {
			for i, f := range features {
				out.Bin(trial, bin)[i] = a.Bin(trial, bin)[f]
			}
		}
	}
	return out
}
