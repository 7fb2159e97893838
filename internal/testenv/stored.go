package testenv

import (
	"encoding/json"
	"os"
	"testing"
)

// Stored returns what the JSON file at path holds: what a test compares with what
// is. Under AUTOLFADS_UPDATE=1 what is, is written there before.
func Stored[T any](t testing.TB, path string, is T) (was T) {
	t.Helper()
	if os.Getenv("AUTOLFADS_UPDATE") == "1" {
		text, err := json.MarshalIndent(is, "", "  ")
		if err == nil {
			err = os.WriteFile(path, append(text, '\n'), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &was)
	}
	if err != nil {
		t.Fatal(err)
	}
	return was
}
