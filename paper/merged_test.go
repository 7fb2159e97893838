package paper

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/testenv"
)

// Of a recording put together again, bins that teach and bins that judge share none, rates
// stand where the recording has them, and behaviour that is in the rates is decoded.
func TestMergedRecording(t *testing.T) {
	_, d := tinyReaching(t)
	r, err := recordingOf(d)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for _, bin := range r.train {
		seen[bin] = true
	}
	for _, bin := range r.valid {
		if seen[bin] {
			t.Fatalf("bin %d teaches and judges", bin)
		}
	}
	if n := len(r.train) + len(r.valid); n < int(d.Chop.Bins)*9/10 || len(r.valid) < int(d.Chop.Bins)/20 {
		t.Errorf("%d bins teach and %d judge, of %d", len(r.train), len(r.valid), d.Chop.Bins)
	}
	spikes, err := r.whole(func(s *dataset.Split) *dataset.Array { return s.Recon })
	if err != nil {
		t.Fatal(err)
	}
	w, start := d.Valid.Recon, int(d.Valid.Starts[1])
	for bin := range w.Bins {
		for n, k := range w.Bin(1, bin) {
			if got := spikes.Bin(0, start+bin)[n]; got != k { // windows that overlap have the same spikes
				t.Fatalf("bin %d of the recording has %v spikes of neuron %d, and its window %v", start+bin, got, n, k)
			}
		}
	}
	var row Row
	score, err := r.decode(t.Context(), r.behavior, []int{0, 1}, &row)
	if err != nil {
		t.Fatal(err)
	}
	// Predictions of single precision are good to 1e-7 of what they are.
	if got, want := score.Of(nil), (row.number(outputKey(0))+row.number(outputKey(1)))/2; math.Abs(got-want) > 1e-5 {
		t.Errorf("the mean R2 of two outputs is %v by blocks of time, and %v", got, want)
	}
	if bins := blockBins(d); score.Trials() > int(d.Chop.Bins)/bins+1 || bins != 100 { // 2 s of 20 ms
		t.Errorf("%d blocks of %d bins, of %d", score.Trials(), bins, d.Chop.Bins)
	}
	for i := range d.Outputs {
		// The ridge's penalty is 1e-4 of numbers of some tens.
		if got := row.number(outputKey(i)); math.Abs(got-1) > 1e-3 {
			t.Errorf("behaviour from behaviour: output %d has R2 %v", i, got)
		}
	}
	smoothed, err := r.smooth(t.Context())
	if err != nil || smoothed.String() != spikes.String() {
		t.Errorf("smoothed spikes %v, %v", smoothed, err)
	}
}

// A recording without behaviour is merged and drawn, and said not to be measured.
func TestRecordingWithoutBehaviour(t *testing.T) {
	l, d := tinyReaching(t)
	d.Train.Behavior, d.Valid.Behavior, d.Outputs = nil, nil, nil
	path := filepath.Join(l.Dir, "without.h5")
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	m := tinyMake(l.Dir, &continuous)
	m.Given = map[string]string{continuous.Name: path}
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := resultIn(t, l.Dir, &continuous)
	for _, f := range continuous.Found(r) {
		if f.Verdict != notMeasured {
			t.Errorf("without behaviour: %s", f)
		}
	}
	if len(r.Figures) != 1 || !exists(l.path(figuresDir, "continuous-rates.svg")) {
		t.Errorf("figures %v", r.Figures)
	}
}

// What is given takes the place of the reaching recording; a file of trials is no
// continuous recording.
func TestGivenRecording(t *testing.T) {
	dir := testenv.MemoryDir(t)
	l := &Lab{Dir: dir, Scale: tiny}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	windows, err := l.reaching()
	if err != nil {
		t.Fatal(err)
	}
	trials, err := l.lorenz()
	if err != nil {
		t.Fatal(err)
	}
	m := tinyMake(dir, &continuous, &joints)
	m.Given = map[string]string{continuous.Name: windows.path, joints.Name: windows.path}
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, e := range m.Experiments {
		if s := resultIn(t, dir, e).Sets; len(s) != 1 || s[0].SHA256 != windows.SHA256 || s[0].Made != "" {
			t.Errorf("%s: data %+v", e.Name, s)
		}
	}
	for _, c := range []struct {
		of   *Experiment
		says string
	}{
		{&continuous, "no windows of a continuous recording"}, {&timing, "no behaviour is_short"}, {&joints, "no behaviour"}, {&emg, "no behaviour"},
	} {
		m := tinyMake(testenv.MemoryDir(t), c.of)
		m.Given = map[string]string{c.of.Name: trials.path}
		m.Watch = func(s Step) autolfads.Observer {
			t.Errorf("%s: %s is trained for nothing", c.of.Name, s.Run)
			return autolfads.Observer{}
		}
		if err := m.Run(t.Context()); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.of.Name, err, c.says)
		}
	}
}

// tinyReaching is a lab with a small recording of reaching, and its windows.
func tinyReaching(t *testing.T) (*Lab, *dataset.Dataset) {
	t.Helper()
	l := &Lab{Dir: testenv.MemoryDir(t), Scale: tiny}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	set, err := l.reaching()
	if err != nil {
		t.Fatal(err)
	}
	d, err := set.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l, d
}
