package main

import (
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/internal/usage"
)

// Exit codes.
const (
	exitError       = 1
	exitUsage       = 2   // as shells' own commands have it
	exitInterrupted = 130 // as shells report Ctrl-C
)

// exitCodes say what each means.
var exitCodes = []usage.Entry{
	{Name: "0", About: "It did what it was asked to; of dashboard: Ctrl-C or TERM ended it."},
	{Name: strconv.Itoa(exitError), About: "It failed, and says why and what to do; of info: the data are refused. What was trained is kept: autolfads resume goes on."},
	{Name: strconv.Itoa(exitUsage), About: "The command line is mistyped: nothing was done."},
	{Name: strconv.Itoa(exitInterrupted), About: "Ctrl-C or TERM stopped it, and what was under way was put away: autolfads resume goes on."},
}

// exitWords are the exit codes as the help of the program shows them.
func exitWords() string {
	var b strings.Builder
	for _, e := range exitCodes {
		b.WriteString("\n  " + strings.Repeat(" ", 3-len(e.Name)) + e.Name + "  " + e.About)
	}
	return "Exit codes:\n" + b.String()
}
