package prepare

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// sorted is a session of five units that a sorter knows more about; each fires once
// more in every trial than the one before.
func sorted() *dataset.Recording {
	var units [][]float64
	for u := range 5 {
		var times []float64
		for trial := range 4 {
			for k := range u + 1 {
				times = append(times, float64(trial)+float64(k)/10+.05)
			}
		}
		units = append(units, times)
	}
	r := session([]*dataset.Column{column("start_time", 0, 1, 2, 3), column("stop_time", 1, 2, 3, 4)}, units...)
	r.Units.IDs = []string{"3", "5", "7", "9", "11"}
	r.Units.Columns = dataset.Table{Name: "units", Rows: 5, Columns: []*dataset.Column{
		{Name: "quality", Words: []string{"good", "mua", "good", "good", ""}},
		{Name: "heldout", Flags: []bool{true, false, false, true, false}},
		{Name: "depth", Numbers: []float64{100, 200, nan, 400, 500}},
	}}
	return r
}

// TestUnits: units are kept by their ids and columns, before any is counted.
func TestUnits(t *testing.T) {
	for _, c := range []struct {
		options UnitOptions
		kept    []string
		left    []LeftOut
	}{
		{UnitOptions{}, []string{"3", "5", "7", "9", "11"}, []LeftOut{}},
		{UnitOptions{Only: "9, 3,"}, []string{"3", "9"}, []LeftOut{{"not listed by --only-units", []string{"5", "7", "11"}}}},
		{UnitOptions{Without: "7,11"}, []string{"3", "5", "9"}, []LeftOut{{"listed by --without-units", []string{"7", "11"}}}},
		{UnitOptions{Where: `quality == "good"`}, []string{"3", "7", "9"}, []LeftOut{{`--units quality == "good" is not true of it`, []string{"5", "11"}}}},
		{UnitOptions{Where: `id > 5 && depth > 0`}, []string{"9", "11"}, []LeftOut{{`--units id > 5 && depth > 0 is not true of it`, []string{"3", "5", "7"}}}},
		{UnitOptions{Where: `rate_hz > 2.9`}, []string{"7", "9", "11"}, []LeftOut{{`--units rate_hz > 2.9 is not true of it`, []string{"3", "5"}}}},
		{UnitOptions{Only: "3,7,9", Without: "3,5", Where: "heldout"}, []string{"9"}, []LeftOut{
			{"not listed by --only-units", []string{"5", "11"}},
			{"listed by --without-units", []string{"3"}},
			{"--units heldout is not true of it", []string{"7"}},
		}},
	} {
		trials, d, report := made(t, sorted(), Options{BinMs: 1000, Units: c.options})
		if !slices.Equal(d.Neurons, c.kept) || !reflect.DeepEqual(report.LeftOut, c.left) {
			t.Errorf("%+v keeps %v, want %v; left out %v", c.options, d.Neurons, c.kept, report.LeftOut)
		}
		for i, id := range c.kept {
			if want := slices.Index(sorted().Units.IDs, id) + 1; trials[2][i] != float32(want) {
				t.Errorf("%+v: unit %s has %g spikes, want %d", c.options, id, trials[2][i], want)
			}
		}
	}
}

// TestRecordingRate: rate_hz is over the time in which a unit was observed, where the
// recording says it.
func TestRecordingRate(t *testing.T) {
	r := sorted()
	for i := range r.Units.IDs {
		r.Units.Observed = append(r.Units.Observed, []dataset.Interval{{Start: 0, Stop: float64(4 * (i + 1))}})
	}
	rates := make([]float64, 5)
	if err := fillRates(rates, r); err != nil {
		t.Fatal(err)
	}
	for i, rate := range rates {
		if math.Abs(rate-1) > 1e-12 {
			t.Errorf("unit %d fires at %g Hz, want 1", i, rate)
		}
	}
}

func TestUnitsRefused(t *testing.T) {
	for _, c := range []struct {
		options UnitOptions
		says    []string
	}{
		{UnitOptions{Only: "3,4,x"}, []string{"--only-units 4, x: there are no such units", "3, 5, 7"}},
		{UnitOptions{Without: ","}, []string{"--without-units lists no unit"}},
		{UnitOptions{Where: `qualty == "good"`}, []string{"--units", "the columns of units are quality, heldout, depth, id, rate_hz"}},
		{UnitOptions{Where: `quality == "fine"`}, []string{"true of none of the 5 units", `"good"`}},
		{UnitOptions{Where: `id == "3"`}, []string{"between a number and a word"}},
		{UnitOptions{Without: "3,5,7,9,11"}, []string{"no unit of 5 is left"}},
	} {
		_, _, err := Trials(sorted(), Options{BinMs: 1000, Units: c.options})
		for _, part := range c.says {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%+v: does not say %q: %v", c.options, part, err)
			}
		}
	}
}

// TestHoldOut: units held out stand behind the others in what is reconstructed, and
// are not read; forward bins are not, either.
func TestHoldOut(t *testing.T) {
	for _, c := range []struct {
		options HoldOutOptions
		order   string
		out     int
	}{
		{HoldOutOptions{Units: "heldout"}, "[5 7 11 3 9]", 2},
		{HoldOutOptions{Units: "5,11"}, "[3 7 9 5 11]", 2},
		{HoldOutOptions{Units: `id > 5 && quality != "mua"`}, "[3 5 7 9 11]", 3},
		{HoldOutOptions{Share: .01}, "", 1},
		{HoldOutOptions{Share: .5}, "", 3},
		{HoldOutOptions{Share: .99}, "", 4},
	} {
		d, report, err := Trials(sorted(), Options{BinMs: 100, Window: &Window{0, 300}, ForwardMs: 200, HoldOut: c.options})
		if err != nil {
			t.Fatal(err)
		}
		if order := fmt.Sprint(d.Neurons); c.order != "" && order != c.order || len(report.HeldOut) != c.out {
			t.Errorf("%+v: %s, %v held out; want %s, %d", c.options, order, report.HeldOut, c.order, c.out)
		}
		e, all := d.Train.Encod, d.Train.Recon
		if e.Bins != 3 || e.Features != 5-c.out || all.Bins != 5 || all.Features != 5 || report.Bins != 3 || report.Forward != 2 {
			t.Errorf("%+v: read %v, reconstructed %v", c.options, e, all)
		}
		for bin := range 5 {
			for i, id := range d.Neurons {
				want := float32(0) // its k-th spike lies in bin k
				if slices.Index(sorted().Units.IDs, id) >= bin {
					want = 1
				}
				if got := all.Bin(1, bin)[i]; got != want || bin < 3 && i < e.Features && e.Bin(1, bin)[i] != want {
					t.Errorf("%+v: unit %s has %g in bin %d, want %g", c.options, id, got, bin, want)
				}
			}
		}
	}
}

// TestHoldOutBySeed: which units, the seed of the split says, and all can be.
func TestHoldOutBySeed(t *testing.T) {
	o, units, seen := HoldOutOptions{Share: .4}, make([]UnitReport, 10), map[int]bool{}
	for seed := range uint64(40) {
		first, err := o.places(nil, units, seed)
		again, _ := o.places(nil, units, seed)
		if err != nil || len(first) != 4 || !slices.Equal(first, again) || !slices.IsSorted(first) {
			t.Fatalf("seed %d: %v, then %v (%v)", seed, first, again, err)
		}
		for _, place := range first {
			seen[place] = true
		}
	}
	if len(seen) != 10 {
		t.Errorf("of 10 units, 40 seeds hold out %d", len(seen))
	}
}

// TestForwardNotObserved: forward bins behind what was observed are NaN, and do not
// make a trial of what lies before them.
func TestForwardNotObserved(t *testing.T) {
	r := session([]*dataset.Column{column("start_time", 0, 1, 2, 3, 4)}, []float64{.05, 1.05, 2.05, 3.05, 3.95, 4.25})
	r.Units.Observed = [][]dataset.Interval{{{Start: 0, Stop: 3.2}, {Start: 4.2, Stop: 5}}}
	d, report, err := Trials(r, Options{BinMs: 100, Window: &Window{0, 200}, ForwardMs: 100})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Dropped{{nothingObserved, []int64{4}}}; !reflect.DeepEqual(report.Dropped, want) {
		t.Errorf("dropped %v, want %v: only its forward bin was observed", report.Dropped, want)
	}
	missing := 0
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		for i, id := range s.TrialIDs {
			for bin, v := range s.Recon.Trial(i) {
				if is := dataset.IsMissing(v); is != (id == 3 && bin == 2) {
					t.Errorf("trial %d, bin %d: %g", id, bin, v)
				} else if is {
					missing++
				}
			}
		}
	}
	if missing != 1 || math.Abs(report.Missing-1./12) > 1e-12 || fmt.Sprint(report.Lacking) != "[3]" {
		t.Errorf("%d missing, a share of %g, in %d", missing, report.Missing, report.Lacking)
	}
}

func TestHoldOutRefused(t *testing.T) {
	for _, c := range []struct {
		options Options
		says    string
	}{
		{Options{HoldOut: HoldOutOptions{Share: 1}}, "the share of units to hold out is 1"},
		{Options{HoldOut: HoldOutOptions{Share: -.1}}, "the share of units to hold out is -0.1"},
		{Options{HoldOut: HoldOutOptions{Share: .2, Units: "3"}}, "leave out --hold-out or --hold-out-units"},
		{Options{HoldOut: HoldOutOptions{Units: "3,4"}}, "--hold-out-units 4: there are no such units"},
		{Options{HoldOut: HoldOutOptions{Units: "4, 8"}}, "--hold-out-units 4, 8: there are no such units"},
		{Options{HoldOut: HoldOutOptions{Units: "held"}}, "unknown name held: the columns of units are quality, heldout, depth, id, rate_hz; ids of units are 3"},
		{Options{HoldOut: HoldOutOptions{Units: "id > 0"}}, "are 5 of the 5 units kept: some must be held out, and some read"},
		{Options{HoldOut: HoldOutOptions{Share: .5}, Units: UnitOptions{Only: "3"}}, "of one unit none can be held out"},
		{Options{ForwardMs: 250}, "250 ms are 2.5 bins of 100 ms: forward bins must be a whole number of them, such as --forward-ms 200"},
		{Options{ForwardMs: -100}, "forward bins are -100 ms"},
		{Options{ForwardMs: nan}, "forward bins are NaN ms"},
		{Options{ForwardMs: math.Inf(1)}, "forward bins are +Inf ms"},
	} {
		c.options.BinMs = 100
		if _, _, err := Trials(sorted(), c.options); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: does not say %q: %v", c.options, c.says, err)
		}
	}
}
