package metric

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/golden"
)

// Inputs are float32 numbers, so that both sides sum the same few hundred
// terms in float64: 1e-10 leaves room for another order of summation and
// another lgamma, and for no other formula.
const tolerance = 1e-10

func checkGolden(t *testing.T, g *golden.Group, key string, got float64) {
	t.Helper()
	if want := g.Array(key).Data[0]; !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s: %v, want %v", key, got, want)
	}
}

func TestGoldenBits(t *testing.T) {
	g := golden.Metrics(t)["bps"]
	rates, spikes, missing := g.Array("rates").Dataset(), g.Array("spikes").Dataset(), g.Array("spikes_nan").Dataset()
	nll := func(rates, spikes *dataset.Array) float64 { return PoissonNLL(rates, spikes, Exact).Sum }
	checkGolden(t, g, "nll", nll(rates, spikes))
	checkGolden(t, g, "nll_nan", nll(rates, missing))
	checkGolden(t, g, "nll_with_zero", nll(g.Array("rates_with_zero").Dataset(), spikes))
	checkGolden(t, g, "bits_per_spike", BitsPerSpike(rates, spikes).PerSpike)
	checkGolden(t, g, "bits_per_spike_nan", BitsPerSpike(rates, missing).PerSpike)
	checkGolden(t, g, "co_bps_held_out_last2_first7", CoBPS(rates, spikes, 3, 7).PerSpike)
	checkGolden(t, g, "fp_bps_after7", FpBPS(rates, spikes, 7).PerSpike)
}

// lfads-torch takes ln(null + 1e-8), and Stirling's term, which cancels. What that
// changes is added here; its bps is of the encoders' neurons and bins.
func TestGoldenBitsOfTraining(t *testing.T) {
	g := golden.Metrics(t)["bps"]
	rates, spikes := g.Array("rates").Dataset(), g.Array("spikes").Dataset()
	held := newTrialBits(rates, spikes, window{0, 7, 0}) // held-in neurons are the first three
	for trial := range held.trials {
		clear(held.trial(trial)[3:])
	}
	for key, b := range map[string]*TrialBits{
		"lfads_torch_bps": held, "lfads_torch_co_bps": CoBitsByTrial(rates, spikes, 3, 7), "lfads_torch_fp_bps": FpBitsByTrial(rates, spikes, 7),
	} {
		neurons, less := b.selected(nil), 0.
		for _, n := range neurons {
			if n.spikes > 0 {
				less += n.spikes * math.Log1p(1e-8*n.bins/n.spikes)
			}
		}
		_, _, spikes := b.total(neurons)
		checkGolden(t, g, key, b.Of(nil)-less/(spikes*math.Ln2))
	}
}

func TestGoldenR2(t *testing.T) {
	g := golden.Metrics(t)["bps"]
	rates, truth := g.Array("rates"), g.Array("true_rates")
	checkGolden(t, g, "lfads_torch_r2_rates_vs_true", R2(truth.Data, rates.Data, truth.Shape[2]).Mean)
	checkGolden(t, g, "lfads_torch_r2_rates_vs_true", R2ByTrial(truth.Dataset(), rates.Dataset()).Of(nil))
}

func TestGoldenPSTH(t *testing.T) {
	g := golden.Metrics(t)["psth"]
	rates, condition := g.Array("eval_rates").Dataset(), g.Array("cond_idx").Int64s()
	var jitter []int
	for _, j := range g.Array("jitter").Int64s() {
		jitter = append(jitter, int(j))
	}
	for _, c := range []struct {
		want, psth string
		jitter     []int
	}{
		{"r2", "psth", nil},
		{"r2_jitter", "psth_nan", jitter},
	} {
		s, err := PSTHR2(rates, condition, c.jitter, g.Array(c.psth).Dataset())
		if err != nil {
			t.Fatal(err)
		}
		checkGolden(t, g, c.want, s.Mean)
	}
}

// Behaviour is three columns that name the condition, and the produced
// interval last. Trials without a condition have NaN there.
func TestGoldenSpeed(t *testing.T) {
	g := golden.Metrics(t)["tp"]
	rates, heldOut, behaviour := g.Array("eval_rates").Dataset(), g.Array("heldout_spikes").Dataset(), g.Array("behavior")
	names := map[[3]float64]int64{}
	var condition []int64
	var produced []float64
	for row := range slices.Chunk(behaviour.Data, behaviour.Shape[1]) {
		name := [3]float64(row[:3])
		c := int64(-1)
		if !math.IsNaN(row[0]) {
			if _, known := names[name]; !known {
				names[name] = int64(len(names))
			}
			c = names[name]
		}
		condition, produced = append(condition, c), append(produced, row[len(row)-1])
	}
	checkGolden(t, g, "corr", SpeedCorrelation(Speeds(rates, heldOut), produced, condition))
}
