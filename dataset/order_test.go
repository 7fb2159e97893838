package dataset

import (
	"reflect"
	"slices"
	"testing"
)

// heldInFile has the neurons of recon at places read in, over the first bins.
func heldInFile(places []int, bins int, change func(split string, recon *Array)) file {
	f := file{}
	for split, trials := range map[string]uint64{"train": 24, "valid": 8} {
		recon := made(1, trials, 40, 12)
		if change != nil {
			change(split, recon)
		}
		encod := NewArray(recon.Trials, bins, len(places))
		truth := NewArray(recon.Trials, recon.Bins, recon.Features)
		for trial := range recon.Trials {
			for bin := range recon.Bins {
				for i, v := range recon.Bin(trial, bin) {
					truth.Bin(trial, bin)[i] = v + float32(i)
				}
				if bin < bins && bin < encod.Bins {
					for i, p := range places {
						encod.Bin(trial, bin)[i] = recon.Bin(trial, bin)[p]
					}
				}
			}
		}
		f[split+"_encod_data"], f[split+"_recon_data"], f[split+"_truth"] = entryOf(encod), entryOf(recon), entryOf(truth)
	}
	return f
}

// Held-in neurons come first wherever they stand in the file; silent and equal
// ones go by place.
func TestHeldInNeuronsAreFound(t *testing.T) {
	silent := func(places ...int) func(string, *Array) {
		return func(_ string, a *Array) {
			for i := range a.Data {
				if slices.Contains(places, i%a.Features) {
					a.Data[i] = 0
				}
			}
		}
	}
	twins := func(a, b int) func(string, *Array) {
		return func(_ string, x *Array) {
			for i := 0; i < len(x.Data); i += x.Features {
				x.Data[i+a] = x.Data[i+b]
			}
		}
	}
	for name, c := range map[string]struct {
		places []int
		bins   int
		change func(string, *Array)
		order  []int // nil: as in the file
	}{
		"first":               {[]int{0, 1, 2, 3}, 40, nil, nil},
		"all":                 {[]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 40, nil, nil},
		"last":                {[]int{3, 4, 5, 6, 7, 8, 9, 10, 11}, 40, nil, []int{3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2}},
		"scattered":           {[]int{10, 2, 5}, 40, nil, []int{10, 2, 5, 0, 1, 3, 4, 6, 7, 8, 9, 11}},
		"before forward bins": {[]int{4, 5, 6}, 30, nil, []int{4, 5, 6, 0, 1, 2, 3, 7, 8, 9, 10, 11}},
		"silent, first":       {[]int{0, 1, 2, 3}, 40, silent(1, 7), nil},
		"silent, last":        {[]int{8, 9, 10, 11}, 40, silent(1, 9, 11), []int{8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7}},
		"silent at the start": {[]int{3, 4, 5}, 40, silent(0, 1, 3, 4), []int{3, 4, 5, 0, 1, 2, 6, 7, 8, 9, 10, 11}},
		"equal":               {[]int{8, 9, 10}, 40, twins(2, 9), []int{8, 9, 10, 0, 1, 2, 3, 4, 5, 6, 7, 11}},
	} {
		t.Run(name, func(t *testing.T) {
			d := load(t, heldInFile(c.places, c.bins, c.change), nil, Options{TruthUnit: TruthCount})
			if err := d.Check(counted); err != nil || !reflect.DeepEqual(d.Order, c.order) {
				t.Fatalf("%v, order %v, want %v", err, d.Order, c.order)
			}
			for _, s := range d.splits() {
				for i, v := range s.Recon.Data {
					trial, bin, n := s.Recon.place(i)
					if n < len(c.places) && bin < c.bins && s.Encod.Bin(trial, bin)[n] != v || s.Truth.Data[i] != v+float32(d.InFile(n)) {
						t.Fatalf("%s: trial %d, bin %d: neuron %d is another", s.name, trial, bin, n)
					}
				}
			}
		})
	}
}

// Neurons read that equal none reconstructed are an error, unless that is meant.
func TestHeldInNeuronsThatDiffer(t *testing.T) {
	f := heldInFile([]int{3, 4, 5}, 40, nil)
	encod := f["train_encod_data"].data.([]float32)
	encod[1] += 2
	for differs, says := range map[bool]string{
		false: "1 of 3 neurons of train_encod_data equal none of train_recon_data (the first: neuron 1)|--encod-differs (data.encod_differs)", true: "",
	} {
		d := load(t, f, nil, Options{EncodDiffers: differs, TruthUnit: TruthCount})
		err := d.Check(counted)
		if (err == nil) != differs || err != nil && !saysAll(err.Error(), says) || d.Order != nil {
			t.Errorf("differs %v: %v, order %v", differs, err, d.Order)
		}
	}
	encod[1] = -1 // what no count can be is said first
	if err := load(t, f, nil, Options{TruthUnit: TruthCount}).Check(counted); err == nil || !saysAll(err.Error(), "train_encod_data: trial 0, bin 0, neuron 1 is -1") {
		t.Error(err)
	}
}

// Arrays that are the same are held once.
func TestSameArraysAreHeldOnce(t *testing.T) {
	a, b := made(1, 24, 40, 12), made(1, 8, 40, 12)
	f := file{
		"train_encod_data": entryOf(a), "train_recon_data": entryOf(a), "valid_encod_data": entryOf(b), "valid_recon_data": entryOf(made(1, 8, 40, 12)),
	}
	if d := load(t, f, nil, Options{}); d.Train.Encod != d.Train.Recon || d.Valid.Encod != d.Valid.Recon {
		t.Error("equal arrays are held twice")
	}
	b.Data[17]++
	if d := load(t, f, nil, Options{}); d.Train.Encod != d.Train.Recon || d.Valid.Encod == d.Valid.Recon || d.Valid.Encod.Data[17] != b.Data[17] {
		t.Error("arrays that differ are held once")
	}
}
