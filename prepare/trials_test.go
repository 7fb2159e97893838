package prepare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// session is a recording of units with a table of trials.
func session(trials []*dataset.Column, units ...[]float64) *dataset.Recording {
	r := &dataset.Recording{Name: "session", Units: dataset.Units{Spikes: dataset.SpikeTrains(units)}}
	for i := range units {
		r.Units.IDs = append(r.Units.IDs, fmt.Sprint("u", i))
	}
	if trials != nil {
		t, err := dataset.NewTable(dataset.TrialsTable, trials...)
		if err != nil {
			panic(err)
		}
		r.Intervals = []*dataset.Table{t}
	}
	return r
}

// column is a column of numbers.
func column(name string, numbers ...float64) *dataset.Column {
	return &dataset.Column{Name: name, Numbers: numbers}
}

// made makes trials and brings them back into the order of their ids.
func made(t *testing.T, r *dataset.Recording, o Options) (map[int64][]float32, *dataset.Dataset, *Report) {
	t.Helper()
	d, report, err := Trials(r, o)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[int64][]float32{}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		if s.Encod != s.Recon {
			t.Error("what is read is not what is reconstructed")
		}
		for i, id := range s.TrialIDs {
			byID[id] = s.Encod.Trial(i)
		}
	}
	return byID, d, report
}

func same(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return x == y || dataset.IsMissing(x) && dataset.IsMissing(y) })
}

var nan = math.NaN()

// TestCounts counts by hand: two units, bins of 100 ms, an event 200 ms into each
// trial; spikes out of order, on edges, before 0, at the same time, beside all
// trials; trials that overlap, without event, with an infinite one.
func TestCounts(t *testing.T) {
	r := session(
		[]*dataset.Column{
			column("start_time", -1, 0, .5, 2, 3, 4),
			column("stop_time", 0, 1, 1.5, nan, 4, 5),
			column("go_time", -.8, .2, .5, 2.2, nan, math.Inf(1)),
		},
		[]float64{.35, -.75, .2, .2, 2.1 + .2, 9, nan, .6, .1, -.9},
		[]float64{},
	)
	trials, d, report := made(t, r, Options{BinMs: 100, Align: "go_time", Window: &Window{-100, 300}})
	for id, want := range [][]float32{
		{1, 1, 0, 0}, // from -.9 s on: -.9, -.75
		{1, 2, 1, 0}, // from .1 s on: .1; .2 twice; .35
		{0, 0, 1, 0}, // from .4 s on: .6
		{0, 0, 1, 0}, // from 2.1 s on: 2.3
	} {
		both := make([]float32, 8) // the other unit is silent
		for bin, v := range want {
			both[2*bin] = v
		}
		if !same(trials[int64(id)], both) {
			t.Errorf("trial %d is %v, want %v", id, trials[int64(id)], both)
		}
	}
	if len(trials) != 4 || d.BinWidth.Milliseconds() != 100 {
		t.Errorf("%d trials of %v", len(trials), d.BinWidth)
	}
	if want := []Dropped{{"go_time is not known (NaN)", []int64{4}}, {"go_time is infinite", []int64{5}}}; !reflect.DeepEqual(report.Dropped, want) {
		t.Errorf("dropped %v", report.Dropped)
	}
	if report.Spikes != 10 || report.Counted != 8 || report.Outside != 1 || report.Unclear != 1 || report.Overlap != 1 || !slices.Equal(report.Silent, []string{"u1"}) {
		t.Errorf("report\n%+v", report)
	}
	if want := 8. / (2 * 4 * .4); math.Abs(report.MeanRate-want) > 1e-12 {
		t.Errorf("mean rate %v, want %v", report.MeanRate, want)
	}
}

// TestNotObserved: bins that are not observed as a whole are NaN, trials of nothing
// else are dropped, spikes in such bins are told.
func TestNotObserved(t *testing.T) {
	r := session([]*dataset.Column{column("start_time", 0, 1, 2, 3), column("stop_time", .3, 1.3, 2.3, 3.3)},
		[]float64{.05, .25, 1.15, 2.05, 3.05}, []float64{.05, 1.05})
	r.Units.Observed = [][]dataset.Interval{{{Start: 0, Stop: .2}, {Start: 1.05, Stop: 3.2}}, {{Start: 0, Stop: 1.2}}}
	trials, _, report := made(t, r, Options{BinMs: 100})
	missing := float32(nan)
	for id, want := range [][]float32{
		{1, 1, 0, 0, missing, 0},
		{missing, 1, 1, 0, 0, missing},
		{1, missing, 0, missing, 0, missing},
		{1, missing, 0, missing, missing, missing},
	} {
		if !same(trials[int64(id)], want) {
			t.Errorf("trial %d is %v, want %v", id, trials[int64(id)], want)
		}
	}
	if report.Counted != 6 || report.Unobserved != 1 || math.Abs(report.Missing-10./24) > 1e-12 {
		t.Errorf("report\n%+v", report)
	}
	if want := "missing      41.7 % of the counts, in 4 trials: 0, 1, 2, 3: units were not observed"; !strings.Contains(report.String(), want) {
		t.Errorf("the report does not say %q:\n%s", want, report)
	}
	r.Units.Observed = [][]dataset.Interval{{{Start: 0, Stop: 1.2}}, {{Start: 0, Stop: 1.2}}}
	trials, _, report = made(t, r, Options{BinMs: 100})
	if want := []Dropped{{nothingObserved, []int64{2, 3}}}; len(trials) != 2 || !reflect.DeepEqual(report.Dropped, want) {
		t.Errorf("%d trials, dropped %v", len(trials), report.Dropped)
	}
	if want := []float32{0, 1, 1, 0, missing, missing}; !same(trials[1], want) {
		t.Errorf("trial 1 is %v, want %v", trials[1], want)
	}
}

// TestAgainstPlainCounting compares with counting each window for itself.
func TestAgainstPlainCounting(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		units, rows := 1+random.IntN(5), 2+random.IntN(40)
		starts, spikes := make([]float64, rows), make([][]float64, units)
		for i := range starts {
			starts[i] = math.Round((random.Float64()*20-5)*1000) / 1000
		}
		for u := range spikes {
			for range random.IntN(400) {
				spikes[u] = append(spikes[u], math.Round((random.Float64()*20-5)*1000)/1000)
			}
		}
		spikes[0] = append(spikes[0], starts[0]) // one at least is counted
		width := []float64{1, 5, 10, 7}[random.IntN(4)]
		window := Window{float64(random.IntN(20)-10) * width, float64(15+random.IntN(20)) * width}
		trials, _, _ := made(t, session([]*dataset.Column{column("start_time", starts...)}, spikes...), Options{BinMs: width, Window: &window})
		bins := int(window.length() / width)
		for row, start := range starts {
			want := make([]float32, bins*units)
			for u, times := range spikes {
				for _, s := range times { // whole ms on paper
					ms := math.Round(s*1000) - math.Round(start*1000) - window.From
					if bin := int(math.Floor(ms / width)); bin >= 0 && bin < bins {
						want[bin*units+u]++
					}
				}
			}
			if !same(trials[int64(row)], want) {
				t.Fatalf("row %d at %v, window %v, bins of %g ms: %v, want %v", row, start, window, width, trials[int64(row)], want)
			}
		}
	}
}

// TestShortestTrial: without a window trials are as long as the shortest, in whole
// bins.
func TestShortestTrial(t *testing.T) {
	r := session([]*dataset.Column{column("start_time", 0, 1, 2, 3, 4), column("stop_time", .5, 1.357, 2.8, nan, 4)}, []float64{.01, 1.01, 2.01})
	trials, d, report := made(t, r, Options{BinMs: 10})
	if len(trials) != 3 || d.Train.Encod.Bins != 35 || report.Window != (Window{0, 350}) {
		t.Errorf("%d trials of %d bins, window %v", len(trials), d.Train.Encod.Bins, report.Window)
	}
	if want := []Dropped{{noStop, []int64{3}}, {noLength, []int64{4}}}; !reflect.DeepEqual(report.Dropped, want) {
		t.Errorf("dropped %v", report.Dropped)
	}
}

// TestFromStart: moments that count from each trial's start.
func TestFromStart(t *testing.T) {
	r := session([]*dataset.Column{column("start_time", 10, 20, 30), column("go_time", .5, 1, .25)}, []float64{10.51, 21.02, 30.27})
	o := Options{BinMs: 10, Align: "go_time", Window: &Window{0, 30}}
	if _, _, err := Trials(r, o); err == nil || !strings.Contains(err.Error(), "--align-from-start") {
		t.Errorf("taken for times of the recording: %v", err)
	}
	o.FromStart = true
	trials, _, _ := made(t, r, o)
	for id, want := range [][]float32{{0, 1, 0}, {0, 0, 1}, {0, 0, 1}} {
		if !same(trials[int64(id)], want) {
			t.Errorf("trial %d is %v, want %v", id, trials[int64(id)], want)
		}
	}
}

// TestEvents: a table of moments serves as trials.
func TestEvents(t *testing.T) {
	r := session(nil, []float64{1.005, 2.015})
	r.Events = []*dataset.Table{{Name: "licks", Rows: 2, Columns: []*dataset.Column{column("time", 1, 2)}}}
	trials, _, report := made(t, r, Options{BinMs: 10, Table: "licks", Window: &Window{0, 20}})
	if !same(trials[0], []float32{1, 0}) || !same(trials[1], []float32{0, 1}) || report.Align != "time" {
		t.Errorf("%v by %s", trials, report.Align)
	}
}

func TestUnitsLeftOut(t *testing.T) {
	r := session([]*dataset.Column{column("start_time", 0, 1, 2), column("stop_time", 1, 2, 3)},
		[]float64{.5}, []float64{.1, .2, 1.1, 1.2, 2.1, 2.2}, []float64{}, []float64{.3, 1.3, 2.3})
	trials, _, report := made(t, r, Options{BinMs: 500, Units: UnitOptions{MinRateHz: 1}})
	for id := range int64(3) {
		if !same(trials[id], []float32{2, 1, 0, 0}) {
			t.Errorf("trial %d is %v", id, trials[id])
		}
	}
	if !slices.Equal(idsOf(report.Units), []string{"u1", "u3"}) || !slices.Equal(idsOf(report.Slow), []string{"u0", "u2"}) || report.Counted != 9 {
		t.Errorf("report\n%+v", report)
	}
	if rate := report.Units[0].RateHz; rate != 2 {
		t.Errorf("%v Hz, want 2", rate)
	}
}

// TestSplit: trials validate by the rule of package dataset.
func TestSplit(t *testing.T) {
	starts := make([]float64, 20)
	for i := range starts {
		starts[i] = float64(i)
	}
	words := &dataset.Column{Name: "side", Words: make([]string, 20)}
	for i := range words.Words {
		words.Words[i] = []string{"right", "left", ""}[i%3]
	}
	number := column("angle", starts...)
	r := session([]*dataset.Column{column("start_time", starts...), words, number}, starts)
	for _, by := range []dataset.Division{{Share: .2, Seed: 0}, {Share: .35, Seed: 7}} {
		_, d, report := made(t, r, Options{BinMs: 10, Window: &Window{0, 10}, Split: SplitOptions{ValidShare: by.Share, Seed: by.Seed}, Condition: "side"})
		want := by.Validation(20)
		for i, id := range d.Valid.TrialIDs {
			if int64(want[i]) != id {
				t.Fatalf("%v: trials %v validate, want %v", by, d.Valid.TrialIDs, want)
			}
			if word := words.Text(want[i]); word != "" && d.Conditions[d.Valid.Condition[i]] != word {
				t.Errorf("trial %d has condition %s, want %s", id, d.Conditions[d.Valid.Condition[i]], word)
			}
		}
		total := 0
		for _, c := range report.Conditions {
			total += c.Train + c.Valid
		}
		if !slices.Equal(d.Conditions, []string{"left", "not known", "right"}) || total != 20 || len(report.Conditions) != 3 || *d.Divided != by {
			t.Errorf("conditions %v: %v", d.Conditions, report.Conditions)
		}
	}
	_, d, _ := made(t, r, Options{BinMs: 10, Window: &Window{0, 10}, Condition: "angle"})
	if d.Conditions != nil || !slices.Equal(d.Valid.Condition, d.Valid.TrialIDs) {
		t.Errorf("whole numbers became %v of %v", d.Valid.Condition, d.Conditions)
	}
}
