package prepare

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// moved is a recording of three trials with streams: at 100 Hz, of seconds.
func moved() *dataset.Recording {
	trials := []*dataset.Column{
		column("start_time", 1, 2, 3), column("stop_time", 1.5, 2.5, 3.5), column("ts", 480, nan, 800),
		{Name: "early", Flags: []bool{true, false, true}},
		{Name: "side", Words: []string{"l", "r", "l"}},
	}
	r := session(trials, []float64{1.1, 2.1, 3.1})
	hand, target, eye := make([]float64, 1000), make([]float64, 500), make([]float64, 500)
	for i := range 500 {
		hand[2*i], hand[2*i+1] = float64(i)/100, float64(i*i)/1e4
		target[i], eye[i] = float64(i/100), float64(i)
	}
	r.Streams = []*dataset.Stream{
		{Name: "hand", Features: 2, Names: []string{"x", "y"}, Unit: "m", Data: dataset.Values{Data: hand, Width: 2}, Rate: 100},
		{Name: "target, shown", Features: 1, Data: dataset.Values{Data: target, Width: 1}, Rate: 100},
		{Name: "eye[left]", Features: 1, Names: []string{"pupil"}, Unit: "mm", Data: dataset.Values{Data: eye, Width: 1}, Rate: 100},
	}
	return r
}

// Every way to name behaviour: what the dimensions are called, their units, and what
// the second bin of 20 ms of the second trial, at 2.02 s, holds.
func TestBehaviorNames(t *testing.T) {
	for _, c := range []struct {
		ask    string
		called string
		value  []float64
	}{
		{"hand", "[hand x (m) hand y (m)]", []float64{2.02, 4.0804}},
		{"hand[1]", "[hand y (m)]", []float64{4.0804}},
		{"hand[y,x]", "[hand y (m) hand x (m)]", []float64{4.0804, 2.02}},
		{"y", "[y (m)]", []float64{4.0804}},
		{"velocity(hand)", "[velocity(hand) x (m/s) velocity(hand) y (m/s)]", []float64{1, 4.04}},
		{"velocity(hand)[1]", "[velocity(hand) y (m/s)]", []float64{4.04}},
		{"velocity( hand[y] )", "[velocity(hand) y (m/s)]", []float64{4.04}},
		{"velocity(y)", "[velocity(y) (m/s)]", []float64{4.04}},
		{"held(target, shown)", "[held(target, shown)]", []float64{2}},
		{"target, shown", "[target, shown]", []float64{2.068}}, // beside a step,
		{"eye[left]", "[eye[left] pupil (mm)]", []float64{202}},
		{"pupil", "[pupil (mm)]", []float64{202}},
		{"hand[0], pupil , trials.early", "[hand x (m) pupil (mm) trials.early]", []float64{2.02, 202, 0}},
		{"ts", "[ts]", []float64{nan}},
	} {
		behavior, d, _ := behaviorOf(t, moved(), Options{BinMs: 20, Window: &Window{0, 200}, Behavior: BehaviorOptions{Names: []string{c.ask}}})
		if got := fmt.Sprint(d.Outputs); got != c.called {
			t.Errorf("%s is called %s, not %s", c.ask, got, c.called)
		}
		got := behavior[1][len(c.value) : 2*len(c.value)]
		for i, want := range c.value {
			// A parabola's bend adds a little under the filter.
			if v := float64(got[i]); math.Abs(v-want) > 1e-3*math.Max(1, want) && (v == v || want == want) {
				t.Errorf("%s is %v, not %v", c.ask, got, c.value)
			}
		}
	}
}

// TestBehaviorOfNamedTable: a column is called by its table, or trials.
func TestBehaviorOfNamedTable(t *testing.T) {
	for _, ask := range []string{"early", "reaches.early", "trials.early"} {
		r := moved()
		r.Intervals[0].Name = "reaches"
		_, d, _ := behaviorOf(t, r, Options{BinMs: 20, Window: &Window{0, 200}, Table: "reaches", Behavior: BehaviorOptions{Names: []string{ask}}})
		if got := fmt.Sprint(d.Outputs); got != "["+ask+"]" {
			t.Errorf("%s is called %s", ask, got)
		}
	}
}

func TestBehaviorRefused(t *testing.T) {
	few := func(r *dataset.Recording) *dataset.Recording {
		r.Streams[0].Rate, r.Streams[0].Clock = 0, dataset.Values{Data: []float64{1, 2, 3, 2, 1, 5}, Width: 1}
		return r
	}
	late := func(r *dataset.Recording) *dataset.Recording {
		r.Streams[0].Start = 1.7e9
		return r
	}
	for _, c := range []struct {
		change func(*dataset.Recording) *dataset.Recording
		o      BehaviorOptions
		says   string
	}{
		{nil, BehaviorOptions{Names: []string{"hand_vel"}}, "there is no stream hand_vel: the recording has hand (x, y); target, shown (0); eye[left] (pupil); a number of each trial is in trials.ts, trials.early (--behavior, --external)"},
		{nil, BehaviorOptions{Names: []string{"velocity(trials.ts)"}}, "there is no stream trials.ts: "},
		{nil, BehaviorOptions{Names: []string{"side"}}, "there is no stream side: "},
		{nil, BehaviorOptions{Names: []string{"trials.side"}}, "trials has no column of numbers, or of true and false, called so: trials.side; a number of each trial is in trials.ts, trials.early (--behavior, --external)"},
		{nil, BehaviorOptions{Names: []string{""}}, "there is no stream : "},
		{nil, BehaviorOptions{Names: []string{"hand[2]"}}, `hand has no feature "2": it has x, y`},
		{nil, BehaviorOptions{Names: []string{"hand", "pupil,hand"}}, "hand x is asked for twice"},
		{nil, BehaviorOptions{Names: []string{"hand[y,0,1]"}}, "hand y is asked for twice"},
		{nil, BehaviorOptions{Names: []string{"hand"}, LagMs: nan}, "the lag must be at most an hour (--lag-ms)"},
		{nil, BehaviorOptions{LagMs: 100}, "without behaviour that it is of"},
		{few, BehaviorOptions{Names: []string{"hand"}}, "stream hand: 2 of its 6 time stamps are not behind those in front of them"},
		{late, BehaviorOptions{Names: []string{"hand"}}, "hand has a value in no trial: it was sampled from 1700000000 to 1700000004.99 s, trials lie between 1 and 3.2 s: if they are not on one clock"},
		{nil, BehaviorOptions{Names: []string{"hand"}, LagMs: 60000}, "hand has a value in no trial"},
		{nil, BehaviorOptions{Inputs: []string{"ts"}}, "the external input ts is not known in trial 1 at 2 s: inputs must be known in every bin; take a window"},
	} {
		r := moved()
		if c.change != nil {
			r = c.change(r)
		}
		_, _, err := Trials(r, Options{BinMs: 20, Window: &Window{0, 200}, Behavior: c.o})
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v: %v, want %q", c.o, err, c.says)
		}
	}
}

// What windows of a continuous recording cannot have is said in their terms.
func TestBehaviorOfWindowsRefused(t *testing.T) {
	for _, c := range []struct {
		o    BehaviorOptions
		says string
	}{
		{BehaviorOptions{Names: []string{"trials.ts"}}, "windows of a continuous recording (--chop) are no rows of a table, so that trials.ts says nothing of them: name a stream"},
		{BehaviorOptions{Inputs: []string{"pupil"}}, "keep to what was recorded of it by a table of its stretches (--trials), or leave it out (--external)"},
	} {
		r := moved()
		for i, eye := 200, r.Streams[2].Data.(dataset.Values).Data; i < 230; i++ {
			eye[i] = nan
		}
		_, _, err := Trials(r, Options{BinMs: 20, Chop: &ChopOptions{WindowMs: 200}, Behavior: c.o})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v, want %q", c.o, err, c.says)
		}
	}
}

// Inputs are those of the spikes' time in all bins, behaviour is later and of the bins
// that are read.
func TestInputsBesideBehavior(t *testing.T) {
	o := Options{BinMs: 10, Window: &Window{0, 200}, ForwardMs: 50, Behavior: BehaviorOptions{Names: []string{"x"}, Inputs: []string{"x"}, LagMs: 100}}
	_, d, report := behaviorOf(t, moved(), o)
	s := d.Valid
	start := float32(s.TrialIDs[0] + 1)
	if s.Behavior.Bins != 20 || s.External.Bins != 25 {
		t.Fatalf("behaviour %v, inputs %v", s.Behavior, s.External)
	}
	if got := [2]float32{s.Behavior.Bin(0, 3)[0], s.External.Bin(0, 24)[0]}; got != [2]float32{start + .13, start + .24} {
		t.Errorf("behaviour and input are %v from %g s on", got, start)
	}
	if d.Attributes[attrLag] != 100. || fmt.Sprint(d.Attributes[attrBehaviorMethod], d.Attributes[attrInputMethod]) != "[the sample in the bin] [the sample in the bin]" {
		t.Errorf("attributes %v", d.Attributes)
	}
	if text := report.String(); !strings.Contains(text, "external     x in m: 100 Hz, the sample in the bin\n") || !strings.Contains(text, "the sample in the bin, 100 ms later than the spikes\n") {
		t.Errorf("report\n%s", text)
	}
}

// However trials are divided, the file says both how that was done and how behaviour was
// made.
func TestAttributesOfBehaviorAndSplit(t *testing.T) {
	for _, split := range []SplitOptions{{Blocks: 2}, {TestShare: .3}} {
		o := Options{BinMs: 10, Window: &Window{0, 200}, Behavior: BehaviorOptions{Names: []string{"x"}, LagMs: 100}, Split: split}
		_, d, _ := behaviorOf(t, moved(), o)
		if d.Attributes[attrLag] != 100. || d.Attributes[attrBehaviorMethod] == nil || d.Attributes[attrRule] == nil {
			t.Errorf("%+v: attributes %v", split, d.Attributes)
		}
	}
}

// Overlapping trials, in any order, have what they have in common; a stream is read
// once, in blocks.
func TestOverlappingTrialsShareBehavior(t *testing.T) {
	starts := make([]float64, 90)
	for i := range starts {
		starts[i] = 1 + float64(i*37%90)*.1
	}
	r := session([]*dataset.Column{column("start_time", starts...)}, starts)
	const n = 12 * 30000
	values := make([]float64, n)
	for i := range values {
		values[i] = float64(i*7919%1001) - 500
	}
	read := &countingSeries{Values: dataset.Values{Data: values, Width: 1}}
	r.Streams = []*dataset.Stream{{Name: "fast", Features: 1, Data: read, Rate: 30000}}
	behavior, _, _ := behaviorOf(t, r, Options{BinMs: 10, Window: &Window{0, 200}, Behavior: BehaviorOptions{Names: []string{"fast"}}})
	for id, got := range behavior {
		next := slices.IndexFunc(starts, func(s float64) bool { return math.Abs(s-starts[id]-.1) < 1e-9 })
		if next >= 0 && !slices.Equal(got[10:], behavior[int64(next)][:10]) {
			t.Errorf("trials %d and %d differ where they overlap", id, next)
		}
	}
	if read.rows > n {
		t.Errorf("%d samples were read of %d", read.rows, n)
	}
}

// countingSeries counts the rows that are read.
type countingSeries struct {
	dataset.Values
	rows int
}

func (c *countingSeries) Read(from, to int) ([]float64, error) {
	c.rows += to - from
	return c.Values.Read(from, to)
}
