package prepare

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// firing is a unit of random spikes between two moments in s, which do not ascend.
func firing(random *rand.Rand, n int, from, to float64) []float64 {
	times := make([]float64, n)
	for i := range times {
		times[i] = from + float64((to-from)*random.Float64())
	}
	return times
}

// copyOf is a unit that copies a share of a unit's spikes, late by so many ms.
type copyOf struct {
	of     int
	share  float64
	lateMs float64
}

// copied is a recording of 100 s in trials of 1 s: units that fire alone, and then copies.
func copied(copies ...copyOf) *dataset.Recording {
	random := rand.New(rand.NewPCG(7, 8))
	units := make([][]float64, 4)
	for i := range units {
		units[i] = firing(random, 500+100*i, 0, 100)
	}
	for _, c := range copies {
		of := units[c.of]
		late := slices.Clone(of[:int(c.share*float64(len(of)))])
		for i := range late {
			late[i] += c.lateMs / 1000
		}
		units = append(units, late)
	}
	starts, stops := make([]float64, 99), make([]float64, 99)
	for i := range starts {
		starts[i], stops[i] = float64(i), float64(i+1)
	}
	return session([]*dataset.Column{column("start_time", starts...), column("stop_time", stops...)}, units...)
}

// A unit that is there twice shows, also if its copy comes a fraction of a ms later: as
// many spikes stay in their bin as there is of a ms left.
func TestCopiesShow(t *testing.T) {
	for _, c := range []struct{ late, from, to float64 }{{0, 1, 1}, {.01, .97, 1}, {.3, .65, .75}, {.7, .25, .35}} {
		_, _, report := made(t, copied(copyOf{2, 1, c.late}), Options{BinMs: 100})
		r := report.Correlated
		if len(r.Pairs) != 1 || r.Pairs[0].Units != [2]string{"u2", "u4"} || *r.Most != r.Pairs[0] {
			t.Fatalf("late by %v ms: %+v", c.late, r)
		}
		if p := r.Pairs[0]; !(p.Correlation >= c.from && p.Correlation <= c.to) || p.RatesHz != [2]float64{7.0, 7.0} && (p.RatesHz[0] < 6.9 || p.RatesHz[0] > 7.1) {
			t.Errorf("late by %v ms: %+v", c.late, p)
		}
		if text := report.String(); !strings.Contains(text, "correlated   1 pair of units above 0.2 at 1 ms: u2 and u4 (") || !strings.Contains(text, "--drop-correlated 0.2") {
			t.Errorf("the report does not say so:\n%s", text)
		}
		if len(report.Units) != 5 {
			t.Error("a unit was left out that nobody wants to be")
		}
	}
}

// Units that fire alone are no pair, but the most that there is, is said.
func TestNothingCorrelated(t *testing.T) {
	_, _, report := made(t, copied(), Options{BinMs: 100})
	if r := report.Correlated; len(r.Pairs) != 0 || r.Most == nil || r.Most.Correlation > .05 {
		t.Errorf("%+v", r)
	}
	if text := report.String(); !strings.Contains(text, "correlated   no pair of units above 0.2 at 1 ms; the most is u") {
		t.Errorf("the report does not say so:\n%s", text)
	}
}

// The unit in most pairs goes first; of units in as many, that of the lowest rate; of
// those, the last. What was left out for its rate is no unit to compare with.
func TestDropCorrelated(t *testing.T) {
	for name, c := range map[string]struct {
		copies        []copyOf
		above, rate   float64
		dropped, kept string
	}{
		"the last of equals":    {[]copyOf{{1, 1, 0}}, .2, 0, "u4", "u0 u1 u2 u3"},
		"the lower rate":        {[]copyOf{{1, .7, 0}, {1, .9, 0}}, .2, 0, "u4 u5", "u0 u1 u2 u3"},
		"the one in most":       {[]copyOf{{0, 1, 0}, {0, 1, .5}}, .6, 0, "u4", "u0 u1 u2 u3 u5"},
		"none so alike":         {[]copyOf{{1, .5, 0}}, .9, 0, "", "u0 u1 u2 u3 u4"},
		"left out for its rate": {[]copyOf{{1, .3, 0}}, .2, 4, "", "u0 u1 u2 u3"},
		"pair after pair":       {[]copyOf{{0, 1, 0}, {3, 1, 0}, {3, 1, 0}}, .2, 0, "u6 u4 u5", "u0 u1 u2 u3"},
	} {
		_, d, report := made(t, copied(c.copies...), Options{BinMs: 100, Units: UnitOptions{MinRateHz: c.rate, DropCorrelated: c.above}})
		var dropped []string
		for _, u := range report.Correlated.Dropped {
			dropped = append(dropped, u.ID)
		}
		if got := strings.Join(dropped, " "); got != c.dropped {
			t.Errorf("%s: dropped %s, want %s: %+v", name, got, c.dropped, report.Correlated)
		}
		if got := strings.Join(d.Neurons, " "); got != c.kept || !slices.Equal(idsOf(report.Units), d.Neurons) || d.Train.Encod.Features != len(d.Neurons) {
			t.Errorf("%s: kept %s, want %s", name, got, c.kept)
		}
		if text := report.String(); strings.Contains(text, "correlated above") != (c.dropped != "") {
			t.Errorf("%s: the report says\n%s", name, text)
		}
	}
}

func TestDropCorrelatedRefuses(t *testing.T) {
	for _, above := range []float64{-.1, 1, 20, nan} {
		_, _, err := Trials(copied(), Options{BinMs: 100, Units: UnitOptions{DropCorrelated: above}})
		if err == nil || !strings.Contains(err.Error(), "--drop-correlated 0.2") {
			t.Errorf("%v: %v", above, err)
		}
	}
}
