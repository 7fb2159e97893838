package ingest_test

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/ingest/ingesttest"
)

func TestNothingIsOddAboutTheSampleButTheSilentUnit(t *testing.T) {
	s := survey(t, ingesttest.Sample())
	if len(s.Oddities) != 1 || !strings.Contains(s.Oddities[0], "1 of 5 units have no spikes: 7") {
		t.Errorf("odd: %q", s.Oddities)
	}
	if s.Spikes != 320 {
		t.Errorf("%d spikes", s.Spikes)
	}
}

func TestOdditiesAreTold(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*dataset.Recording)
		want  string
	}{
		"duplicate": {func(r *dataset.Recording) {
			trains := r.Units.Spikes.(dataset.SpikeTrains)
			trains[3] = trains[0]
		}, "1 of 5 units have the same spikes as another: 12 as 3 (40)"},
		"negative": {func(r *dataset.Recording) {
			r.Units.Spikes.(dataset.SpikeTrains)[0][0] = -1
		}, "1 of 5 units have spikes before time 0: 3"},
		"out of order": {func(r *dataset.Recording) {
			train := r.Units.Spikes.(dataset.SpikeTrains)[1]
			train[4], train[5] = train[5], train[4]
		}, "1 of 5 units have spikes out of order: 4"},
		"NaN": {func(r *dataset.Recording) {
			r.Units.Spikes.(dataset.SpikeTrains)[1][4] = math.NaN()
		}, "no numbers: 4"},
		"repeated": {func(r *dataset.Recording) {
			train := r.Units.Spikes.(dataset.SpikeTrains)[1]
			train[5] = train[4]
		}, "several spikes at one time: 4"},
		"no stop": {func(r *dataset.Recording) {
			r.Trials().Column(dataset.ColumnStop).Numbers[1] = math.NaN()
		}, "1 of 4 rows of trials have no stop_time"},
		"turned": {func(r *dataset.Recording) {
			r.Trials().Column(dataset.ColumnStop).Numbers[1] = .1
		}, "1 of 4 rows of trials stop before they start"},
		"long": {func(r *dataset.Recording) {
			r.Trials().Column(dataset.ColumnStop).Numbers[2] = 1.95
		}, "1 of 4 rows of trials are of an odd length"},
		"another clock": {func(r *dataset.Recording) {
			r.Trials().Column(dataset.ColumnStart).Numbers[3] = 15
			r.Trials().Column(dataset.ColumnStop).Numbers[3] = 15.375
		}, "1 of 4 rows of trials lie before the first spike or behind the last"},
		"from each trial's start": {func(r *dataset.Recording) {
			r.Trials().Column("go_cue_time").Numbers = []float64{.1, .1, .1, .1}
		}, "go_cue_time of trials (0.1 to 0.1 s) lies before start_time in 4 of 4 rows"},
		"short stream": {func(r *dataset.Recording) {
			r.Stream("hand_vel").Start = 1
		}, "stream hand_vel (1 to 2.996 s) does not cover 2 of 4 rows of trials"},
		"backwards": {func(r *dataset.Recording) {
			clock := r.Stream("eye_x").Clock.(dataset.Values).Data
			clock[3], clock[4] = clock[4], clock[3]
		}, "stream eye_x: 1 of 90 timestamps lie before the one in front of them"},
		"hugely negative": {func(r *dataset.Recording) {
			r.Stream("eye_x").Clock.(dataset.Values).Data[0] = -1e9
		}, "stream eye_x: 1 of 90 timestamps lie before time 0"},
	} {
		t.Run(name, func(t *testing.T) {
			r := ingesttest.Sample()
			c.spoil(r)
			if all := strings.Join(survey(t, r).Oddities, "; "); !strings.Contains(all, c.want) {
				t.Errorf("%q, want %q", all, c.want)
			}
		})
	}
}

func TestRatesAreOfWhatWasObserved(t *testing.T) {
	r := ingesttest.Sample()
	r.Units.Observed = make([][]dataset.Interval, r.Units.Len())
	r.Units.Observed[0] = []dataset.Interval{{Start: 0, Stop: 2}, {Start: 3, Stop: 5}}
	s := survey(t, r)
	if got := s.Units[0].RateHz; got != 10 {
		t.Errorf("40 spikes in 4 s observed: %g Hz", got)
	}
	if got := s.Units[1].RateHz; !math.IsNaN(got) {
		t.Errorf("never observed: %g Hz", got)
	}
}

func survey(t *testing.T, r *dataset.Recording) *ingest.Survey {
	t.Helper()
	s, err := ingest.Take(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// One wild time stamp does not change how fast a stream is said to be.
func TestRateOfAClock(t *testing.T) {
	r := ingesttest.Sample()
	r.Stream("eye_x").Clock.(dataset.Values).Data[0] = -1e9
	d, err := ingest.Describe(r, survey(t, r))
	if err != nil {
		t.Fatal(err)
	}
	if s := d.Streams[1]; s.Name != "eye_x" || s.RateHz == nil || *s.RateHz != 64 {
		t.Errorf("%+v", s)
	}
}

// Rows of one length are told so, though their ends are rounded to binary.
func TestRowsOfOneLength(t *testing.T) {
	r := &dataset.Recording{Name: "session"}
	starts := &dataset.Column{Name: dataset.ColumnStart, Numbers: []float64{0, .5, 2.1}}
	stops := &dataset.Column{Name: dataset.ColumnStop, Numbers: []float64{.4, .9, 2.5}}
	table, err := dataset.NewTable(dataset.TrialsTable, starts, stops)
	if err != nil {
		t.Fatal(err)
	}
	r.Intervals = []*dataset.Table{table}
	d, err := ingest.Describe(r, survey(t, r))
	if err != nil || !strings.Contains(d.String(), "trials: 3 rows, each 0.4 s long") {
		t.Errorf("%v\n%s", err, d)
	}
}
