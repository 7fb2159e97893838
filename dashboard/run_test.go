package dashboard

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/tinyrun"
	"github.com/autolfads/autolfads/page"
)

// A run in the same process is shown from before it begins until it has ended, by the reader
// that is used for real. Under the race detector this says that they share nothing.
func TestBesideARun(t *testing.T) {
	dir := t.TempDir()
	file, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "results")
	d := &dataset.Dataset{Name: "data", BinWidth: 10 * time.Millisecond, Train: trials(9, 0), Valid: trials(5, 17)}
	if err := d.Write(file); err != nil {
		t.Fatal(err)
	}
	l := usual
	l.every = 5 * time.Millisecond
	s := serve(t, Options{limits: &l}, out)
	r := open(t, s)
	ended := make(chan error, 1)
	go func() {
		_, err := autolfads.Start(t.Context(), autolfads.Job{Data: file, Out: out, Config: small(), Search: autolfads.PBT, Seed: 1})
		ended <- err
	}()
	seen := map[string]bool{}
	last := page.Document{}
	for !seen["finished"] {
		e, more := r.next()
		if !more {
			t.Fatalf("the stream ended: %v; seen are %v", r.lines.Err(), seen)
		}
		seen[onlyRun(t, e).State.Status] = true
		if answer, body := get(t, s, "/run/results/document.json"); answer.StatusCode == http.StatusOK {
			last = page.Document{}
			if err := json.Unmarshal([]byte(body), &last); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if !seen["unknown"] || !seen["running"] && !seen["scoring"] {
		t.Errorf("what was told of it was %v", seen)
	}
	if n := len(last.Course.Generations); n != 3 || last.Chosen == nil || len(last.Scores) == 0 || len(last.Notes) > 0 {
		t.Errorf("in the end it has %d generations, scores %v, notes %v", n, last.Scores, last.Notes)
	}
}

// onlyRun is the only run that an event tells of.
func onlyRun(t *testing.T, e came) (s page.Summary) {
	t.Helper()
	var err error
	if e.kind == "run" {
		err = json.Unmarshal([]byte(e.data), &s)
	} else {
		all := []page.Summary{}
		if err = json.Unmarshal([]byte(e.data), &all); err == nil && len(all) == 1 {
			s = all[0]
		}
	}
	if err != nil || s.Name == "" {
		t.Fatalf("%+v: %v", e, err)
	}
	return s
}

// trials are some of 8 bins and 4 neurons.
func trials(n, first int) *dataset.Split {
	a, numbers := dataset.NewArray(n, 8, 4), tinyrun.Counts()
	for i := range a.Data {
		a.Data[i] = numbers[(first+i)%len(numbers)]
	}
	return &dataset.Split{Encod: a, Recon: a}
}

// small is a population that trains in a moment.
func small() autolfads.Config {
	c := autolfads.DefaultConfig()
	for _, dim := range []*int{
		&c.Model.GeneratorDim, &c.Model.Factors, &c.Model.InitialConditionDim, &c.Model.ICEncoderDim, &c.Model.CIEncoderDim, &c.Model.ControllerDim,
	} {
		*dim = 4
	}
	c.Model.InferredInputs, c.Infer.Samples = 1, 2
	c.PBT.Members, c.PBT.MaxGenerations, c.PBT.FirstGenerationEpochs, c.PBT.EpochsPerGeneration, c.PBT.StopRatio = 3, 3, 2, 1, 0
	return c
}
