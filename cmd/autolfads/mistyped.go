package main

import (
	"regexp"
	"strings"
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
	case strings.HasPrefix(text, "unexpected argument "):
		return text + ": one file is taken at a time, and what has spaces stands in quotes"
	}
	return text
}

// Unwrap returns the error as it was, which has the exit code.
func (m mistyped) Unwrap() error { return m.error }
