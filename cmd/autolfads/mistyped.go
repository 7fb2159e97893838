package main

import (
	"errors"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// mistyped is an error of the command line in words that say what to type.
type mistyped struct{ error }

// noValue is how a flag at the end of the line is told that has no value.
var noValue = regexp.MustCompile(`^(--[a-z-]+): expected \S+ value but got "EOL" \(<EOL>\)`)

// Error implements error.
func (m mistyped) Error() string {
	text := m.error.Error()
	switch {
	case noValue.MatchString(text):
		return noValue.ReplaceAllString(text, "$1 needs a value behind it")
	case !strings.HasPrefix(text, "unexpected argument "):
		return text
	}
	if commands := m.commands(); len(commands) > 0 {
		return strings.TrimSuffix(text, "?") + ": the commands here are " + strings.Join(commands, ", ")
	}
	return text + ": one file is taken at a time, and what has spaces stands in quotes"
}

// commands are those of which one was expected; none behind a command that has no others.
func (m mistyped) commands() (names []string) {
	var parse *kong.ParseError
	if !errors.As(m.error, &parse) || parse.Context == nil {
		return nil
	}
	node := parse.Context.Model.Node
	for _, at := range parse.Context.Path {
		if at.Command != nil {
			node = at.Command
		}
	}
	for _, child := range node.Children {
		if child.Type == kong.CommandNode && !child.Hidden {
			names = append(names, child.Name)
		}
	}
	return names
}

// ExitCode implements [kong.ExitCoder].
func (mistyped) ExitCode() int { return exitUsage }

// Unwrap returns the error as it was.
func (m mistyped) Unwrap() error { return m.error }
