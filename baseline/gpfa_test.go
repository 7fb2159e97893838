package baseline

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/synth"
)

// TestCoarseBins: bins of about 20 ms end where reading does, and moments are
// counted from the middle of the first.
func TestCoarseBins(t *testing.T) {
	for _, c := range []struct {
		width time.Duration
		read  int
		want  coarse
		first float64 // moment of the recording's first bin
	}{
		{5 * ms, 100, coarse{4, 0, 25}, -.375},
		{5 * ms, 103, coarse{4, 3, 25}, -1.125},
		{20 * ms, 7, coarse{1, 0, 7}, 0},
		{8 * ms, 10, coarse{3, 1, 3}, -2. / 3},
		{50 * ms, 4, coarse{1, 0, 4}, 0},
		{time.Millisecond, 19, coarse{20, 19, 0}, -.5 + .5/20 - .95},
	} {
		got := newCoarse(session{read: c.read, width: c.width})
		if got != c.want {
			t.Errorf("%d bins of %v: %+v, want %+v", c.read, c.width, got, c.want)
		}
		m := got.moments(3)
		if math.Abs(m[0]-c.first) > 1e-12 || math.Abs(m[2]-m[0]-2/float64(c.want.each)) > 1e-12 {
			t.Errorf("%d bins of %v: moments %v", c.read, c.width, m)
		}
	}
}

// TestGPFAFindsRates: of a simulated system of three states it finds better rates than
// smoothing does, of held-out neurons in bins that are not read, too; in 10 ms bins of
// which the last reading ends between coarse ones.
func TestGPFAFindsRates(t *testing.T) {
	d := lorenz(t)
	r2 := map[string]float64{}
	for name, m := range map[string]Method{"gpfa": GPFA{Latents: 3}, "smooth": Smoothing{}} {
		f, e := fitted(t, m, d)
		r2[name] = metric.R2(d.Valid.Truth.Data, e.Rates.Data, e.Rates.Features).Mean
		t.Logf("%s: R2 of true rates %.3f; %s", name, r2[name], f.Settings())
		if name == "gpfa" && (e.Factors.Features != 3 || !strings.Contains(f.Settings(), "3 latents as given")) {
			t.Errorf("%s, factors %v", f.Settings(), e.Factors)
		}
	}
	if r2["gpfa"] < r2["smooth"]+.02 || r2["gpfa"] < .3 {
		t.Errorf("R2 %v", r2)
	}
}

// lorenz returns a simulated session of which a quarter of the neurons are held out,
// and the last bins not read.
func lorenz(t *testing.T) *dataset.Dataset {
	t.Helper()
	o := synth.DefaultLorenz()
	o.Seed, o.Conditions, o.TrialsPerCondition, o.MeanRateHz = 1, 5, 16, 20
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		heldIn := 3 * s.Recon.Features / 4
		s.Encod = dataset.NewArray(s.Trials(), s.Recon.Bins-3, heldIn)
		for trial := range s.Trials() {
			for bin := range s.Encod.Bins {
				copy(s.Encod.Bin(trial, bin), s.Recon.Bin(trial, bin))
			}
		}
	}
	return d
}

// TestGPFAFactors: factors are orthonormalised latents, the one that carries most first.
func TestGPFAFactors(t *testing.T) {
	d := lorenz(t)
	f, err := GPFA{Latents: 3}.Fit(t.Context(), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	e, err := f.Estimate(t.Context(), d.Train)
	if err != nil {
		t.Fatal(err)
	}
	var squares [3]float64
	for i, v := range e.Factors.Data {
		squares[i%3] += float64(v) * float64(v)
	}
	if !(squares[0] > squares[1] && squares[1] > squares[2]) {
		t.Errorf("squares of factors add up to %v", squares)
	}
}

// TestGPFAOfFew: one trial gets as many latents as its neurons allow, and none without
// two neurons that vary.
func TestGPFAOfFew(t *testing.T) {
	whole := lorenz(t)
	for neurons, want := range map[int]string{1: "latents are what two or more share", 2: "1 latents, as there is one trial", 3: "2 latents, as there is one trial"} {
		encod := dataset.NewArray(1, whole.Train.Recon.Bins, neurons)
		for bin := range encod.Bins {
			copy(encod.Bin(0, bin), whole.Train.Recon.Bin(0, bin))
		}
		d := &dataset.Dataset{BinWidth: whole.BinWidth, Train: &dataset.Split{Encod: encod, Recon: encod}}
		f, err := GPFA{}.Fit(t.Context(), d, nil)
		said := ""
		if err != nil {
			said = err.Error()
		} else {
			said = f.Settings()
		}
		if !strings.Contains(said, want) {
			t.Errorf("%d neurons: %s; want %s", neurons, said, want)
		}
	}
}
