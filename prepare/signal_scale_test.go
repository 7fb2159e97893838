package prepare

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/signal"
)

// inVolts are small numbers as a file has them: whole ones times a factor.
func inVolts(factor float64) []float64 {
	x := noise(8000)
	for i := range x {
		x[i] = math.Round(x[i]) * factor
	}
	return x
}

// Each channel is of the size of 1, and what a 1 and a 0 stand for is known: numbers
// brought back are those that were not scaled.
func TestScales(t *testing.T) {
	for _, kind := range []string{signal.KindEMG, signal.KindRaw} {
		plain, none, _ := made(t, muscles(inVolts(1e-6), 2), signalOptions(kind))
		if !slices.Equal(none.Scale.Factor, []float64{1, 1}) || none.Scale.Offset != nil {
			t.Errorf("%s: not scaled, a 1 is %v", kind, none.Scale)
		}
		for by, size := range map[string]func(x []float64) float64{
			signal.ScaleStd: func(x []float64) float64 { return deviation(x) },
			signal.ScaleMax: func(x []float64) float64 { return math.Max(slices.Max(x), -slices.Min(x)) },
			signal.ScaleQuantile: func(x []float64) float64 {
				for i := range x {
					x[i] = math.Abs(x[i])
				}
				slices.Sort(x)
				return x[int(.95*float64(len(x)-1))]
			},
		} {
			o := signalOptions(kind)
			o.Signals.Scale = by
			trials, d, _ := made(t, muscles(inVolts(1e-6), 2), o)
			for channel := range 2 {
				if got := size(channelOf(trials, channel)); math.Abs(got-1) > 1e-6 {
					t.Errorf("%s by %s: channel %d is of size %v", kind, by, channel, got)
				}
			}
			if shifted := d.Scale.Offset != nil; shifted != (kind == signal.KindRaw) {
				t.Errorf("%s by %s: has offsets: %v", kind, by, shifted)
			}
			for id, window := range trials {
				a := &dataset.Array{Trials: 1, Bins: 50, Features: 2, Data: window}
				for i, v := range d.Scale.In(a).Data {
					if math.Abs(float64(v-plain[id][i])) > 1e-6*1e-3 {
						t.Fatalf("%s by %s: number %d stands for %v, not %v", kind, by, i, v, plain[id][i])
					}
				}
			}
		}
	}
}

// channelOf returns all numbers of a channel.
func channelOf(trials map[int64][]float32, channel int) (x []float64) {
	for _, window := range trials {
		for i := channel; i < len(window); i += 2 {
			x = append(x, float64(window[i]))
		}
	}
	return x
}

func deviation(x []float64) float64 {
	sum, squares := 0., 0.
	for _, v := range x {
		sum, squares = sum+v, squares+v*v
	}
	n := float64(len(x))
	return math.Sqrt(squares/n - sum/n*sum/n)
}

// Scaled, a recording has the same bits in volts as in microvolts.
func TestScaledBitsDoNotKnowTheUnit(t *testing.T) {
	for _, by := range []string{signal.ScaleStd, signal.ScaleMax, signal.ScaleQuantile} {
		o := signalOptions(signal.KindEMG)
		o.Signals.Scale = by
		volts, v, _ := made(t, muscles(inVolts(1e-6), 2), o)
		micro, u, _ := made(t, muscles(inVolts(1), 2), o)
		for id := range volts {
			if !slices.Equal(volts[id], micro[id]) {
				t.Fatalf("by %s: trial %d has other bits", by, id)
			}
		}
		if ratio := u.Scale.Factor[0] / v.Scale.Factor[0]; math.Abs(ratio-1e6) > 1e-3 {
			t.Errorf("by %s: a 1 is %g times as large in microvolts", by, ratio)
		}
	}
}

// Held-out channels take their scale with them.
func TestScaleOfHeldOutChannels(t *testing.T) {
	o := signalOptions(signal.KindEMG)
	o.Signals.Scale = signal.ScaleStd
	_, d, _ := made(t, muscles(noise(8000), 2), o)
	o.HoldOut.Units = "emg 0"
	held, report, err := Trials(muscles(noise(8000), 2), o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(held.Neurons, []string{"emg 1", "emg 0"}) || held.Scale.Factor[0] != d.Scale.Factor[1] || held.Scale.Factor[1] != d.Scale.Factor[0] {
		t.Errorf("%v have the scale %v", held.Neurons, held.Scale)
	}
	if held.Train.Encod.Features != 1 || len(report.HeldOut) != 1 {
		t.Errorf("%d are read, %v held out", held.Train.Encod.Features, report.HeldOut)
	}
	o = signalOptions(signal.KindEMG)
	o.Units.Without = "emg 0"
	left, _, err := Trials(muscles(noise(8000), 2), o)
	if err != nil || !slices.Equal(left.Neurons, []string{"emg 1"}) {
		t.Errorf("without emg 0 there are %v (%v)", left.Neurons, err)
	}
}

// What cannot be meant is an error that says what to do.
func TestSignalsRefused(t *testing.T) {
	hz := func(v float64) *float64 { return &v }
	for want, spoil := range map[string]func(o *Options, r *dataset.Recording){
		"chosen by --only-units 'emg 0,emg 1'":                   func(o *Options, _ *dataset.Recording) { o.Signals.Streams = []string{"emg[0"} },
		"leave out --drop-correlated, or --signal":               func(o *Options, _ *dataset.Recording) { o.Units.DropCorrelated = .2 },
		"there is no signal EMG: the recording has emg (0 to 1)": func(o *Options, _ *dataset.Recording) { o.Signals.Streams = []string{"EMG"} },
		"is named twice":                         func(o *Options, _ *dataset.Recording) { o.Signals.Streams = []string{"emg", "emg"} },
		"--signal-kind is \"eeg\"":               func(o *Options, _ *dataset.Recording) { o.Signals.Kind = "eeg" },
		"nothing of it is faster than 1000 Hz":   func(o *Options, _ *dataset.Recording) { o.Signals.HighPassHz = hz(1000) },
		"lower the band, now 70..1500 Hz":        func(o *Options, _ *dataset.Recording) { o.Signals.Band = &signal.Band{From: 70, To: 1500} },
		"the band is 20 to 10 Hz":                func(o *Options, _ *dataset.Recording) { o.Signals.Band = &signal.Band{From: 20, To: 10} },
		"--low-pass-hz is -1":                    func(o *Options, _ *dataset.Recording) { o.Signals.LowPassHz = hz(-1) },
		"leave out --min-rate-hz":                func(o *Options, _ *dataset.Recording) { o.Units.MinRateHz = 1 },
		"name one (--signal emg":                 func(o *Options, _ *dataset.Recording) { o.Signals = nil },
		"are both on one clock":                  func(_ *Options, r *dataset.Recording) { r.Streams[0].Start = 1e6 },
		"its clock jumps":                        func(_ *Options, r *dataset.Recording) { uneven(r, func(k int) float64 { return float64(k + k/3*3) }) },
		"times must be finite and ascend":        func(_ *Options, r *dataset.Recording) { uneven(r, func(k int) float64 { return float64(k % 4000) }) },
		"0 samples a second: both must be known": func(_ *Options, r *dataset.Recording) { r.Streams[0].Rate = 0 },
	} {
		r, o := muscles(noise(8000), 2), signalOptions(signal.KindEMG)
		spoil(&o, r)
		if _, _, err := Trials(r, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// uneven gives a stream times in 2,000ths of a second.
func uneven(r *dataset.Recording, at func(k int) float64) {
	clock := make([]float64, 8000)
	for k := range clock {
		clock[k] = at(k) / 2000
	}
	r.Streams[0].Clock = dataset.Values{Data: clock, Width: 1}
}

// A channel of one value is not made a signal of what filters round.
func TestConstantChannel(t *testing.T) {
	x := noise(8000)
	for k := range 8000 {
		x[2*k+1] = 3.1
	}
	for _, scale := range []string{signal.ScaleStd, signal.ScaleMax, signal.ScaleQuantile} {
		o := signalOptions(signal.KindRaw)
		o.Signals.Scale = scale
		_, d, report := made(t, muscles(x, 2), o)
		if d.Scale.Factor[1] != 1 || d.Train.Encod.Data[1] != float32(3.1) {
			t.Errorf("%s: it is divided by %v to %v", scale, d.Scale.Factor[1], d.Train.Encod.Data[1])
		}
		if !strings.Contains(strings.Join(report.Notes, "; "), "one value throughout, or none, of emg 1:") {
			t.Errorf("%s: %q", scale, report.Notes)
		}
	}
}
