package autolfads

import (
	"os"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/settings"
)

// docs/configuration.md has a row for every key.
func TestConfigurationIsDocumented(t *testing.T) {
	text, err := os.ReadFile("docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	config := DefaultConfig()
	for _, key := range settings.Keys(&config) {
		if !strings.Contains(string(text), "| "+key+" |") {
			t.Errorf("docs/configuration.md has no row for %s", key)
		}
	}
}
