package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/page"
)

// reportOf reads the document in a report.
func reportOf(t *testing.T, path string) (text string, d *page.Document) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(b), `<script type="application/json" id="document">`)
	data, _, closed := strings.Cut(rest, "</script>")
	if !ok || !closed {
		t.Fatalf("%s holds no document", path)
	}
	d = new(page.Document)
	if err := json.Unmarshal([]byte(data), d); err != nil {
		t.Fatal(err)
	}
	return string(b), d
}

// A run writes its report, which has what its other files say; a name is text in it, whatever
// it is. The report is the same in another folder, on other cores.
func TestReportOfARun(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "<script>alert(1)<script>.h5")
	if err := os.Rename(tinyData(t, dir), data); err != nil {
		t.Fatal(err)
	}
	out, other := filepath.Join(dir, "out"), filepath.Join(dir, "other & <b>")
	said := succeed(t, tinyRun(t, dir, data, out, "--workers", "2", "--set", "pbt.best_epoch=false")...)
	if !strings.Contains(said, "report: "+filepath.Join(out, "report.html")) {
		t.Errorf("the run does not name its report:\n%s", said)
	}
	text, d := reportOf(t, filepath.Join(out, "report.html"))
	if strings.Contains(text, "<script>alert") || strings.Contains(text, dir) {
		t.Error("the report has a name as a script, or a place")
	}
	if d.Data.Name != filepath.Base(data) || d.Name != "" || d.State.Status != "finished" || d.Time != nil || len(d.Notes) > 0 {
		t.Errorf("data %q, name %q, state %+v, notes %q", d.Data.Name, d.Name, d.State, d.Notes)
	}
	saysWhatScoresSay(t, out, d)
	showsWhatOutputsHold(t, filepath.Join(out, "outputs", "<script>alert(1)<script>.h5"), d)

	succeed(t, tinyRun(t, dir, data, other, "--workers", "1", "--set", "pbt.best_epoch=false")...)
	if again, _ := reportOf(t, filepath.Join(other, "report.html")); again != text {
		t.Error("the same run in another folder has another report")
	}
	succeed(t, "report", other, "--out", filepath.Join(dir, "named.html"))
	if named, d := reportOf(t, filepath.Join(dir, "named.html")); d.Name != "other & <b>" || d.Time == nil || strings.Contains(named, "<title>other & <b>") {
		t.Errorf("a report that was asked for is of %q, with times %v", d.Name, d.Time)
	}
}

func saysWhatScoresSay(t *testing.T, out string, d *page.Document) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(out, "scores.json"))
	if err != nil {
		t.Fatal(err)
	}
	var scores struct {
		InWords []string `json:"in_words"`
		Scores  []struct {
			Name  string
			Value float64
		}
		Warnings []string
		Best     struct{ Generation, Member int }
		Report   string
	}
	if err := json.Unmarshal(text, &scores); err != nil {
		t.Fatal(err)
	}
	inPage := slices.Concat(d.Verdict, warnings(d))
	for _, s := range slices.Concat(scores.InWords, scores.Warnings) {
		if s = strings.ReplaceAll(s, ": R2 ", ": R\u00B2 "); !slices.Contains(inPage, s) { // as figures write that unit
			t.Errorf("the report does not say %q", s)
		}
	}
	if len(d.Scores) != len(scores.Scores) || d.Scores[0].Value != scores.Scores[0].Value || scores.Report != "report.html" {
		t.Errorf("scores are %+v, want %+v", d.Scores, scores.Scores)
	}
	if w := d.Course.Winner; len(w) == 0 || w[len(w)-1] != (page.Place{scores.Best.Generation, scores.Best.Member}) || d.Chosen.Place != w[len(w)-1] {
		t.Errorf("the winner is %v, want %+v", w, scores.Best)
	}
}

func warnings(d *page.Document) (all []string) {
	for _, w := range d.Warnings {
		all = append(all, w.Text)
	}
	return all
}

// showsWhatOutputsHold compares the rates in a report with those of the run.
func showsWhatOutputsHold(t *testing.T, outputs string, d *page.Document) {
	t.Helper()
	s := d.Sample
	if s == nil || s.Unit != "spikes/s" || len(s.Neurons) != 10 || s.Bins != 20 || s.Truth == nil || s.Means == nil || s.Space == nil || s.Inputs == nil {
		t.Fatalf("the sample is %+v", s)
	}
	rates := floats(t, outputs, "valid_output_params")
	shown, err := s.Rates.Values()
	if err != nil {
		t.Fatal(err)
	}
	perSecond := 1000 / s.BinMs
	for i, trial := range s.Trials {
		for j := range 20 * 10 {
			got, want := shown[i*200+j], perSecond*float64(rates[trial.Trial*200+j])
			low, high := float64(s.Rates.Low[j%10]), float64(s.Rates.High[j%10])
			if math.Abs(got-want) > (high-low)/508+1e-5*high { // half a step of 254, and six digits of its ends
				t.Fatalf("trial %d, number %d: %v, want %v", trial.Trial, j, got, want)
			}
		}
	}
}

// Of a run that was stopped a report is made, too; of what is no run it says so.
func TestReportOfAStoppedRun(t *testing.T) {
	dir := t.TempDir()
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	if r := execute(t, broken("kill 150", bareRun(data, out)...)); r.code != -1 {
		t.Fatalf("it was not killed: %d\n%s", r.code, r.stderr)
	}
	succeed(t, "report", out)
	_, d := reportOf(t, filepath.Join(out, "report.html"))
	if d.State.Status != "killed" || len(d.Course.Generations) == 0 || d.Sample != nil || d.Name != "out" {
		t.Errorf("%+v, %d generations", d.State, len(d.Course.Generations))
	}
	r := execute(t, command("report", dir))
	oneSentence(t, r, "holds no run")
	r = execute(t, command("report", out, "--out", filepath.Join(dir, "nix", "a.html")))
	oneSentence(t, r, "nix")
}
