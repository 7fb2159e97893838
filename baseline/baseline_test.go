package baseline

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/synth"
)

const ms = time.Millisecond

var nan = float32(math.NaN())

// One spike in the middle of a long trial spreads as the normal density.
func TestImpulseBecomesGaussian(t *testing.T) {
	spikes := dataset.NewArray(1, 101, 2)
	spikes.Bin(0, 50)[1] = 1
	rates := Smooth(spikes, 30*ms, 10*ms)
	for bin := range 101 {
		d := float64(bin-50) / 3
		want := math.Exp(-d*d/2) / (3 * math.Sqrt(2*math.Pi))
		if math.Abs(d) > reach {
			want = 0
		}
		// Cut at 4 sd, the kernel's sum falls short by 6e-5.
		if got := float64(rates.Bin(0, bin)[1]); math.Abs(got-want) > 1e-4*want {
			t.Errorf("bin %d: %v, want %v", bin, got, want)
		}
		if rates.Bin(0, bin)[0] != 0 {
			t.Error("a spike reached another neuron")
		}
	}
}

// A constant rate stays what it is, at the edges and beside missing bins, with
// kernels shorter than a bin and longer than a trial.
func TestConstantStays(t *testing.T) {
	spikes := dataset.NewArray(2, 30, 3)
	for i := range spikes.Data {
		spikes.Data[i] = 2
	}
	for _, bin := range []int{0, 7, 8, 9, 29} {
		spikes.Bin(1, bin)[1] = nan
	}
	for _, sd := range []time.Duration{ms, 10 * ms, 50 * ms, time.Hour} {
		for i, v := range Smooth(spikes, sd, 10*ms).Data {
			missing := sd == ms && spikes.Data[i] != spikes.Data[i] // nothing within reach
			if missing != (v != v) || !missing && math.Abs(float64(v)-2) > 1e-6 {
				t.Fatalf("sd %v: element %d is %v", sd, i, v)
			}
		}
	}
}

func TestTrialsDoNotMix(t *testing.T) {
	spikes := dataset.NewArray(2, 5, 1)
	spikes.Bin(0, 4)[0] = 1
	for bin := range 5 {
		if v := Smooth(spikes, 50*ms, 10*ms).Bin(1, bin)[0]; v != 0 {
			t.Fatalf("a spike of trial 0 gives trial 1 the rate %v", v)
		}
	}
}

func TestSweepKeepsTheFirstBest(t *testing.T) {
	scores := []float64{math.NaN(), 1, 3, 3}
	i := -1
	kernels, best, err := Sweep(dataset.NewArray(1, 2, 1), 5*ms, DefaultSDs, func(*dataset.Array) (float64, error) {
		i++
		return scores[i], nil
	})
	if err != nil || best != 2 || kernels[best] != (Kernel{50 * ms, 3}) || len(kernels) != 4 {
		t.Errorf("kernels %v, best %d, error %v", kernels, best, err)
	}
}

func TestSweepReportsErrors(t *testing.T) {
	broken := errors.New("broken")
	spikes := dataset.NewArray(1, 2, 1)
	if _, _, err := Sweep(spikes, ms, DefaultSDs, func(*dataset.Array) (float64, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Errorf("the score's error became %v", err)
	}
	if _, _, err := Sweep(spikes, ms, DefaultSDs, func(*dataset.Array) (float64, error) { return math.NaN(), nil }); err == nil {
		t.Error("no error though no score is a number")
	}
}

func ExampleSweep() {
	o := synth.DefaultLorenz()
	o.Seed, o.Conditions, o.TrialsPerCondition, o.MeanRateHz = 1, 5, 10, 20
	d, err := synth.Lorenz(o)
	if err != nil {
		fmt.Println(err)
		return
	}
	kernels, best, err := Sweep(d.Train.Recon, d.BinWidth, DefaultSDs, func(rates *dataset.Array) (float64, error) {
		return metric.R2(d.Train.Truth.Data, rates.Data, rates.Features).Mean, nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("best sd %v: R2 of the true rates %.2f\n", kernels[best].SD, kernels[best].Score)
	// Output: best sd 30ms: R2 of the true rates 0.12
}
