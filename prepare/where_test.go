package prepare

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// wanted is a session of five trials, with a column of each kind.
func wanted() *dataset.Recording {
	return session([]*dataset.Column{
		column("start_time", 0, 1, 2, 3, 4), column("stop_time", .5, 1.3, 2.8, nan, 4.5),
		{Name: "split", Words: []string{"train", "val", "train", "", "train"}},
		{Name: "correct", Flags: []bool{true, true, true, true, false}},
	}, []float64{.01, 1.01, 2.01, 3.01, 4.01})
}

// TestWhere: rows that a condition is not true of are dropped, and do not say how long
// trials are.
func TestWhere(t *testing.T) {
	for condition, want := range map[string][]int64{
		`split == "train"`:        {0, 2, 4},
		`correct && duration > 0`: {0, 1, 2},
		`duration == 0.5`:         {0, 4},
		`int(row) % 2 == 0`:       {0, 2, 4},
	} {
		trials, _, report := made(t, wanted(), Options{BinMs: 10, Where: condition})
		got := slices.Sorted(maps.Keys(trials))
		left := slices.DeleteFunc([]int64{0, 1, 2, 3, 4}, func(i int64) bool { return slices.Contains(want, i) })
		if !slices.Equal(got, want) || !reflect.DeepEqual(report.Dropped, []Dropped{{notWanted, left}}) {
			t.Errorf("%s keeps %v, want %v; dropped %v", condition, got, want, report.Dropped)
		}
		if bins := report.Bins; (bins == 30) != slices.Contains(want, 1) {
			t.Errorf("%s: %d bins, as if trial 1 counted", condition, bins)
		}
	}
}

func TestWhereRefuses(t *testing.T) {
	for condition, says := range map[string][]string{
		`splt == "train"`:             {"prepare: session: --where", "unknown name splt", "start_time, stop_time, split, correct, row, duration"},
		`split == "trian" && correct`: {"is true of none of the 5 rows of trials", "is true of 0; correct is true of 4", `split holds words`},
		`split == 1`:                  {"between a word and a number"},
	} {
		_, _, err := Trials(wanted(), Options{BinMs: 10, Where: condition})
		for _, part := range says {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%s: does not say %q: %v", condition, part, err)
			}
		}
	}
}
