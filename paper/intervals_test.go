package paper

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// timingTask is trials of 100 bins of 10 ms that end at go: of two groups with three
// intervals each, two trials of each. A trial's rates grow until set to its interval, times
// the neuron's number, and then move by 1 / t_p a bin.
func timingTask() *dataset.Dataset {
	const trials, bins = 12, 100
	split := func(first int) *dataset.Split {
		s := &dataset.Split{Recon: dataset.NewArray(trials, bins, 2), Behavior: dataset.NewArray(trials, bins, 4)}
		s.Encod = s.Recon
		for trial := range trials {
			ts, tp := float32(200+100*(trial/2%3)), float32(400+10*((trial*7+first)%12))
			short := float32((trial/6 + first) % 2) // groups come in another order in the other split
			set := bins - int(math.Ceil(float64(tp)/10))
			for bin := range bins {
				copy(s.Behavior.Bin(trial, bin), []float32{short, 1, ts, tp})
				s.Recon.Bin(trial, bin)[0], s.Recon.Bin(trial, bin)[1] = ts, 2*ts
				if bin >= set {
					s.Recon.Bin(trial, bin)[0] += float32(bin-set) / tp
				}
			}
		}
		return s
	}
	d := &dataset.Dataset{Name: "task", BinWidth: 10 * time.Millisecond, Train: split(0), Valid: split(1)}
	d.Outputs = []dataset.Quantity{{Name: "trials.is_short"}, {Name: "is_eye"}, {Name: "ts"}, {Name: "tp"}}
	return d
}

// Rates that grow with the interval as they should have its slopes in every group, whatever
// order groups come in; speeds follow produced intervals; both are the same of both splits.
func TestIntervals(t *testing.T) {
	d := timingTask()
	train, valid, err := intervalsOf(d)
	if err != nil {
		t.Fatal(err)
	}
	if train.group[0] == valid.group[0] || train.group[0] != valid.group[6] {
		t.Errorf("groups are numbered %v in one split and %v in the other", train.group, valid.group)
	}
	a, b := train.slopes(d.Train.Recon, d), valid.slopes(d.Valid.Recon, d)
	for i, got := range [][]float64{a, b} {
		for k, want := range []float64{1, 2, 1, 2} { // of neurons 0 and 1 in two groups
			if math.Abs(got[k]-want) > 1e-9 { // rates are whole numbers: rounding alone
				t.Errorf("split %d: slopes %v", i, got)
			}
		}
	}
	if r := agree(a, b); math.Abs(r-1) > 1e-9 {
		t.Errorf("equal slopes correlate by %v", r)
	}
	speeds := valid.speeds(d.Valid.Recon)
	for i, v := range speeds {
		// Rates of some hundred are of single precision: a change of 1 / 400 is off by 1 %.
		if want := 1 / valid.produced[i]; math.Abs(v/want-1) > .01 {
			t.Errorf("trial %d moves by %v a bin, want %v", i, v, want)
		}
	}
	if r := valid.correlation(speeds).Of(nil); r > -.95 {
		t.Errorf("speeds correlate with produced intervals by %v", r)
	}
}

// A trial whose set it does not hold has no speed, and is left out of the correlation and of
// slopes; so is one too short before set of slopes alone.
func TestIntervalsBeyondTrials(t *testing.T) {
	d := timingTask()
	for bin := range 100 {
		d.Valid.Behavior.Bin(0, bin)[3], d.Valid.Behavior.Bin(1, bin)[3] = 1100, 900 // ms, of a second
	}
	_, valid, err := intervalsOf(d)
	if err != nil {
		t.Fatal(err)
	}
	speeds, before := valid.speeds(d.Valid.Recon), valid.before(d.Valid.Recon, d)
	if !math.IsNaN(speeds[0]) || math.IsNaN(speeds[1]) || before[0] != nil || before[1] != nil || before[2] == nil {
		t.Errorf("speeds %v; rates before set of trials 0 to 2: %v", speeds[:3], before[:3])
	}
	if r := valid.correlation(speeds).Of(nil); math.IsNaN(r) {
		t.Error("one trial without a speed leaves no correlation")
	}
	if c := speedCourse("x", valid.produced, speeds); len(c.X) != 11 || c.X[0] != 900 {
		t.Errorf("the course of speeds has %d trials, from %v on", len(c.X), c.X)
	}
}

// Means about set are those of the rows of one interval, from 200 ms before it to the end of
// the shortest trial.
func TestMeansAboutSet(t *testing.T) {
	d := timingTask()
	_, valid, err := intervalsOf(d)
	if err != nil {
		t.Fatal(err)
	}
	w := newSetWindow(d, valid)
	if w == nil || w.before != 20 || w.bins != 20+42 || len(w.samples) != 3 || w.samples[2] != 400 { // produced in that group: 420 ms and more
		t.Fatalf("window %+v", w)
	}
	m := w.means(d.Valid.Recon)
	for i, sample := range w.samples {
		if got := m.Bin(i, 5); float64(got[0]) != sample || float64(got[1]) != 2*sample {
			t.Errorf("means of %v ms: %v", sample, got)
		}
	}
	if order := w.ordered(d.Valid.Recon); len(order) != 2 || order[0] != 1 {
		t.Errorf("neurons by what they tell: %v", order)
	}
	if got := w.of(); got != "of 2 trials" {
		t.Errorf("means are said to be %s", got)
	}
	if c := w.colouring(); !c.Ordered || !slices.Equal(c.Names, []string{"200 ms", "300 ms", "400 ms"}) {
		t.Errorf("colours %+v", c)
	}
	d.Valid.Behavior = dataset.NewArray(12, 100, 4)
	if _, valid, err = intervalsOf(d); err != nil {
		t.Fatal(err)
	}
	if newSetWindow(d, valid) != nil {
		t.Error("of one interval there are means by interval")
	}
}

func TestNoIntervals(t *testing.T) {
	d := timingTask()
	d.Outputs[3].Name = "produced"
	if _, _, err := intervalsOf(d); err == nil || !strings.Contains(err.Error(), "task has no behaviour tp") {
		t.Errorf("error %v", err)
	}
	d = timingTask()
	d.Valid.Behavior = nil
	if _, _, err := intervalsOf(d); err == nil || !strings.Contains(err.Error(), "no behaviour of some trials") {
		t.Errorf("error %v", err)
	}
}
