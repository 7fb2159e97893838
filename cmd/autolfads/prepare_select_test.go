package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// Trials and units that are chosen, divided and held out go from a recording to scores
// of what was held out.
func TestHeldOutToScores(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, made, run := tinySession(t, dir), filepath.Join(dir, "made.h5"), filepath.Join(dir, "run")
	list, config := filepath.Join(dir, "out.txt"), filepath.Join(dir, "tiny.yaml")
	for path, text := range map[string]string{list: "2\n", config: tinyConfig} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	report := succeed(t, "prepare", source, "--out", made, "--where", `duration > 0.1 && row != 3`, "--where", `side in ["left", "right"]`,
		"--units", "rate_hz > 1", "--condition", "side", "--split-by-condition", "--test-share", ".2",
		"--hold-out-units", "@"+list, "--forward-ms", "50", "--window=0..150")
	for _, part := range []string{
		"dropped      1: --where is not true of it (counted from 0: 3)", "15 of 10 ms, and 5 behind them", "held out     1 unit, which the model predicts from the other 2: 2",
		"7 trials to train on, 2 to validate with, 2 to test with (shares of 0.2 and 0.2 of the trials of each side by seed 0)",
	} {
		if !strings.Contains(report, part) {
			t.Errorf("prepare does not say %q:\n%s", part, report)
		}
	}
	info := succeed(t, "info", made)
	for _, part := range []string{"7 train, 2 valid, 2 test", "15 + 5 forward", "2 held in + 1 held out"} {
		if !strings.Contains(info, part) {
			t.Errorf("info does not say %q:\n%s", part, info)
		}
	}
	wantText(t, made, "split_rule", "of the trials of each side by seed 0")
	text := succeed(t, "run", made, "--out", run, "--config", config, "--workers", "1", "--threads", "1")
	for _, part := range []string{"co-bps", "fp-bps"} {
		if !strings.Contains(text, part) {
			t.Errorf("run does not say %q:\n%s", part, text)
		}
	}
	if n := len(floats(t, filepath.Join(run, "outputs", "made.h5"), "rates_hz")); n != 11*20*3 {
		t.Errorf("%d rates, want %d", n, 11*20*3)
	}
}

func TestSelectionRefused(t *testing.T) {
	dir := t.TempDir()
	source, out, empty := tinySession(t, dir), filepath.Join(dir, "out.h5"), filepath.Join(dir, "empty.txt")
	if err := os.WriteFile(empty, []byte("\n \n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args, says []string
	}{
		"a name":       {[]string{"--where", "sid == 1"}, []string{"session", "--where", "unknown name sid", "start_time, stop_time, go_time, side"}},
		"a kind":       {[]string{"--where", "side == 1"}, []string{"between a word and a number", `"left", "right"`}},
		"none":         {[]string{"--where", `side == "up"`}, []string{"is true of none of the 12 rows"}},
		"a unit":       {[]string{"--only-units", "1,9"}, []string{"--only-units 9: there are no such units", "1, 2, 3"}},
		"no list":      {[]string{"--without-units", "@" + filepath.Join(dir, "none.txt")}, []string{"none.txt cannot be read", "one id a line"}},
		"empty list":   {[]string{"--only-units", "@" + empty}, []string{"empty.txt lists nothing"}},
		"two splits":   {[]string{"--split-column", "side", "--valid-share", ".2"}, []string{"leave out --valid-share"}},
		"a split":      {[]string{"--split-column", "side"}, []string{"side says left, right", "--split-map 'left=train,...'"}},
		"forward bins": {[]string{"--forward-ms", "15"}, []string{"15 ms are 1.5 bins of 10 ms"}},
		"two kinds":    {[]string{"--hold-out", ".2", "--hold-out-units", "1"}, []string{"leave out --hold-out or"}},
	} {
		t.Run(name, func(t *testing.T) {
			refuseIn(t, dir, c.says, append([]string{"prepare", source, "--out", out}, c.args...)...)
		})
	}
}
