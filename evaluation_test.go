package autolfads

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The file of rates of a run is found whatever its folder is called; a run without, or
// with several, is told.
func TestOutputOf(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lr=[.01] *")
	if err := os.MkdirAll(filepath.Join(dir, "outputs"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := outputOf(dir); err == nil || !strings.Contains(err.Error(), "has 0 files in outputs/") {
		t.Errorf("without a file: %v", err)
	}
	for i, name := range []string{"session.h5", "other.h5"} {
		path := filepath.Join(dir, "outputs", name)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		found, err := outputOf(dir)
		if i == 0 && (err != nil || found != path) || i > 0 && (err == nil || !strings.Contains(err.Error(), "has 2 files")) {
			t.Errorf("%s: %q, %v", name, found, err)
		}
	}
}

// Files are called by what tells them apart, and apart from smoothing, which scoring
// puts beside them.
func TestNamesOfFiles(t *testing.T) {
	for _, c := range []struct{ paths, names []string }{
		{[]string{"a/rates.h5", "a/gpfa.h5"}, []string{"rates", "gpfa"}},
		{[]string{"a/rates.h5", "b/rates.h5"}, []string{"a/rates", "b/rates"}},
		{[]string{"a/smoothing.h5", "smoothing"}, []string{"a/smoothing", "smoothing (file)"}},
		{[]string{"smoothing.h5"}, []string{"smoothing (file)"}},
	} {
		s := &sources{}
		for _, path := range c.paths {
			s.files = append(s.files, RatesFile{Path: filepath.FromSlash(path)})
		}
		s.name()
		for i, want := range c.names {
			if s.files[i].Name != want {
				t.Errorf("%q is called %q, want %q", c.paths[i], s.files[i].Name, want)
			}
		}
	}
}

// Draws that say nothing of an interval's ends are refused, and trials that are none.
func TestEvaluationsWithoutAnswer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.h5")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for want, e := range map[string]Evaluation{
		"no file with rates":                              {},
		"rates are to be in nix.h5: ":                     {Files: []string{"nix.h5"}, Draws: 100},
		"--draws 1: intervals of 95 % need 100 draws":     {Files: []string{"a.h5"}, Draws: 1},
		"--draws -5: intervals of 95 % need 100 draws":    {Files: []string{"a.h5"}, Draws: -5},
		"--few-shot 0: it is a number of training trials": {Files: []string{"a.h5"}, FewShot: []int{4, 0}},
		"does not say which data its rates are of":        {Files: []string{path}, Draws: 100},
		"is a folder and no run's":                        {Files: []string{filepath.Dir(path)}, Draws: 100},
	} {
		if _, err := Evaluate(t.Context(), e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", e, err, want)
		}
	}
	if _, err := CompareModels(t.Context(), Comparison{Dir: t.TempDir(), Draws: 3}); err == nil || !strings.Contains(err.Error(), "--draws 3: intervals") {
		t.Errorf("models of a search: %v", err)
	}
}
