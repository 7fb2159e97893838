package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads/internal/usage"
)

// ours is where a command of this program begins in a line: what stands before it is another's.
var ours = regexp.MustCompile(`(?:^|[ ;&])autolfads `)

// The long help of every command ends with examples, and each is a command line that the
// program takes: the command is there, and its flags, and it has all that it must.
func TestExamplesParse(t *testing.T) {
	app, n := commandLine(t).Model, 0
	for _, node := range usage.Pages(app) {
		detail := usage.Split(node.Detail)
		if node.Parent == nil {
			detail = usage.Split(description)
		}
		own := 0
		for _, line := range detail.Examples {
			commands := commandsIn(line)
			if len(commands) == 0 {
				t.Errorf("%s: no command of ours: %s", node.FullPath(), line)
			}
			for _, args := range commands {
				n++
				if _, err := newParser(new(cli)).Parse(args); err != nil {
					t.Errorf("%s: %s: %v", node.FullPath(), line, err)
				}
				if isOf(node, args) {
					own++
				}
			}
		}
		if own == 0 {
			t.Errorf("%s has no example of itself: %q", node.FullPath(), detail.Examples)
		}
	}
	if n < 80 {
		t.Errorf("there are %d examples", n)
	}
	if _, err := newParser(new(cli)).Parse([]string{"status", "a", "b"}); err == nil {
		t.Error("what no command takes is taken")
	}
}

// commandsIn are the words behind autolfads in a line of a shell, of each command in it.
func commandsIn(line string) (commands [][]string) {
	at := ours.FindAllStringIndex(line, -1)
	for i, from := range at {
		to := len(line)
		if i+1 < len(at) {
			to = at[i+1][0]
		}
		text, _, _ := strings.Cut(line[from[1]:to], " && ")
		text, _, _ = strings.Cut(text, " > ")
		commands = append(commands, words(strings.TrimRight(text, " ;&")))
	}
	return commands
}

// isOf reports whether words are of a command, or of one below it.
func isOf(node *kong.Node, args []string) bool {
	path := strings.Fields(node.Path())
	if d := node.Parent; d != nil && d.DefaultCmd == node {
		path = path[:len(path)-1] // its name may be left out
	}
	return len(args) >= len(path) && strings.Join(args[:len(path)], " ") == strings.Join(path, " ")
}
