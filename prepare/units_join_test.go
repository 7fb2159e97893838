package prepare

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// channels is a session of three units on two channels.
func channels() *dataset.Recording {
	r := session([]*dataset.Column{column("start_time", 0, 1, 2), column("stop_time", 1, 2, 3)}, []float64{.5, 1.5, 2.5}, []float64{.6}, []float64{.1, 2.7})
	r.Units.Columns = dataset.Table{Rows: 3, Columns: []*dataset.Column{{Name: "channel", Words: []string{"M1 001", "M1 002", "M1 001"}}, column("depth", 1, 2, 3)}}
	return r
}

func TestJoinUnits(t *testing.T) {
	r := channels()
	r.Units.Observed = [][]dataset.Interval{{{Start: 0, Stop: 2}, {Start: 2, Stop: 3}}, {{Start: 0, Stop: 3}}, {{Start: .25, Stop: 1}, {Start: 2, Stop: 4}}}
	j, err := joinUnits(r, "channel")
	if err != nil {
		t.Fatal(err)
	}
	times, err := j.Units.Spikes.Times(0)
	if want := []float64{.1, .5, 1.5, 2.5, 2.7}; err != nil || !slices.Equal(times, want) || j.Units.Spikes.Count(0) != 5 || !slices.Equal(j.Units.IDs, []string{"M1 001", "M1 002"}) {
		t.Errorf("units %q; spikes %v (%v)", j.Units.IDs, times, err)
	}
	if want := [][]dataset.Interval{{{Start: .25, Stop: 1}, {Start: 2, Stop: 3}}, {{Start: 0, Stop: 3}}}; !reflect.DeepEqual(j.Units.Observed, want) {
		t.Errorf("observed %v, want %v", j.Units.Observed, want)
	}
	d, _, err := Trials(channels(), Options{BinMs: 500, Units: UnitOptions{Join: "channel"}})
	if err != nil || !slices.Equal(d.Neurons, j.Units.IDs) || d.Train.Recon.Features != 2 {
		t.Errorf("%v: %v", err, d)
	}
}

func TestJoinUnitsRefuses(t *testing.T) {
	unnamed := channels()
	unnamed.Units.Columns.Columns[0].Words[1] = ""
	for _, c := range []struct {
		r            *dataset.Recording
		column, says string
	}{
		{channels(), "shank", "units have no column shank to be joined by: they have channel, depth (--join-units)"},
		{session(nil, []float64{1}), "channel", "they have none"},
		{unnamed, "channel", "unit u1 has no channel to be joined by"},
	} {
		if _, err := joinUnits(c.r, c.column); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("got %v, want %q", err, c.says)
		}
	}
}
