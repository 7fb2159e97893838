package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
)

// tinySession makes a table of spikes and one of trials: 3 units, 12 trials of 200 ms,
// each with an event.
func tinySession(t *testing.T, dir string) string {
	t.Helper()
	var spikes, trials strings.Builder
	spikes.WriteString("unit,time\n")
	for i := range 600 {
		fmt.Fprintf(&spikes, "%d,%g\n", 1+(i+i/4)%3, float64(i*5+i*i%7)/1000)
	}
	trials.WriteString("start_time,stop_time,go_time,side\n")
	for i := range 12 {
		fmt.Fprintf(&trials, "%g,%g,%g,%s\n", float64(i)/4, float64(i)/4+.2, float64(i)/4+.05, []string{"left", "right"}[i%2])
	}
	for name, text := range map[string]string{"session.csv": spikes.String(), "session_trials.csv": trials.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "session.csv")
}

// proposed is the command at the end of what info prints.
func proposed(t *testing.T, dir, path string) string {
	t.Helper()
	c := command("info", path)
	c.Dir = dir
	r := execute(t, c)
	lines := strings.Split(strings.TrimSpace(r.stdout), "\n")
	next, found := strings.CutPrefix(lines[len(lines)-1], "next ")
	if r.code != 0 || !found {
		t.Fatalf("info %s: exit code %d\n%s%s", path, r.code, r.stdout, r.stderr)
	}
	return strings.TrimSpace(next)
}

// paste runs a line in a shell, as a user who pastes it does, with more behind it.
func paste(t *testing.T, dir, line, more string) string {
	t.Helper()
	rest, found := strings.CutPrefix(line, "autolfads ")
	if !found {
		t.Fatalf("not a command: %s", line)
	}
	c := exec.Command(testenv.Command(t, "sh"), "-c", binary+" "+rest+" "+more)
	c.Dir = dir
	r := execute(t, c)
	if r.code != 0 {
		t.Fatalf("%s: exit code %d\n%s%s", line, r.code, r.stdout, r.stderr)
	}
	return r.stdout
}

// From a recording to rates, by nothing but what info proposes.
func TestFromRecordingToRates(t *testing.T) {
	dir := filepath.Join(testenv.MemoryDir(t), "it's a folder")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	source := tinySession(t, dir)
	report := paste(t, dir, proposed(t, dir, source), "")
	for _, part := range []string{"12 of the 12 rows of", "0..200 ms about start_time", "20 of 10 ms", "10 trials to train on, 2 to validate with"} {
		if !strings.Contains(report, part) {
			t.Errorf("prepare does not say %q:\n%s", part, report)
		}
	}
	made := filepath.Join(dir, "session.h5")
	run := proposed(t, dir, made)
	if !strings.Contains(report, run) {
		t.Errorf("prepare ends with another command than info, %s:\n%s", run, report)
	}
	config := filepath.Join(dir, "tiny.yaml")
	if err := os.WriteFile(config, []byte(tinyConfig), 0o644); err != nil {
		t.Fatal(err)
	}
	paste(t, dir, run, "--config tiny.yaml --workers 1 --threads 1")
	if n := len(floats(t, filepath.Join(dir, "session-run", "outputs", "session.h5"), "rates_hz")); n != 12*20*3 {
		t.Errorf("%d rates, want %d", n, 12*20*3)
	}
	wantText(t, made, "source", source)
	wantText(t, made, "source_sha256", sumOfLines(t, source, filepath.Join(dir, "session_trials.csv")))
	wantText(t, made, "prepare_command", "autolfads prepare session.csv --out session.h5 --bin-ms 10")
	wantText(t, made, "prepare_options", `"bin_ms":10`)
}

// What is proposed for recordings of the field runs, and what comes of it is taken.
func TestProposedForRecordings(t *testing.T) {
	for name, want := range map[string]string{
		"sub-anm372793_ses-20170508.nwb": "340 of the 340 rows of trials, 0..1000 ms about start_time",
		"sub-4_ses-4_ecephys+image.nwb":  "180 of the 180 rows of recognition_table",
		"ecephys_tutorial.nwb":           "windows of 50 ms",
		"test_Units.nwb":                 "windows of",
		"../aplysia/Jun0214da01.mat":     "182 of 182 windows of 1000 ms",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			report := paste(t, dir, proposed(t, dir, testenv.Data(t, "nwb/"+name)), "")
			if !strings.Contains(report, want) {
				t.Errorf("the report does not say %q:\n%s", want, report)
			}
			made, err := filepath.Glob(filepath.Join(dir, "*.h5"))
			if err != nil || len(made) != 1 {
				t.Fatalf("made %v (%v)", made, err)
			}
			if run := proposed(t, dir, made[0]); !strings.HasPrefix(run, "autolfads run "+filepath.Base(made[0])+" --out ") {
				t.Errorf("then proposed: %s", run)
			}
		})
	}
}

// sumOfLines is the SHA-256 of what sha256sum prints of some files, by their names.
func sumOfLines(t *testing.T, paths ...string) string {
	t.Helper()
	sum := sha256.New()
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(sum, "%x  %s\n", sha256.Sum256(text), filepath.Base(path))
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

func TestPrepareFlags(t *testing.T) {
	dir := t.TempDir()
	source, made := tinySession(t, dir), filepath.Join(dir, "made.h5")
	before := contents(t, dir)
	flags := []string{"prepare", source, "--align", "go_time", "--window=-50..150", "--bin-ms", "20", "--condition", "side", "--valid-share", ".25", "--seed", "4", "--min-rate-hz", "1", "--json"}
	dry := succeed(t, append(flags, "--dry-run")...)
	if after := contents(t, dir); len(after) != len(before) {
		t.Errorf("a dry run leaves %d files, there were %d", len(after), len(before))
	}
	if text := succeed(t, append(flags, "--out", made)...); text != dry {
		t.Errorf("a dry run says\n%s, the real one\n%s", dry, text)
	}
	var report struct {
		Trials, Bins, Train, Valid int
		Window                     struct{ From, To float64 } `json:"window_ms"`
		Conditions                 []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(dry), &report); err != nil {
		t.Fatal(err)
	}
	if report.Trials != 12 || report.Bins != 10 || report.Train != 9 || report.Valid != 3 || report.Window.From != -50 || len(report.Conditions) != 2 {
		t.Errorf("report %+v", report)
	}
	succeed(t, "info", made)
}

// That the program ends is no interruption, whose message and exit code it would have.
func TestPrepareEnds(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	c := &prepareCmd{Source: tinySession(t, t.TempDir()), BinMs: 10, DryRun: true}
	if err := c.Run(ctx); err != nil {
		t.Fatal(err)
	}
	end()
	time.Sleep(50 * time.Millisecond) // else this program ends here
}

// What prepare refuses, it refuses in a sentence with the next step, and leaves
// nothing behind.
func TestPrepareRefuses(t *testing.T) {
	dir := t.TempDir()
	source, binned := tinySession(t, dir), tinyData(t, dir)
	out := filepath.Join(dir, "out.h5")
	for name, c := range map[string]struct {
		args, says []string
	}{
		"no out":      {[]string{source}, []string{"where to?", "--out", "--dry-run"}},
		"overwriting": {[]string{source, "--out", binned}, []string{"tiny.h5 exists", "another --out"}},
		"no folder":   {[]string{source, "--out", filepath.Join(dir, "no", "out.h5")}, []string{"there is no folder", "make it"}},
		"binned":      {[]string{binned, "--out", out}, []string{"tiny.h5 holds trials of binned spikes already", "autolfads run"}},
		"nothing":     {[]string{filepath.Join(dir, "none.nwb"), "--out", out}, []string{"none.nwb", "no such file"}},
		"a window":    {[]string{source, "--out", out, "--window=150"}, []string{"the window is \"150\"", "--window=-250..450"}},
		"a column":    {[]string{source, "--out", out, "--align", "go"}, []string{"no column go", "go_time"}},
		"no share":    {[]string{source, "--out", out, "--valid-share", "0"}, []string{"share of trials that validate is 0"}},
		"no bins":     {[]string{source, "--out", out, "--bin-ms", "500"}, []string{"less than one bin of 500 ms"}},
	} {
		t.Run(name, func(t *testing.T) { refuseIn(t, dir, c.says, append([]string{"prepare"}, c.args...)...) })
	}
}
