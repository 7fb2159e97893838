package config

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/internal/settings"
)

// presets are files of settings for kinds of recordings, each setting with its
// reason beside it. The first line of a file says what it is for.
//
//go:embed presets/*.yaml
var presets embed.FS

// Presets returns the names of all presets.
func Presets() []string {
	var names []string
	for _, f := range presetFiles() {
		names = append(names, strings.TrimSuffix(path.Base(f), ".yaml"))
	}
	return names
}

func presetFiles() []string {
	entries, err := presets.ReadDir("presets")
	if err != nil {
		panic(err) // it is part of the program
	}
	var files []string
	for _, e := range entries {
		files = append(files, path.Join("presets", e.Name()))
	}
	return files
}

// Preset changes c by a preset: settings that it does not name keep their values.
// The error lists the known names.
func (c *Config) Preset(name string) error {
	if !slices.Contains(Presets(), name) {
		return fmt.Errorf("there is no preset %q: there are %s", name, strings.Join(Presets(), ", "))
	}
	_, err := settings.Decode([]byte(PresetText(name)), c)
	return err
}

// PresetText returns the file of a preset, with the reasons; "" if there is none.
func PresetText(name string) string {
	text, err := presets.ReadFile("presets/" + name + ".yaml")
	if err != nil {
		return ""
	}
	return string(text)
}
