package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// varies stands for what differs from case to case in a sentence of the program.
const varies = "…"

// Sentences that the tutorial quotes are the program's: each line is part of one of its
// strings, with varies in the places of what is put into it.
func TestTutorialErrors(t *testing.T) {
	page := tutorial(t)[10]
	if page.name != "11-what-goes-wrong.md" {
		t.Fatalf("page 11 is %s", page.name)
	}
	said, n := strings.Join(sentences(t), "\n"), 0
	for _, text := range page.blocksIn("text") {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			n++
			if len(strings.ReplaceAll(line, varies, "")) < 12 {
				t.Errorf("%q is too short to be told from others", line)
			}
			if !strings.Contains(said, line) {
				t.Errorf("the program does not say %q", line)
			}
		}
	}
	if n < 40 {
		t.Errorf("%d sentences are quoted", n)
	}
	if planted := "every member diverged: raise train.learning_rate"; strings.Contains(said, planted) {
		t.Errorf("the program is found to say %q", planted)
	}
}

// sentences are the strings of the source, with varies for what is put into them.
func sentences(t *testing.T) (all []string) {
	t.Helper()
	err := filepath.WalkDir(testenv.Root(), func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != testenv.Root() && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			e, is := n.(ast.Expr)
			if !is {
				return true
			}
			if text, found := joinedStrings(e); found {
				all = append(all, text)
			}
			return true // what is put into a sum may hold strings, too
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var (
	verb    = regexp.MustCompile(`%[-+# 0]*\d*(?:\.\d+)?[a-zA-Z]`)
	percent = "\x00" // in no sentence
)

// joinedStrings is a string of the source, or a sum of such and others; found is false
// without any.
func joinedStrings(e ast.Expr) (text string, found bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return varies, false
		}
		text, err := strconv.Unquote(e.Value)
		text = verb.ReplaceAllString(strings.ReplaceAll(text, "%%", percent), varies)
		return strings.ReplaceAll(text, percent, "%"), err == nil
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return varies, false
		}
		left, a := joinedStrings(e.X)
		right, b := joinedStrings(e.Y)
		return left + right, a || b
	}
	return varies, false
}

func TestJoinedStrings(t *testing.T) {
	for source, want := range map[string]string{
		`"a %d b %.3g %% of %s"`:        "a … b … % of …",
		`"one " + two + " three"`:       "one … three",
		"`raw` + \"\\\"quoted\\\" %q\"": `raw"quoted" …`,
	} {
		e, err := parser.ParseExpr(source)
		if err != nil {
			t.Fatal(err)
		}
		if got, found := joinedStrings(e); !found || got != want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
	if e, err := parser.ParseExpr("1 + 2"); err == nil {
		if _, found := joinedStrings(e); found {
			t.Error("numbers are taken for sentences")
		}
	}
}
