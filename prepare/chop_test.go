package prepare

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// ms are windows and overlaps in ms.
func ms(window, overlap float64) *ChopOptions { return &ChopOptions{window, &overlap} }

// startsOf are the bins at which windows begin, by trial id.
func startsOf(d *dataset.Dataset) map[int64]int64 {
	starts := map[int64]int64{}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		for i, id := range s.TrialIDs {
			starts[id] = s.Starts[i]
		}
	}
	return starts
}

// TestChop: windows lie on a grid of bins from the bin of the first spike on, and share
// what was asked for; a spike in two of them is counted in both.
func TestChop(t *testing.T) {
	r := session(nil, []float64{.123, .13, .149, .15, .2299, .31}, []float64{.18, .26})
	bins := [][]float32{ // of 10 ms from .12 s on
		{1, 0},
		{1, 0},
		{1, 0},
		{1, 0},
		{0, 0},
		{0, 0},
		{0, 1},
		{0, 0},
		{0, 0},
		{0, 0},
		{1, 0},
		{0, 0},
		{0, 0},
		{0, 0},
		{0, 1},
		{0, 0},
		{0, 0},
		{0, 0},
		{0, 0},
		{1, 0},
	}
	for _, o := range []struct{ window, overlap, windows int }{{3, 0, 6}, {4, 2, 9}, {4, 1, 6}, {5, 0, 4}, {10, 5, 3}} {
		trials, d, report := made(t, r, Options{BinMs: 10, Chop: ms(float64(10*o.window), float64(10*o.overlap))})
		if len(trials) != o.windows || d.Chop.Bins != 20 || d.Chop.Origin != .12 {
			t.Fatalf("%v: %d windows, %+v", o, len(trials), d.Chop)
		}
		starts := startsOf(d)
		for id, got := range trials {
			if want := slices.Concat(bins[starts[id] : starts[id]+int64(o.window)]...); !same(got, want) || starts[id]-starts[0] != id*int64(o.window-o.overlap) {
				t.Errorf("%v: window %d from bin %d on is %v, want %v", o, id, starts[id], got, want)
			}
		}
		if report.Table != "" || !strings.Contains(strings.Join(report.Notes, "; "), "first spike (0.123 s)") {
			t.Errorf("report\n%+v", report)
		}
	}
}

// TestChopBetweenGaps: windows lie in what was observed, none across a gap; where a
// unit was not observed throughout a bin, it is NaN.
func TestChopBetweenGaps(t *testing.T) {
	r := session(nil, []float64{-.95, .05, .25, 1.05, 5}, []float64{1.15})
	r.Units.Observed = [][]dataset.Interval{{{Start: -1, Stop: -.7}, {Start: 0, Stop: .2}}, {{Start: 1.05, Stop: 1.3}, {Start: .1, Stop: .25}, {Start: 5, Stop: 5.09}}}
	trials, d, report := made(t, r, Options{BinMs: 50, Chop: ms(100, 0)})
	m := float32(math.NaN())
	bins := map[int64][]float32{ // of 50 ms from -1 s on
		0: {0, m}, 1: {1, m}, 2: {0, m}, 3: {0, m}, 4: {0, m}, 5: {0, m}, // -1 to -.7 s
		20: {0, m}, 21: {1, m}, 22: {0, 0}, 23: {0, 0}, 24: {m, 0}, // 0 to .25 s
		41: {m, 0}, 42: {m, 0}, 43: {m, 1}, 44: {m, 0}, 45: {m, 0}, // 1.05 to 1.3 s
	}
	if len(trials) != 7 {
		t.Fatalf("%d windows", len(trials))
	}
	starts := startsOf(d)
	for id, got := range trials {
		if want := slices.Concat(bins[starts[id]], bins[starts[id]+1]); !same(got, want) {
			t.Errorf("window %d from bin %d on is %v, want %v", id, starts[id], got, want)
		}
	}
	c := *report.Chop
	for _, v := range []*float64{&c.Recorded, &c.Covered, &c.Lost} {
		*v = math.Round(*v*1e9) / 1e9
	}
	if want := (ChopReport{100, 0, 4, 1, .89, .7, .19}); c != want {
		t.Errorf("%+v, want %+v", c, want)
	}
	text := report.String()
	for _, part := range []string{"7 of 7 windows of 100 ms", "0.89 s in 4 stretches; 0.7 s are in windows, 0.19 s in none (1 of the stretches shorter than a window)"} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}

// TestChopMerged: what was counted, merged again, is what is counted in one window over
// all, wherever a window is; by every seed, and no two seeds begin alike for long.
func TestChopMerged(t *testing.T) {
	var a, b []float64
	for i := range 900 {
		a = append(a, 3.017+float64(i*i%7919)/400)
		b = append(b, 3.025+float64(i*i%5003)/251)
	}
	r := session(nil, a, b)
	first := map[int64]bool{}
	for seed := range uint64(20) {
		_, d, report := made(t, r, Options{BinMs: 10, Chop: ms(170, 60), Split: SplitOptions{Seed: seed}})
		m, err := d.MergeSpikes()
		if err != nil {
			t.Fatal(err)
		}
		rows := make([]float32, m.Bins*2)
		m.Rows(0, rows)
		whole := grid.Grid{Width: grid.Nanoseconds(10), Bins: int(m.Bins)}
		want := make([]float32, len(rows))
		for u, times := range [][]float64{a, b} {
			for _, s := range times {
				bin, _ := whole.Bin(s, d.Chop.Origin)
				want[2*bin+u]++
			}
		}
		for i, v := range rows {
			if !dataset.IsMissing(v) && v != want[i] {
				t.Fatalf("seed %d: bin %d is %g, want %g", seed, i/2, v, want[i])
			}
		}
		if s := m.Covered(); len(s) != 1 || float64(s[0].Last-s[0].First)*.01 < report.Chop.Recorded-.11 {
			t.Errorf("seed %d: %v of %+v", seed, s, report.Chop)
		}
		first[startsOf(d)[0]] = true
	}
	if len(first) < 5 {
		t.Errorf("20 seeds begin at %v", first)
	}
}

// TestChopUsual: without a length, windows are those of LFADS on continuous data, and
// share a third whatever their length.
func TestChopUsual(t *testing.T) {
	for _, c := range []struct {
		o               ChopOptions
		binMs           float64
		window, overlap int
	}{{ChopOptions{}, 10, 60, 20}, {ChopOptions{}, 50, 12, 4}, {ChopOptions{WindowMs: 1000}, 10, 100, 33}, {ChopOptions{WindowMs: 20}, 20, 1, 0}, {*ms(40, 20), 20, 2, 1}, {ChopOptions{}, 33.333333, 18, 6}, {ChopOptions{}, 8, 75, 25}, {*ms(2000, 500), 33.333333, 60, 15}} {
		if window, overlap, err := c.o.bins(c.binMs); window != c.window || overlap != c.overlap || err != nil {
			t.Errorf("%+v: %d, %d, %v", c, window, overlap, err)
		}
	}
}

// TestChopWithin: windows lie in the rows of a table that are meant, joined where they
// touch, as far as anything was recorded there.
func TestChopWithin(t *testing.T) {
	rows := []*dataset.Column{
		column("start_time", 0, 1, 2, 5, 9, nan), column("stop_time", 1, 2, 2.5, 6.25, 12, 10), {Name: "task", Words: []string{"a", "a", "b", "a", "a", "a"}},
	}
	r := session(rows, []float64{.5, 2.2, 5.5, 9.7})
	r.Units.Observed = [][]dataset.Interval{{{Start: -1, Stop: 1.5}, {Start: 1.5, Stop: 5.5}, {Start: 5.75, Stop: 10}}}
	for where, want := range map[string][]dataset.Interval{
		"":             {{Start: 0, Stop: 2.5}, {Start: 5, Stop: 5.5}, {Start: 5.75, Stop: 6.25}, {Start: 9, Stop: 10}},
		`task == "a"`:  {{Start: 0, Stop: 2}, {Start: 5, Stop: 5.5}, {Start: 5.75, Stop: 6.25}, {Start: 9, Stop: 10}},
		`duration < 1`: {{Start: 2, Stop: 2.5}},
	} {
		trials, d, report := made(t, r, Options{BinMs: 50, Table: "trials", Where: where, Chop: ms(250, 0)})
		windows := 0
		for _, s := range want {
			windows += int((s.Stop - s.Start) / .25)
		}
		if len(trials) != windows || report.Chop.Stretches != len(want) || d.Chop.Origin != want[0].Start {
			t.Errorf("where %q: %d windows, want %d; %+v", where, len(trials), windows, report.Chop)
		}
		for id, start := range startsOf(d) {
			from := d.Seconds(start)
			if !slices.ContainsFunc(want, func(s dataset.Interval) bool { return s.Start <= from+1e-9 && from+.25 <= s.Stop+1e-9 }) {
				t.Errorf("where %q: window %d begins at %g s", where, id, from)
			}
		}
	}
}

// TestSilences: where no unit spikes for long, though they fire often, it is said; rare
// spikes alone are no silence.
func TestSilences(t *testing.T) {
	var busy, rare []float64
	for i := range 600 {
		busy = append(busy, float64(i)/20+float64(i/200)*3600.5) // three stretches of 10 s, hours apart
		rare = append(rare, float64(i)*25)
	}
	for name, c := range map[string]struct {
		times []float64
		say   string
	}{
		"gaps": {busy, "no unit spikes from 10 to 3610 s (and 1 times more, 7200 s in all)"},
		"rare": {rare, ""},
	} {
		_, _, report := made(t, session(nil, c.times), Options{BinMs: 50, Chop: &ChopOptions{}})
		text := strings.Join(report.Notes, "; ")
		if c.say != "" && !strings.Contains(text, c.say) || c.say == "" && strings.Contains(text, "no unit spikes") {
			t.Errorf("%s: notes %q", name, text)
		}
	}
}
