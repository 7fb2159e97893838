package dataset

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// aside is a sample with two more neurons, which are set aside.
func aside() *Dataset {
	d := sample()
	d.Neurons, d.SetAside = []string{"a", "b", "c"}, []string{"x", "y"}
	for _, s := range d.splits() {
		s.SetAside = array(ramp(s.Trials(), 5, 2))
	}
	return d
}

// What is set aside is written and read, told at a glance, and left out of spikes alone.
func TestAsideInFile(t *testing.T) {
	want := aside()
	want.Test.SetAside = nil
	got := written(t, want)
	if !reflect.DeepEqual(got.Train.SetAside, want.Train.SetAside) || !reflect.DeepEqual(got.Valid.SetAside, want.Valid.SetAside) || got.Test.SetAside != nil {
		t.Errorf("read %v and %v", got.Train.SetAside, got.Valid.SetAside)
	}
	if !slices.Equal(got.SetAside, want.SetAside) || len(got.Unread) > 0 || len(got.notes) > 0 {
		t.Errorf("neurons %q, not read %q, notes %q", got.SetAside, got.Unread, got.notes)
	}
	if text := got.Summary().String(); !strings.Contains(text, "2 held in + 1 held out; 2 set aside, which models neither read nor reconstruct: x, y\n") {
		t.Errorf("info says\n%s", text)
	}
	alone, err := Load(aside().file(t), Options{SpikesAlone: true})
	if err != nil || alone.Train.SetAside != nil || len(alone.Unread) > 0 {
		t.Errorf("spikes alone: %v, %v, not read %q", err, alone.Train.SetAside, alone.Unread)
	}
}

// file writes d.
func (d *Dataset) file(t *testing.T) string {
	t.Helper()
	path := t.TempDir() + "/aside.h5"
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// Arrays that do not fit, and counts that are none, are refused by their key.
func TestAsideThatDoesNotFit(t *testing.T) {
	for want, change := range map[string]file{
		"train_set_aside_data has 2 trials x 5 bins x 1":    {"train_set_aside_data": ramp(2, 5, 1), "valid_set_aside_data": ramp(2, 5, 1)},
		"train_set_aside_data has 4 bins":                   {"train_set_aside_data": ramp(3, 4, 1), "valid_set_aside_data": ramp(2, 4, 1)},
		"valid_set_aside_data has 2 trials x 5 bins x 2":    {"train_set_aside_data": ramp(3, 5, 1), "valid_set_aside_data": ramp(2, 5, 2)},
		"valid_set_aside_data: trial 1, bin 4, neuron 0 is": {"train_set_aside_data": ramp(3, 5, 1), "valid_set_aside_data": entry{[]float32{0, 1, 2, 3, 4, 5, 6, float32(math.NaN()), 8, .5}, []int{2, 5, 1}}},
		"train_set_aside_data: trial 0, bin 0, neuron 0 is": {"train_set_aside_data": entry{slices.Repeat([]float32{float32(math.Inf(1))}, 15), []int{3, 5, 1}}, "valid_set_aside_data": ramp(2, 5, 1)},
	} {
		d, err := Load(torch.with(change).write(t, nil), Options{EncodDiffers: true})
		if err == nil {
			err = d.CheckValues(counted)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	d := load(t, torch.with(file{"train_set_aside_data": ramp(3, 5, 2)}), nil, Options{EncodDiffers: true})
	if !slices.Equal(d.SetAside, []string{"0", "1"}) || !strings.Contains(strings.Join(d.oneSided(), ";"), "no valid_set_aside_data") {
		t.Errorf("neurons %q; %q", d.SetAside, d.oneSided())
	}
}

// Trials are divided with what is set aside of them.
func TestAsideIsDivided(t *testing.T) {
	all := aside().Train
	want := slices.Clone(all.SetAside.Trial(2))
	d := &Dataset{}
	d.DivideAt(all, []int{2}, []int{0})
	if d.Train.SetAside.Trials != 2 || !slices.Equal(d.Valid.SetAside.Data, want) || d.Test.SetAside.Data[9] != 9 {
		t.Errorf("divided into %v, %v, %v", d.Train.SetAside, d.Valid.SetAside, d.Test.SetAside)
	}
}

func TestDrawAside(t *testing.T) {
	for amount, want := range map[float64]int{0: 0, 1: 1, 9: 9, .2: 2, .001: 1, .999: 9} {
		got, err := DrawAside(10, amount, 3)
		if err != nil || len(got) != want || !slices.IsSorted(got) || len(slices.Compact(got)) != want {
			t.Errorf("%g of 10 are %v (%v)", amount, got, err)
		}
	}
	for amount, want := range map[float64]string{10: "of 10 neurons 10 cannot", -1: "-1 neurons", 1.5: "a whole number", math.NaN(): "NaN neurons", math.Inf(1): "+Inf"} {
		if _, err := DrawAside(10, amount, 3); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%g of 10: %v", amount, err)
		}
	}
	if got, err := DrawAside(12, 4, 7); err != nil || !slices.Equal(got, []int{2, 4, 9, 10}) {
		t.Errorf("the draw is another than it always was: %v (%v)", got, err)
	}
}
