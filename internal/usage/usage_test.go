package usage_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/internal/usage"
)

// A small program with all that a command line can have.
type program struct {
	Bake struct {
		Cake  string   `arg:"" help:"Which cake." enum:"apple,plum"`
		Into  []string `arg:"" optional:"" help:"Where it goes." type:"path"`
		Heat  string   `help:"How hot. In a word." enum:",low,high" default:"" short:"e"`
		Fast  bool     `help:"In a hurry."`
		Spice string   `help:"From the list." complete:"spices"`
	} `cmd:"" help:"Bake a cake. It takes an hour."`
	Make struct {
		Tea    struct{} `cmd:"" help:"Make tea."`
		Coffee struct {
			Bean string `arg:"" help:"Which bean." complete:"beans"`
			Mild bool   `help:"Not strong."`
		} `cmd:"" default:"withargs" help:"Make coffee."`
	} `cmd:"" help:"Make a drink."`
	Secret struct{} `cmd:"" hidden:""`
}

var lists = map[string][]string{"spices": {"salt", "sugar="}, "beans": {"robusta"}}

func model(t testing.TB) *kong.Application {
	t.Helper()
	k, err := kong.New(new(program), kong.Name("cook"))
	if err != nil {
		t.Fatal(err)
	}
	return k.Model
}

// What may stand at the cursor, behind what is typed before it.
func TestComplete(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"", "bake make"},
		{"b", "bake"},
		{"bake ", "apple plum"},
		{"bake p", "plum"},
		{"bake plum ", ":files"},
		{"bake plum here ", ":files"},
		{"bake --", "--heat --fast --spice --help"},
		{"bake plum --h", "--heat --help"},
		{"bake --heat ", "low high"},
		{"bake --heat h", "high"},
		{"bake --heat=", "--heat=low --heat=high"},
		{"bake --heat=l", "--heat=low"},
		{"bake -e ", "low high"},
		{"bake --fast ", "apple plum"},
		{"bake --heat low ", "apple plum"},
		{"bake --heat=low ", "apple plum"},
		{"bake --spice s", "salt sugar="},
		{"bake --fast=", ""},
		{"bake --none=", ""},
		{"bake --none ", "apple plum"},
		{"bake -- ", "apple plum"},
		{"bake -- plum --", ":files"},
		{"make ", "tea coffee robusta"},
		{"make tea ", "--help"},
		{"make r", "robusta"},
		{"make robusta ", "--mild --help"},
		{"make coffee ", "robusta"},
		{"make --m", "--mild"},
		{"eat ", "--help"},
		{"sec", ""},
	} {
		found := usage.Complete(model(t), lists, strings.Split(c.typed, " "))
		var words []string
		for _, s := range found.Words {
			words = append(words, s.Word)
		}
		if found.Files {
			words = append(words, ":files")
		}
		if got := strings.Join(words, " "); got != c.want {
			t.Errorf("%q: %s, want %s", c.typed, got, c.want)
		}
	}
}

// A script is answered in lines: a word, and in a sentence what it is.
func TestAnswer(t *testing.T) {
	var b bytes.Buffer
	for _, words := range [][]string{nil, {"bake", "plum", ""}} {
		if err := usage.Complete(model(t), lists, words).Write(&b); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := b.String(), "bake\tBake a cake\nmake\tMake a drink\n:files\n"; got != want {
		t.Errorf("it writes %q, want %q", got, want)
	}
}

// Each shell that is named has a script, and no other.
func TestScripts(t *testing.T) {
	for _, shell := range usage.Shells {
		if text, err := usage.Script(shell); err != nil || !strings.Contains(text, " __complete ") || !strings.Contains(text, shell) {
			t.Errorf("%s: %v\n%s", shell, err, text)
		}
	}
	for _, shell := range []string{"", "csh", "../doc.go"} {
		if _, err := usage.Script(shell); err == nil || !strings.Contains(err.Error(), "bash, zsh, fish") {
			t.Errorf("%q: %v", shell, err)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ help, text, examples string }{
		{"It bakes.\n\nExamples:\n  cook bake plum\n\n  cook bake apple", "It bakes.", "cook bake plum; cook bake apple"},
		{"Example:\n  cook", "", "cook"},
		{"Two.\n\n  a list\n", "Two.\n\n  a list", ""},
		{"", "", ""},
	} {
		d := usage.Split(c.help)
		if got := strings.Join(d.Examples, "; "); d.Text != c.text || got != c.examples {
			t.Errorf("%q is %q and %q", c.help, d.Text, got)
		}
	}
}

var manual = &usage.Manual{
	Version: "1.2", About: "bake and brew.", Detail: "Bakes.\n\nStart with:\n\n  cook bake plum", Exits: []usage.Entry{{Name: "0", About: "It's baked."}},
	Files: []usage.Entry{{Name: "~/.cook", About: "Recipes, as in ~/.cook/plum-cake."}}, Environment: []usage.Entry{{Name: "OVEN", About: ".2 is hot — very."}},
}

// A page has what the model knows, in man's macros: no sign is taken for one of roff's.
func TestPage(t *testing.T) {
	pages := map[string]string{}
	for _, n := range usage.Pages(model(t)) {
		var b strings.Builder
		if err := manual.Page(&b, n); err != nil {
			t.Fatal(err)
		}
		pages[usage.Name(n)] = b.String()
	}
	if len(pages) != 5 {
		t.Errorf("there are %d pages: the hidden command has none", len(pages))
	}
	for name, parts := range map[string][]string{
		"cook":             {`cook \- bake and brew`, ".SH \"COMMANDS\"\n.TP\n\\fBbake\\fR\n", "cook bake plum\n.fi", "\\&.2 is hot \\[u2014] very.", `\fB\(ti/.cook\fR`, `plum-cake`},
		"cook-bake":        {`.TH "COOK\-BAKE" "1" "" "cook 1.2" "cook"`, `cook\-bake \- Bake a cake. It takes an hour`, `\fBcook\fR bake <cake> [<into> ...] [flags]`, `\fB\-e, \-\-heat=`, `\fBcook\-make\fR(1)`, "It's baked."},
		"cook-make-coffee": {`\fB\-\-mild\fR`, ".SH \"ARGUMENTS\"\n.TP\n\\fBbean\\fR\nWhich bean.", `\fBcook\-make\fR(1), \fBcook\-make\-tea\fR(1)`},
	} {
		for _, part := range parts {
			if !strings.Contains(pages[name], part) {
				t.Errorf("the page of %s has no %q:\n%s", name, part, pages[name])
			}
		}
	}
	if strings.Contains(pages["cook"], "ecret") {
		t.Error("the hidden command is told of")
	}
}

// Programs that read such pages have nothing to say against them.
func TestPagesAreRead(t *testing.T) {
	dir := t.TempDir()
	for _, n := range usage.Pages(model(t)) {
		var b bytes.Buffer
		if err := manual.Page(&b, n); err != nil {
			t.Fatal(err)
		}
		for _, program := range []string{"groff -man -ww -z", "mandoc -T lint -W warning"} {
			words := strings.Fields(program)
			if _, err := exec.LookPath(words[0]); err != nil {
				testenv.Missing(t, fmt.Sprintf("%s is not installed", words[0]))
			}
			judge := exec.Command(words[0], words[1:]...)
			judge.Stdin, judge.Dir = bytes.NewReader(b.Bytes()), dir
			out, _ := judge.CombinedOutput() // it ends with 2 for the date alone
			for line := range strings.Lines(string(out)) {
				// When it was released, the program does not know.
				if !strings.Contains(line, "missing date") {
					t.Errorf("%s, %s: %s", usage.Name(n), filepath.Base(words[0]), line)
				}
			}
		}
	}
}

// Whatever is typed, there is an answer.
func FuzzComplete(f *testing.F) {
	f.Add("bake --heat=")
	f.Add("make -- --")
	app := model(f)
	f.Fuzz(func(t *testing.T, typed string) {
		words := strings.Split(typed, " ")
		for _, s := range usage.Complete(app, lists, words).Words {
			if !strings.HasPrefix(s.Word, words[len(words)-1]) || strings.ContainsAny(s.Word+s.About, "\t\n") {
				t.Errorf("%q: %q", typed, s)
			}
		}
	})
}
