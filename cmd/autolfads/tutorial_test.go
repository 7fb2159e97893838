package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/testenv"
)

// tutorialPage is a page of docs/tutorial.
type tutorialPage struct{ name, path, text string }

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// tutorial returns its pages in the order in which they are read.
func tutorial(t *testing.T) (pages []tutorialPage) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(testenv.Root(), "docs", "tutorial", "*.md"))
	if err != nil || len(paths) < 12 {
		t.Fatalf("the tutorial has %d pages: %v", len(paths), err)
	}
	slices.Sort(paths)
	for _, path := range paths {
		pages = append(pages, tutorialPage{filepath.Base(path), path, readText(t, path)})
	}
	return pages
}

// blocksIn are the texts of a page's blocks in one language.
func (p *tutorialPage) blocksIn(language string) (texts []string) {
	for _, b := range blocksOf(p.text) {
		if b.language == language {
			texts = append(texts, b.text)
		}
	}
	return texts
}

// prose is the page without its blocks.
func (p *tutorialPage) prose() string {
	return regexp.MustCompile("(?ms)^```.*?^```$").ReplaceAllString(p.text, "")
}

// codeSpans are what stands as code in the prose, joined where lines were broken.
func (p *tutorialPage) codeSpans() (spans []string) {
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(p.prose(), -1) {
		spans = append(spans, strings.Join(strings.Fields(m[1]), " "))
	}
	return spans
}

// commandsOf are the commands of a block, one a line: those that go on in the next line
// are joined, and what stands behind # is left out.
func commandsOf(text string) (all []string) {
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		line, _, _ = strings.Cut(line, " #")
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// commandLine is the program's own parser.
func commandLine(t *testing.T) *kong.Kong {
	t.Helper()
	return newParser(new(cli))
}

// Every command of a block is one that the program takes: it exists, as do its flags, and
// has all that it must.
func TestTutorialCommandsParse(t *testing.T) {
	n := 0
	for _, p := range tutorial(t) {
		for _, text := range append(p.blocksIn("sh"), p.blocksIn("bash")...) {
			for _, line := range commandsOf(text) {
				args := words(line)
				if args[0] != "autolfads" {
					continue
				}
				n++
				if _, err := commandLine(t).Parse(args[1:]); err != nil {
					t.Errorf("%s: %s: %v", p.name, line, err)
				}
				settingsIn(t, &p, line)
			}
		}
	}
	if n < 30 {
		t.Errorf("the tutorial has %d commands", n)
	}
	if _, err := commandLine(t).Parse([]string{"run", "x.h5", "--out", "r", "--no-such-flag"}); err == nil {
		t.Error("a flag that is not there is taken")
	}
}

// Flags, commands and settings that are named in the text exist.
func TestTutorialNamesExist(t *testing.T) {
	flag, commands, flags := regexp.MustCompile(`(?:^|\s|\()(--[a-z][a-z-]*)`), map[string]bool{}, map[string]bool{"--help": true}
	var collect func(n *kong.Node)
	collect = func(n *kong.Node) {
		for _, f := range n.Flags {
			flags["--"+f.Name] = true
		}
		for _, child := range n.Children {
			commands[child.Name] = true
			collect(child)
		}
	}
	collect(commandLine(t).Model.Node)
	seen := 0
	for _, p := range tutorial(t) {
		for _, span := range p.codeSpans() {
			if strings.HasPrefix(span, "tensorboard ") {
				continue // another program
			}
			for _, m := range flag.FindAllStringSubmatch(span, -1) {
				seen++
				if !flags[m[1]] {
					t.Errorf("%s: no command has the flag %s", p.name, m[1])
				}
			}
			if command, of := strings.CutPrefix(span, "autolfads "); of && !commands[strings.Fields(command)[0]] {
				t.Errorf("%s: there is no command `%s`", p.name, span)
			}
			settingsIn(t, &p, span)
		}
	}
	if seen < 40 {
		t.Errorf("%d flags were looked at", seen)
	}
}

var settingName = regexp.MustCompile(`(?:^|[\s'=,])((?:data|model|train|pbt|random|infer)\.[a-z][a-z0-9_.]*)(?:$|[\s'=,{])`)

// settingsIn checks that the settings named in a text exist.
func settingsIn(t *testing.T, p *tutorialPage, text string) {
	t.Helper()
	config := autolfads.DefaultConfig()
	for _, m := range settingName.FindAllStringSubmatch(text, -1) {
		if _, err := config.Key(m[1]); err != nil && m[1] != "train.augment" {
			t.Errorf("%s: %s: %v", p.name, m[1], err)
		}
	}
}
