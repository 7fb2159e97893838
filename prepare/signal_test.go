package prepare

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/signal"
)

// noise is the signal of testdata/signals.py: two channels at 2 kHz.
func noise(n int) []float64 {
	x := make([]float64, 2*n)
	for k := range n {
		size := 100 + math.Abs(float64(k%1600-800))
		x[2*k] = float64((k*k*7919+k*104729)%1001-500) * size / 1024
		x[2*k+1] = float64((k*k*6007+k*99991)%1009-504)*(1000-size)/1024 + 300
	}
	return x
}

// muscles is a recording of a signal alone, with trials at 0.25 s and every s after.
func muscles(x []float64, width int) *dataset.Recording {
	r := session([]*dataset.Column{column("start_time", .25, 1.25, 2.25), column("stop_time", .75, 1.75, 2.75)})
	r.Streams = []*dataset.Stream{{Name: "emg", Unit: "V", Features: width, Rate: 2000, Data: dataset.Values{Data: x, Width: width}}}
	return r
}

func signalOptions(kind string) Options {
	return Options{BinMs: 10, Signals: &signal.Options{Streams: []string{"emg"}, Kind: kind}}
}

// Every kind of signal is what SciPy makes of it, to the accuracy of the file.
func TestSignalsAreSciPys(t *testing.T) {
	text, err := os.ReadFile("testdata/signals.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string][][]float64
	if err := json.Unmarshal(text, &want); err != nil || len(want) != 4 {
		t.Fatal(len(want), err)
	}
	for kind, windows := range want {
		trials, d, report := made(t, muscles(noise(8000), 2), signalOptions(kind))
		for id, window := range windows {
			largest := math.Max(slices.Max(window), -slices.Min(window))
			for i, v := range window {
				if got := float64(trials[int64(id)][i]); math.Abs(got-v) > 1e-7*largest {
					t.Fatalf("%s: trial %d, bin %d, channel %d is %v, not %v", kind, id, i/2, i%2, got, v)
				}
			}
		}
		if unit := map[string]string{"lfp": "V^2"}[kind]; d.Scale.Unit != max(unit, "V") || report.Signals.Unit != d.Scale.Unit {
			t.Errorf("%s is in %s", kind, d.Scale.Unit)
		}
		if !slices.Equal(d.Neurons, []string{"emg 0", "emg 1"}) {
			t.Errorf("channels are called %v", d.Neurons)
		}
	}
}

// Pieces about windows that lie far apart, a block at a time, have the values of the
// whole.
func TestSignalsInBlocks(t *testing.T) {
	r := muscles(noise(120000), 2)
	r.Intervals[0].Columns = nil
	if err := r.Intervals[0].Add(column("start_time", 50, .1, 7.0251)); err != nil {
		t.Fatal(err)
	}
	o := signalOptions(signal.KindEMG)
	o.Window = &Window{0, 900}
	want, _, _ := made(t, r, o)
	for _, block := range []int{3, 50, 1000} {
		o.block = block
		got, _, report := made(t, r, o)
		for id := range want {
			for i, v := range want[id] {
				if math.Abs(float64(got[id][i]-v)) > 1e-6*math.Abs(float64(v)) {
					t.Fatalf("blocks of %d: trial %d, number %d is %v, not %v", block, id, i, got[id][i], v)
				}
			}
		}
		if report.Missing != 0 {
			t.Errorf("%v of it is missing", report.Missing)
		}
	}
}

// A bin that a gap touches is not observed, whether the clock jumps or samples are NaN,
// and gaps stay as long as they are.
func TestSignalsWithGaps(t *testing.T) {
	x := noise(8000)
	for k := 2600; k < 2700; k++ { // 1.3 to 1.35 s of the second channel
		x[2*k+1] = nan
	}
	r := muscles(x, 2)
	clock := make([]float64, 8000)
	for k := range clock {
		if clock[k] = float64(k) / 2000; k >= 5000 {
			clock[k] += .205 // from 2.5 s on, to 2.705 s
		}
	}
	s := r.Streams[0]
	s.Rate, s.Clock = 0, dataset.Values{Data: clock, Width: 1}
	for _, kind := range []string{signal.KindEMG, signal.KindRaw, signal.KindCalcium} {
		trials, _, report := made(t, r, signalOptions(kind))
		for id := range trials {
			for i, v := range trials[id] {
				bin, channel := i/2, i%2
				want := id == 1 && channel == 1 && bin >= 5 && bin < 10 || id == 2 && bin >= 25 && bin < 46
				if dataset.IsMissing(v) != want {
					t.Fatalf("%s: trial %d, bin %d, channel %d is %v", kind, id, bin, channel, v)
				}
			}
		}
		if got, want := report.Missing, (5+2*21)/300.; math.Abs(got-want) > 1e-12 || report.Signals.Streams[0].Gaps != 1 {
			t.Errorf("%s: %v is missing, want %v; %d gaps", kind, got, want, report.Signals.Streams[0].Gaps)
		}
	}
}

// Frames as wide as bins are the bins, each once, wherever in a frame a trial begins.
func TestFramesAreBins(t *testing.T) {
	events := make([]float64, 300)
	for k := range events {
		events[k] = float64(k)
	}
	r := session([]*dataset.Column{column("start_time", 1, 2.0001, 2.9999, 4.02)})
	r.Streams = []*dataset.Stream{{Name: "events", Features: 1, Rate: 30, Data: dataset.Values{Data: events, Width: 1}}}
	o := Options{BinMs: 33.333333, Window: &Window{0, 33.333333 * 60}, Signals: &signal.Options{Streams: []string{"events"}, Kind: signal.KindCalcium}}
	trials, d, _ := made(t, r, o)
	for id, first := range []float32{30, 60, 90, 121} {
		for bin, v := range trials[int64(id)] {
			if v != first+float32(bin) {
				t.Fatalf("trial %d, bin %d is frame %v, not %v", id, bin, v, first+float32(bin))
			}
		}
	}
	if !slices.Equal(d.Neurons, []string{"events"}) {
		t.Errorf("channels are called %v", d.Neurons)
	}
	o.BinMs, o.Window, o.Signals.Bin = 100, &Window{0, 500}, signal.BinSum
	sums, _, _ := made(t, r, o)
	if got := sums[0]; !slices.Equal(got, []float32{93, 102, 111, 120, 129}) { // frames 30 + 31 + 32, ...
		t.Errorf("sums are %v", got)
	}
	o.BinMs = 10
	if _, _, err := Trials(r, o); err == nil || !strings.Contains(err.Error(), "--bin-ms 33.333333") {
		t.Errorf("bins narrower than frames: %v", err)
	}
}

// A frame that was lost is NaN, and those behind it stay where they are in time, also
// where frames jitter.
func TestLostFrames(t *testing.T) {
	var frames, clock []float64
	for k := range 300 {
		if k != 40 && k != 41 && k != 100 {
			frames = append(frames, float64(k))
			clock = append(clock, float64(k)/30+.002*math.Sin(float64(k)))
		}
	}
	r := session([]*dataset.Column{column("start_time", 1, 3, 5)})
	r.Streams = []*dataset.Stream{{Name: "events", Features: 1, Clock: dataset.Values{Data: clock, Width: 1}, Data: dataset.Values{Data: frames, Width: 1}}}
	trials, _, report := made(t, r, Options{BinMs: 33.333333, Window: &Window{0, 33.333333 * 30}, Signals: &signal.Options{Streams: []string{"events"}, Kind: signal.KindCalcium}})
	for id, first := range []int{30, 90, 150} {
		for bin, v := range trials[int64(id)] {
			k := first + bin
			if lost := k == 40 || k == 41 || k == 100; lost != dataset.IsMissing(v) || !lost && v != float32(k) {
				t.Errorf("trial %d, bin %d is %v, want frame %d", id, bin, v, k)
			}
		}
	}
	if gaps := report.Signals.Streams[0].Gaps; gaps != 2 {
		t.Errorf("%d gaps", gaps)
	}
}
