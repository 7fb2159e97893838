package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/config"
)

// A preset comes before the file of settings, and that before --set; what
// "autolfads presets" prints is a file that says the same.
func TestPresetGivesWay(t *testing.T) {
	file := filepath.Join(t.TempDir(), "small.yaml")
	text, err := config.PresetText("small")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	preset, err := (&jobFlags{Preset: "small"}).config()
	if err != nil {
		t.Fatal(err)
	}
	if read, err := (&jobFlags{Config: file}).config(); err != nil || !reflect.DeepEqual(read, preset) {
		t.Errorf("as a file of settings the preset says %+v, error %v; itself %+v", read, err, preset)
	}
	both := jobFlags{Preset: "paper", Config: file, Set: []string{"model.factors=7", "infer.samples=3"}}
	c, err := both.config()
	if err != nil || c.Model.Factors != 7 || c.Model.GeneratorDim != preset.Model.GeneratorDim || c.Infer.Samples != 3 {
		t.Errorf("--set gives way to the file, or that to the preset: %+v, %v", c.Model, err)
	}
	if c.PBT.MaxGenerations != preset.PBT.MaxGenerations || c.Train.BatchSize != 100 {
		t.Errorf("the preset gives way to defaults: batches of %d", c.Train.BatchSize)
	}
}

func TestUnknownPresetIsRefused(t *testing.T) {
	for _, run := range []func() error{
		func() error { return (&presetsCmd{"huge"}).Run() },
		func() error { _, err := (&jobFlags{Preset: "huge"}).config(); return err },
		func() error { return (&infoCmd{presetFlag: presetFlag{"huge"}}).Run(t.Context()) },
	} {
		if err := run(); err == nil || !strings.Contains(err.Error(), `there is no preset "huge"`) {
			t.Errorf("of a preset that there is not: %v", err)
		}
	}
}
