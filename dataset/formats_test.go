package dataset

import (
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// The same arrays are the same data set, whatever keeps them.
func TestFormats(t *testing.T) {
	read := func(name string) *Dataset {
		t.Helper()
		d, err := Load(filepath.Join("testdata", name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		d.Name = ""
		return d
	}
	want := read("layouts.h5")
	expect(t, map[string][2]any{
		"bins":       {want.BinWidth, 5 * time.Millisecond},
		"order":      {want.Order, []int{2, 3, 0, 1}},
		"encod":      {want.Train.Encod.String(), "5 trials x 5 bins x 2"},
		"conditions": {want.Conditions, []string{"left", "right", "up"}},
		"of valid":   {want.Valid.Condition, []int64{2, 0, 1}},
		"ids":        {want.Valid.TrialIDs, []int64{10, 11, 12}},
		"truth":      {want.TruthDivisor, 2.},
		"unread":     {want.Unread, []string(nil)},
	})
	for _, name := range []string{"layouts.npz", "layouts.mat", "layouts73.mat"} {
		if got := read(name); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}
