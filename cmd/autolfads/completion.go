package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/internal/usage"
	"github.com/autolfads/autolfads/prepare/nlb"
)

type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." enum:"bash,zsh,fish"`
}

// Help is shown by autolfads completion --help.
func (completionCmd) Help() string {
	return `Prints what a shell must be told, so that TAB completes commands, flags, their values, names of settings behind --set, and
names of files. The program itself answers the shell: what is printed stays right for its later versions.

In ~/.bashrc, or in ~/.zshrc behind compinit: eval "$(autolfads completion bash)", or zsh. For fish: into a file.

Examples:
  autolfads completion bash
  autolfads completion zsh
  autolfads completion fish > ~/.config/fish/completions/autolfads.fish`
}

func (c *completionCmd) Run() error {
	text, err := usage.Script(c.Shell)
	fmt.Print(text)
	return err
}

// completeCmd answers the scripts of completionCmd. Its words are no flags of its own.
type completeCmd struct {
	Words []string `arg:"" optional:"" help:"Those behind the program's name, as far as the cursor."`
}

// Help is shown by nobody's wish; the command is not listed.
func (completeCmd) Help() string {
	return `Answers a shell that completes a command line.

Example:
  autolfads __complete run recording.h5 --search p`
}

func (c *completeCmd) Run(k *kong.Context) error {
	return usage.Complete(k.Model, valueLists(), c.Words).Write(os.Stdout)
}

// valueLists are the values of flags and arguments by the name in their tag `complete`:
// those that vars names in texts, and the settings.
func valueLists() map[string][]string {
	lists := map[string][]string{}
	for name, values := range vars() {
		lists[name] = strings.Split(values, ", ")
	}
	lists["all-presets"] = slices.Concat(lists["presets"], lists["trials"])
	lists["experiments"] = append(lists["experiments"], "all")
	lists["recordings"] = lists["trials"]
	for _, name := range nlb.Names() {
		lists["recordings"] = append(lists["recordings"], "nlb/"+name)
	}
	config := autolfads.DefaultConfig()
	for _, s := range settings.List(&config) {
		lists["settings"] = append(lists["settings"], s.Key+"=")
	}
	return lists
}
