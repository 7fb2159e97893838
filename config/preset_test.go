package config

import (
	"os"
	"strings"
	"testing"
)

// Every preset is a configuration that can be run, changes something, and gives a
// reason for each setting; docs/configuration.md says what it is for in its words.
func TestPresets(t *testing.T) {
	docs, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Presets() {
		c := Default()
		if err := c.Preset(name); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := c.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := c.Decide(PBT, 1); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		text, err := PresetText(name)
		if err != nil {
			t.Error(err)
		}
		lines := strings.Split(strings.TrimSpace(text), "\n")
		is, ok := strings.CutPrefix(lines[0], "# ")
		if row := "| `" + name + "` | " + is + " |"; !ok || !strings.Contains(string(docs), row) {
			t.Errorf("docs/configuration.md lacks %s", row)
		}
		for _, line := range lines[1:] {
			setting, reason, _ := strings.Cut(line, "# ")
			if key, value, _ := strings.Cut(setting, ":"); strings.TrimSpace(value) != "" && len(reason) < len("likewise") {
				t.Errorf("%s: %s has no reason", name, strings.TrimSpace(key))
			}
		}
	}
}

func TestUnknownPreset(t *testing.T) {
	c := Default()
	if err := c.Preset("huge"); err == nil || !strings.Contains(err.Error(), "calcium, emg, nlb-20ms, nlb-5ms, paper, small") {
		t.Errorf("of a preset that there is not: %v", err)
	}
}
