package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/compare"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/run"
)

// comparedIn compares the models of a run, without changing anything in its folder.
func comparedIn(t *testing.T, out string, more ...string) (o compare.Comparison) {
	t.Helper()
	before := contents(t, out)
	text := succeed(t, append([]string{"evaluate", out, "--models", "--json", "--draws", "100"}, more...)...)
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	after := contents(t, out)
	for path := range after {
		if after[path] != before[path] {
			t.Errorf("evaluate --models changes %s", path)
		}
	}
	return o
}

// The members of a population with neurons set aside are told apart by their factors;
// a run that was stopped and went on has the same.
func TestModelsOfAPopulation(t *testing.T) {
	dir := t.TempDir()
	data, out, resumed := tinyData(t, dir), filepath.Join(dir, "run"), filepath.Join(dir, "resumed")
	succeed(t, tinyRun(t, dir, data, out, "--set-aside", "2")...)
	succeed(t, tinyRun(t, dir, data, resumed, "--set-aside", "2", "--set", "pbt.max_generations=2")...)
	succeed(t, "resume", resumed, "--set", "pbt.max_generations=4")
	o, p := comparedIn(t, out), comparedIn(t, resumed)
	o.Run, p.Run = "", ""
	a, _ := json.Marshal(o)
	if b, _ := json.Marshal(p); string(a) != string(b) {
		t.Errorf("after a resume:\n%s\nwant\n%s", b, a)
	}
	if len(o.Models) < 3 || o.Chosen == "" || len(o.LeftOut) > 0 || o.Samples != 10 {
		t.Fatalf("%+v", o)
	}
	for i := range o.Models {
		m := &o.Models[i]
		if m.CrossDecoding == nil || m.Scored(evaluate.NameBits) == nil || m.Scored(evaluate.NameFewShot(4)) == nil || (m.Worse == nil) != m.Best {
			t.Errorf("%+v", m)
		}
	}
	if words := strings.Join(o.InWords, " "); !strings.Contains(words, "k = 64 was not tried") {
		t.Errorf("that there are fewer than 64 trials is not said: %s", words)
	}
	text := succeed(t, "evaluate", out, "--models", "--figures", filepath.Join(dir, "figures"), "--format", "svg", "--few-shot", "2,8", "--samples", "2")
	for _, part := range []string{"averages of 2 posterior samples", "k=2", "k=8", o.Chosen + "*", "decoding", "median", "which model to believe:", "The search chose " + o.Chosen, filepath.Join("figures", "models_few_shot_8.svg")} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing:\n%s", part, text)
		}
	}
	if svg, err := os.ReadFile(filepath.Join(dir, "figures", "models_cross_decoding.svg")); err != nil || !strings.Contains(string(svg), o.Chosen+" (chosen)") {
		t.Errorf("the figure does not name the choice, %s: %v", o.Chosen, err)
	}
}

// Models of a random search have no relatives; one whose checkpoint is damaged or gone
// is left out, and the others are compared all the same.
func TestModelsOfARandomSearch(t *testing.T) {
	dir := t.TempDir()
	data, out := filepath.Join(dir, "forward.h5"), filepath.Join(dir, "run")
	if err := session(9, 2).Write(data); err != nil {
		t.Fatal(err)
	}
	succeed(t, tinyRun(t, dir, data, out, "--search", "random", "--set", "train.max_epochs=3")...)
	o := comparedIn(t, out)
	if len(o.Models) != 3 || o.Crosses == nil || len(o.Crosses.R2) != 3 {
		t.Fatalf("%+v", o)
	}
	for i := range o.Models {
		m := &o.Models[i]
		if m.Scored(evaluate.NameCo) == nil || m.Scored(evaluate.NameFp) == nil || m.FromStrangers != nil || m.CopiedOf != nil || *m.CrossDecoding != o.Crosses.Figures[i] {
			t.Errorf("%+v", m)
		}
	}
	if words := strings.Join(o.InWords, " "); !strings.Contains(words, "--set-aside N") || strings.Contains(words, "relatives") {
		t.Errorf("said: %s", words)
	}
	all, err := run.Files{Dir: out}.Models()
	if err != nil {
		t.Fatal(err)
	}
	left := breakTwo(t, out, all)
	o = comparedIn(t, out)
	if len(o.Models) != 1 || len(o.LeftOut) != 2 || o.Crosses != nil {
		t.Errorf("%d models, left out %q", len(o.Models), o.LeftOut)
	}
	for i, why := range left {
		if !strings.Contains(o.LeftOut[i], why) {
			t.Errorf("left out: %q, want %q", o.LeftOut[i], why)
		}
	}
}

// breakTwo removes the checkpoint of one model that is not the best, and damages
// another's; it returns what is said of these.
func breakTwo(t *testing.T, out string, all []run.Model) (said []string) {
	t.Helper()
	for _, m := range all {
		path := filepath.Join(out, m.Checkpoint)
		var err error
		switch {
		case m.Best:
			continue
		case said == nil:
			said, err = append(said, "its checkpoint is gone"), os.Remove(path)
		default:
			said, err = append(said, "was cut short"), os.Truncate(path, 100)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return said
}

// Without counts there are no bits, and of one model nothing to cross.
func TestModelsOfOther(t *testing.T) {
	dir := t.TempDir()
	data, out, one := filepath.Join(dir, "signals.h5"), filepath.Join(dir, "run"), filepath.Join(dir, "one")
	d := session(9, 2)
	for _, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		for i := range s.Recon.Data {
			s.Recon.Data[i] -= .5
		}
		for i := range s.Encod.Data {
			s.Encod.Data[i] -= .5
		}
	}
	if err := d.Write(data); err != nil {
		t.Fatal(err)
	}
	succeed(t, tinyRun(t, dir, data, out, "--search", "random", "--set", "train.max_epochs=2", "--set", "model.likelihood=gaussian")...)
	o := comparedIn(t, out)
	if len(o.Models) != 3 || o.Models[0].Worse != nil || o.Models[0].Scored(evaluate.NameBits) != nil || o.Crosses == nil {
		t.Errorf("%+v", o)
	}
	if text := succeed(t, "evaluate", out, "--models"); strings.Contains(text, "bps") || !strings.Contains(text, "validation") {
		t.Errorf("of what is no count:\n%s", text)
	}
	succeed(t, tinyRun(t, dir, data, one, "--search", "fixed", "--set", "train.max_epochs=2", "--set", "model.likelihood=gaussian")...)
	if text := succeed(t, "evaluate", one, "--models", "--draws", "0"); !strings.Contains(text, "With one model there are no others") || strings.Contains(text, "median") {
		t.Errorf("of one model:\n%s", text)
	}
	refuseIn(t, dir, []string{"models of one run: give its folder alone"}, "evaluate", out, one, "--models")
	refuseIn(t, dir, []string{"holds no run"}, "evaluate", data, "--models")
	refuseIn(t, dir, []string{"reads data as the run did", "--bin-ms"}, "evaluate", out, "--models", "--bin-ms", "5")
	refuseIn(t, dir, []string{"leave out one of them"}, "evaluate", out, "--models", "--nlb")
	refuseIn(t, dir, []string{"--samples is of --models"}, "evaluate", out, "--samples", "5")
	refuseIn(t, dir, []string{"infer.samples is -1"}, "evaluate", out, "--models", "--samples=-1")
	refuseIn(t, dir, []string{"not the file this run was started with"}, "evaluate", out, "--models", "--data", filepath.Join(out, "run.yaml"))
}
