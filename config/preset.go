package config

import (
	"embed"
	"fmt"
	"path"
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
func (c *Config) Preset(name string) error {
	text, err := PresetText(name)
	if err != nil {
		return err
	}
	_, err = settings.Decode([]byte(text), c)
	return err
}

// PresetText returns the file of a preset, with the reasons. The error lists the known
// names.
func PresetText(name string) (string, error) {
	text, err := presets.ReadFile("presets/" + name + ".yaml")
	if err != nil {
		return "", fmt.Errorf("there is no preset %q: there are %s", name, strings.Join(Presets(), ", "))
	}
	return string(text), nil
}
