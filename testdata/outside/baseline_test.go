package outside

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/outputs"
)

// bursts are trials in which all neurons fire much, or little.
func bursts(trials, first int) *dataset.Split {
	a := dataset.NewArray(trials, 20, 4)
	for trial := range trials {
		for i := range a.Trial(trial) {
			if k := first + trial; k%2 == 0 && (i+k)%3 > 0 || (i+k)%11 == 0 {
				a.Trial(trial)[i] = 1
			}
		}
	}
	return &dataset.Split{Encod: a, Recon: a}
}

// A baseline of the lab's own is fitted and written as ours are, stands beside them in
// scores, and its file is read for what the lab wants to know beyond.
func TestBaseline(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "bursts.h5")
	if err := (&dataset.Dataset{Name: "bursts", BinWidth: 10 * time.Millisecond, Train: bursts(12, 0), Valid: bursts(8, 5)}).Write(data); err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, name := range []string{"flat", "smooth"} {
		method, err := baseline.New(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, filepath.Join(dir, name+".h5"))
		if _, err := autolfads.EstimateBaseline(t.Context(), autolfads.Baseline{Name: name, Method: method, Data: data, Out: files[len(files)-1]}); err != nil {
			t.Fatal(err)
		}
	}
	e, err := autolfads.Evaluate(t.Context(), autolfads.Evaluation{Files: files, Data: data, Draws: 100})
	if err != nil {
		t.Fatal(err)
	}
	bits := e.Score("bits per spike")
	if bits == nil || bits.Interval == nil || bits.Rival("smooth") == nil {
		t.Fatalf("scores %+v", e.Scores)
	}

	d, err := dataset.Load(data, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	of, err := outputs.Read(files[0], d)
	if err != nil {
		t.Fatal(err)
	}
	score := metric.BitsByTrial(of.Valid.Rates, d.Valid.Recon)
	r := metric.Resampling{Draws: 100, Level: .95}
	if score.Of(nil) != bits.Value || r.Interval(score) != *bits.Interval || !(r.Interval(score.Median()).Low > 0) {
		t.Errorf("bits per spike %v %+v, by hand %v %+v", bits.Value, bits.Interval, score.Of(nil), r.Interval(score))
	}
}
