package prepare

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/signal"
	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/synth"
)

// Noise whose size is the envelope of a muscle gives the envelope back. Gaussian noise,
// rectified, has the mean sqrt(2/pi) and the variance 1 - 2/pi of its size; what is
// slower than the bins' 100 Hz is a 20th of its 2 kHz, so that a bin is off by
// sqrt((pi/2 - 1) / 20) = 17 % of the envelope at most, and correlates with it as
// 1 / sqrt(1 + .0285 E(envelope^2) / Var(envelope)) at least. The high-pass filter takes
// 65 of 1000 Hz away, and twice as much at its edge: its power is .93.
func TestEnvelopesAreFoundAgain(t *testing.T) {
	o := synth.DefaultEMG()
	o.Trials = 60
	d, err := synth.EMG(o)
	if err != nil {
		t.Fatal(err)
	}
	raw, truth := carried(d.Train.Truth)
	r := session([]*dataset.Column{column("start_time", rowStarts(d.Train.Truth.Trials)...)})
	r.Streams = []*dataset.Stream{{Name: "emg", Features: truth.Features, Rate: 2000, Data: dataset.Values{Data: raw, Width: truth.Features}}}
	options := signalOptions(signal.KindEMG)
	options.Window = &Window{0, 1000}
	trials, _, _ := made(t, r, options)
	for channel := range truth.Features {
		var found, envelope []float64
		for trial := range truth.Trials {
			for bin := range truth.Bins {
				found = append(found, float64(trials[int64(trial)][bin*truth.Features+channel]))
				envelope = append(envelope, float64(truth.Bin(trial, bin)[channel]))
			}
		}
		mean, variance := meanAndVariance(envelope)
		least := 1 / math.Sqrt(1+(math.Pi/2-1)/20*(variance+mean*mean)/variance)
		if got := correlationOf(found, envelope); got < least {
			t.Errorf("muscle %d: the envelope found correlates by %.4f, want %.4f", channel, got, least)
		}
		size, _ := meanAndVariance(found)
		if want := math.Sqrt(2 / math.Pi * .93); math.Abs(size/mean/want-1) > .02 {
			t.Errorf("muscle %d: the envelope found is %.4f of the true one, want %.4f", channel, size/mean, want)
		}
	}
}

// carried is noise at 2 kHz of the size of envelopes in bins of 10 ms, trial after trial.
func carried(envelopes *dataset.Array) (raw []float64, truth *dataset.Array) {
	src := rng.NewSource(rng.Derive(7, rng.Synthesis))
	for trial := range envelopes.Trials {
		for bin := range envelopes.Bins {
			for range 20 {
				for _, size := range envelopes.Bin(trial, bin) {
					normal := math.Sqrt(-2*math.Log(1-src.Float64())) * math.Cos(2*math.Pi*src.Float64())
					raw = append(raw, float64(size)*normal)
				}
			}
		}
	}
	return raw, envelopes
}

func rowStarts(n int) (starts []float64) {
	for i := range n {
		starts = append(starts, float64(i))
	}
	return starts
}

func meanAndVariance(x []float64) (mean, variance float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, variance
}

func correlationOf(x, y []float64) float64 {
	mx, vx := meanAndVariance(x)
	my, vy := meanAndVariance(y)
	sum := 0.
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my) / float64(len(x))
	}
	return sum / math.Sqrt(vx*vy)
}
