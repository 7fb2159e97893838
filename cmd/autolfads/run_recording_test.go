package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// sourceRun returns the arguments of the smallest run of a recording.
func sourceRun(source, out string, more ...string) []string {
	return append(bareRun(source, out, "--search", "fixed", "--set", "train.max_epochs=2"), more...)
}

// tinySource is the tiny session in files of the name that outputs are expected under.
func tinySource(t *testing.T, dir string) string {
	t.Helper()
	for from, to := range map[string]string{tinySession(t, dir): "tiny.csv", filepath.Join(dir, "session_trials.csv"): "tiny_trials.csv"} {
		if err := os.Rename(from, filepath.Join(dir, to)); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "tiny.csv")
}

// A run of a recording is that of the trials that prepare makes of it by the same
// flags, bit for bit; its folder has the trials and the report on them.
func TestRunOfARecording(t *testing.T) {
	dir := filepath.Join(testenv.MemoryDir(t), "it's a folder")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	source := tinySession(t, dir)
	made, out, direct := filepath.Join(dir, "session.h5"), filepath.Join(dir, "run"), filepath.Join(dir, "direct")
	flags := []string{"--align", "go_time", "--window=-50..150", "--bin-ms", "20", "--condition", "side", "--valid-share", ".25"}
	report := succeed(t, append([]string{"prepare", source, "--out", made, "--seed", "4", "--json"}, flags...)...)
	succeed(t, sourceRun(made, out)...)
	r := execute(t, command(sourceRun(source, direct, append(flags, "--split-seed", "4")...)...))
	if r.code != 0 || !strings.Contains(r.stderr, "12 of the 12 rows of trials, -50..150 ms about go_time") {
		t.Errorf("exit code %d: it does not say what became of the recording\n%s", r.code, r.stderr)
	}
	for _, name := range []string{"scores.csv", "best/checkpoint.safetensors"} {
		one, two := contents(t, filepath.Join(out, name)), contents(t, filepath.Join(direct, name))
		if one[filepath.Join(out, name)] != two[filepath.Join(direct, name)] {
			t.Errorf("%s differs", name)
		}
	}
	const rates = "outputs/session.h5" // the attributes say by which command the trials were made
	if one, two := floats(t, filepath.Join(out, rates), "rates_hz"), floats(t, filepath.Join(direct, rates), "rates_hz"); !slices.Equal(one, two) || len(one) == 0 {
		t.Errorf("the rates differ: %v and %v", one, two)
	}
	text, err := os.ReadFile(filepath.Join(direct, "data", "prepare.json"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(strings.Fields(string(text)), ""); got != strings.Join(strings.Fields(report), "") {
		t.Errorf("data/prepare.json is\n%s\nprepare --json says\n%s", text, report)
	}
	wantText(t, filepath.Join(direct, "data", "session.h5"), "source", source)
	wantText(t, filepath.Join(direct, "data", "session.h5"), "prepare_command", "autolfads run ")
}

// The trials of a run lie in its folder: moved or copied, without the recording, it
// goes on.
func TestRunOfARecordingMoves(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, out := tinySource(t, dir), filepath.Join(dir, "run")
	succeed(t, sourceRun(source, out)...)
	want := withoutHeader(t, out)
	for _, path := range []string{source, filepath.Join(dir, "tiny_trials.csv")} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	moved, copied := filepath.Join(dir, "moved"), filepath.Join(dir, "copied")
	if err := os.Rename(out, moved); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(copied, os.DirFS(moved)); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{moved, copied} {
		if err := os.RemoveAll(filepath.Join(out, "outputs")); err != nil {
			t.Fatal(err)
		}
		r := execute(t, command("resume", out, "--workers", "1", "--threads", "1"))
		if now := filepath.Join(out, "data", "tiny.h5"); r.code != 0 || !strings.Contains(r.stderr, "data.path is "+now) {
			t.Errorf("exit code %d; it does not say that the data are %s:\n%s", r.code, now, r.stderr)
		}
		sameFiles(t, out, withoutHeader(t, out), want)
	}
}

// Killed at any change on disk before the run has begun, the same command begins anew;
// once it has, resume goes on. Both end with the same bits.
func TestRunOfARecordingKilled(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, out := tinySource(t, dir), filepath.Join(dir, "run")
	begin := sourceRun(source, out)
	carryOn(t, begin...)
	want := promised(t, out)
	for k, begun := 1, 0; begun < 3; k++ {
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
		if r := execute(t, broken(fmt.Sprintf("kill %d", k), begin...)); r.code != -1 {
			t.Fatalf("kill at change %d: exit code %d\n%s", k, r.code, r.stderr)
		}
		next := goOn(out, begin)
		if next[0] == "resume" {
			begun++
		} else { // and again
			execute(t, broken(fmt.Sprintf("kill %d", k), begin...))
			next = goOn(out, begin)
		}
		carryOn(t, next...)
		sameFiles(t, fmt.Sprintf("killed at change %d", k), promised(t, out), want)
		noneLeft(t, out)
	}
}

// What run refuses of a recording it refuses in a sentence with the next step, and
// leaves nothing behind.
func TestRunRefusesRecordings(t *testing.T) {
	dir := t.TempDir()
	source, binned, out := tinySession(t, dir), tinyData(t, dir), filepath.Join(dir, "out")
	alone := filepath.Join(dir, "alone.csv")
	full := filepath.Join(dir, "full", "data")
	if err := os.MkdirAll(full, 0o777); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(source)
	if err == nil {
		err = os.WriteFile(alone, text, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ args, says []string }{
		"binned":      {[]string{binned, "--out", out, "--align", "go_time", "--window=0..5", "--all-units"}, []string{"tiny.h5 holds trials of binned spikes already", "(--align, --window, --all-units)"}},
		"no file":     {[]string{filepath.Join(dir, "no.nwb"), "--out", out, "--align", "go"}, []string{"no.nwb", "no such file"}},
		"no trials":   {[]string{alone, "--out", out}, []string{"which trials are meant?"}},
		"a column":    {[]string{source, "--out", out, "--align", "go"}, []string{"no column go", "go_time"}},
		"a window":    {[]string{source, "--out", out, "--window=15"}, []string{"--window=-250..450"}},
		"bins":        {[]string{source, "--out", out, "--bin-ms", "500"}, []string{"less than one bin of 500 ms"}},
		"layout":      {[]string{source, "--out", out, "--axes", "neurons,bins,trials"}, []string{"session.csv is a recording", "--axes"}},
		"no kind":     {[]string{source, "--out", out, "--signal", "emg", "--preset", "emg"}, []string{"nothing says what emg is", "--signal-kind emg"}},
		"signals":     {[]string{source, "--out", out, "--signal", "emg"}, []string{"signals are no counts", "--preset emg", "model.likelihood=gaussian"}},
		"settings":    {[]string{source, "--out", out, "--set", "train.batch_size=-3"}, []string{"train.batch_size"}},
		"used folder": {[]string{source, "--out", filepath.Dir(full)}, []string{"is not empty (it holds data)"}},
	} {
		t.Run(name, func(t *testing.T) { refuseIn(t, dir, c.says, append([]string{"run"}, c.args...)...) })
	}
}
