package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/autolfads/autolfads/internal/testenv"
)

var (
	link   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	figure = regexp.MustCompile(`(?m)^!\[([^\]]+)\]\(figures/([^)\s]+)\)\n\n(.*(?:\n.+)*)`)
)

// Links lead to files that are there, and to headings that these have. The README leads to the
// tutorial.
func TestTutorialLinks(t *testing.T) {
	pages := tutorial(t)
	readme := filepath.Join(testenv.Root(), "README.md")
	pages = append(pages, tutorialPage{"README.md of the repository", readme, readText(t, readme)})
	if !strings.Contains(pages[len(pages)-1].text, "](docs/tutorial/README.md)") {
		t.Error("README.md does not link to docs/tutorial/README.md")
	}
	n := 0
	for _, p := range pages {
		for _, m := range link.FindAllStringSubmatch(p.prose(), -1) {
			n++
			path, anchor, _ := strings.Cut(m[1], "#")
			if strings.HasPrefix(m[1], "https://") {
				continue // what lies elsewhere is looked at by people
			}
			target := p.path
			if path != "" {
				target = filepath.Join(filepath.Dir(p.path), filepath.FromSlash(path))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %s leads nowhere: %v", p.name, m[1], err)
			} else if anchor != "" && !anchors(readText(t, target))[anchor] {
				t.Errorf("%s: %s: there is no heading with the anchor %s", p.name, m[1], anchor)
			}
		}
	}
	if n < 50 {
		t.Errorf("the tutorial has %d links", n)
	}
}

// anchors are those that GitHub gives the headings of a page.
func anchors(page string) map[string]bool {
	found := map[string]bool{}
	for line := range strings.Lines(page) {
		heading := strings.TrimLeft(line, "#")
		if heading == line || !strings.HasPrefix(heading, " ") {
			continue
		}
		found[strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, strings.TrimSpace(heading))] = true
	}
	return found
}

func TestAnchors(t *testing.T) {
	got := anchors("# 10. Glossary\n#no heading\n## What goes wrong, and `run`\n")
	if len(got) != 2 || !got["10-glossary"] || !got["what-goes-wrong-and-run"] {
		t.Errorf("got %v", got)
	}
}

// most is how large a figure may be, in bytes: pages are to open at once.
const mostOfFigure = 300_000

// Each figure has a sentence for who does not see it, is small, and has beside it the command
// that made it, which is one of the tutorial's own.
func TestTutorialFigures(t *testing.T) {
	dir := filepath.Join(testenv.Root(), "docs", "tutorial", "figures")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	pages, made, shown := tutorial(t), map[string]bool{}, map[string]bool{}
	for _, p := range pages {
		for _, text := range p.blocksIn("sh") {
			for _, line := range commandsOf(text) {
				made[line] = true
			}
		}
	}
	for _, p := range pages {
		for _, m := range figure.FindAllStringSubmatch(p.text, -1) {
			shown[m[2]] = true
			beside, found := strings.CutPrefix(strings.Join(strings.Fields(m[3]), " "), "Made by `")
			command, _, _ := strings.Cut(beside, "`")
			if !found || !made[command] {
				t.Errorf("%s: figures/%s has no line beneath it that begins with \"Made by\" and a command of a block marked sh, but %q", p.name, m[2], m[3])
			}
			if len(m[1]) < 20 {
				t.Errorf("%s: figures/%s is described as %q", p.name, m[2], m[1])
			}
		}
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if !shown[e.Name()] || info.Size() > mostOfFigure || info.Size() < 1000 {
			t.Errorf("figures/%s: shown %v, %d bytes of at most %d", e.Name(), shown[e.Name()], info.Size(), mostOfFigure)
		}
	}
	if len(shown) != len(entries) || len(shown) == 0 {
		t.Errorf("%d figures are shown, and %d there", len(shown), len(entries))
	}
}
