package prepare

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// A model needs one trial alone, and no split of them.
func TestForModelOneTrial(t *testing.T) {
	o := Options{BinMs: 100, Chop: &ChopOptions{WindowMs: 500}}
	r := session(nil, []float64{.1, .2, .65}, []float64{.3})
	if _, _, err := Trials(r, o); err == nil {
		t.Error("a window alone is taken to train on")
	}
	d, report, err := Trials(r, *o.ForModel([]string{"u1", "u0"}))
	if err != nil {
		t.Fatal(err)
	}
	if all := d.SpikesAlone().Test; all.Trials() != 1 || !slices.Equal(d.Neurons, []string{"u1", "u0"}) {
		t.Errorf("%d trials of units %q", all.Trials(), d.Neurons)
	}
	if err := (Origin{}).Sign(d, report); err != nil || d.Attributes[attrRule] != nil {
		t.Errorf("divided by %v (%v): it is not", d.Attributes[attrRule], err)
	}
	_, _, err = Trials(session(nil, []float64{.1, .2}, []float64{.3}), *o.ForModel([]string{"u0"}))
	if err == nil || !strings.Contains(err.Error(), "there must be one to infer") {
		t.Errorf("nothing to infer: %v", err)
	}
}

// What a run says of its recording has what may be wrong with it; what infer says has
// nothing of splits and behaviour.
func TestBrief(t *testing.T) {
	r := session(nil, []float64{.1, .2, 30, 30.1, 30.9}, []float64{.1, .2, 30, 30.1})
	r.Streams = []*dataset.Stream{{Name: "hand"}}
	o := Options{BinMs: 100, Chop: &ChopOptions{WindowMs: 500}}
	for _, c := range []struct {
		o        Options
		has, not []string
	}{
		{o, []string{"correlated   1 pair", "--drop-correlated 0.2", "no unit spikes from 1 to 30 s", "no stream is taken"}, nil},
		{*o.ForModel([]string{"u0", "u1"}), []string{"no unit spikes from 1 to 30 s"}, []string{"correlated", "no stream is taken", "split"}},
	} {
		_, report, err := Trials(r, c.o)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range c.has {
			if !strings.Contains(report.Brief(), word) {
				t.Errorf("%q is not said:\n%s", word, report.Brief())
			}
		}
		for _, word := range c.not {
			if strings.Contains(report.Brief(), word) {
				t.Errorf("%q is said:\n%s", word, report.Brief())
			}
		}
	}
}

// Options that a file keeps make the same trials of the recording again, for a model
// that was trained on it: of the units read alone, whatever else was asked for.
func TestForModel(t *testing.T) {
	starts := []float64{0, 1, 2, 3, 4, 5}
	words := &dataset.Column{Name: "side", Words: []string{"l", "r", "l", "r", "l", "r"}}
	set := &dataset.Column{Name: "set", Words: []string{"train", "val", "train", "val", "train", "test"}}
	overlap := 100.
	for name, o := range map[string]Options{
		"trials":       {BinMs: 100, Align: "go", Window: &Window{0, 400}, Condition: "side", Where: `side == "l"`},
		"held":         {BinMs: 100, HoldOut: HoldOutOptions{Units: "u0"}, ForwardMs: 100, Window: &Window{0, 300}},
		"split":        {BinMs: 100, Split: SplitOptions{Column: "set"}},
		"dropped":      {BinMs: 100, Units: UnitOptions{Without: "u1", MinRateHz: .1}},
		"joined":       {BinMs: 100, Units: UnitOptions{Join: "channel"}},
		"joined some":  {BinMs: 100, Units: UnitOptions{Join: "channel", Where: `id != "u2"`}},
		"joined more":  {BinMs: 100, Units: UnitOptions{Join: "channel", Without: "u0", MinRateHz: .1}},
		"chopped rows": {BinMs: 100, Chop: &ChopOptions{WindowMs: 500}, Table: "epochs"},
		"chopped":      {BinMs: 100, Chop: &ChopOptions{WindowMs: 500, OverlapMs: &overlap}, Split: SplitOptions{Seed: 3}},
	} {
		r := session([]*dataset.Column{column("start_time", starts...), column("stop_time", 1, 2, 3, 4, 5, 6), column("go", .25, 1.25, 2.25, 3.25, 4.25, 5.25), words, set},
			[]float64{.1, .5, 1.5, 2.5, 3.6, 4.7, 5.1}, []float64{.3, 4.1}, []float64{.31, 1.31, 2.31, 3.31, 4.31, 5.31})
		r.Intervals = append(r.Intervals, &dataset.Table{Name: "epochs", Rows: 1, Columns: []*dataset.Column{column("start_time", 2), column("stop_time", 5)}})
		r.Units.Columns = dataset.Table{Rows: 3, Columns: []*dataset.Column{{Name: "channel", Words: []string{"a", "b", "a"}}}}
		d, report, err := Trials(r, o)
		if err != nil {
			t.Fatal(name, err)
		}
		text, err := json.Marshal(&report.options)
		var kept Options
		if err == nil {
			err = json.Unmarshal(text, &kept)
		}
		if err != nil {
			t.Fatal(name, err)
		}
		again, _, err := Trials(r, *kept.ForModel(d.Neurons[:d.Train.Encod.Features]))
		if err != nil {
			t.Fatal(name, err)
		}
		got, want := again.SpikesAlone(), d.SpikesAlone()
		if !slices.Equal(got.Neurons, want.Neurons) || !slices.Equal(got.Test.TrialIDs, want.Test.TrialIDs) || !slices.Equal(got.Test.Encod.Data, want.Test.Encod.Data) {
			t.Errorf("%s: units %q, trials %v; want %q, %v", name, got.Neurons, got.Test.TrialIDs, want.Neurons, want.Test.TrialIDs)
		}
	}
}

// Of a recording that is not as the one before, what is said goes first, and no more.
func TestOtherwise(t *testing.T) {
	o := Options{BinMs: 5, Table: "trials", Align: "delay", FromStart: true, Window: &Window{0, 100}, Where: "a", Behavior: BehaviorOptions{Inputs: []string{"force"}}}
	same, all := o.Otherwise(&Options{}), Options{BinMs: 5, Table: "reaches", Align: "go", Window: &Window{5, 50}, Where: "b", Behavior: BehaviorOptions{Inputs: []string{"load"}}}
	if !reflect.DeepEqual(*same, o) {
		t.Errorf("nothing said: %+v", same)
	}
	if got := o.Otherwise(&all); !reflect.DeepEqual(*got, all) {
		t.Errorf("all said: %+v", got)
	}
}
