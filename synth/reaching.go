package synth

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// Reaching makes the recording that o describes. It is not yet binned, as those of
// laboratories: units' spike times, whole microseconds from 0 on; streams of 200
// samples/s (position in mm, velocity in mm/s and target in mm, of x and y, for 100 ms
// longer, so that all spikes have behaviour; true_rates in spikes/s, of each unit;
// true_states, of the network); and a table of the reaches
// that end within it (trials: start_time and stop_time of the movement,
// target_on_time, from_x, from_y, target_x, target_y).
//
// [WriteRecording] writes it, package prepare makes windows or trials of it.
// Options that make no sense are an error.
func Reaching(o ReachingOptions) (*dataset.Recording, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	seconds := float64(o.bins()) * reachingBin.Seconds()
	all := drawReaches(rng.Derive(o.Seed, rng.Synthesis, reachingReaches), seconds+reachingLag+reachingTau)
	states := newMotorNetwork(o.Seed).states(all, o.bins())
	rates := reachingRates(&o, states)
	if peak := slices.Max(rates.Data); peak > maxCount {
		return nil, fmt.Errorf("synth: rates reach %.0f spikes in %v, more than %d can be drawn: lower the mean rate of %v spikes/s", peak, reachingBin, maxCount, o.MeanRateHz)
	}
	spikes, oracle := reachingSpikes(&o, rates)
	r := &dataset.Recording{
		Name:       "reaching",
		Units:      dataset.Units{IDs: make([]string, o.Neurons), Spikes: spikes},
		Intervals:  []*dataset.Table{reachingTable(all, seconds)},
		Streams:    append(handStreams(all, o.bins()+int(math.Round(reachingLag*reachingHz))), truthStreams(rates, states)...),
		Attributes: o.attributes(oracle),
	}
	for n := range r.Units.IDs {
		r.Units.IDs[n] = strconv.Itoa(n)
	}
	return r, nil
}

// attributes say what made the recording, and how probable its spikes are.
func (o *ReachingOptions) attributes(oracle float64) []dataset.Attribute {
	return []dataset.Attribute{
		{Name: "generator", Value: "reaching"},
		{Name: "seed", Value: strconv.FormatUint(o.Seed, 10)},
		{Name: "mean_rate_hz", Value: fmt.Sprint(o.MeanRateHz)},
		{Name: "behavior_lag_ms", Value: fmt.Sprint(reachingLag * 1000)},
		{Name: "oracle_nll_5ms", Value: fmt.Sprintf("%.6f", oracle)},
	}
}

// reachingSpikes draws the spikes of each bin, anywhere in it, and returns the mean
// negative log likelihood of the counts under their rates, in nats, with all terms.
func reachingSpikes(o *ReachingOptions, rates *dataset.Array) (dataset.SpikeTrains, float64) {
	counts, sum := rng.Derive(o.Seed, rng.Synthesis, reachingCounts), 0.
	trains := make(dataset.SpikeTrains, o.Neurons)
	for n := range trains {
		moments := rng.NewSource(rng.Derive(o.Seed, rng.Synthesis, reachingMoments, uint64(n)))
		trains[n] = []float64{}
		for bin := range rates.Bins {
			rate := float64(rates.Bin(0, bin)[n])
			k := poisson(rate, counts.Float64(bin, n))
			sum += rate - float64(float64(k)*maths.Log(rate)) + maths.Lgamma(float64(k)+1)
			trains[n] = append(trains[n], momentsIn(moments, bin, k)...)
		}
	}
	return trains, sum / float64(len(rates.Data))
}

// momentsIn draws k moments in a bin, in ascending order, in s.
func momentsIn(src *rng.Source, bin, k int) []float64 {
	const perSecond = 1e6
	width := int(reachingBin.Microseconds())
	moments := make([]float64, k)
	for i := range moments {
		moments[i] = float64(bin*width+src.IntN(width)) / perSecond
	}
	slices.Sort(moments)
	return moments
}

// handStreams are what the hand does, at each bin's first moment.
func handStreams(all []reach, bins int) []*dataset.Stream {
	position, velocity, target := reachingStream("position", "mm", bins, 2), reachingStream("velocity", "mm/s", bins, 2), reachingStream("target", "mm", bins, 2)
	for bin := range bins {
		h := handAt(all, float64(bin)*reachingBin.Seconds())
		for i := range 2 {
			position.set(bin, i, float32(h.position[i]))
			velocity.set(bin, i, float32(h.velocity[i]))
			target.set(bin, i, float32(h.target[i]))
		}
	}
	streams := []*dataset.Stream{position.stream(), velocity.stream(), target.stream()}
	for _, s := range streams {
		s.Names = []string{"x", "y"}
	}
	return streams
}

// truthStreams are what is behind the spikes.
func truthStreams(rates, states *dataset.Array) []*dataset.Stream {
	perSecond, network := reachingStream(dataset.StreamTrueRates, "spikes/s", rates.Bins, rates.Features), reachingStream("true_states", "", states.Bins, states.Features)
	for bin := range rates.Bins {
		for n, r := range rates.Bin(0, bin) {
			perSecond.set(bin, n, float32(float64(r)*reachingHz))
		}
		for i, s := range states.Bin(0, bin) {
			network.set(bin, i, s)
		}
	}
	return []*dataset.Stream{perSecond.stream(), network.stream()}
}

// samples is a stream that is being filled, a sample a bin.
type samples struct {
	name, unit string
	values     dataset.Values
}

func reachingStream(name, unit string, bins, width int) *samples {
	return &samples{name, unit, dataset.Values{Data: make([]float64, bins*width), Width: width}}
}

func (s *samples) set(bin, feature int, v float32) {
	s.values.Data[bin*s.values.Width+feature] = float64(v)
}

func (s *samples) stream() *dataset.Stream {
	return &dataset.Stream{Name: s.name, Unit: s.unit, Features: s.values.Width, Data: s.values, Rate: reachingHz}
}

// reachingTable has a row for each reach that ends within so many seconds.
func reachingTable(all []reach, seconds float64) *dataset.Table {
	t := &dataset.Table{Name: dataset.TrialsTable}
	for _, c := range []struct {
		name string
		of   func(r *reach) float64
	}{
		{dataset.ColumnStart, func(r *reach) float64 { return r.moves }},
		{dataset.ColumnStop, func(r *reach) float64 { return r.ends }},
		{"target_on_time", func(r *reach) float64 { return r.shown }},
		{"from_x", func(r *reach) float64 { return r.from[0] }},
		{"from_y", func(r *reach) float64 { return r.from[1] }},
		{"target_x", func(r *reach) float64 { return r.to[0] }},
		{"target_y", func(r *reach) float64 { return r.to[1] }},
	} {
		column := &dataset.Column{Name: c.name, Numbers: []float64{}}
		for i := range all {
			if all[i].ends <= seconds {
				column.Numbers = append(column.Numbers, c.of(&all[i]))
			}
		}
		t.Rows, t.Columns = len(column.Numbers), append(t.Columns, column)
	}
	return t
}
