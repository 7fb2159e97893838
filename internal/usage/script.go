package usage

import (
	"embed"
	"fmt"
	"io"
	"strings"
)

// The scripts of shells. What they ask the program, and what it answers, is Write's.
//
//go:embed scripts
var scripts embed.FS

// Shells are those that there is a script for.
var Shells = []string{"bash", "zsh", "fish"}

// Script is what a shell must be told to complete the commands of a program.
func Script(shell string) (string, error) {
	text, err := scripts.ReadFile("scripts/completion." + shell)
	if err != nil {
		return "", fmt.Errorf("there is no completion for %s: it is for %s", shell, strings.Join(Shells, ", "))
	}
	return string(text), nil
}

// Write writes the answer to a shell's script: a word a line, with what it is behind a
// tab; and a line ":files" if names of files may stand there.
func (c *Completion) Write(w io.Writer) error {
	var b strings.Builder
	for _, s := range c.Words {
		fmt.Fprintf(&b, "%s\t%s\n", s.Word, s.About)
	}
	if c.Files {
		b.WriteString(":files\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
