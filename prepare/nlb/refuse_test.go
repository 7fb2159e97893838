package nlb

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// TestRefuse: what cannot be prepared is told with what to do about it.
func TestRefuse(t *testing.T) {
	source, _ := golden(t, "maze")
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Preset: "mc_mazes", BinMs: 5}, "there is no data set mc_mazes in the benchmark: it has mc_maze, mc_maze_large"},
		{Options{Preset: "mc_maze", BinMs: 10}, "bins of 10 ms: the benchmark has bins of 5 and of 20 ms (--bin-ms 5)"},
		{Options{Preset: "mc_maze", BinMs: 5, Eval: "train"}, "(--eval)"},
		{Options{Preset: "mc_maze", BinMs: 5, Eval: Test}, "no trial is of split test: the column split has train, val; give the folder with the test file"},
		{Options{Preset: "mc_rtt", BinMs: 5}, "lacks stream finger_vel: by its columns it may be one of nlb/mc_maze, nlb/mc_maze_large"},
		{Options{Preset: "area2_bump", BinMs: 5}, "lacks column cond_dir of trials, column ctr_hold_bump of trials"},
		{Options{Preset: "dmfc_rsg", BinMs: 5}, "column set_time of trials"},
	} {
		if _, _, err := prepareAt(source, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.o, err, c.want)
		}
	}
}

// column is a column of numbers.
func column(name string, values ...float64) *dataset.Column {
	return &dataset.Column{Name: name, Numbers: values}
}

// recording is four trials of the random target task, 1 s each, at 1 kHz.
func recording() *dataset.Recording {
	trials := &dataset.Table{Name: dataset.TrialsTable, Rows: 4, Columns: []*dataset.Column{
		column("start_time", 0, 1, 2, 3), column("stop_time", .6, 1.6, 2.6, 3.6),
		{Name: "split", Words: []string{"train", "train", "val", "val"}},
	}}
	velocity := make([]float64, 4000)
	for i := range velocity {
		velocity[i] = 1
	}
	return &dataset.Recording{
		Name: "session", Intervals: []*dataset.Table{trials},
		Units: dataset.Units{
			IDs: []string{"10", "9"}, Spikes: dataset.SpikeTrains{{.0049, .005, 1.0, -.0005, -3, 9}, {3.5999}},
			Observed: [][]dataset.Interval{{{Start: 0, Stop: 4}}, {{Start: 0, Stop: 4}}},
			Columns:  dataset.Table{Rows: 2, Columns: []*dataset.Column{{Name: "heldout", Flags: []bool{false, true}}}},
		},
		Streams: []*dataset.Stream{{Name: "finger_vel", Features: 1, Rate: 1000, Data: dataset.Values{Data: velocity, Width: 1}}},
	}
}

func ofRecording(r *dataset.Recording) (*Set, *Report, error) {
	return Prepare([]*dataset.Recording{r}, Options{Preset: "mc_rtt", BinMs: 5})
}

// TestSpikes: spikes on edges are counted in the later bin, those just before 0 in the
// first one, and those off the clock nowhere, which is told.
func TestSpikes(t *testing.T) {
	set, report, err := ofRecording(recording())
	if err != nil {
		t.Fatal(err)
	}
	in := set.Tensor("train_spikes_heldin").Numbers
	if in[0] != 2 || in[1] != 1 || in[120] != 1 {
		t.Errorf("bins 0 and 1 of trial 0 and bin 0 of trial 1 have %v, %v, %v spikes", in[0], in[1], in[120])
	}
	if out := set.Tensor("eval_spikes_heldout").Numbers; out[120+119] != 1 {
		t.Errorf("the last bin has %v spikes", out[239])
	}
	if !strings.Contains(report.String(), "note         2 spikes lie before 0 s or behind the end") {
		t.Errorf("report\n%s", report)
	}
}

// TestLacking: what a recording lacks is told by its name.
func TestLacking(t *testing.T) {
	for _, c := range []struct {
		change func(*dataset.Recording)
		want   string
	}{
		{func(r *dataset.Recording) { r.Intervals = nil }, "session: the recording has no table of trials"},
		{func(r *dataset.Recording) { r.Units.IDs = nil }, "no units"},
		{func(r *dataset.Recording) { r.Units.Columns = dataset.Table{} }, "session: the units have no column heldout"},
		{func(r *dataset.Recording) { r.Units.Columns.Columns[0].Flags = []bool{false, false} }, "no unit is held out"},
		{func(r *dataset.Recording) { r.Units.Columns.Columns[0].Flags = []bool{true, true} }, "all units are held out"},
		{func(r *dataset.Recording) { r.Units.Observed[0], r.Units.Observed[1] = nil, nil }, "units were observed up to -Inf s"},
		{func(r *dataset.Recording) { r.Intervals[0].Columns[2].Words = []string{"a", "a", "val", "b"} }, "no trial is of split train, so there is none to train on: the column split has a, b, val"},
		{func(r *dataset.Recording) { r.Streams[0].Start = .0005 }, "finger_vel has samples off the clock of whole ms"},
		{func(r *dataset.Recording) { r.Streams[0].Data.(dataset.Values).Data[1100] = math.NaN() }, "trial 1, counted from 0, has 119 bins, and most have 120: finger_vel is missing"},
		{func(r *dataset.Recording) { r.Intervals[0].Columns[0].Numbers[0] = math.NaN() }, "start_time is not known"},
		{func(r *dataset.Recording) { r.Intervals[0].Columns[0].Numbers[3] = 3.5 }, "the recording has no more"},
	} {
		r := recording()
		c.change(r)
		if _, _, err := ofRecording(r); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}
