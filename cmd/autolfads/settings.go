package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/settings"
)

// setOne carries out one --set NAME=VALUE, and tells which setting NAME is if
// it is no key.
func setOne(config *autolfads.Config, text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return fmt.Errorf("--set %s: it must be KEY=VALUE, for example --set train.batch_size=128", text)
	}
	name = strings.TrimSpace(name)
	key, err := config.Key(name)
	if err == nil {
		err = config.Set(key, value)
	}
	if err != nil {
		return fmt.Errorf("--set %s: %w", text, err)
	}
	if key != name {
		tell(settings.Note(name, key))
	}
	return nil
}

// tell says before a run begins what it takes otherwise than it was written.
func tell(notes ...string) {
	for _, note := range notes {
		fmt.Fprintln(os.Stderr, note)
	}
}
