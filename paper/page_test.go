package paper

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// The page has a row for each panel, what was found of those that were run, and says of
// the others that they were not.
func TestPage(t *testing.T) {
	r := planted(randomPanel, nil, rowsOf(randomModelsGroup, numbers{"nll": {.1, .2}, "rates_r2": {.5, .9}}), rowsOf(populationGroup, numbers{"nll": {.09}, "rates_r2": {.95}}))
	r.Experiment, r.Scale, r.Seeds, r.Command = modelSelection.Name, Quick, []uint64{1}, "autolfads experiment model-selection --out DIR"
	r.Figures = []Drawn{{"model-selection-more", "more"}}
	p := ResultsPage([]*Result{r}, "paper")
	for _, part := range []string{
		"| Fig. 2k-m, population |", "| holds |", "| not run yet |", "Extended Data Fig. 1, members", "| 1 seed | [figure](paper/model-selection.svg) | [model-selection]", "| not run yet |  |  | [emg]", "![more](paper/model-selection-more.svg)", "![Metrics of models",
		"`autolfads experiment pbt-progress --out DIR` makes it", "    autolfads experiment model-selection --out DIR\n", "DANDI 000138", "seeds 1;",
	} {
		if !strings.Contains(p.Text, part) {
			t.Errorf("the page lacks %q:\n%s", part, p.Text)
		}
	}
	if len(p.Figures) != 1 || len(p.Lying) != 1 {
		t.Errorf("figures %v and %v", p.Figures, p.Lying)
	}
	for _, e := range List() {
		for _, panel := range e.Panels {
			if !strings.Contains(p.Text, panel.Claim) {
				t.Errorf("the page lacks what %s claims", panel.Name)
			}
		}
	}
}

// The page in docs/results, and its figures, are what the results beside it give.
// AUTOLFADS_UPDATE=1 writes them.
func TestResultsPage(t *testing.T) {
	dir := filepath.Join(testenv.Root(), "docs", "results")
	path, folder := filepath.Join(dir, "paper.md"), filepath.Join(dir, "paper")
	results, err := ReadResults(folder)
	if err != nil {
		t.Fatal(err)
	}
	page := ResultsPage(results, "paper")
	if os.Getenv("AUTOLFADS_UPDATE") == "1" {
		if err := page.Write(path, folder); err != nil {
			t.Fatal(err)
		}
	}
	const again = "AUTOLFADS_UPDATE=1 go test ./paper -run ResultsPage"
	if text, err := os.ReadFile(path); err != nil || string(text) != page.Text {
		t.Errorf("docs/results/paper.md is not what the results give (%v): %s", err, again)
	}
	made := t.TempDir()
	if err := page.Write(filepath.Join(made, "paper.md"), made); err != nil {
		t.Fatal(err)
	}
	belongs := map[string]bool{}
	for _, f := range page.Figures {
		belongs[f.Name+".svg"] = true
		want, _ := os.ReadFile(filepath.Join(made, f.Name+".svg"))
		if got, err := os.ReadFile(filepath.Join(folder, f.Name+".svg")); err != nil || string(got) != string(want) {
			t.Errorf("docs/results/paper/%s.svg is not what the results give (%v): %s", f.Name, err, again)
		}
	}
	for _, name := range page.Lying {
		belongs[name+".svg"] = true
		if _, err := os.Stat(filepath.Join(folder, name+".svg")); err != nil {
			t.Errorf("%v: take it from DIR/figures, as its result from DIR/results", err)
		}
	}
	there, _ := filepath.Glob(filepath.Join(folder, "*.svg"))
	for _, path := range there {
		if !belongs[filepath.Base(path)] {
			t.Errorf("docs/results/paper/%s is of no result: remove it", filepath.Base(path))
		}
	}
}

// A result that is none, or of no experiment, is said.
func TestReadResults(t *testing.T) {
	for text, want := range map[string]string{
		"{":                    "remove it",
		`{"experiment": "x"}`:  "no experiment",
		`{"numbers": {"a": 1}`: "remove it",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "a.json"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadResults(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// The overview says of how many seeds a result is, and an experiment why it takes no data.
func TestSeedsAreTold(t *testing.T) {
	if a, b, c := seedsText(nil), seedsText(&Result{Seeds: []uint64{1}}), seedsText(&Result{Seeds: []uint64{100, 200, 300}}); a != "" || b != "1 seed" || c != "3 seeds" {
		t.Errorf("%q, %q, %q", a, b, c)
	}
	for _, e := range List() {
		if refused := strings.Contains(e.dataText(), "takes no `--data`"); refused == e.Gives {
			t.Errorf("%s takes data: %v; its text: %s", e.Name, e.Gives, e.dataText())
		}
	}
}
