package pbt

import (
	"math"
	"reflect"
	"testing"
)

func threeSegments(members int) Replay {
	return Replay{Members: members, Segments: []Segment{{Epochs: 5, Hyper: Hyper{"a": 1}}, {Epochs: 2, Hyper: Hyper{"a": 2}, Anneal: true}, {Epochs: 3, Hyper: Hyper{"a": 3}}}}
}

// follow completes generations with the given scores, a row each, of the units that come.
func follow(t *testing.T, r Replay, scores ...[]float64) History {
	t.Helper()
	var h History
	for _, row := range scores {
		var outcomes []Outcome
		units := r.Next(h).Units
		if len(units) != len(row) {
			t.Fatalf("generation %d has %d units, want %d", len(h), len(units), len(row))
		}
		for i, u := range units {
			outcomes = append(outcomes, Outcome{Member: u.Member, Score: row[i], From: u.From})
		}
		h = append(h, outcomes)
	}
	return h
}

// Every model goes through all segments, from its own end of the one before.
func TestReplayFollowsTheSchedule(t *testing.T) {
	r := threeSegments(2)
	h := follow(t, r, []float64{1, 2})
	want := []Start{
		{Member: 0, From: &Place{0, 0}, Hyper: Hyper{"a": 2}, Epochs: 2, Anneal: true},
		{Member: 1, From: &Place{0, 1}, Hyper: Hyper{"a": 2}, Epochs: 2, Anneal: true},
	}
	if got := r.Next(h); !reflect.DeepEqual(got, Decision{Units: want}) {
		t.Errorf("second generation: %+v", got)
	}
	h = follow(t, r, []float64{1, 2}, []float64{1, 1}, []float64{5, 4})
	if got := r.Next(h); got.Status != Finished {
		t.Errorf("after the last segment: %+v", got)
	}
	if got := r.MostEpochs(); got != 20 {
		t.Errorf("at most %d epochs, want 2 x 10", got)
	}
}

// The model is one of the last generation, however good an earlier one was; with scores
// of trials that were trained on the first.
func TestReplayChooses(t *testing.T) {
	r := threeSegments(2)
	h := follow(t, r, []float64{1, 2}, []float64{1, 1}, []float64{5, 4})
	if at, ok := Choose(r, h); !ok || at != (Place{2, 1}) {
		t.Errorf("chosen %v %v, want the better of the last generation", at, ok)
	}
	r.AllTrials = true
	if at, ok := Choose(r, h); !ok || at != (Place{2, 0}) {
		t.Errorf("chosen %v %v of all trials, want the first", at, ok)
	}
	if _, ok := Choose(r, nil); ok {
		t.Error("a model before the first generation")
	}
	if at, _ := Choose(Fixed{}, h); at != (Place{0, 0}) {
		t.Errorf("another search: %v, want the lowest score", at)
	}
}

// A model that diverges is left out; when none is left there is nothing to go on with.
func TestReplayDiverges(t *testing.T) {
	r, nan := threeSegments(3), math.NaN()
	h := follow(t, r, []float64{1, nan, 2}, []float64{nan, 2})
	units := r.Next(h).Units
	if len(units) != 1 || units[0].Member != 2 || *units[0].From != (Place{1, 2}) {
		t.Errorf("units %+v, want member 2 alone", units)
	}
	h = follow(t, r, []float64{1, nan, 2}, []float64{nan, nan})
	if got := r.Next(h); got.Status != Failed {
		t.Errorf("all diverged: %+v", got)
	}
}

func TestReplayCheck(t *testing.T) {
	good := threeSegments(1)
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	none, empty, short := threeSegments(0), Replay{Members: 1}, threeSegments(1)
	short.Segments[1].Epochs = 0
	for _, r := range []Replay{none, empty, short} {
		if r.Check() == nil {
			t.Errorf("%+v is accepted", r)
		}
	}
}

// Epochs are such that steps are kept to the end, and rounding errors do not add up.
func TestInStepsOf(t *testing.T) {
	segments := func(epochs ...int) (all []Segment) {
		for _, n := range epochs {
			all = append(all, Segment{Epochs: n})
		}
		return all
	}
	for _, c := range []struct {
		name    string
		epochs  []int
		was, is int
		want    []int
	}{
		{"the same", []int{105, 25, 25}, 2, 2, []int{105, 25, 25}},
		{"half the epochs", []int{80, 25, 25, 25}, 2, 4, []int{40, 13, 12, 13}},
		{"twice the epochs", []int{80, 25}, 4, 2, []int{160, 50}},
		{"longer epochs than segments", []int{10, 1, 1, 1, 1}, 2, 5, []int{4, 1, 1}},
		{"less than one epoch", []int{2, 1}, 1, 100, []int{1}},
	} {
		steps := func(n int) func(Hyper) int { return func(Hyper) int { return n } }
		var got []int
		for _, s := range InStepsOf(segments(c.epochs...), steps(c.was), steps(c.is)) {
			got = append(got, s.Epochs)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A batch size that is searched changes the steps of its own segments alone.
func TestInStepsOfSearchedBatches(t *testing.T) {
	schedule := []Segment{{Epochs: 10, Hyper: Hyper{"batch": 10}}, {Epochs: 10, Hyper: Hyper{"batch": 20}}}
	steps := func(trials int) func(Hyper) int {
		return func(h Hyper) int { return Steps(trials, int(h["batch"])) }
	}
	got := InStepsOf(schedule, steps(100), steps(150)) // 10, 5 steps an epoch were; 15, 8 are
	if got[0].Epochs != 7 || got[1].Epochs != 6 {      // 100 of 105 steps; 150 of 153
		t.Errorf("epochs %d and %d, want 7 and 6", got[0].Epochs, got[1].Epochs)
	}
}
