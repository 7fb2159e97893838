package prepare

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/synth"
)

func simulated(t *testing.T) *dataset.Recording {
	t.Helper()
	o := synth.DefaultReaching()
	o.Seconds, o.Neurons, o.MeanRateHz = 12, 6, 20
	r, err := synth.Reaching(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// integral returns how many spikes of a unit are expected from time 0 to a moment.
func integral(rates []float64, units, unit int, moment float64) (spikes float64) {
	samples := moment * 200
	whole := int(samples)
	for i := range whole {
		spikes += rates[i*units+unit] / 200
	}
	if rest := samples - float64(whole); rest > 0 && whole*units < len(rates) {
		spikes += rest * rates[whole*units+unit] / 200
	}
	return spikes
}

// The truth of each bin is what is expected of the unit between its edges, in bins as wide
// as samples, wider, narrower, and ones whose edges lie between them; of windows and of
// trials; for the units kept, in the order in which they stand in the dataset.
func TestTruthIsWhatIsExpected(t *testing.T) {
	r := simulated(t)
	stream := r.Stream(dataset.StreamTrueRates)
	rates, err := stream.Data.Read(0, stream.Len())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{
		{BinMs: 5, Chop: &ChopOptions{}},
		{BinMs: 10, Chop: &ChopOptions{}, Units: UnitOptions{Without: "2"}},
		{BinMs: 2.5, Chop: &ChopOptions{WindowMs: 100}},
		{BinMs: 7.5, Window: &Window{-30, 270}, Units: UnitOptions{Without: "0"}},
		{BinMs: 20, Window: &Window{0, 300}, HoldOut: HoldOutOptions{Units: "1,3"}, ForwardMs: 100},
	} {
		d, report, err := Trials(r, o)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(report.String(), "true_rates are the truth") {
			t.Errorf("the report does not say so:\n%s", report)
		}
		for _, s := range []*dataset.Split{d.Train, d.Valid} {
			if s.Truth.String() != s.Recon.String() {
				t.Fatalf("truth of %v for spikes of %v", s.Truth, s.Recon)
			}
			for trial := range s.Truth.Trials {
				start := startOf(r, d, s, trial)
				for bin := range s.Truth.Bins {
					from := start + float64(bin)*o.BinMs/1000
					for n, got := range s.Truth.Bin(trial, bin) {
						unit, _ := strconv.Atoi(d.Neurons[n])
						want := integral(rates, 6, unit, from+o.BinMs/1000) - integral(rates, 6, unit, from)
						// Sums of a thousand numbers; moments are rounded to 1e-6 ms.
						if math.Abs(float64(got)-want) > 1e-6*(1+want) {
							t.Fatalf("bins of %g ms, trial %d, bin %d, unit %d: %v expected, want %v", o.BinMs, trial, bin, unit, got, want)
						}
					}
				}
			}
		}
	}
}

// startOf is when a trial's first bin begins, of a window or of the row of a reach.
func startOf(r *dataset.Recording, d *dataset.Dataset, s *dataset.Split, trial int) float64 {
	if d.Chop != nil {
		return d.Seconds(s.Starts[trial])
	}
	before := .03
	if d.BinWidth.Milliseconds() == 20 {
		before = 0
	}
	return r.Trials().Numbers(dataset.ColumnStart)[s.TrialIDs[trial]] - before
}

// What cannot be the truth of the units is none, and the report says why; a recording
// without true rates says nothing.
func TestNoTruth(t *testing.T) {
	for _, c := range []struct {
		harm func(r *dataset.Recording, s *dataset.Stream, o *Options)
		says string
	}{
		{func(_ *dataset.Recording, s *dataset.Stream, _ *Options) { s.Start = .5 }, "not known in all bins"},
		{func(_ *dataset.Recording, s *dataset.Stream, _ *Options) { s.Rate = 400 }, "not known in all bins"},
		{func(_ *dataset.Recording, s *dataset.Stream, _ *Options) {
			s.Clock, s.Rate = dataset.Values{Data: make([]float64, s.Len()), Width: 1}, 0
		}, "not evenly sampled"},
		{func(_ *dataset.Recording, s *dataset.Stream, _ *Options) { s.Name = "others" }, ""},
		{func(_ *dataset.Recording, s *dataset.Stream, _ *Options) {
			s.Features, s.Data = 3, dataset.Values{Data: make([]float64, 2*3*s.Len()), Width: 3}
		}, "they are of 3 units, and the recording has 6"},
		{func(r *dataset.Recording, _ *dataset.Stream, o *Options) {
			r.Units.Columns = dataset.Table{Name: "units", Rows: 6, Columns: []*dataset.Column{{Name: "shank", Words: []string{"a", "a", "b", "b", "c", "c"}}}}
			o.Units.Join = "shank"
		}, "units that are joined"},
	} {
		r, o := simulated(t), Options{BinMs: 10, Chop: &ChopOptions{}}
		c.harm(r, r.Stream(dataset.StreamTrueRates), &o)
		d, report, err := Trials(r, o)
		if err != nil {
			t.Fatal(err)
		}
		if d.Train.Truth != nil || d.Valid.Truth != nil {
			t.Errorf("%q: there is a truth", c.says)
		}
		said := slices.ContainsFunc(report.Notes, func(n string) bool {
			return strings.Contains(n, "true_rates are not taken") && strings.Contains(n, c.says)
		})
		if said != (c.says != "") {
			t.Errorf("notes %q, want one with %q", report.Notes, c.says)
		}
	}
}
