package main

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// What was made is drawn beside the file, or where one says, or not at all; what is
// there already stays.
func TestPrepareOverview(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, made := tinySession(t, dir), filepath.Join(dir, "made.h5")
	beside, elsewhere := filepath.Join(dir, "made.png"), filepath.Join(dir, "look.png")
	succeed(t, "prepare", source, "--out", made, "--dry-run")
	succeed(t, "prepare", source, "--out", made, "--no-overview")
	if _, err := os.Lstat(beside); err == nil {
		t.Error("something is drawn that nobody wants")
	}
	if err := os.Remove(made); err != nil {
		t.Fatal(err)
	}
	if report := succeed(t, "prepare", source, "--out", made); !strings.Contains(report, "overview     ") || !strings.Contains(report, "made.png\n") {
		t.Errorf("the report does not say where it is drawn:\n%s", report)
	}
	if err := os.Remove(made); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{beside, elsewhere} {
		if path == elsewhere {
			succeed(t, "prepare", source, "--out", made, "--overview", elsewhere, "--json")
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if c, err := png.DecodeConfig(f); err != nil || c.Width != 2000 {
			t.Errorf("%s: %+v, %v", path, c, err)
		}
	}
}

func TestPrepareOverviewRefuses(t *testing.T) {
	dir := t.TempDir()
	source, png := tinySession(t, dir), filepath.Join(dir, "out.png")
	if err := os.WriteFile(png, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args, says []string
	}{
		"given, and there": {[]string{"--out", filepath.Join(dir, "x.h5"), "--overview", png}, []string{"out.png exists", "--no-overview"}},
		"the file itself":  {[]string{"--out", filepath.Join(dir, "x.png")}, []string{"x.png would be the file of trials and their figure"}},
		"both":             {[]string{"--out", filepath.Join(dir, "x.h5"), "--overview", "y.png", "--no-overview"}, []string{"leave out one"}},
		"no folder":        {[]string{"--out", filepath.Join(dir, "x.h5"), "--overview", filepath.Join(dir, "no", "y.png")}, []string{"there is no folder", "--overview"}},
		"no figure":        {[]string{"--out", filepath.Join(dir, "x.h5"), "--overview", filepath.Join(dir, "y.pdf")}, []string{"PNG or SVG", "--overview"}},
	} {
		t.Run(name, func(t *testing.T) { refuseIn(t, dir, c.says, append([]string{"prepare", source}, c.args...)...) })
	}
	// One that is there is left alone, and the figure has another name.
	if out := succeed(t, "prepare", source, "--out", filepath.Join(dir, "out.h5")); !strings.Contains(out, "out-2.png") {
		t.Errorf("no out-2.png in\n%s", out)
	}
	if text, err := os.ReadFile(png); err != nil || string(text) != "mine" {
		t.Errorf("what was there is %q, %v", text, err)
	}
}
