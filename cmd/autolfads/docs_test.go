package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// block is a fenced block of a page of docs.
type block struct {
	language, text string
	from, to       int // of the text in the page
}

var fenced = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

func blocksOf(page string) (all []block) {
	for _, at := range fenced.FindAllStringSubmatchIndex(page, -1) {
		all = append(all, block{page[at[2]:at[3]], page[at[4]:at[5]], at[4], at[5]})
	}
	return all
}

// TestDataPage does what docs/data.md says, in its order: Python makes the files,
// the commands run, and print what the page shows. AUTOLFADS_UPDATE=1 writes what
// they print into the page.
func TestDataPage(t *testing.T) {
	python := testenv.Python(t, "h5py", "scipy.io", "pynwb")
	path := filepath.Join(testenv.Root(), "docs", "data.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page, dir := string(text), t.TempDir()
	blocks := blocksOf(page)
	makeFiles(t, python, dir, blocks)
	printed, updated, at := "", "", 0
	for _, b := range blocks {
		switch b.language {
		case "sh":
			printed = runLines(t, dir, b.text)
		case "text":
			if b.text != printed {
				t.Errorf("the page shows\n%s\nbut this is printed:\n%s", b.text, printed)
			}
			updated += page[at:b.from] + printed
			at = b.to
		}
	}
	if os.Getenv("AUTOLFADS_UPDATE") == "1" {
		if err := os.WriteFile(path, []byte(updated+page[at:]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// makeFiles runs the page's Python in one program: later blocks use earlier ones.
func makeFiles(t *testing.T, python, dir string, blocks []block) {
	var program strings.Builder
	for _, b := range blocks {
		if b.language == "python" {
			program.WriteString(b.text)
		}
	}
	runPython(t, python, dir, program.String())
}

func runPython(t *testing.T, python, dir, program string) {
	t.Helper()
	c := exec.Command(python, "-c", program)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// words takes a line apart as a shell does, where only single quotes are special.
func words(line string) (all []string) {
	for i, part := range strings.Split(line, "'") {
		if i%2 == 0 {
			all = append(all, strings.Fields(part)...)
		} else {
			all = append(all, part)
		}
	}
	return all
}

// runLines runs commands, a line each, and returns what they print; before each
// of several, the line itself.
func runLines(t *testing.T, dir, text string) (printed string) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for _, line := range lines {
		args := words(line)
		if args[0] != "autolfads" {
			t.Fatalf("not a command of ours: %s", line)
		}
		c := command(args[1:]...)
		c.Dir = dir
		var stderr strings.Builder
		c.Stderr = &stderr
		out, err := c.Output()
		if err != nil {
			t.Errorf("%s: %v: %s", line, err, stderr.String())
		}
		if len(lines) > 1 {
			printed += fmt.Sprintf("$ %s\n", line)
		}
		printed += string(out)
	}
	return printed
}
