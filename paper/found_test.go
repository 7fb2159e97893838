package paper

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// rowsOf makes rows of a group, one for each number of a quantity.
func rowsOf(group string, columns map[string][]float64) (rows []Row) {
	for key, values := range columns {
		for i, v := range values {
			if i == len(rows) {
				rows = append(rows, Row{Name: fmt.Sprint(i), Group: group})
			}
			rows[i].set(key, v)
		}
	}
	return rows
}

// planted is a result with one table.
func planted(panel string, numbers map[string]float64, groups ...[]Row) *Result {
	t := Table{Panel: panel}
	for _, rows := range groups {
		t.Rows = append(t.Rows, rows...)
	}
	return &Result{Numbers: numbers, Tables: []Table{t}}
}

type numbers = map[string][]float64

// A claim that does not hold in the numbers is told as such.
func TestFound(t *testing.T) {
	members := func(few, many, random []float64) *Result {
		return planted(membersPanel, nil, rowsOf("2 members", numbers{"rates_r2": few}), rowsOf("8 members", numbers{"rates_r2": many}), rowsOf("random", numbers{"rates_r2": random}))
	}
	probes := func(ownChanged, gradients, controlChanged, other float64) *Result {
		return planted("1d", nil, rowsOf(withDropout, numbers{"terms": {10}, "teach": {5}, "own_changed": {ownChanged}, "gradients_changed": {gradients}, "other_mean": {other}}),
			rowsOf(withoutDropout, numbers{"terms": {10}, "teach": {10}, "own_changed": {controlChanged}}))
	}
	identity := func(without, with []float64, rankWithout, rankWith float64) *Result {
		r2 := []float64{.1, .5, .9}
		return planted("1c, e", map[string]float64{"oracle_nll": .1, "spearman, " + withoutDropout: rankWithout, "spearman, " + withDropout: rankWith},
			rowsOf(withoutDropout, numbers{"nll": without, "rates_r2": r2}), rowsOf(withDropout, numbers{"nll": with, "rates_r2": r2}))
	}
	small := func(ours, fixed []float64) *Result {
		at := []float64{20, 20, 20, 92}
		return planted("2a, b", nil, rowsOf("ours", numbers{"trials": at, "behavior_r2": ours}), rowsOf("fixed", numbers{"trials": at, "behavior_r2": fixed}))
	}
	chosen := func(nll, r2 float64, random ...float64) *Result {
		return planted(randomPanel, nil, rowsOf(randomModelsGroup, numbers{"nll": {.1, .2, .3, .4}, "rates_r2": random}), rowsOf(populationGroup, numbers{"nll": {nll}, "rates_r2": {r2}}))
	}
	beside := func(panel string, less, low []float64) *Result {
		rows := rowsOf("", numbers{scoreKey: {.8, .7, .6}})
		for i := range less {
			rows[i+1].set(lessKey, less[i])
			rows[i+1].set(lowKey, low[i])
		}
		return planted(panel, nil, rows)
	}
	outputs := func(r *Result, panel string, columns numbers) *Result {
		t := Table{Panel: panel, Rows: rowsOf("", columns)}
		for key := range columns {
			t.Columns = append(t.Columns, Column{key, key, 3})
		}
		r.Tables = append(r.Tables, t)
		return r
	}
	outs := func(panel string, first, second []float64) *Result {
		return outputs(&Result{}, panel, numbers{outputKey(0): first, outputKey(1): second})
	}
	merged := func(r *Result, velocity, target []float64) *Result {
		return outputs(r, "2e", numbers{readoutKey("velocity"): velocity, readoutKey("target"): target})
	}
	between := func(r *Result, less, low, high float64) *Result { // the interval of each difference of means
		for _, t := range r.Tables {
			for i := range t.Rows[1:] {
				row := &t.Rows[i+1]
				row.set(lessKey, less)
				row.set(lowKey, low)
				row.set(highKey, high)
			}
		}
		return r
	}
	scored := func(panel string, score, less, low []float64) Table { // the first is ours
		r := beside(panel, less, low)
		for i, v := range score {
			r.Tables[0].Rows[i].set(scoreKey, v)
		}
		return r.Tables[0]
	}
	timed := func(order, speed Table) *Result { return &Result{Tables: []Table{order, speed}} }
	ordered := scored(orderPanel, []float64{.9, .7, .6}, []float64{.2, .3}, []float64{.01, .1})
	fast := scored(speedPanel, []float64{.7, .6, .5}, []float64{.1, .2}, []float64{.01, .1})
	better, worse := []float64{.8, .7, .6}, []float64{.6, .7, .5}
	for _, c := range []struct {
		of   *Experiment
		r    *Result
		want []Verdict
	}{
		{&continuous, merged(outs("2c, d", better, better), better, []float64{.5, .4, .8}), []Verdict{Undecided, HoldsNot}}, // without intervals
		{&continuous, merged(outs("2c, d", worse, worse), []float64{.9, .2, .2}, []float64{.5, .4, .6}), []Verdict{HoldsNot, Undecided}},
		{&continuous, between(merged(outs("2c, d", better, better), better, better), .1, .01, .2), []Verdict{Holds, Holds}},
		{&continuous, between(merged(outs("2c, d", better, better), better, []float64{.8, .7, .9}), .1, .01, .2), []Verdict{Holds, Undecided}}, // one subspace is worse, the mean is better
		{&continuous, between(merged(outs("2c, d", better, better), better, better), .1, -.01, .2), []Verdict{Undecided, Undecided}},
		{&continuous, between(merged(outs("2c, d", better, better), better, better), -.1, -.2, -.01), []Verdict{HoldsNot, HoldsNot}},
		{&joints, between(outs("2f, g", better, better), .1, .01, .2), []Verdict{Holds}},
		{&joints, outs("2f, g", better, better), []Verdict{Undecided}},                         // no interval
		{&joints, between(outs("2f, g", better, better), .1, -.01, .2), []Verdict{Undecided}},  // one that has 0
		{&joints, between(outs("2f, g", better, better), -.1, -.2, -.01), []Verdict{HoldsNot}}, // one below 0
		{&joints, between(outs("2f, g", better, better), -.1, -.2, .01), []Verdict{HoldsNot}},  // the mean of all outputs is no better
		{&joints, between(outs("2f, g", better, []float64{.8, .81, .2}), .1, .01, .2), []Verdict{Undecided}},
		{&joints, between(outs("2f, g", better, []float64{.1, .81, .2}), .1, .01, .2), []Verdict{HoldsNot}},
		{&joints, between(outs("2f, g", better, []float64{.8, .7}), .1, .01, .2), []Verdict{Undecided}}, // one has no score of one output
		{&timing, timed(ordered, fast), []Verdict{Holds, Holds}},
		{&timing, timed(scored(orderPanel, []float64{math.Nextafter(.8, 1), .7, .6}, []float64{.1, .2}, []float64{.01, .1}),
			scored(speedPanel, []float64{.6, .5, .4}, []float64{.1, .2}, []float64{.01, .1})), []Verdict{Undecided, Undecided}}, // best of all, and not clear
		{&timing, timed(scored(orderPanel, []float64{.9, .7, .6}, []float64{.2, .3}, []float64{-.01, .1}),
			scored(speedPanel, []float64{.7, .6, .5}, []float64{.1, .2}, []float64{.1, -.01})), []Verdict{Undecided, Undecided}}, // an interval has 0
		{&timing, timed(scored(orderPanel, []float64{1, 1, .6}, []float64{0, .4}, []float64{-.1, .1}),
			scored(speedPanel, []float64{.7, .6, .9}, []float64{.1, -.2}, []float64{.01, -.3})), []Verdict{HoldsNot, HoldsNot}}, // one is as good
		{&timing, timed(scored(orderPanel, []float64{.9, .7, .6}, []float64{.2}, []float64{.01}), fast), []Verdict{Undecided, Holds}}, // one has no interval
		{&emg, between(outs(musclesPanel, better, better), .1, .01, .2), []Verdict{Holds}},
		{&emg, between(outs(musclesPanel, better, better), .1, -.01, .2), []Verdict{Undecided}},
		{&emg, between(outs(musclesPanel, worse, worse), .1, .01, .2), []Verdict{HoldsNot}},
		{&calcium, beside(calciumPanel, []float64{.1, .2}, []float64{.05, .1}), []Verdict{Holds}},
		{&calcium, beside(calciumPanel, []float64{.1, 0}, []float64{.05, -.1}), []Verdict{HoldsNot}},
		{&coordinatedDropout, probes(0, 0, 9, .1), []Verdict{Holds}},
		{&coordinatedDropout, probes(1, 0, 9, .1), []Verdict{HoldsNot}},
		{&coordinatedDropout, probes(0, 1, 9, .1), []Verdict{HoldsNot}},
		{&coordinatedDropout, probes(0, 0, 0, .1), []Verdict{Undecided}},
		{&coordinatedDropout, probes(0, 0, 9, 0), []Verdict{Undecided}},
		{&identityOverfitting, identity([]float64{.05, .2, .3}, []float64{.3, .2, .11}, .5, -1), []Verdict{Holds, Holds, Holds}},
		{&identityOverfitting, identity([]float64{.15, .2, .3}, []float64{.3, .2, .11}, -.9, -.3), []Verdict{HoldsNot, HoldsNot, HoldsNot}},
		{&identityOverfitting, identity([]float64{.05, .2, .3}, []float64{.3, .2, .09}, .5, -1), []Verdict{Holds, Holds, Holds}},              // it has the best rates, and does not copy
		{&identityOverfitting, identity([]float64{.05, .2, .3}, []float64{.09, .2, .3}, -.6, -.79), []Verdict{HoldsNot, Undecided, HoldsNot}}, // one copies with it
		{&identityOverfitting, identity([]float64{.2, .3, .05}, []float64{.3, .2, .11}, -.8, -.8), []Verdict{HoldsNot, HoldsNot, Holds}},      // one is better than true rates, and has good ones
		{&pbtProgress, members([]float64{.1, .2, .3}, []float64{.4, .5, .6}, []float64{.3, .4, .7}), []Verdict{Holds, Undecided}},
		{&pbtProgress, members([]float64{.4, .5, .6}, []float64{.3, .4, .7}, []float64{.4, .5, .7}), []Verdict{HoldsNot, HoldsNot}},
		{&pbtProgress, members([]float64{.4, .5}, []float64{.3, .4, .7}, nil), []Verdict{notMeasured, notMeasured}},
		{&smallData, small([]float64{.5, .6, .7, .8}, []float64{.4, .49, .61, .9}), []Verdict{Holds}},    // .1, .11, .09: .075 to .125
		{&smallData, small([]float64{.5, .6, .7, .8}, []float64{.4, .59, .3, .9}), []Verdict{Undecided}}, // all three are better, and the interval has 0
		{&smallData, small([]float64{.5, .6, .7, .8}, []float64{.6, .7, .7, .1}), []Verdict{HoldsNot}},   // more trials do not count
		{&smallData, small([]float64{.5, .6, .7, .8}, []float64{.3, .7, .7, .1}), []Verdict{Undecided}},  // the mean alone is better
		{&modelSelection, chosen(.09, .95, .5, .9, .8, .7), []Verdict{Holds, Holds}},
		{&modelSelection, chosen(.09, .75, .9, .8, .7, .6), []Verdict{HoldsNot, HoldsNot}},
		{&modelSelection, chosen(.15, .85, .9, .8, .7, .6), []Verdict{HoldsNot, Holds}}, // one is better by both: a tenth of four, rounded up
	} {
		found := c.of.Found(c.r)
		if len(found) != len(c.want) {
			t.Fatalf("%s: found %v", c.of.Name, found)
		}
		for i, f := range found {
			if f.Verdict != c.want[i] || strings.Contains(f.Text, "NaN") || !strings.Contains(f.String(), string(c.want[i])) {
				t.Errorf("%s, %s: %s; want that it %s", c.of.Name, f.Panel, f, c.want[i])
			}
		}
	}
	for _, e := range List() {
		for _, f := range e.Found(&Result{}) {
			if f.Verdict != notMeasured {
				t.Errorf("%s: of no numbers %s is said", e.Name, f)
			}
		}
	}
}

// Of two rules that must both hold, the weaker counts.
func TestWeaker(t *testing.T) {
	order := []Verdict{notMeasured, HoldsNot, Undecided, Holds}
	for i, a := range order {
		for k, b := range order {
			if got := weaker(a, b); got != order[min(i, k)] {
				t.Errorf("of %q and %q %q counts", a, b, got)
			}
		}
	}
}

// The named pair decides, whatever other pairs say; a model that lacks a metric is left out
// and counted, and the metric stays.
func TestMisledByTheNamedPair(t *testing.T) {
	found := func(behavior, rates []float64) Finding {
		return modelSelection.Found(planted(randomPanel, nil,
			rowsOf(randomModelsGroup, numbers{"nll": {.1, .2, .3, .4}, "bps": {4, 3, 2, 1}, "behavior_r2": behavior, "rates_r2": rates}),
			rowsOf(populationGroup, numbers{"nll": {.09}, "bps": {5}, "behavior_r2": {.9}, "rates_r2": {.9}})))[0]
	}
	// rates would mislead, behaviour does not
	if f := found([]float64{.8, .7, .6, .5}, []float64{.1, .7, .6, .5}); f.Verdict != HoldsNot || !strings.Contains(f.Text, "worst is choosing by validation NLL for rates R2: 3 others") {
		t.Errorf("behaviour is not misled: %s", f)
	}
	f := found([]float64{.5, .7, .8, .6}, []float64{.8, .7, .6})
	if f.Verdict != Holds || !strings.Contains(f.Text, "Of 3 random models") || !strings.Contains(f.Text, ".3000 is lost") || !strings.Contains(f.Text, "Left out: 1 models") {
		t.Errorf("one lacks a metric: %s", f)
	}
}

// That validation trials also chose is said once, and not of what was not measured.
func TestWithChoice(t *testing.T) {
	found := withChoice(Finding{Verdict: Holds, Text: "One."}, Finding{Verdict: Holds, Text: "Two."})
	if found[0].Text != "One."+alsoChose || found[1].Text != "Two." {
		t.Errorf("found %v", found)
	}
	if found := withChoice(Finding{Verdict: notMeasured, Text: "None."}); found[0].Text != "None." {
		t.Errorf("of nothing: %v", found)
	}
}

// Few trials are told beside all there are, and what validates and tests.
func TestSmallDataTellsTrials(t *testing.T) {
	at := []float64{20, 20, 20, 92}
	r := planted("2a, b", nil, rowsOf("ours", numbers{"trials": at, "behavior_r2": {.5, .6, .7, .8}}), rowsOf("fixed", numbers{"trials": at, "behavior_r2": {.4, .4, .4, .4}}))
	r.Scale = Quick
	if text := smallFound(r)[0].Text; !strings.Contains(text, "where all train these are 92 of 132, for 20 validate and 20 test;") {
		t.Errorf("the text is %q", text)
	}
}

// Of means the text says how many trials they are of, and true rates decide nothing.
func TestTimingTells(t *testing.T) {
	table := func(panel string) Table {
		all := Table{Panel: panel, Rows: rowsOf("", numbers{scoreKey: {.95, .7, 1}, withinKey: {.5, .25, .75}})}
		all.Rows[0].Name, all.Rows[1].Name, all.Rows[2].Name = autoLFADS, gpfaMethod, knownRates
		all.Rows[1].set(lessKey, .25)
		all.Rows[1].set(lowKey, .1)
		all.Rows[2].set(lessKey, -.05)
		return all
	}
	r := &Result{Numbers: map[string]float64{fewestNumber: 2, mostNumber: 3}, Tables: []Table{table(orderPanel), table(speedPanel)}}
	for i, want := range []string{"Each mean is of 2 to 3 trials.", "Within trials of one measured interval: AutoLFADS .500, GPFA .250, true rates .750."} {
		f := timing.Found(r)[i]
		if f.Verdict != Holds || !strings.Contains(f.Text, want) || !strings.Contains(f.Text, "True rates give 1.000.") {
			t.Errorf("found %v, want that it says %q", f, want)
		}
	}
}
