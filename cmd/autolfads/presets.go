package main

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/config"
)

// presetFlag begins with the settings of a kind of recording.
type presetFlag struct {
	Preset string `help:"Settings for a kind of recording, which --config and --set change further: ${presets}." placeholder:"NAME" complete:"presets"`
}

// defaults are the settings that a command begins with.
func (f *presetFlag) defaults() (autolfads.Config, error) {
	c := autolfads.DefaultConfig()
	if f.Preset == "" {
		return c, nil
	}
	return c, c.Preset(f.Preset)
}

type presetsCmd struct {
	Name string `arg:"" optional:"" help:"Print this one, as a file of settings with their reasons." complete:"all-presets"`
}

// Help is shown by autolfads presets --help.
func (presetsCmd) Help() string {
	return `Examples:
  autolfads presets
  autolfads presets small > mine.yaml
  autolfads presets reaching
  autolfads run recording.h5 --out results --preset small
  autolfads run recording.h5 --out results --config mine.yaml`
}

func (c *presetsCmd) Run() error {
	if c.Name == "" {
		return listPresets()
	}
	if p := trialPresetOf(c.Name); p != nil {
		fmt.Print(p)
		return nil
	}
	text, err := config.PresetText(c.Name)
	fmt.Print(text)
	return err
}

// listPresets says of each what it is for: the first line of its file.
func listPresets() error {
	for _, name := range config.Presets() {
		text, err := config.PresetText(name)
		if err != nil {
			return err
		}
		is, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
		fmt.Printf("%-10s %s\n", name, is)
	}
	for _, p := range trialPresets {
		fmt.Printf("%-10s %s (of trials: for prepare and run)\n", p.name, p.about)
	}
	return nil
}
