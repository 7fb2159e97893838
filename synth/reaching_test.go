package synth

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

func smallReaching(seed uint64) ReachingOptions {
	return ReachingOptions{Seed: seed, Seconds: 6, Neurons: 5, MeanRateHz: 8}
}

func mustReaching(t *testing.T, o ReachingOptions) *dataset.Recording {
	t.Helper()
	r, err := Reaching(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// values are all samples of a stream.
func values(t *testing.T, r *dataset.Recording, stream string) []float64 {
	t.Helper()
	s := r.Stream(stream)
	v, err := s.Data.Read(0, s.Len())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func fingerprintOf(t *testing.T, r *dataset.Recording) string {
	t.Helper()
	h := fnv.New64a()
	for n := range r.Units.IDs {
		times, err := r.Units.Spikes.Times(n)
		if err != nil {
			t.Fatal(err)
		}
		binary.Write(h, binary.LittleEndian, times)
	}
	for _, s := range r.Streams {
		binary.Write(h, binary.LittleEndian, values(t, r, s.Name))
	}
	for _, c := range r.Trials().Columns {
		binary.Write(h, binary.LittleEndian, c.Numbers)
	}
	fmt.Fprint(h, r.Attributes)
	return fmt.Sprintf("%016x", h.Sum64())
}

func TestReachingBits(t *testing.T) {
	const want = "625c6890ac205137"
	if got := fingerprintOf(t, mustReaching(t, smallReaching(1))); got != want {
		t.Errorf("the recording of seed 1 has changed: %s, was %s", got, want)
	}
	if fingerprintOf(t, mustReaching(t, smallReaching(2))) == want {
		t.Error("seeds 1 and 2 give the same recording")
	}
}

// Each neuron's true mean is exact up to float32; its spikes are within five standard
// errors of it, and bin by bin where they are expected: counts less the expected ones,
// weighted by these, have the mean 0.
func TestReachingSpikes(t *testing.T) {
	o := DefaultReaching()
	o.Seconds = 60
	r := mustReaching(t, o)
	rates := values(t, r, dataset.StreamTrueRates)
	for n := range o.Neurons {
		times, _ := r.Units.Spikes.Times(n)
		if !slices.IsSorted(times) || times[0] < 0 || times[len(times)-1] >= 60 {
			t.Fatalf("neuron %d: spikes do not ascend from 0 to 60 s", n)
		}
		mean, along, variance := 0., 0., 0.
		for bin := n; bin < len(rates); bin += o.Neurons {
			expected := rates[bin] / reachingHz
			mean += rates[bin] / 12000
			along -= expected * expected
			variance += expected * expected * expected
		}
		for _, s := range times {
			along += rates[int(math.Round(s*1e6))/5000*o.Neurons+n] / reachingHz
		}
		if math.Abs(mean-8) > 8e-6 {
			t.Errorf("neuron %d has the mean rate %v", n, mean)
		}
		if off := float64(len(times)) - 480; math.Abs(off) > 5*math.Sqrt(480) {
			t.Errorf("neuron %d fired %d times in 60 s at 8 spikes/s", n, len(times))
		}
		if math.Abs(along) > 5*math.Sqrt(variance) {
			t.Errorf("neuron %d: spikes come %v more often where they are expected than they should, with standard error %v", n, along, math.Sqrt(variance))
		}
	}
}

// The oracle is what its rates say of the spikes, counted anew.
func TestReachingOracle(t *testing.T) {
	o := smallReaching(3)
	r := mustReaching(t, o)
	rates, counts := values(t, r, dataset.StreamTrueRates), make([]float64, o.bins()*o.Neurons)
	for n := range o.Neurons {
		times, _ := r.Units.Spikes.Times(n)
		for _, s := range times {
			counts[int(math.Floor(s*reachingHz+1e-9))*o.Neurons+n]++
		}
	}
	sum := 0.
	for i, k := range counts {
		log, _ := math.Lgamma(k + 1)
		sum += rates[i]/reachingHz - k*math.Log(rates[i]/reachingHz) + log
	}
	// Six digits are written; rates are of single precision.
	want := fmt.Sprintf("%.5f", sum/float64(len(counts)))
	if got := r.Attributes[len(r.Attributes)-1]; got.Name != "oracle_nll_5ms" || !strings.HasPrefix(got.Value, want[:6]) {
		t.Errorf("oracle %v, want %s", got, want)
	}
}

// Reaches follow each other: they begin where the last one ended, when it ended, and last
// and rest as long as they may.
func TestReaches(t *testing.T) {
	all := drawReaches(rng.Derive(1, rng.Synthesis), 300)
	for i, r := range all {
		rest, lasts := r.moves-r.shown, r.ends-r.moves
		if rest < 0 || rest > longestRest || lasts < shortestReach-1e-12 || lasts > longestReach+1e-12 {
			t.Fatalf("reach %d: rests %v s, lasts %v s", i, rest, lasts)
		}
		if way := math.Hypot(r.to[0]-r.from[0], r.to[1]-r.from[1]); way < nearestTarget {
			t.Fatalf("reach %d: a target at %v mm", i, way)
		}
		if max(math.Abs(r.to[0]), math.Abs(r.to[1])) > halfSquare {
			t.Fatalf("reach %d: a target at %v", i, r.to)
		}
		if i > 0 && (r.from != all[i-1].to || r.shown != all[i-1].ends) {
			t.Fatalf("reach %d does not begin where and when the one before ends", i)
		}
	}
	if n := float64(len(all)); math.Abs(n/300*.625-1) > .05 { // a reach takes .625 s on average
		t.Errorf("%v reaches in 300 s", n)
	}
}

// The hand never jumps, its velocity is how its position changes, and it is at rest at
// both ends of a reach. Between steps of 1 ms a difference is off by the step squared
// times the third derivative, below 60 way / lasts^3, over 24.
func TestHandMoves(t *testing.T) {
	all := drawReaches(rng.Derive(2, rng.Synthesis), 30)
	const step = .001
	bound := step * step / 24 * 60 * 2 * math.Sqrt2 * halfSquare / math.Pow(shortestReach, 3)
	for i := range 29000 {
		moment := (float64(i) + .5) * step
		before, now, after := handAt(all, moment-step/2), handAt(all, moment), handAt(all, moment+step/2)
		for d := range 2 {
			if v := (after.position[d] - before.position[d]) / step; math.Abs(v-now.velocity[d]) > 10*bound {
				t.Fatalf("at %v s the hand moves by %v mm/s, and its velocity is %v", moment, v, now.velocity[d])
			}
		}
	}
	for i := range all {
		for _, h := range []hand{all[i].at(all[i].moves), all[i].at(all[i].ends)} {
			if h.velocity != (point{}) || h.turning != (point{}) {
				t.Errorf("reach %d: a velocity of %v and an oscillation of %v at an end", i, h.velocity, h.turning)
			}
		}
		h, to := all[i].at(all[i].ends), all[i].to // 1e-14 of 50 mm is lost by subtracting and adding
		if math.Abs(h.position[0]-to[0]) > 1e-12 || math.Abs(h.position[1]-to[1]) > 1e-12 {
			t.Errorf("reach %d ends at %v, not at %v", i, h.position, to)
		}
	}
}

func TestReachingRefuses(t *testing.T) {
	for _, c := range []struct {
		harm func(o *ReachingOptions)
		says string
	}{
		{func(o *ReachingOptions) { o.Seconds = 1 }, "1 s of reaching"},
		{func(o *ReachingOptions) { o.Seconds = math.NaN() }, "NaN s"},
		{func(o *ReachingOptions) { o.Neurons = 0 }, "0 neurons"},
		{func(o *ReachingOptions) { o.MeanRateHz = 2000 }, "mean rate of 2000"},
	} {
		o := smallReaching(1)
		c.harm(&o)
		if _, err := Reaching(o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
	o := DefaultReaching()
	err := o.fits(1000, "left", true)
	if err == nil || !strings.Contains(err.Error(), "180 s of 80 neurons take 0.0334 GiB of memory") {
		t.Errorf("error %v", err)
	}
	if err := o.fits(0, "", false); err != nil {
		t.Error(err)
	}
}
