package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/internal/usage"
)

// Every command has a page with all sections, which man shows without a warning; what the page has to
// be copied from, it shows as it is typed.
func TestMan(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "share", "man1")
	succeed(t, "man", dir)
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if want := usage.Pages(commandLine(t).Model); err != nil || len(pages) != len(want) || len(pages) < 30 {
		t.Fatalf("%d pages of %d: %v", len(pages), len(want), err)
	}
	for _, path := range pages {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, title := range []string{"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "FILES", "ENVIRONMENT", "SEE ALSO"} {
			if !strings.Contains(string(text), "\n.SH \""+title+"\"\n") {
				t.Errorf("%s has no section %s", filepath.Base(path), title)
			}
		}
	}
	if _, err := exec.LookPath("groff"); err != nil {
		testenv.Missing(t, "groff is not installed")
	}
	shown := map[string]string{}
	for _, path := range pages {
		judge := exec.Command("groff", "-man", "-ww", "-Tascii", "-P-c", path)
		var warnings strings.Builder
		judge.Stderr = &warnings
		out, err := judge.Output()
		if err != nil || warnings.Len() > 0 {
			t.Errorf("%s: %v: %s", filepath.Base(path), err, warnings.String())
		}
		shown[filepath.Base(path)] = strings.Join(strings.Fields(overstruck.ReplaceAllString(string(out), "")), " ")
	}
	for page, parts := range map[string][]string{
		"autolfads.1":              {"autolfads - single-trial firing rates", "autolfads run recording.h5 --out results EXIT STATUS", "130 Ctrl-C or TERM", "NO_COLOR Not empty", "autolfads-run(1)"},
		"autolfads-run.1":          {"autolfads run --out=STRING <data> [flags]", "--set=KEY=VALUE Change one setting", "--window=-250..450 --bin-ms 5", `--set 'pbt.space.train.kl_ic_scale={low: 1e-7, high: 1e-2}'`},
		"autolfads-prepare.1":      {`--where 'result == "R" && duration < 2'`},
		"autolfads-synth-lorenz.1": {"autolfads synth lorenz --out=STRING", "autolfads-synth(1), autolfads-synth-chaotic(1)"},
	} {
		for _, part := range parts {
			if !strings.Contains(shown[page], part) {
				t.Errorf("%s does not show %q:\n%s", page, part, shown[page])
			}
		}
	}
}

// overstruck is how printers make letters bold or underlined: a letter, a step back.
var overstruck = regexp.MustCompile(".\x08")

// A folder that cannot be made is said to be so.
func TestManRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	refuse(t, []string{"cannot be made", "another DIR"}, "man", filepath.Join(path, "man"))
}
