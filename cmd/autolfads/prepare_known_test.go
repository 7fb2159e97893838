package main

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// indy is a small recording laid out as those of the primate reaching set.
func indy(t *testing.T, dir string) string {
	t.Helper()
	return testenv.Gunzip(t, filepath.Join(testenv.Root(), "prepare", "testdata", "reaching", "indy.mat.gz"), filepath.Join(dir, "indy.mat"))
}

// made is what a report says that trials are made of.
type made struct {
	Bins  int
	BinMs float64 `json:"bin_ms"`
	Units []struct{ ID string }
	Chop  struct {
		WindowMs  float64 `json:"window_ms"`
		OverlapMs float64 `json:"overlap_ms"`
	}
	Behavior []struct{ Name string }
	Trials   int
}

// A preset of trials is flags, of which those typed go first, with what they are not
// meant beside.
func TestPresetOfTrials(t *testing.T) {
	source := indy(t, t.TempDir())
	report := func(flags ...string) (m made) {
		t.Helper()
		if err := json.Unmarshal([]byte(succeed(t, append([]string{"prepare", source, "--dry-run", "--json"}, flags...)...)), &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	if next := succeed(t, "info", source); !strings.Contains(next, " --preset reaching --out ") {
		t.Errorf("info proposes no preset: %s", next)
	}
	preset := report("--preset", "reaching")
	if preset.Chop.WindowMs != 600 || preset.Chop.OverlapMs != 200 || preset.BinMs != 5 || len(preset.Units) != 6 || preset.Units[0].ID != "M1 001/1" || len(preset.Behavior) != 1 {
		t.Errorf("the preset makes %+v", preset)
	}
	typed := report("--bin-ms", "5", "--chop-ms", "600", "--overlap-ms", "200", "--units", "unit > 0", "--min-rate-hz", ".1", "--behavior", "velocity(cursor_pos)", "--lag-ms", "140")
	if !reflect.DeepEqual(typed, preset) {
		t.Errorf("the flags make %+v, the preset %+v", typed, preset)
	}
	other := report("--preset", "reaching", "--bin-ms", "20", "--join-units", "channel", "--chop-ms", "900", "--behavior", "cursor_pos")
	if other.BinMs != 20 || len(other.Units) != 4 || other.Chop.WindowMs != 900 || other.Chop.OverlapMs != 300 || other.Behavior[0].Name != "cursor_pos" {
		t.Errorf("flags beside the preset make %+v", other)
	}
	dir := t.TempDir()
	refuseIn(t, dir, []string{"there is no preset reachin: there are nlb/mc_maze", "reaching (--preset)"}, "prepare", source, "--dry-run", "--preset", "reachin")
	refuseIn(t, dir, []string{"--units", "unknown name unit", "`autolfads presets reaching` shows"}, "prepare", tinySession(t, dir), "--dry-run", "--preset", "reaching")
	refuseIn(t, dir, []string{`there is no preset "huge"`, "of trials there are reaching"}, "run", source, "--out", filepath.Join(dir, "run"), "--preset", "reaching,huge")
	refuseIn(t, dir, []string{"autolfads prepare " + source + " --preset nlb/mc_rtt --out F.h5"}, "run", source, "--out", filepath.Join(dir, "run"), "--preset", "nlb/mc_rtt")
}

// A run takes a preset of trials and one of settings, and its recording as it is: to
// merged rates on the recording's clock, and on with another.
func TestRunOfReaching(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, out, rates := indy(t, dir), filepath.Join(dir, "run"), filepath.Join(dir, "rates.h5")
	succeed(t, sourceRun(source, out, "--preset", "reaching,small")...)
	if n := len(floats(t, filepath.Join(out, "outputs", "indy.h5"), "rates_hz")); n != 29*120*6 {
		t.Errorf("%d rates", n)
	}
	succeed(t, "infer", out, source, "--out", rates, "--threads", "1")
	wantText(t, rates, "source", source)
	refuseIn(t, dir, []string{"binned spikes already", "(--preset)"}, "run", filepath.Join(out, "data", "indy.h5"), "--out", filepath.Join(dir, "again"), "--preset", "reaching")
}
