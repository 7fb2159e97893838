package prepare

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// rich is a session with all that a dataset can have.
func rich() *dataset.Recording {
	r := sorted()
	starts, side := make([]float64, 30), make([]string, 30)
	for i := range starts {
		starts[i], side[i] = float64(i), []string{"left", "right"}[i/2%2]
	}
	for u := range 5 {
		var times []float64
		for trial := range 30 {
			times = append(times, float64(trial)+float64(u)/10+.05, float64(trial)+.45)
		}
		r.Units.Spikes.(dataset.SpikeTrains)[u] = times
		r.Units.Observed = append(r.Units.Observed, []dataset.Interval{{Start: 0, Stop: 29.8 + float64(u)/10}})
	}
	r.Intervals[0] = &dataset.Table{Name: "trials", Rows: 30, Columns: []*dataset.Column{column("start_time", starts...), {Name: "side", Words: side}}}
	hand := dataset.Values{Width: 2}
	for i := range 3100 {
		hand.Data = append(hand.Data, float64(i%37), float64(i))
	}
	r.Streams = []*dataset.Stream{{Name: "hand", Unit: "mm", Features: 2, Data: hand, Rate: 100}}
	return r
}

// TestReadBack: what is made is read back equal, in all combinations of ways to hold out
// and to divide.
func TestReadBack(t *testing.T) {
	for i, split := range []SplitOptions{{}, {TestShare: .2, Seed: 3}, {Blocks: 6, TestShare: .1}, {ByCondition: true, TestShare: .2}} {
		for _, out := range []HoldOutOptions{{}, {Share: .4}, {Units: "heldout"}} {
			for _, forward := range []float64{0, 200} {
				o := Options{BinMs: 100, Window: &Window{0, 700}, Condition: "side", ForwardMs: forward, HoldOut: out, Split: split}
				if o.Behavior.Names = []string{"hand"}; i == 0 {
					o.Behavior.Names = nil
				}
				d, report, err := Trials(rich(), o)
				if err == nil {
					err = Origin{Source: "s.nwb"}.Sign(d, report)
				}
				path := filepath.Join(t.TempDir(), "made.h5")
				if err == nil {
					err = d.Write(path)
				}
				if err != nil {
					t.Fatalf("%+v: %v", o, err)
				}
				read, err := dataset.Load(path, dataset.Options{})
				if err != nil {
					t.Fatalf("%+v: %v", o, err)
				}
				compare(t, read, d)
				if (read.Divided == nil) != (split.Blocks != 0 || split.ByCondition) || read.Attributes["split_rule"] != nil != (split != SplitOptions{}) {
					t.Errorf("%+v: divided by %v, rule %v", split, read.Divided, read.Attributes["split_rule"])
				}
			}
		}
	}
}

// compare compares what was read with what was written.
func compare(t *testing.T, read, wrote *dataset.Dataset) {
	t.Helper()
	for _, s := range [][2]*dataset.Split{{read.Train, wrote.Train}, {read.Valid, wrote.Valid}, {read.Test, wrote.Test}} {
		a, b := s[0], s[1]
		if a == nil || b == nil {
			if a != b {
				t.Errorf("a split is %v, was %v", a, b)
			}
			continue
		}
		if !alike(a.Encod, b.Encod) || !alike(a.Recon, b.Recon) || !alike(a.Behavior, b.Behavior) ||
			!slices.Equal(a.TrialIDs, b.TrialIDs) || !slices.Equal(a.Condition, b.Condition) {
			t.Errorf("%v and %v of trials %v are read, %v and %v of %v written", a.Encod, a.Recon, a.TrialIDs, b.Encod, b.Recon, b.TrialIDs)
		}
	}
	names := func(d *dataset.Dataset) []any {
		return []any{d.Neurons, d.Outputs, d.Conditions, d.Divided, d.BinWidth, d.Order, d.Attributes[attrOptions]}
	}
	if !reflect.DeepEqual(names(read), names(wrote)) {
		t.Errorf("read %v, wrote %v", names(read), names(wrote))
	}
}

func alike(a, b *dataset.Array) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Trials == b.Trials && a.Bins == b.Bins && a.Features == b.Features && same(a.Data, b.Data)
}
