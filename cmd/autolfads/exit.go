package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/internal/usage"
)

// Exit codes.
const (
	exitError       = 1
	exitUsage       = 2   // as shells' own commands have it
	exitAgain       = 75  // EX_TEMPFAIL of sysexits.h
	exitInterrupted = 130 // as shells report Ctrl-C
)

// exitCodes say what each means.
var exitCodes = []usage.Entry{
	{Name: "0", About: "It did what it was asked to; of dashboard: Ctrl-C or TERM ended it."},
	{Name: strconv.Itoa(exitError), About: "It failed, and says why and what to do; of info: the data are refused. What was trained is kept: autolfads resume goes on."},
	{Name: strconv.Itoa(exitUsage), About: "The command line is mistyped: nothing was done."},
	{Name: strconv.Itoa(exitAgain), About: "A unit, or a run in a job whose time is almost over, was stopped, and what was under way was put away: done again, it goes on."},
	{Name: strconv.Itoa(exitInterrupted), About: "Ctrl-C or TERM stopped it, and what was under way was put away: autolfads resume goes on."},
}

// exitCode is that of a command that failed.
func exitCode(ctx context.Context, err error) int {
	switch {
	case errors.As(err, new(goesOn)):
		return exitAgain
	case ctx.Err() != nil:
		return exitInterrupted
	}
	return exitError
}

// exitWords are the exit codes as the help of the program shows them.
func exitWords() string {
	var b strings.Builder
	for _, e := range exitCodes {
		b.WriteString("\n  " + strings.Repeat(" ", 3-len(e.Name)) + e.Name + "  " + e.About)
	}
	return "Exit codes:\n" + b.String()
}
