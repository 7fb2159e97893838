package prepare

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// divided is a session of n trials, one a second from a shuffled second on, each with
// one spike; sides alternate, and the words of split repeat.
func divided(n int, words ...string) *dataset.Recording {
	starts, side, split := make([]float64, n), make([]string, n), make([]string, n)
	for i := range n {
		starts[i] = float64((i * 7) % n)
		side[i] = []string{"left", "right", "up"}[i%3]
		split[i] = words[i%len(words)]
	}
	return session([]*dataset.Column{column("start_time", starts...), {Name: "side", Words: side}, {Name: "split", Words: split}}, starts)
}

// wereDivided returns the trials of each part.
func wereDivided(t *testing.T, r *dataset.Recording, o Options) (train, valid, test []int64, report *Report) {
	t.Helper()
	if o.BinMs = 10; o.Window == nil {
		o.Window = &Window{0, 10}
	}
	d, report, err := Trials(r, o)
	if err != nil {
		t.Fatal(err)
	}
	var all []int64
	ids := [3][]int64{}
	for i, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		if s == nil {
			continue
		}
		ids[i] = s.TrialIDs
		all = append(all, s.TrialIDs...)
		if s.Encod.Trials != len(s.TrialIDs) || s.Condition != nil && len(s.Condition) != len(s.TrialIDs) {
			t.Errorf("%d trials, %d ids, %d conditions", s.Encod.Trials, len(s.TrialIDs), len(s.Condition))
		}
		if !slices.IsSorted(s.TrialIDs) {
			t.Errorf("trials are not in order: %v", s.TrialIDs)
		}
	}
	if slices.Sort(all); len(slices.Compact(all)) != report.Trials {
		t.Errorf("%d trials in all parts, %d kept", len(slices.Compact(all)), report.Trials)
	}
	if report.Train != len(ids[0]) || report.Valid != len(ids[1]) || report.Test != len(ids[2]) {
		t.Errorf("the report says %d, %d and %d of %v", report.Train, report.Valid, report.Test, ids)
	}
	return ids[0], ids[1], ids[2], report
}

// TestSplitByShare: those that validate are the same with and without some to test.
func TestSplitByShare(t *testing.T) {
	for _, n := range []int{3, 10, 37} {
		_, alone, _, _ := wereDivided(t, divided(n, ""), Options{Split: SplitOptions{ValidShare: .3, Seed: 5}})
		train, valid, test, report := wereDivided(t, divided(n, ""), Options{Split: SplitOptions{ValidShare: .3, TestShare: .25, Seed: 5}})
		if want := max(1, int(math.Round(.25*float64(n)))); !slices.Equal(alone, valid) || len(test) != want || len(train) == 0 {
			t.Errorf("%d trials: %v train, %v validate (%v alone), %v test", n, train, valid, alone, test)
		}
		if report.Rule != "shares of 0.3 and 0.25 by seed 5" {
			t.Errorf("the report says %s", report.Rule)
		}
	}
}

// TestSplitByColumn: words in any case, none and empty ones dropped, others by a map.
func TestSplitByColumn(t *testing.T) {
	words := []string{"Train", "VAL", "training", "test", "none", "", "validation"}
	train, valid, test, report := wereDivided(t, divided(14, words...), Options{Split: SplitOptions{Column: "split"}})
	if got := fmt.Sprint(train, valid, test, report.Dropped[0].Trials); got != "[0 2 7 9] [1 6 8 13] [3 10] [4 5 11 12]" {
		t.Errorf("divided %s", got)
	}
	train, valid, test, _ = wereDivided(t, divided(14, words...), Options{Where: `split != "training"`, Split: SplitOptions{Column: "split", Map: "test=valid,VAL=test, none=train"}})
	if got := fmt.Sprint(train, valid, test); got != "[0 4 7 11] [3 6 10 13] [1 8]" {
		t.Errorf("by a map, divided %s", got)
	}
	train, valid, _, _ = wereDivided(t, divided(8, "train", "val", "odd", "train"), Options{Where: `split != "odd"`, Split: SplitOptions{Column: "split"}})
	if got := fmt.Sprint(train, valid); got != "[0 3 4 7] [1 5]" {
		t.Errorf("of rows wanted, divided %s", got)
	}
	train, valid, _, _ = wereDivided(t, divided(6, ""), Options{Split: SplitOptions{Column: "start_time", Map: "0=train,1=valid,2=train,3=valid,4=train,5=none"}})
	if got := fmt.Sprint(len(train), len(valid)); got != "3 2" {
		t.Errorf("by numbers, divided %s", got)
	}
}

// TestSplitByBlocks: trials next to each other in time are of one part.
func TestSplitByBlocks(t *testing.T) {
	for _, c := range []struct{ n, blocks, valid, test int }{{40, 20, 8, 4}, {41, 20, -1, -1}, {10, 5, 2, 2}, {23, 3, -1, -1}, {6, 6, 1, 1}} {
		train, valid, test, report := wereDivided(t, divided(c.n, ""), Options{Split: SplitOptions{Blocks: c.blocks, TestShare: .1, Seed: 3}})
		if c.valid >= 0 && (len(valid) != c.valid || len(test) != c.test) || len(train) == 0 {
			t.Errorf("%+v: %d validate, %d test; %s", c, len(valid), len(test), report.Rule)
		}
		of := make([]int, c.n) // by time
		for p, ids := range [][]int64{train, valid, test} {
			for _, id := range ids {
				of[int(id)*7%c.n] = p
			}
		}
		for place := range of {
			if place > 0 && of[place] != of[place-1] && place*c.blocks/c.n == (place-1)*c.blocks/c.n {
				t.Errorf("%+v: block %d is in two parts: %v", c, place*c.blocks/c.n, of)
			}
		}
	}
}

// TestSplitByCondition: the shares are of each condition, to the nearest.
func TestSplitByCondition(t *testing.T) {
	for seed := range uint64(5) {
		o := Options{Condition: "side", Split: SplitOptions{ValidShare: .2, TestShare: .1, ByCondition: true, Seed: seed}}
		_, valid, test, report := wereDivided(t, divided(50, ""), o)
		if len(valid) != 9 || len(test) != 6 || len(report.Conditions) != 3 {
			t.Errorf("%d validate, %d test", len(valid), len(test))
		}
		for _, c := range report.Conditions {
			if c.Valid != 3 || c.Test != 2 { // of 16 or 17
				t.Errorf("seed %d: %+v", seed, c)
			}
		}
	}
}

// TestQuota: of groups each of which is too small, as many are taken as of all, and never
// all of one.
func TestQuota(t *testing.T) {
	for _, c := range []struct {
		n, groups, want int
	}{{2, 30, 12}, {1, 30, 0}, {3, 10, 10}, {12, 5, 10}, {13, 5, 15}} {
		q, taken := quota{share: .2}, 0
		for range c.groups {
			n := q.of(c.n, c.n-1)
			if taken += n; n >= c.n {
				t.Errorf("%+v: %d of %d taken", c, n, c.n)
			}
		}
		if taken != c.want {
			t.Errorf("%+v: %d taken", c, taken)
		}
	}
}

// TestShared: trials that share time across parts are counted, and left out if asked.
func TestShared(t *testing.T) {
	r := divided(40, "")
	o := Options{Window: &Window{0, 1500}, Split: SplitOptions{Blocks: 10, Seed: 1}}
	train, valid, _, report := wereDivided(t, r, o)
	if report.Overlap != 39 || report.Shared < 2 || report.Shared > 4 {
		t.Errorf("%d overlap, %d share", report.Overlap, report.Shared)
	}
	o.Split.DropShared = true
	fewer, same, _, after := wereDivided(t, r, o)
	if len(fewer) != len(train)-report.Shared || !slices.Equal(valid, same) || after.Shared != 0 || len(after.Dropped[0].Trials) != report.Shared {
		t.Errorf("of %d that train %d are left, %d share; dropped %v", len(train), len(fewer), after.Shared, after.Dropped)
	}
	if sum := after.Units[0].Bins; sum != 150*after.Trials {
		t.Errorf("%d bins of %d trials", sum, after.Trials)
	}
	if text := report.String(); !strings.Contains(text, "that train share some with one that does not: --drop-shared") {
		t.Errorf("the report says\n%s", text)
	}
}

// TestChoppedByBlocks: windows that overlap are divided by blocks if nothing else is
// asked for, and those that do not by a share.
func TestChoppedByBlocks(t *testing.T) {
	apart := 0.
	for overlap, rule := range map[*float64]string{nil: "20 blocks of successive trials, 4 of which validate, by seed 0", &apart: "a share of 0.2 by seed 0"} {
		_, _, report, err := chopped(Options{BinMs: 10, Chop: &ChopOptions{OverlapMs: overlap}})
		if err != nil || report.Rule != rule || (report.Shared > 0) != (overlap == nil) || report.Shared > 8 {
			t.Errorf("divided by %s, %d share (%v)", report.Rule, report.Shared, err)
		}
	}
	d, before, report, err := chopped(Options{BinMs: 10, Chop: &ChopOptions{}, Split: SplitOptions{DropShared: true}})
	if err != nil || report.Trials >= before || len(d.Train.Starts) != d.Train.Trials() || report.Shared != 0 {
		t.Errorf("%d windows, %d before (%v)", report.Trials, before, err)
	}
}

// chopped makes windows of a recording of 60 s, and tells how many there are.
func chopped(o Options) (d *dataset.Dataset, windows int, report *Report, err error) {
	d, report, err = Trials(divided(60, ""), o)
	if err == nil {
		windows = report.Of
	}
	return d, windows, report, err
}

func TestNoteOfConditions(t *testing.T) {
	_, _, _, report := wereDivided(t, divided(6, "train", "val", "train"), Options{Condition: "side", Split: SplitOptions{Column: "split"}})
	for _, part := range []string{"2 of 3 conditions have no trial to validate with: left, up", "1 of 3 conditions have no trial to train on: right"} {
		if !strings.Contains(report.String(), part) {
			t.Errorf("does not say %q:\n%s", part, report)
		}
	}
}

func TestSplitRefused(t *testing.T) {
	for _, c := range []struct {
		options Options
		says    string
	}{
		{Options{Split: SplitOptions{ValidShare: .5, TestShare: .5}}, "leave none to train on"},
		{Options{Where: "row < 2", Split: SplitOptions{TestShare: .3}}, "of 2 trials 1 validate, 1 test and none train"},
		{Options{Split: SplitOptions{TestShare: nan}}, "are no shares"},
		{Options{Split: SplitOptions{Column: "split", Blocks: 3}}, "divided in one way"},
		{Options{Split: SplitOptions{Blocks: 1}}, "two blocks at least"},
		{Options{Split: SplitOptions{Blocks: 50}}, "there are 12 trials, so at most as many blocks"},
		{Options{Split: SplitOptions{Blocks: 2, ValidShare: .5, TestShare: .4}}, "of 2 blocks 1 would validate, 1 test and none train"},
		{Options{Split: SplitOptions{Map: "a=train"}}, "name it with --split-column"},
		{Options{Split: SplitOptions{ByCondition: true}}, "(--condition)"},
		{Options{Split: SplitOptions{Column: "splt"}}, "trials has no column splt of words, numbers or flags: it has start_time, side, split"},
		{Options{Split: SplitOptions{Column: "side"}}, "side says left, right, up, and not train, valid, test or none: say what is meant (--split-map 'left=train,...')"},
		{Options{Split: SplitOptions{Column: "split", Map: "train=vald"}}, "there is no part vald"},
		{Options{Split: SplitOptions{Column: "split", Map: "tarin=valid"}}, "no row of split is tarin: there are test, train"},
		{Options{Split: SplitOptions{Column: "split", Map: "train"}}, "is not WORD=PART"},
		{Options{Split: SplitOptions{Column: "split"}}, "by split 6 of the trials kept train, 0 validate and 6 test"},
		{Options{Chop: &ChopOptions{WindowMs: 1000}, Split: SplitOptions{Column: "split"}}, "--split-column"},
		{Options{Condition: "start_time", Split: SplitOptions{ByCondition: true}}, "none would validate"},
	} {
		if c.options.BinMs = 10; c.options.Chop == nil {
			c.options.Window = &Window{0, 10}
		}
		if _, _, err := Trials(divided(12, "train", "test"), c.options); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: does not say %q: %v", c.options.Split, c.says, err)
		}
	}
}
