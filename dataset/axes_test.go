package dataset

import (
	"math"
	"reflect"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

// turn writes an array as a file has it whose axes lie so.
func turn(a *Array, x axes) entry {
	shape := []int{0, 0, 0}
	length := [3]int{a.Trials, a.Bins, a.Features}
	for i, at := range x {
		shape[at] = length[i]
	}
	out := make([]float32, len(a.Data))
	for i, v := range a.Data {
		trial, bin, feature := a.place(i)
		place := [3]int{}
		for j, p := range [3]int{trial, bin, feature} {
			place[x[j]] = p
		}
		out[(place[0]*shape[1]+place[1])*shape[2]+place[2]] = v
	}
	return entry{out, shape}
}

// In any order of axes, a file reads as in the usual one, with what goes with
// the spikes, if the order is said.
func TestAxes(t *testing.T) {
	want := load(t, plausible().with(file{
		"train_behavior": ramp(24, 40, 2), "valid_behavior": ramp(8, 40, 2), "train_ext_input": ramp(24, 40), "valid_ext_input": ramp(8, 40),
	}), nil, Options{})
	for _, x := range append(otherAxes, usualAxes) {
		f := file{}
		for split, trials := range map[string]int{"train": 24, "valid": 8} {
			f[split+"_data"] = turn(made(1, uint64(trials), 40, 12), x)
			f[split+"_behavior"] = turn(array(ramp(trials, 40, 2)), x)
			flat := turn(array(ramp(trials, 40, 1)), x)
			flat.shape = append(flat.shape[:x[2]:x[2]], flat.shape[x[2]+1:]...)
			f[split+"_ext_input"] = flat
		}
		got := load(t, f, nil, Options{Axes: x.String()})
		if !reflect.DeepEqual(got, want) {
			t.Errorf("axes %v: got %v, want %v", x, got.Train.Encod, want.Train.Encod)
		}
	}
}

// Axes in another order are refused with the order that would fit: by shapes,
// and where shapes agree by what the numbers show.
func TestAxesSeen(t *testing.T) {
	of := func(x axes, train, valid uint64) file {
		others := made(3, valid+1, 40, 12).firstTrials(int(valid)) // than those of train
		return file{"train_data": turn(made(3, train, 40, 12), x), "valid_data": turn(others, x)}
	}
	matlab, channels := axes{2, 1, 0}, axes{0, 2, 1}
	for name, c := range map[string]struct {
		file file
		says string
	}{
		"MATLAB":                         {of(matlab, 24, 8), "bins and features must agree|--axes neurons,bins,trials (data.axes)|or bins,neurons,trials"},
		"MATLAB, with behaviour":         {of(matlab, 24, 8).with(file{"train_behavior": turn(array(ramp(24, 40, 2)), matlab)}), "read as neurons,bins,trials|--axes neurons,bins,trials (data.axes)"},
		"MATLAB, as many trials":         {of(matlab, 10, 10), "look like neurons,bins,trials|--axes neurons,bins,trials|if not, --axes trials,bins,neurons"},
		"channels first, as many bins":   {of(channels, 24, 8), "look like trials,neurons,bins|--axes trials,neurons,bins"},
		"channels first, with latents":   {of(channels, 24, 8).with(file{"train_lowd": turn(array(ramp(24, 40, 2)), channels)}), "train_lowd|--axes trials,neurons,bins"},
		"bins, neurons, trials, as many": {of(axes{2, 0, 1}, 10, 10), "look like bins,neurons,trials"},
	} {
		path := c.file.write(t, nil)
		_, err := Load(path, Options{})
		if err == nil || !saysAll(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		if _, err := Load(path, Options{Axes: "trials,bins,neurons"}); err != nil && saysAll(err.Error(), "--axes") {
			t.Errorf("%s, said to be in order: %v", name, err)
		}
	}
	for text, says := range map[string]string{
		"neurons,bins": "trials, bins and neurons, each once", "bins,bins,trials": "each once", "time,neurons,trials": "neurons,bins,trials",
	} {
		if _, err := Load(plausible().write(t, nil), Options{Axes: text}); err == nil || !saysAll(err.Error(), says) {
			t.Errorf("axes %q: %v", text, err)
		}
	}
}

// What is in order is not refused: few trials, bins or neurons, as many of one
// as of another, trials as many in both splits, and neurons all alike.
func TestAxesInOrder(t *testing.T) {
	for seed := range uint64(4) {
		for _, shape := range [][4]int{
			{1, 1, 40, 12}, {24, 8, 1, 12}, {24, 8, 40, 1}, {1, 1, 1, 1}, {12, 12, 12, 12}, {10, 10, 40, 12}, {40, 40, 40, 9}, {30, 30, 12, 40}, {9, 9, 200, 30},
		} {
			train, valid := made(seed, uint64(shape[0]), shape[2], shape[3]), made(seed, uint64(shape[1]), shape[2], shape[3])
			if shape[0] == shape[1] { // other trials than those of train
				valid = made(seed, uint64(shape[1])+1, shape[2], shape[3]).firstTrials(shape[1])
			}
			d := &Dataset{Train: &Split{Encod: train, Recon: train}, Valid: &Split{Encod: valid, Recon: valid}}
			if x, why := d.exchanged(); why != "" {
				t.Errorf("seed %d, %v: taken for %v: %s", seed, shape, x, why)
			}
		}
	}
}

// Neurons sorted by what they are tuned to change as smoothly as bins do, and
// may be alike in rate: that is no reason to refuse them.
func TestSortedNeuronsAreInOrder(t *testing.T) {
	for seed := range uint64(24) {
		draw := rng.NewSource(rng.Derive(seed, rng.Synthesis, 3))
		bins, neurons, width := 8+draw.IntN(40), 8+draw.IntN(60), .05+.3*draw.Float64()
		sequence, common := seed%2 == 0, seed%3 > 0
		sorted := func() *Split {
			a := NewArray(12, bins, neurons)
			for i := range a.Data {
				trial, bin, n := a.place(i)
				x, tuned := float64(bin)/float64(bins), float64(n)/float64(neurons)
				if sequence {
					tuned -= x
				} else {
					tuned -= float64(trial%8) / 8
				}
				rate := .2 * (.1 + 3*math.Exp(-tuned*tuned/width/width))
				if common {
					rate *= .2 + 3*math.Exp(-100*(x-.5)*(x-.5))
				}
				a.Data[i] = poisson(draw, rate)
			}
			return &Split{Encod: a, Recon: a}
		}
		d := &Dataset{Train: sorted(), Valid: sorted()}
		if x, why := d.exchanged(); why != "" {
			t.Errorf("seed %d, %d bins, %d neurons: taken for %v: %s", seed, bins, neurons, x, why)
		}
	}
}

func (a *Array) firstTrials(n int) *Array {
	return &Array{n, a.Bins, a.Features, a.Data[:n*a.Bins*a.Features]}
}
