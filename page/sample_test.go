package page_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/page"
)

// kept keeps what a page shows of a run that ends, and reads it as a page does.
func kept(t *testing.T, e *page.Ended) *page.Document {
	t.Helper()
	dir := endedAlone(t)
	if err := e.Keep(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	d := read(t, dir)
	if len(d.Notes) > 0 {
		t.Fatalf("what was kept is not read: %q", d.Notes)
	}
	return d
}

// endedAlone is the folder of a run that has ended, without anything that it trained or left.
func endedAlone(t *testing.T) string {
	t.Helper()
	f := begin(t, population(2, 2, 2), "results")
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, f.Dir, "state.json", `{"status": "finished"}`)
	return f.Dir
}

func values(t *testing.T, a *page.Array) []float64 {
	t.Helper()
	if a == nil {
		t.Fatal("there is no array")
	}
	v, err := a.Values()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// near compares an array of a page with the numbers that it was made of: half of 1/254 of each
// feature's range apart at most, and a little for six digits of its ends.
func near(t *testing.T, what string, a *page.Array, want *dataset.Array) {
	t.Helper()
	got := values(t, a)
	if !slices.Equal(a.Shape, []int{want.Trials, want.Bins, want.Features}) {
		t.Fatalf("%s: shape %v, want %v", what, a.Shape, want)
	}
	for i, v := range want.Data {
		f := i % want.Features
		low, high := float64(a.Low[f]), float64(a.High[f])
		if v != v {
			if !math.IsNaN(got[i]) {
				t.Fatalf("%s: number %d is missing, and is %v", what, i, got[i])
			}
			continue
		}
		if off := math.Abs(got[i] - float64(v)); !(off <= (high-low)/508+1e-5*max(math.Abs(low), math.Abs(high))) {
			t.Fatalf("%s: number %d is %v, want %v", what, i, got[i], v)
		}
	}
}

// timesOf multiplies a copy.
func timesOf(a *dataset.Array, by float32) *dataset.Array {
	out := a.Pick(all(a.Trials))
	for i := range out.Data {
		out.Data[i] *= by
	}
	return out
}

func all(n int) []int {
	places := make([]int, n)
	for i := range places {
		places[i] = i
	}
	return places
}

// What is kept of a small run is all of it, in the order of the data file and per second.
func TestSampleOfASmallRun(t *testing.T) {
	e := ended(12, 10, 4)
	e.Judged.Order, e.Judged.Neurons = []int{2, 0, 3, 1}, []string{"a", "b", "c", "d"} // neuron 1 is the file's first
	e.Judged.Valid.Encod = e.Judged.Valid.Recon.FirstBins(8).Columns([]int{0, 1, 2})
	e.Judged.Valid.TrialIDs = []int64{9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 11, 10}
	d := kept(t, e)
	s := d.Sample
	inFile := []int{1, 3, 0, 2}
	near(t, "rates", s.Rates, timesOf(e.Rates.Columns(inFile), 100))
	near(t, "truth", s.Truth, timesOf(e.Judged.Valid.Truth.Columns(inFile), 100))
	near(t, "inputs", s.Inputs, e.Inputs)
	near(t, "behaviour", s.Behavior.Measured, e.Judged.Valid.Behavior)
	near(t, "decoded behaviour", s.Behavior.Decoded, e.Decoded)
	for i, v := range values(t, s.Spikes) {
		if want := float64(e.Judged.Valid.Recon.Columns(inFile).Data[i]); v != want {
			t.Fatalf("spikes: number %d is %v, want %v", i, v, want)
		}
	}
	var names []string
	for _, n := range s.Neurons {
		names = append(names, n.Name)
	}
	if !slices.Equal(names, []string{"a", "b", "c", "d"}) || s.Neurons[1].HeldIn || !s.Neurons[0].HeldIn {
		t.Errorf("neurons are %+v", s.Neurons)
	}
	mean := 0.
	for v := range e.Judged.Valid.Recon.Feature(1) {
		mean += 100 * float64(v) / 120
	}
	if math.Abs(float64(*s.Neurons[0].Rate)-mean) > 1e-4*mean { // six digits
		t.Errorf("the mean rate of a is %v, want %v", *s.Neurons[0].Rate, mean)
	}
	if s.Read != 8 || s.Bins != 10 || s.BinMs != 10 || s.Unit != "spikes/s" || len(s.Trials) != 12 || *s.Trials[2].ID != 7 || s.Trials[10].Condition != 1 {
		t.Errorf("%+v", s)
	}
	if len(s.Behavior.Plane) != 2 || s.Behavior.Velocity {
		t.Errorf("the plane of behaviour is %v, velocities %v", s.Behavior.Plane, s.Behavior.Velocity)
	}
	if d.Data.Validation != 12 || d.Data.Training != 12 || d.Data.Conditions != 9 || d.Data.Name != "data.h5" {
		t.Errorf("%+v", d.Data)
	}
}

// Means by condition are those of metric, of data of training and of judged trials, and of the
// rates of the latter.
func TestSampleMeans(t *testing.T) {
	e := ended(20, 10, 3)
	valid := e.Judged.Valid
	for i := range valid.Condition { // one condition has no trial that is judged
		valid.Condition[i] %= 8
	}
	m := kept(t, e).Sample.Means
	want, _, err := metric.SmoothedPSTH(metric.PSTHKernel, e.Judged.BinWidth,
		metric.Labelled{Spikes: e.Judged.Train.Recon, Condition: e.Judged.Train.Condition}, metric.Labelled{Spikes: valid.Recon, Condition: valid.Condition})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "means of data", m.Data, timesOf(want.Columns(m.Neurons), 100))
	of, _ := metric.PSTH(e.Rates, valid.Condition)
	rates := dataset.NewArray(9, 10, 3)
	for i := range rates.Data {
		rates.Data[i] = float32(math.NaN())
	}
	copy(rates.Data, timesOf(of, 100).Columns(m.Neurons).Data)
	near(t, "means of rates", m.Rates, rates)
	if m.SmoothMs != 50 || !slices.Equal(m.Conditions, all(9)) || !slices.Equal(m.Trials, []int{3 + 5, 3 + 3, 2 + 2, 2 + 2, 2 + 2, 2 + 2, 2 + 2, 2 + 2, 2}) {
		t.Errorf("smoothed by %v ms; conditions %v of %v trials", m.SmoothMs, m.Conditions, m.Trials)
	}
}

// Principal components keep the distances of factors that lie in a plane, in two of them.
func TestSampleSpace(t *testing.T) {
	e := ended(15, 10, 3)
	f := e.Factors
	for i := 0; i < len(f.Data); i += f.Features {
		x, y := f.Data[i], f.Data[i+1]
		for j := range f.Features {
			f.Data[i+j] = 3 + x*float32(j%3) - y*float32(j%5)
		}
	}
	s := kept(t, e).Sample
	if share := s.Space.Share; math.Abs(float64(share[0]+share[1]-1)) > 1e-5 || share[0] < share[1] { // factors are float32
		t.Errorf("shares of variance are %v", share)
	}
	points, n := values(t, s.Space.Trials), len(s.Space.Share)
	size := 0.
	for i := range 2 {
		size = max(size, float64(s.Space.Trials.High[i]-s.Space.Trials.Low[i]))
	}
	for at := 1; at < len(points)/n; at++ {
		got, want := 0., 0.
		for i := range n {
			got += math.Pow(points[at*n+i]-points[i], 2)
		}
		for i := range f.Features {
			want += math.Pow(float64(f.Data[at*f.Features+i]-f.Data[i]), 2)
		}
		if math.Abs(math.Sqrt(got)-math.Sqrt(want)) > 4*size/508 { // two points of two numbers, half a step off each
			t.Fatalf("point %d is %v from the first, want %v", at, math.Sqrt(got), math.Sqrt(want))
		}
	}
	if s.FactorsOf != 40 || s.Space.Means.Shape[0] != 9 {
		t.Errorf("%d factors, means of shape %v", s.FactorsOf, s.Space.Means.Shape)
	}
}

// Of many trials those that are shown are of all conditions alike; of many neurons some.
func TestSampleOfALargeRun(t *testing.T) {
	e := ended(300, 100, 400)
	s := kept(t, e).Sample
	count := map[int]int{}
	for i, trial := range s.Trials {
		count[trial.Condition]++
		if want := int(e.Judged.Valid.Condition[trial.Trial]); trial.Condition != want || i > 0 && trial.Trial <= s.Trials[i-1].Trial {
			t.Errorf("trial %d is of condition %d, want %d", trial.Trial, trial.Condition, want)
		}
	}
	if len(s.Trials) != 8 || len(count) != 8 {
		t.Errorf("%d trials are of %d conditions", len(s.Trials), len(count))
	}
	if len(s.Neurons) != 250 || !strings.Contains(s.Note, "8 of 300 validation trials") || !strings.Contains(s.Note, "250 of 400 neurons") {
		t.Errorf("%d neurons; %q", len(s.Neurons), s.Note)
	}
	if len(s.Rates.Bytes) > 200_000 || len(s.Factors.Bytes) > 60_000 || len(s.Means.Data.Bytes) > 100_000 {
		t.Errorf("%d, %d, %d bytes", len(s.Rates.Bytes), len(s.Factors.Bytes), len(s.Means.Data.Bytes))
	}
}

// The same run keeps the same bytes.
func TestKeptIsTheSame(t *testing.T) {
	var texts [][]byte
	for range 2 {
		dir := t.TempDir()
		if err := ended(30, 20, 5).Keep(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, "page", "sample.json"))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if !bytes.Equal(texts[0], texts[1]) {
		t.Error("kept again it is another")
	}
}

// A sample of which something does not fit is not shown, and that is said.
func TestSamplesThatDoNotFit(t *testing.T) {
	dir := endedAlone(t)
	if err := ended(12, 10, 4).Keep(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(dir, "page", "sample.json"))
	if err != nil {
		t.Fatal(err)
	}
	for old, other := range map[string]string{
		`"format":1`: `"format":2`, `"spikes":{"shape":[12,10,4]`: `"spikes":{"shape":[12,10,5]`, `"rates":{"shape":[12,10,4]`: `"rates":{"shape":[12,10,5]`, `"bins":10,"read":10`: `"bins":11,"read":10`, `"condition":1,`: `"condition":9,`,
		`"conditions":[0,1,`: `"conditions":[0,9,`, `"plane":[0,1]`: `"plane":[0,2]`, `"read":10`: `"read":-1`, `"shape":[9,10,5]`: `"shape":[9,10,4]`,
		`"names":["output 1",`: `"names":["output 1","output 1",`, `"rates":{"shape"`: `"rates":null,"other":{"shape"`,
	} {
		text := strings.Replace(string(whole), old, other, 1)
		if text == string(whole) {
			t.Fatalf("there is no %s", old)
		}
		write(t, dir, "page/sample.json", text)
		d := read(t, dir)
		if d.Sample != nil || len(d.Notes) != 1 || !strings.Contains(d.Notes[0], "page/sample.json is not shown: ") {
			t.Errorf("with %s in the place of %s: sample %v, notes %q", other, old, d.Sample != nil, d.Notes)
		}
	}
}

// What is known of the data when a run begins is kept, and gives way to what is known at its
// end, not the other way round.
func TestKeepFacts(t *testing.T) {
	dir := endedAlone(t)
	e := ended(12, 10, 4)
	for i, keep := range []func() error{
		func() error { return (&page.Ended{Data: e.Data, Counts: true}).KeepFacts(dir) },
		func() error { return e.Keep(t.Context(), dir) },
		func() error { return e.KeepFacts(dir) },
	} {
		if err := keep(); err != nil {
			t.Fatal(err)
		}
		d := read(t, dir)
		if d.Data.Neurons != 4 || d.Data.Unit != "spikes/s" || (d.Sample != nil) != (i > 0) || len(d.Notes) > 0 {
			t.Errorf("%d: %+v, a sample: %v, notes %q", i, d.Data, d.Sample != nil, d.Notes)
		}
	}
}
