package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// A channel that is there twice is named, and left out by consent; the file then goes
// through a run.
func TestPrepareCorrelated(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, made := tinySession(t, dir), filepath.Join(dir, "made.h5")
	text, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if time, of := strings.CutPrefix(line, "2,"); of {
			text = append(text, "9,"+time...)
		}
	}
	if err := os.WriteFile(source, text, 0o666); err != nil {
		t.Fatal(err)
	}
	if report := succeed(t, "prepare", source, "--dry-run"); !strings.Contains(report, "correlated   1 pair of units above 0.2 at 1 ms: 2 and 9 (1); ") {
		t.Errorf("the report does not name the copy:\n%s", report)
	}
	refuseIn(t, dir, []string{"--drop-correlated 0.2"}, "prepare", source, "--out", made, "--drop-correlated", "20")
	var report struct {
		Correlated struct{ Dropped []struct{ ID string } }
		Units      []struct{ ID string }
	}
	if err := json.Unmarshal([]byte(succeed(t, "prepare", source, "--out", made, "--drop-correlated", "0.2", "--json")), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Correlated.Dropped) != 1 || report.Correlated.Dropped[0].ID != "9" || len(report.Units) != 3 {
		t.Errorf("report %+v", report)
	}
	wantText(t, made, "prepare_options", `"drop_correlated":0.2`)
	config := filepath.Join(dir, "tiny.yaml")
	if err := os.WriteFile(config, []byte(tinyConfig), 0o644); err != nil {
		t.Fatal(err)
	}
	succeed(t, "run", made, "--out", filepath.Join(dir, "run"), "--config", config, "--workers", "1", "--threads", "1")
}
