package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// What is mistyped has an exit code of its own, and what fails another. (Ctrl-C: TestRunGivesTheSameBits.)
func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		code int
		args []string
	}{
		{0, []string{"version"}},
		{0, []string{"run", "--help"}},
		{exitUsage, nil},
		{exitUsage, []string{"rnu"}},
		{exitUsage, []string{"run", "x.h5"}},
		{exitUsage, []string{"status", "x", "--jsn"}},
		{exitUsage, []string{"run", "x.h5", "--out", "y", "--search", "luck"}},
		{exitUsage, []string{"completion", "csh"}},
		{exitUsage, []string{"compare", "x", "--json", "--csv"}},
		{exitError, []string{"status", filepath.Join(t.TempDir(), "nowhere")}},
		{exitError, []string{"info", filepath.Join(t.TempDir(), "nowhere.h5")}},
	} {
		r := execute(t, command(c.args...))
		if r.code != c.code || c.code != 0 && (!strings.HasPrefix(r.stderr, "autolfads: ") || r.stdout != "") {
			t.Errorf("autolfads %s: exit code %d, want %d\n%s%s", strings.Join(c.args, " "), r.code, c.code, r.stdout, r.stderr)
		}
	}
}

// Exit codes are told of in the help of the program, in the manual and in the docs, in the same words.
func TestExitCodesAreDocumented(t *testing.T) {
	help := strings.Join(strings.Fields(succeed(t, "--help")), " ")
	docs, err := os.ReadFile(filepath.Join(testenv.Root(), "docs", "terminal.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range exitCodes {
		if !strings.Contains(help, e.Name+" "+e.About) {
			t.Errorf("the help does not say of %s: %s\n%s", e.Name, e.About, help)
		}
		if row := "| " + e.Name + " | " + e.About + " |"; !strings.Contains(string(docs), row) {
			t.Errorf("docs/terminal.md has no row %s", row)
		}
	}
}
