package dataset

import (
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/hdf5"
)

// scaled is a set of 3 channels on a scale.
func scaled() *Dataset {
	split := func(trials int) *Split {
		a := NewArray(trials, 4, 3)
		for i := range a.Data {
			a.Data[i] = float32(i%7) + .25
		}
		return &Split{Encod: a, Recon: a}
	}
	return &Dataset{
		Name: "emg", BinWidth: 10 * time.Millisecond, Train: split(5), Valid: split(2),
		Scale: &Scale{Unit: "V", Factor: []float64{1e-5, 2e-5, .5}, Offset: []float64{0, 1, -3}},
	}
}

// What is written is read back, and told; without a scale there is none in the file.
func TestScaleInFile(t *testing.T) {
	d := scaled()
	path := filepath.Join(t.TempDir(), "emg.h5")
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Scale, d.Scale) || len(got.Unread) != 0 {
		t.Errorf("read %+v, want %+v; not read: %v", got.Scale, d.Scale, got.Unread)
	}
	text := got.Summary().String()
	if want := "a number of 1 is 1e-05 to 0.5 V, 0 is -3 to 1 V; outputs of run and infer are in V"; !strings.Contains(text, want) {
		t.Errorf("info says %s, want %s", text, want)
	}
	if alone, err := Load(path, Options{SpikesAlone: true}); err != nil || !reflect.DeepEqual(alone.Scale, d.Scale) {
		t.Errorf("spikes alone: %+v (%v)", alone.Scale, err)
	}
	d.Scale = nil
	bare := filepath.Join(t.TempDir(), "bare.h5")
	if err := d.Write(bare); err != nil {
		t.Fatal(err)
	}
	f, err := hdf5.Open(bare)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if keys := strings.Join(f.Root().Keys(), " "); strings.Contains(keys, "scale") {
		t.Errorf("a file without a scale has %s", keys)
	}
}

// A scale that cannot be one of these neurons is an error that names the place.
func TestScaleThatDoesNotFit(t *testing.T) {
	for want, spoil := range map[string]func(*Scale){
		"scale_factor has 2 values": func(s *Scale) { s.Factor = s.Factor[:2] },
		"scale_offset 1 for 3":      func(s *Scale) { s.Offset = s.Offset[:1] },
		"of neuron 1 is 0":          func(s *Scale) { s.Factor[1] = 0 },
		"of neuron 2 is -0.5":       func(s *Scale) { s.Factor[2] = -.5 },
		"scale_offset NaN":          func(s *Scale) { s.Offset[0] = math.NaN() },
	} {
		d := scaled()
		spoil(d.Scale)
		path := filepath.Join(t.TempDir(), "emg.h5")
		if err := d.Write(path); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// Values in the recording's unit: the mean with factor and offset, powers of the unit
// with the factor alone.
func TestScaleIn(t *testing.T) {
	s := scaled().Scale
	a := &Array{Trials: 1, Bins: 1, Features: 3, Data: []float32{2, 3, 4}}
	for power, want := range map[int][]float32{2: {2e-10, 12e-10, 1}, -1: {2e5, 1.5e5, 8}, 0: {2, 3, 4}} {
		for i, got := range s.InPower(a, power).Data {
			if math.Abs(float64(got-want[i])) > 1e-6*float64(want[i]) {
				t.Errorf("power %d: %v of channel %d, want %v", power, got, i, want[i])
			}
		}
	}
	for i, want := range []float32{2e-5, 1.00006, -1} {
		if got := s.In(a).Data[i]; math.Abs(float64(got-want)) > 1e-6*math.Abs(float64(want)) {
			t.Errorf("channel %d is %v, want %v", i, got, want)
		}
	}
	if none := (*Scale)(nil); none.In(a) != a || none.InPower(a, 2) != a {
		t.Error("without a scale, numbers are others")
	}
}

// Numbers on another scale stand for the same values, whatever the order of neurons.
func TestRescale(t *testing.T) {
	d := scaled()
	d.Order = []int{2, 0, 1}
	d.Train.Recon.Data[4] = float32(math.NaN())
	before := append([]float32(nil), d.Train.Recon.Data...)
	from, to := d.Scale, &Scale{Unit: "V", Factor: []float64{3e-5, 1e-5, 2}}
	if other, err := d.Rescale(to); !other || err != nil || d.Scale != to {
		t.Fatalf("another scale is %v (%v)", other, err)
	}
	for i, v := range before {
		channel := d.InFile(i % 3)
		want := float64(v)*from.Factor[channel] + from.offset(channel)
		got := float64(d.Train.Recon.Data[i]) * to.Factor[channel]
		if IsMissing(v) != math.IsNaN(got) || math.Abs(got-want) > 1e-6*math.Abs(want) {
			t.Fatalf("number %d stands for %v, want %v", i, got, want)
		}
	}
	if other, err := d.Rescale(&Scale{Unit: "V", Factor: []float64{3e-5, 1e-5, 2}, Offset: []float64{0, 0, 0}}); other || err != nil {
		t.Errorf("the same scale is another: %v (%v)", other, err)
	}
	if _, err := d.Rescale(&Scale{Factor: []float64{2, 2}}); err == nil {
		t.Error("a scale of two neurons fits three")
	}
}

// A scale in another unit stands for the same values; what a unit is, words of volts say.
func TestScaleInUnit(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ratio    float64
	}{
		{"uV", "V", 1e-6},
		{"V", "microvolts", 1e6},
		{"Volts", "mV", 1e3},
		{"µV", "nV", 1e3},
		{"uV^2", "V^2", 1e-12},
		{"a.u.", "a.u.", 1},
		{"V", "V^2", 0},
		{"V", "a.u.", 0},
		{"", "V", 0},
		{"MV", "mV", 0},
	} {
		s := &Scale{Unit: c.from, Factor: []float64{2, 4}, Offset: []float64{0, -3}}
		got, ok := s.InUnit(c.to)
		if ok != (c.ratio != 0) {
			t.Errorf("from %q to %q: known %v", c.from, c.to, ok)
		} else if ok && (got.Unit != c.to || math.Abs(got.Factor[1]/4/c.ratio-1) > 1e-12 || math.Abs(got.Offset[1]/-3/c.ratio-1) > 1e-12) {
			t.Errorf("from %q to %q: %+v", c.from, c.to, got)
		}
	}
}

// A glance does not take a scale of as many channels as there are trials for one of trials.
func TestScaleAtAGlance(t *testing.T) {
	d := scaled()
	a := NewArray(200, 10, 200)
	d.Train, d.Valid = &Split{Encod: a, Recon: a}, &Split{Encod: a, Recon: a}
	d.Scale = &Scale{Factor: make([]float64, 200)}
	for i := range d.Scale.Factor {
		d.Scale.Factor[i] = float64(i + 1)
	}
	path := filepath.Join(t.TempDir(), "many.h5")
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path, Options{Glance: true, above: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if got.Train.Trials() == 200 || !reflect.DeepEqual(got.Scale, d.Scale) {
		t.Errorf("%d trials at a glance, a scale of %d channels", got.Train.Trials(), len(got.Scale.Factor))
	}
}

// Who is told that numbers are small, and has them from prepare, is told what scales them.
func TestAdviceOnScale(t *testing.T) {
	d := scaled()
	for i := range d.Train.Recon.Data {
		d.Train.Recon.Data[i] = 1e-5 * float32(1+i%7)
	}
	for _, prepared := range []bool{true, false} {
		if !prepared {
			d.Scale = nil
		}
		text := strings.Join(d.numberWarnings(positive{}), "; ")
		if !strings.Contains(text, "multiply all by 10000") || strings.Contains(text, "--scale std") != prepared {
			t.Errorf("prepared %v: %s", prepared, text)
		}
	}
}
