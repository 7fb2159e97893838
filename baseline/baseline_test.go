package baseline

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/synth"
)

const ms = time.Millisecond

var nan = float32(math.NaN())

// smoothed smooths over bins of 10 ms.
func smoothed(t *testing.T, spikes *dataset.Array, sd time.Duration) *dataset.Array {
	t.Helper()
	rates, err := Smooth(t.Context(), spikes, sd, 10*ms)
	if err != nil {
		t.Fatal(err)
	}
	return rates
}

// One spike in the middle of a long trial spreads as the normal density.
func TestImpulseBecomesGaussian(t *testing.T) {
	spikes := dataset.NewArray(1, 101, 2)
	spikes.Bin(0, 50)[1] = 1
	rates := smoothed(t, spikes, 30*ms)
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
		for i, v := range smoothed(t, spikes, sd).Data {
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
		if v := smoothed(t, spikes, 50*ms).Bin(1, bin)[0]; v != 0 {
			t.Fatalf("a spike of trial 0 gives trial 1 the rate %v", v)
		}
	}
}

func TestSweepKeepsTheFirstBest(t *testing.T) {
	scores := []float64{math.NaN(), 1, 3, 3}
	i := -1
	kernels, best, err := Sweep(t.Context(), dataset.NewArray(1, 2, 1), 5*ms, []time.Duration{30 * ms, 40 * ms, 50 * ms, 60 * ms}, func(*dataset.Array) (float64, error) {
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
	if _, _, err := Sweep(t.Context(), spikes, ms, DefaultSDs, func(*dataset.Array) (float64, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Errorf("the score's error became %v", err)
	}
	if _, _, err := Sweep(t.Context(), spikes, ms, DefaultSDs, func(*dataset.Array) (float64, error) { return math.NaN(), nil }); err == nil {
		t.Error("no error though no score is a number")
	}
}

// Whatever is missing, rates are sums over recorded bins with the kernel's
// weights, added in the order of bins, to the last bit; on any cores.
func TestByDefinition(t *testing.T) {
	spikes := dataset.NewArray(7, 40, 70)
	for i := range spikes.Data {
		spikes.Data[i] = float32(i * i % 97 % 4)
		if i/70%40 < 20 && i%70 == 3 && i*i%5 == 0 {
			spikes.Data[i] = nan
		}
	}
	got := smoothed(t, spikes, 25*ms)
	for trial := range 7 {
		for bin := range 40 {
			for n := range 70 {
				var sum, weight float64
				for s := max(0, bin-10); s <= min(39, bin+10); s++ { // 4 sd
					if v := float64(spikes.Bin(trial, s)[n]); v == v {
						d := math.Abs(float64(bin-s)) / 2.5
						k := maths.Exp(-d * d / 2)
						sum += float64(v * k)
						weight += k
					}
				}
				if want := float32(sum / weight); got.Bin(trial, bin)[n] != want {
					t.Fatalf("trial %d, bin %d, neuron %d: %v, want %v", trial, bin, n, got.Bin(trial, bin)[n], want)
				}
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Smooth(ctx, spikes, 25*ms, 10*ms); !errors.Is(err, context.Canceled) {
		t.Errorf("smoothing after the end: %v", err)
	}
}

// Kernels are never narrower than a bin, which would smooth nothing, and as many for
// bins of any width.
func TestSDsForBins(t *testing.T) {
	for width, want := range map[time.Duration][2]time.Duration{5 * ms: {20 * ms, 150 * ms}, 20 * ms: {20 * ms, 150 * ms}, 100 * ms: {100 * ms, 750 * ms}, time.Second / 30: {33 * ms, 250 * ms}} {
		sds := SDsFor(width)
		if len(sds) != len(DefaultSDs) || sds[0] != want[0] || sds[len(sds)-1] != want[1] || !slices.IsSorted(sds) {
			t.Errorf("bins of %v: %v", width, sds)
		}
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
	kernels, best, err := Sweep(context.Background(), d.Train.Recon, d.BinWidth, DefaultSDs, func(rates *dataset.Array) (float64, error) {
		return metric.R2(d.Train.Truth.Data, rates.Data, rates.Features).Mean, nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("best sd %v: R2 of the true rates %.2f\n", kernels[best].SD, kernels[best].Score)
	// Output: best sd 30ms: R2 of the true rates 0.12
}

// Only rates that are no number become means, each its neuron's.
func TestFill(t *testing.T) {
	rates := &dataset.Array{Trials: 1, Bins: 2, Features: 2, Data: []float32{1, nan, nan, 4}}
	if n := Fill(rates, []float32{.5, .25}); n != 2 || !slices.Equal(rates.Data, []float32{1, .25, .5, 4}) {
		t.Errorf("%d filled: %v", n, rates.Data)
	}
}
